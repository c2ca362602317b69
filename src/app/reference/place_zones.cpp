#include "app/reference/place_zones.hpp"

#include <map>
#include <string>
#include <vector>

#include "app/reference/reference_table.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct Row {
  std::vector<std::pair<std::string, std::string>> postcodes;  // first three characters, from and to
  std::optional<TimeZone> zone;                                // nothing: cannot be told
};

struct Places {
  std::map<std::pair<std::string, std::string>, std::vector<Row>> rows;  // by country and region
  std::map<std::string, std::string> country_of_name;                    // lower case
};

Places read_places() {
  Places places;
  read_reference("data/place_time_zones.csv", {"country", "region", "postcodes", "zone", "split", "names"}, [&](const std::vector<std::string_view>& field) {
    Row row;
    for (const std::string_view range : split(field[2], ' '))
      if (const std::size_t dash = range.find('-'); dash != std::string_view::npos) row.postcodes.emplace_back(range.substr(0, dash), range.substr(dash + 1));
    if (field[4].empty()) {
      auto zone = TimeZone::named(field[3]);
      check(zone.has_value(), "data/place_time_zones.csv names a zone that does not exist: " + std::string(field[3]));
      row.zone = *zone;
    }
    places.rows[{std::string(field[0]), std::string(field[1])}].push_back(std::move(row));
    for (const std::string_view name : split(field[5], '|'))
      if (!name.empty()) places.country_of_name[lower(name)] = field[0];
  });
  return places;
}

const TimeZone* zone_in(const std::vector<Row>& rows, std::string_view postcode) {
  const std::string_view start = postcode.substr(0, 3);
  for (const Row& row : rows) {
    if (row.postcodes.empty()) return row.zone ? &*row.zone : nullptr;
    for (const auto& [from, to] : row.postcodes)
      if (start.size() == 3 && from <= start && start <= to && row.zone) return &*row.zone;
  }
  return nullptr;
}

}  // namespace

std::optional<int> offset_of_place(const ScanPlace& place, const tracking::LocalTime& at) {
  static const Places places = read_places();
  std::string country = upper(trim(place.country));
  if (country.size() != 2) {
    const auto named = places.country_of_name.find(lower(trim(place.country)));
    if (named == places.country_of_name.end()) return std::nullopt;
    country = named->second;
  }
  auto rows = places.rows.find({country, upper(trim(place.region))});
  if (rows == places.rows.end()) rows = places.rows.find({country, ""});
  if (rows == places.rows.end()) return std::nullopt;
  const TimeZone* zone = zone_in(rows->second, trim(place.postcode));
  if (zone == nullptr) return std::nullopt;
  const Instant instant = zone->at(at.day, std::chrono::minutes(at.seconds / 60));
  return static_cast<int>(zone->offset(instant).count());
}

}  // namespace zifa
