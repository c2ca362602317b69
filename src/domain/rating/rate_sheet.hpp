// A price sheet as rows, the way carriers send it: one row holds for a service, a country, a zone and a span of weights.
//
// Column by column: docs/guide/en/rates.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "domain/rating/chargeable.hpp"

namespace zifa::rating {

enum class PriceModel : std::uint8_t {
  bracket,     // one flat price for the span
  per_kg,      // price per kilogram + registration fee 挂号费
  first_step,  // first weight + continued weight 首重续重
};

// Prices are in millionths of the currency's major unit, so that 98.125 per kg stays exact.
using Micros = std::int64_t;

// First and last day of validity, both included; nothing means no limit.
struct Validity {
  std::optional<Day> from, to;
  bool holds(Day day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

struct RateRow {
  std::string card;       // the sheet's name
  std::size_t line = 0;   // in the sheet, for messages
  std::string service;
  std::string country;    // of delivery, ISO 3166 alpha-2; "" = every country
  std::string origin;     // of dispatch; "" = any
  std::string zone;       // "" = all zones
  std::vector<std::string> cargo;  // kinds carried, and no others
  std::int64_t over_g = 0, to_g = 0;  // holds for over < chargeable <= to
  PriceModel model = PriceModel::bracket;
  std::int64_t round_g = 0;       // chargeable weight up to a multiple of it; 0 = not used
  std::int64_t min_charge_g = 0;  // and at least this
  Micros price_per_kg = 0, registration_fee = 0, first_price = 0, step_price = 0;
  std::int64_t first_g = 0, step_g = 0;
  Volumetric volumetric;
  std::optional<std::int64_t> max_weight_g;  // of the actual weight
  std::optional<Length> max_long, max_sum, max_length_girth;
  Currency currency;
  std::optional<int> days_min, days_max;
  std::optional<std::int64_t> on_time_ppm;   // share delivered in time, as measured
  std::string last_mile;
  Validity validity;
};

// A postcode range's zone. `card` names a sheet or a service; "" = all.
struct ZoneRow {
  std::string card, country, from, to, zone;
};

// A zone by the first three digits of both ZIPs.
struct ZipPairRow {
  std::string card;
  int origin = 0, destination = 0;
  std::string zone;
};

// A charge on top of the base price.
struct SurchargeRow {
  std::string sheet;
  std::size_t line = 0;
  std::string card, service, country, zone;  // "" = all; where it applies
  std::string kind;      // fuel, remote, residential, peak, oversize, overweight, battery, signature, insurance, operation, customs, ...
  Micros flat = 0;       // per parcel
  Micros per_kg = 0;     // of the charged weight
  std::int64_t percent_millionths = 0;       // of `of`: 16.5 % = 165 000
  std::vector<std::string> of;               // kinds of lines before it, "all", or "value" (the declared value); empty = base
  std::optional<Micros> least, most;         // bounds of the line
  std::optional<Currency> currency;          // nothing = the row's own
  // When it applies; all that are set must hold.
  std::string cargo;                         // the parcel holds this kind
  bool residential = false;
  std::string remote_list;                   // the postcode is in this list
  std::optional<Length> longest_over, second_over, girth_over;
  std::optional<std::int64_t> weight_over_g, volume_over_cm3;  // of the actual weight
  std::optional<Micros> value_over, value_up_to;               // of the declared value, in `value_currency`
  std::optional<Currency> value_currency;
  Validity validity;
};

// A postcode range of a list that carriers call remote.
struct RemoteRow {
  std::string list, country, from, to;
};

struct RateSheets {
  std::vector<RateRow> rates;
  std::vector<ZoneRow> zones;
  std::vector<ZipPairRow> zip_pairs;
  std::vector<SurchargeRow> surcharges;
  std::vector<RemoteRow> remote;
};

}  // namespace zifa::rating
