// Asking a rate book. Nothing here allocates, but for the growth of the answer's vectors.
#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "domain/rating/on_time.hpp"
#include "domain/rating/rate_book_data.hpp"

namespace zifa::rating {

namespace {

constexpr std::int64_t kMostMicrometres = 10'000'000;              // 10 m
constexpr std::int64_t kMostMicrograms = 100'000'000'000'000;      // 100 t
constexpr Wide kMostMinor = 900'000'000'000'000'000;

struct Charged {
  Grams exact;          // what the parcel is weighed as
  std::int64_t up = 0;  // the same, a started gram counting as one
};

// The amount of the base line in micros times `whole`.
struct Price {
  Wide part;
  Wide whole;
};

std::int64_t steps_up(std::int64_t excess, std::int64_t step) { return excess <= 0 ? 0 : (excess + step - 1) / step; }

std::int64_t charged_grams(const Step& step, std::int64_t up) {
  const std::int64_t rounded = step.round_g > 1 ? steps_up(up, step.round_g) * step.round_g : up;
  return std::max(rounded, step.min_charge_g);
}

Price base_price(const Step& step, const Charged& charged, std::int64_t grams) {
  switch (step.model) {
    case PriceModel::bracket: return {Wide(step.first_price) + step.registration_fee, 1};
    case PriceModel::first_step: return {Wide(step.first_price) + step.registration_fee + Wide(steps_up(grams - step.first_g, step.step_g)) * step.step_price, 1};
    case PriceModel::per_kg: break;
  }
  // Without rounding a fraction of a gram costs a fraction too; a fraction too fine for the sum is cut to micrograms.
  if (step.round_g == 0 && charged.exact.whole != 1 && charged.exact.over(step.min_charge_g)) {
    Wide part = charged.exact.part, whole = charged.exact.whole;
    if (part > Wide(1) << 70 || whole > Wide(1) << 55) {
      part = part / whole * 1'000'000 + part % whole * 1'000'000 / whole;
      whole = 1'000'000;
    }
    return {part * step.price_per_kg + Wide(step.registration_fee) * 1'000 * whole, 1'000 * whole};
  }
  return {Wide(grams) * step.price_per_kg + Wide(step.registration_fee) * 1'000, 1'000};
}

// One question: what is the same for all services is worked out once.
class Question {
 public:
  Question(const RateBookData& data, const ParcelToRate& parcel, Day as_of, Quotes& answer)
      : data_(data), parcel_(parcel), as_of_(as_of), answer_(answer), sides_(parcel.size.sorted()), cargo_(data.cargo_mask(parcel.cargo)) {
    to_country_ = country_index(parcel.to.country).value_or(kAnyCountry);
    from_country_ = country_index(parcel.from.country).value_or(kAnyCountry);
    postcode_ = postcode_key(parcel.to.country, parcel.to.postcode, Fill::whole);
    if (to_country_ == country_index("US") && from_country_ == to_country_) {
      const auto a = zip3(parcel.from.postcode), b = zip3(parcel.to.postcode);
      if (a && b) zip_pair_ = {*a, *b};
    }
  }

  void ask(const Route& route) {
    resolve_zone(route);
    Refused refused{route.service, Refusal::origin, 0, zone_name(zone_)};
    const auto refuse = [&](Refusal reason, std::int64_t limit) {
      if (reason < refused.reason) return;
      refused.reason = reason;
      refused.limit = limit;
    };
    for (const Table& table : route.tables) {
      if (table.origin != kAnyCountry && table.origin != from_country_) continue;
      if (!table.validity.holds(as_of_)) {
        refuse(Refusal::not_valid, 0);
        continue;
      }
      if (cargo_ == 0 || (cargo_ & ~table.cargo) != 0) {
        refuse(Refusal::cargo, 0);
        continue;
      }
      if (table.zone != kAnyZone && table.zone != zone_) {
        refuse(Refusal::no_zone, 0);
        continue;
      }
      if (offer_from(route, table, refuse)) return;
    }
    answer_.refused.push_back(refused);
  }

