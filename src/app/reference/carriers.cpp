#include "app/reference/carriers.hpp"

#include <algorithm>
#include <map>

#include "app/reference/reference_table.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct AmazonNames {
  std::map<std::pair<std::string, std::string>, AmazonCarrier, std::less<>> by_carrier_and_marketplace;
};

std::vector<KnownCarrier> read_carriers() {
  std::vector<KnownCarrier> all;
  read_reference("data/carriers.csv", {"id", "family", "name", "name_zh", "home"}, [&](const std::vector<std::string_view>& row) {
    all.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2]), std::string(row[3]), std::string(row[4])});
  });
  return all;
}

AmazonNames read_amazon_names() {
  AmazonNames names;
  read_reference("data/amazon_carriers.csv", {"marketplace", "carrier", "code", "name", "grade", "source"}, [&](const std::vector<std::string_view>& row) {
    check(find_carrier(row[1]) != nullptr, "data/amazon_carriers.csv names a carrier that data/carriers.csv lacks");
    names.by_carrier_and_marketplace[{std::string(row[1]), std::string(row[0])}] = AmazonCarrier{std::string(row[2]), std::string(row[3]), row[4].front(), std::string(row[5])};
  });
  return names;
}

// How many of the characters differ, roughly: good enough to tell `upss` from `usps` and `fedx` from everything.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t next = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = row[j];
      row[j] = next;
    }
  }
  return row[b.size()];
}

}  // namespace

const std::vector<KnownCarrier>& known_carriers() {
  static const std::vector<KnownCarrier> all = read_carriers();
  return all;
}

std::size_t carrier_position(std::string_view id) {
  const auto& all = known_carriers();
  const auto it = std::find_if(all.begin(), all.end(), [&](const KnownCarrier& c) { return c.id == id; });
  return static_cast<std::size_t>(it - all.begin());
}

const KnownCarrier* find_carrier(std::string_view id) {
  if (id.empty()) return nullptr;
  const auto& all = known_carriers();
  if (const std::size_t at = carrier_position(id); at < all.size()) return &all[at];
  const auto it = std::find_if(all.begin(), all.end(), [&](const KnownCarrier& c) { return c.family == id; });
  return it == all.end() ? nullptr : &*it;
}

std::string nearest_carrier_id(std::string_view typed) {
  const std::string sought = lower(utf8_prefix(typed, 40));
  std::string best;
  std::size_t least = std::max<std::size_t>(2, sought.size() / 3) + 1;
  for (const KnownCarrier& carrier : known_carriers()) {
    if (equals_ignoring_case(carrier.name, sought) || carrier.name_zh == typed) return carrier.id;
    if (const std::size_t d = distance(sought, carrier.id); d < least) {
      least = d;
      best = carrier.id;
    }
  }
  return best;
}

std::optional<AmazonCarrier> amazon_carrier(std::string_view carrier, std::string_view marketplace) {
  static const AmazonNames names = read_amazon_names();
  const auto& table = names.by_carrier_and_marketplace;
  const KnownCarrier* known = find_carrier(carrier);
  if (known == nullptr) return std::nullopt;
  auto it = table.find(std::pair{known->id, std::string(marketplace)});
  if (it == table.end()) it = table.find(std::pair{known->id, std::string("*")});
  if (it == table.end()) return std::nullopt;
  return it->second;
}

}  // namespace zifa
