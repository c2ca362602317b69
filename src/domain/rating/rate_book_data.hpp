// How a rate book lies in memory. For the files rate_book*.cpp only.
#pragma once

#include <deque>
#include <limits>
#include <map>
#include <set>

#include "domain/rating/rate_book.hpp"
#include "domain/rating/zone_map.hpp"

namespace zifa::rating {

inline constexpr ZoneId kAnyZone = std::numeric_limits<ZoneId>::max();
inline constexpr ZoneId kNoZone = kAnyZone - 1;
inline constexpr std::uint16_t kAnyCountry = kCountries;
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();

struct CurrencyFacts {
  Currency currency;
  Wide micros_per_minor = 10'000;
  std::optional<std::int64_t> rate;  // millionths for one unit of the base currency
  std::int64_t worth_per_minor = 0;  // 0 without a rate
};

// One row of a sheet, with the numbers that pricing needs.
struct Step {
  std::int64_t over_g, to_g;
  PriceModel model;
  std::int64_t round_g, min_charge_g;
  Micros price_per_kg, registration_fee, first_price, step_price;
  std::int64_t first_g, step_g;
  std::int64_t max_weight_ug, max_long_um, max_sum_um, max_girth_um;
  std::uint32_t currency;
  std::int32_t days_min, days_max;  // -1 where the sheet has none
  std::int32_t on_time_ppm;
  std::string_view last_mile;
  std::size_t line;
};

// The steps of one service for one zone, kind of cargo and period, lightest first.
struct Table {
  ZoneId zone;
  std::uint16_t origin;  // country index or kAnyCountry
  std::uint64_t cargo;   // bits of kinds carried
  std::uint32_t volumetric;
  Validity validity;
  std::vector<Step> steps;
};

// One service into one country.
struct Route {
  std::uint32_t service;
  std::uint32_t zone_map = kNone;
  std::uint32_t zip_pairs = kNone;
  std::vector<Table> tables;
};

struct Charge {
  std::string_view kind;
  bool always = false;   // applies to every parcel of its services
  bool of_base = false;  // a percentage of the base line alone
  std::uint16_t country = kAnyCountry;
  ZoneId zone = kAnyZone;
  std::uint64_t cargo = 0;  // any of these bits; 0 = always
  std::uint32_t currency = kNone;
  std::uint32_t value_currency = kNone;
  std::uint32_t remote_list = kNone;
  SurchargeRow row;
};

struct RateBookData {
  std::vector<RatedService> services;
  std::vector<std::vector<std::uint32_t>> charges_of_service;  // indices into charges, in the order of the rows
  std::vector<const TransitRecord*> transit_of_service;
  std::vector<Route> routes;
  std::vector<std::vector<std::uint32_t>> routes_into;  // by country index; kAnyCountry last, already spread over all
  std::vector<ZoneMap> zone_maps;
  std::vector<std::vector<ZoneId>> zip_pairs;           // 1000 x 1000 each
  std::vector<std::string> zones;                       // by ZoneId
  std::vector<std::string> cargo_kinds;                 // by bit
  std::vector<Volumetric> volumetrics;
  std::vector<CurrencyFacts> currencies;
  std::vector<Charge> charges;
  std::vector<std::map<std::uint16_t, ZoneMap>> remote_lists;  // zone 0 = remote
  std::set<std::string, std::less<>> texts;             // what string_views in here point to
  std::vector<SheetWarning> warnings;
  bool has_dates = false;
  RateBook::Extras extras;

  // The bits of the kinds in a list; 0 when one of them is in no sheet, so that nobody carries it.
  std::uint64_t cargo_mask(std::string_view kinds) const;
};

// The kinds in a list separated by | , ; + / or spaces; calls `take` with each.
template <class Take>
void each_kind(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t end = list.find_first_of("|,;+/ \t");
    if (const std::string_view kind = list.substr(0, end); !kind.empty()) take(kind);
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
}

}  // namespace zifa::rating