  void sort() {
    std::sort(answer_.offers.begin(), answer_.offers.end(), [](const Offer& a, const Offer& b) {
      if (a.worth && b.worth) return *a.worth != *b.worth ? *a.worth < *b.worth : a.service < b.service;
      if (a.worth || b.worth) return a.worth.has_value();
      return std::tuple(a.total.currency(), a.total.minor(), a.service) < std::tuple(b.total.currency(), b.total.minor(), b.service);
    });
  }

 private:
  std::string_view zone_name(ZoneId zone) const { return zone < data_.zones.size() ? std::string_view(data_.zones[zone]) : std::string_view(); }

  // Neighbouring services mostly share their map, so the last answer is kept.
  void resolve_zone(const Route& route) {
    if (asked_ && route.zone_map == asked_map_ && route.zip_pairs == asked_pairs_) return;
    asked_ = true;
    asked_map_ = route.zone_map;
    asked_pairs_ = route.zip_pairs;
    zone_ = kNoZone;
    // Without a postcode only a range for the whole country can hold it: such a range begins below every code.
    if (route.zone_map != kNone) zone_ = data_.zone_maps[route.zone_map].zone_of(postcode_.value_or(kNoPostcode)).value_or(kNoZone);
    if (zone_ == kAnyZone) zone_ = kNoZone;
    if (zone_ != kNoZone || route.zip_pairs == kNone || !zip_pair_) return;
    const auto& pairs = data_.zip_pairs[route.zip_pairs];
    const auto [from, to] = *zip_pair_;
    zone_ = pairs[static_cast<std::size_t>(from * 1'000 + to)];
    // Zones are symmetric but for a few pairs in a hundred.
    if (zone_ == kNoZone) zone_ = pairs[static_cast<std::size_t>(to * 1'000 + from)];
  }

  const Charged& charged(std::uint32_t volumetric) {
    if (volumetric != charged_by_) {
      charged_by_ = volumetric;
      charged_.exact = chargeable(data_.volumetrics[volumetric], sides_, parcel_.weight);
      charged_.up = charged_.exact.up();
    }
    return charged_;
  }

  // The step whose span holds the weight: the first that ends at or above it.
  template <class Refuse>
  const Step* step_for(const Table& table, std::int64_t up, Refuse refuse) const {
    const auto first = std::lower_bound(table.steps.begin(), table.steps.end(), up, [](const Step& s, std::int64_t w) { return s.to_g < w; });
    for (auto it = first; it != table.steps.end(); ++it)
      if (up > it->over_g) return &*it;
    if (first == table.steps.end()) {
      refuse(Refusal::above_last, table.steps.back().to_g);
    } else if (first == table.steps.begin()) {
      refuse(Refusal::below_first, first->over_g);
    } else {
      refuse(Refusal::gap, up);
    }
    return nullptr;
  }

  template <class Refuse>
  bool within_limits(const Step& step, Refuse refuse) const {
    if (parcel_.weight.micrograms() > step.max_weight_ug) {
      refuse(Refusal::weight, step.max_weight_ug / 1'000'000);
      return false;
    }
    if (sides_.length.micrometres() > step.max_long_um) {
      refuse(Refusal::longest, step.max_long_um);
      return false;
    }
    if (sides_.sum().micrometres() > step.max_sum_um) {
      refuse(Refusal::sum, step.max_sum_um);
      return false;
    }
    if (sides_.length_plus_girth().micrometres() > step.max_girth_um) {
      refuse(Refusal::girth, step.max_girth_um);
      return false;
    }
    return true;
  }

  template <class Refuse>
  bool offer_from(const Route& route, const Table& table, Refuse refuse) {
    const Charged& weighed = charged(table.volumetric);
    const Step* step = step_for(table, weighed.up, refuse);
    if (step == nullptr) {
      // Too heavy for the service in any case says more than too heavy for its steps.
      if (parcel_.weight.micrograms() > table.steps.back().max_weight_ug) refuse(Refusal::weight, table.steps.back().max_weight_ug / 1'000'000);
      return false;
    }
    if (!within_limits(*step, refuse)) return false;

    const CurrencyFacts& currency = data_.currencies[step->currency];
    Offer offer;
    offer.service = route.service;
    offer.chargeable_g = charged_grams(*step, weighed.up);
    offer.zone = zone_ != kNoZone ? zone_name(zone_) : zone_name(table.zone);
    offer.first_line = static_cast<std::uint32_t>(answer_.lines.size());
    const auto give_up = [&](Refusal reason) {
      answer_.lines.resize(offer.first_line);
      refuse(reason, 0);
      return false;
    };
    const Price price = base_price(*step, weighed, offer.chargeable_g);
    const Wide base = half_up(price.part, price.whole * currency.micros_per_minor);
    if (base > kMostMinor) return give_up(Refusal::overflow);
    answer_.lines.push_back({"base", static_cast<std::int64_t>(base)});

    Wide total = base;
    for (const std::uint32_t index : data_.charges_of_service[route.service]) {
      const Charge& charge = data_.charges[index];
      if (!charge.always && !applies(charge, table)) continue;
      const auto amount = amount_of(charge, *step, offer, total);
      if (!amount) return give_up(Refusal::no_exchange);
      total += *amount;
      if (*amount > kMostMinor || *amount < -kMostMinor || total > kMostMinor) return give_up(Refusal::overflow);
      if (*amount != 0) answer_.lines.push_back({charge.kind, static_cast<std::int64_t>(*amount)});
    }
    offer.line_count = static_cast<std::uint32_t>(answer_.lines.size()) - offer.first_line;
    offer.total = Money(static_cast<std::int64_t>(total), currency.currency);
    if (currency.worth_per_minor > 0) {
      const Wide worth = total * currency.worth_per_minor;
      offer.worth = worth > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(worth);
    }
    add_days(offer, *step);
    offer.last_mile = step->last_mile;
    find_cheaper_step(table, *step, currency, base, offer);
    answer_.offers.push_back(offer);
    return true;
  }

  void add_days(Offer& offer, const Step& step) const {
    if (step.days_min >= 0) {
      offer.days_min = step.days_min;
      offer.days_max = step.days_max;
    }
    const TransitRecord* record = data_.transit_of_service[offer.service];
    if (parcel_.deliver_by && step.days_min >= 0) {
      const int days = *parcel_.deliver_by - as_of_;
      offer.on_time_ppm = record ? on_time_ppm(step.days_min, step.days_max, days, record->arrived_by_day, record->late) : on_time_ppm(step.days_min, step.days_max, days);
    } else if (step.on_time_ppm >= 0) {
      offer.on_time_ppm = step.on_time_ppm;
    }
  }

  // Sheets often drop the price per kilogram so much that a slightly heavier parcel is cheaper.
  void find_cheaper_step(const Table& table, const Step& step, const CurrencyFacts& currency, Wide base, Offer& offer) const {
    const std::size_t index = static_cast<std::size_t>(&step - table.steps.data());
    Wide best = base;
    for (std::size_t i = index + 1; i < table.steps.size() && i <= index + 2; ++i) {
      const Step& next = table.steps[i];
      if (next.currency != step.currency || next.over_g + 1 <= offer.chargeable_g || (next.over_g + 1) * 1'000'000 > next.max_weight_ug) continue;
      const Charged lightest{{next.over_g + 1, 1}, next.over_g + 1};
      const std::int64_t grams = charged_grams(next, lightest.up);
      const Price price = base_price(next, lightest, grams);
      const Wide amount = half_up(price.part, price.whole * currency.micros_per_minor);
      if (amount >= best) continue;
      best = amount;
      offer.cheaper_at_g = next.over_g + 1;
      offer.cheaper_base = static_cast<std::int64_t>(amount);
    }
  }

  bool applies(const Charge& charge, const Table& table) const {
    const SurchargeRow& row = charge.row;
    if (charge.country != kAnyCountry && charge.country != to_country_) return false;
    if (charge.zone != kAnyZone && charge.zone != (zone_ != kNoZone ? zone_ : table.zone)) return false;
    if (!row.validity.holds(as_of_)) return false;
    if (charge.cargo != 0 && (charge.cargo & cargo_) == 0) return false;
    if (row.residential && !parcel_.residential) return false;
    if (charge.remote_list != kNone && !is_remote(charge.remote_list)) return false;
    const bool sized = row.longest_over || row.second_over || row.girth_over || row.volume_over_cm3 || row.weight_over_g;
    // Of several size limits one is enough: carriers write "over 48 in long or over 50 lb".
    if (sized && !(row.longest_over && sides_.length > *row.longest_over) && !(row.second_over && sides_.width > *row.second_over) &&
        !(row.girth_over && sides_.length_plus_girth() > *row.girth_over) && !(row.weight_over_g && parcel_.weight > Weight::grams(*row.weight_over_g)) &&
        !(row.volume_over_cm3 && volume_over(*row.volume_over_cm3)))
      return false;
    if (row.value_over || row.value_up_to) {
      if (!parcel_.value) return false;
      const auto value = value_micros(charge.value_currency);
      if (!value) return false;
      if (row.value_over && *value <= *row.value_over) return false;
      if (row.value_up_to && *value > *row.value_up_to) return false;
    }
    return true;
  }

  bool volume_over(std::int64_t cm3) const {
    return Wide(sides_.length.micrometres()) * sides_.width.micrometres() * sides_.height.micrometres() > Wide(cm3) * 1'000'000'000'000;
  }

  bool is_remote(std::uint32_t list) const {
    const auto& countries = data_.remote_lists[list];
    const auto it = countries.find(to_country_);
    return it != countries.end() && postcode_ && it->second.zone_of(*postcode_).has_value();
  }

  // The declared value in micros of a currency (kNone: its own); nothing without a rate.
  std::optional<Wide> value_micros(std::uint32_t currency) const {
    const Currency own = parcel_.value->currency();
    Wide micros = Wide(parcel_.value->minor()) * 1'000'000;
    for (int i = 0; i < own.decimals(); ++i) micros /= 10;
    if (currency == kNone || data_.currencies[currency].currency == own) return micros;
    const auto from = data_.extras.exchange.rate_of(own);
    if (!from || !data_.currencies[currency].rate) return std::nullopt;
    return half_up(micros * *data_.currencies[currency].rate, *from);
  }

  // A sum in micros of the charge's currency, in minor units of the offer's; nothing without a rate.
  static std::optional<Wide> to_minor(Wide micros, Wide whole, const CurrencyFacts& from, const CurrencyFacts& to) {
    if (from.currency == to.currency) return half_up(micros, whole * to.micros_per_minor);
    if (!from.rate || !to.rate) return std::nullopt;
    return half_up(micros / whole * *to.rate, Wide(*from.rate) * to.micros_per_minor);
  }

  std::optional<Wide> amount_of(const Charge& charge, const Step& step, const Offer& offer, Wide total) const {
    const SurchargeRow& row = charge.row;
    const CurrencyFacts& to = data_.currencies[step.currency];
    const CurrencyFacts& from = charge.currency == kNone ? to : data_.currencies[charge.currency];
    Wide amount = 0;
    if (row.percent_millionths != 0) {
      Wide of = 0;
      const auto names = [&](std::string_view kind) { return std::find(row.of.begin(), row.of.end(), kind) != row.of.end(); };
      if (charge.of_base) {
        of = answer_.lines[offer.first_line].amount;
      } else if (names("value")) {
        if (!parcel_.value) return Wide(0);
        const auto value = value_micros(step.currency);
        if (!value) return std::nullopt;
        of = half_up(*value, to.micros_per_minor);
      } else if (names("all")) {
        of = total;
      } else {
        for (std::size_t i = offer.first_line; i < answer_.lines.size(); ++i)
          if (names(answer_.lines[i].kind)) of += answer_.lines[i].amount;
      }
      amount = half_up(of * row.percent_millionths, 1'000'000);
    }
    if (row.flat != 0 || row.per_kg != 0) {
      const auto sum = to_minor(Wide(row.flat) * 1'000 + Wide(row.per_kg) * offer.chargeable_g, 1'000, from, to);
      if (!sum) return std::nullopt;
      amount += *sum;
    }
    if (row.least) {
      const auto least = to_minor(*row.least, 1, from, to);
      if (!least) return std::nullopt;
      amount = std::max(amount, *least);
    }
    if (row.most) {
      const auto most = to_minor(*row.most, 1, from, to);
      if (!most) return std::nullopt;
      amount = std::min(amount, *most);
    }
    return amount;
  }

  const RateBookData& data_;
  const ParcelToRate& parcel_;
  const Day as_of_;
  Quotes& answer_;
  const Size sides_;
  const std::uint64_t cargo_;
  std::uint16_t to_country_ = kAnyCountry, from_country_ = kAnyCountry;
  std::optional<PostcodeKey> postcode_;
  std::optional<std::pair<int, int>> zip_pair_;
  ZoneId zone_ = kNoZone;
  bool asked_ = false;
  std::uint32_t asked_map_ = kNone, asked_pairs_ = kNone;
  std::uint32_t charged_by_ = kNone;
  Charged charged_;
};

Result<Done> check_parcel(const ParcelToRate& parcel) {
  if (!country_index(parcel.to.country)) return invalid("parcel.bad_country", "The parcel needs the two-letter country it goes to.");
  if (parcel.weight.micrograms() <= 0 || parcel.weight.micrograms() > kMostMicrograms) return invalid("parcel.bad_weight", "The parcel's weight must be above 0 and at most 100 t.");
  for (const Length side : {parcel.size.length, parcel.size.width, parcel.size.height})
    if (side.micrometres() <= 0 || side.micrometres() > kMostMicrometres) return invalid("parcel.bad_size", "Every side of the parcel must be above 0 and at most 10 m.");
  return done;
}

void clear(Quotes& answer) {
  answer.offers.clear();
  answer.refused.clear();
  answer.lines.clear();
}

}  // namespace

std::uint64_t RateBookData::cargo_mask(std::string_view kinds) const {
  std::uint64_t mask = 0;
  bool known = true, any = false;
  each_kind(kinds, [&](std::string_view kind) {
    any = true;
    const auto it = std::find_if(cargo_kinds.begin(), cargo_kinds.end(), [&](const std::string& k) { return equals_ignoring_case(k, kind); });
    if (it == cargo_kinds.end()) {
      known = false;
    } else {
      mask |= std::uint64_t{1} << (it - cargo_kinds.begin());
    }
  });
  if (!any) return 1;  // general
  return known ? mask : 0;
}

Result<Done> RateBook::quote(const ParcelToRate& parcel, Day as_of, Quotes& answer) const {
  clear(answer);
  TRY(check_parcel(parcel));
  Question question(*data_, parcel, as_of, answer);
  for (const std::uint32_t route : data_->routes_into[*country_index(parcel.to.country)]) question.ask(data_->routes[route]);
  question.sort();
  return done;
}

Result<Done> RateBook::quote_service(const ParcelToRate& parcel, std::string_view service, Day as_of, Quotes& answer) const {
  clear(answer);
  TRY(check_parcel(parcel));
  Question question(*data_, parcel, as_of, answer);
  for (const std::uint32_t route : data_->routes_into[*country_index(parcel.to.country)])
    if (data_->services[data_->routes[route].service].name == service) question.ask(data_->routes[route]);
  question.sort();
  return done;
}

}  // namespace zifa::rating
