// From rows to a rate book: names become numbers, rows become tables of steps, ranges become maps.
#include <algorithm>
#include <tuple>

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/rating/rate_book_data.hpp"

namespace zifa::rating {

namespace {

constexpr std::size_t kCargoKinds = 64;

class Builder {
 public:
  Builder(const RateSheets& sheets, RateBook::Extras extras, RateBookData& data) : sheets_(sheets), data_(data) { data_.extras = std::move(extras); }

  void build() {
    data_.routes_into.resize(kCountries);
    collect_cargo();
    collect_zone_scopes();
    for (const RateRow& row : sheets_.rates) add_row(row);
    for (Route& route : data_.routes) finish_route(route);
    add_remote_lists();
    add_charges();
    spread_routes();
    for (const TransitRecord& record : data_.extras.transit)
      for (std::size_t i = 0; i < data_.services.size(); ++i)
        if (data_.services[i].name == record.service) data_.transit_of_service[i] = &record;
  }

 private:
  void warn(std::string_view card, std::size_t line, std::string message) { data_.warnings.push_back({std::string(card), line, std::move(message)}); }

  std::string_view keep(std::string_view text) { return *data_.texts.emplace(text).first; }

  ZoneId zone_id(std::string_view name) {
    if (name.empty()) return kAnyZone;
    const auto [it, fresh] = zone_ids_.try_emplace(std::string(name), static_cast<ZoneId>(data_.zones.size()));
    if (fresh) {
      if (data_.zones.size() >= kNoZone) {
        zone_ids_.erase(it);
        return kNoZone;
      }
      data_.zones.emplace_back(name);
    }
    return it->second;
  }

  std::uint32_t currency_index(Currency currency) {
    for (std::size_t i = 0; i < data_.currencies.size(); ++i)
      if (data_.currencies[i].currency == currency) return static_cast<std::uint32_t>(i);
    CurrencyFacts facts;
    facts.currency = currency;
    facts.rate = data_.extras.exchange.rate_of(currency);
    Wide minor_per_major = 1;
    for (int i = 0; i < currency.decimals(); ++i) minor_per_major *= 10;
    facts.micros_per_minor = 1'000'000 / minor_per_major;
    // Ten to the sixteenth keeps eight digits of any rate.
    if (facts.rate) facts.worth_per_minor = static_cast<std::int64_t>(Wide(10'000'000'000'000'000) / (Wide(*facts.rate) * minor_per_major));
    data_.currencies.push_back(facts);
    return static_cast<std::uint32_t>(data_.currencies.size() - 1);
  }

  std::uint32_t volumetric_index(const Volumetric& volumetric) {
    const auto it = std::find(data_.volumetrics.begin(), data_.volumetrics.end(), volumetric);
    if (it != data_.volumetrics.end()) return static_cast<std::uint32_t>(it - data_.volumetrics.begin());
    data_.volumetrics.push_back(volumetric);
    return static_cast<std::uint32_t>(data_.volumetrics.size() - 1);
  }

  std::uint64_t cargo_bit(std::string_view kind) {
    const auto it = std::find(data_.cargo_kinds.begin(), data_.cargo_kinds.end(), kind);
    if (it != data_.cargo_kinds.end()) return std::uint64_t{1} << (it - data_.cargo_kinds.begin());
    if (data_.cargo_kinds.size() == kCargoKinds) return 0;
    data_.cargo_kinds.emplace_back(kind);
    return std::uint64_t{1} << (data_.cargo_kinds.size() - 1);
  }

  void collect_cargo() {
    cargo_bit("general");
    for (const RateRow& row : sheets_.rates)
      for (const std::string& kind : row.cargo) cargo_bit(lower(kind));
    for (const SurchargeRow& row : sheets_.surcharges)
      if (!row.cargo.empty()) cargo_bit(lower(row.cargo));
    if (data_.cargo_kinds.size() == kCargoKinds) warn("", 0, "The sheets name more than 64 kinds of cargo; the last ones are not carried.");
  }

  static std::uint16_t country_of(std::string_view country) {
    if (country.empty() || country == "*") return kAnyCountry;
    return country_index(country).value_or(kAnyCountry);
  }

  // Which names zone rows speak of, so that a service knows which of them are its own.
  void collect_zone_scopes() {
    for (const ZoneRow& row : sheets_.zones) {
      const std::uint16_t country = country_of(row.country);
      const auto range = postcode_range(row.country, row.from, row.to);
      if (!range || country == kAnyCountry) {
        warn(row.card, 0, "The zone range " + row.country + " " + row.from + " to " + row.to + " is not a range of postcodes and was left out.");
        continue;
      }
      ranges_[{row.card, country}].push_back({range->from, range->to, zone_id(row.zone)});
    }
    for (const ZipPairRow& row : sheets_.zip_pairs) {
      const auto [it, fresh] = pair_index_.try_emplace(row.card, static_cast<std::uint32_t>(data_.zip_pairs.size()));
      if (fresh) data_.zip_pairs.emplace_back(1'000'000, kNoZone);
      if (row.origin >= 0 && row.origin < 1'000 && row.destination >= 0 && row.destination < 1'000)
        data_.zip_pairs[it->second][static_cast<std::size_t>(row.origin * 1'000 + row.destination)] = zone_id(row.zone);
    }
  }

  // The ranges for all sheets, for this sheet and for this service together; the same combination is made once.
  std::uint32_t zone_map_of(const RatedService& service, std::uint16_t country) {
    std::vector<std::string> scopes;
    for (const std::string& scope : {std::string(), service.card, service.name})
      if (ranges_.contains({scope, country}) && std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
    if (scopes.empty()) return kNone;
    const auto [it, fresh] = map_index_.try_emplace({join(scopes, "\n"), country}, static_cast<std::uint32_t>(data_.zone_maps.size()));
    if (fresh) {
      std::vector<ZoneRange> all;
      for (const std::string& scope : scopes) {
        const auto& some = ranges_.at({scope, country});
        all.insert(all.end(), some.begin(), some.end());
      }
      data_.zone_maps.emplace_back(all);
    }
    return it->second;
  }

  std::uint32_t zip_pairs_of(const RatedService& service) {
    for (const std::string& scope : {service.name, service.card, std::string()})
      if (const auto it = pair_index_.find(scope); it != pair_index_.end()) return it->second;
    return kNone;
  }

  std::uint32_t service_index(const RateRow& row) {
    const auto [it, fresh] = service_index_.try_emplace({row.card, row.service}, static_cast<std::uint32_t>(data_.services.size()));
    if (fresh) {
      data_.services.push_back({row.card, row.service});
      data_.charges_of_service.emplace_back();
      data_.transit_of_service.push_back(nullptr);
    }
    return it->second;
  }

  Route& route_of(std::uint32_t service, std::uint16_t country) {
    const auto [it, fresh] = route_index_.try_emplace({service, country}, data_.routes.size());
    if (fresh) {
      Route route;
      route.service = service;
      if (country != kAnyCountry) route.zone_map = zone_map_of(data_.services[service], country);
      if (country == country_index("US")) route.zip_pairs = zip_pairs_of(data_.services[service]);
      data_.routes.push_back(std::move(route));
    }
    return data_.routes[it->second];
  }

  void add_row(const RateRow& row) {
    Route& route = route_of(service_index(row), country_of(row.country));
    std::uint64_t cargo = 0;
    for (const std::string& kind : row.cargo) cargo |= cargo_bit(lower(kind));
    if (row.cargo.empty()) cargo = cargo_bit("general");
    const ZoneId zone = zone_id(row.zone);
    const std::uint16_t origin = country_of(row.origin);
    const std::uint32_t volumetric = volumetric_index(row.volumetric);
    if (row.validity.from || row.validity.to) data_.has_dates = true;
    auto table = std::find_if(route.tables.begin(), route.tables.end(), [&](const Table& t) {
      return t.zone == zone && t.origin == origin && t.cargo == cargo && t.volumetric == volumetric && t.validity.from == row.validity.from && t.validity.to == row.validity.to;
    });
    if (table == route.tables.end()) {
      route.tables.push_back({zone, origin, cargo, volumetric, row.validity, {}});
      table = route.tables.end() - 1;
    }
    Step step{};
    step.over_g = row.over_g;
    step.to_g = row.to_g;
    step.model = row.model;
    step.round_g = row.round_g;
    step.min_charge_g = row.min_charge_g;
    step.price_per_kg = row.price_per_kg;
    step.registration_fee = row.registration_fee;
    step.first_price = row.first_price;
    step.step_price = row.step_price;
    step.first_g = row.first_g;
    step.step_g = row.step_g;
    step.max_weight_ug = row.max_weight_g ? *row.max_weight_g * 1'000'000 : kUnlimited;
    step.max_long_um = row.max_long ? row.max_long->micrometres() : kUnlimited;
    step.max_sum_um = row.max_sum ? row.max_sum->micrometres() : kUnlimited;
    step.max_girth_um = row.max_length_girth ? row.max_length_girth->micrometres() : kUnlimited;
    step.currency = currency_index(row.currency);
    step.days_min = row.days_min.value_or(row.days_max.value_or(-1));
    step.days_max = row.days_max.value_or(row.days_min.value_or(-1));
    step.on_time_ppm = row.on_time_ppm ? static_cast<std::int32_t>(*row.on_time_ppm) : -1;
    step.last_mile = keep(row.last_mile);
    step.line = row.line;
    table->steps.push_back(step);
  }

  void finish_route(Route& route) {
    const RatedService& service = data_.services[route.service];
    for (Table& table : route.tables) {
      std::stable_sort(table.steps.begin(), table.steps.end(), [](const Step& a, const Step& b) { return std::tuple(a.to_g, -a.over_g) < std::tuple(b.to_g, -b.over_g); });
      for (std::size_t i = 1; i < table.steps.size(); ++i) {
        const Step& before = table.steps[i - 1];
        const Step& step = table.steps[i];
        if (step.over_g > before.to_g)
          warn(service.card, step.line, service.name + ": no price from " + std::to_string(before.to_g) + " to " + std::to_string(step.over_g) + " g; parcels in the gap are refused.");
        const bool open_bracket = step.model == PriceModel::bracket && step.over_g == 0 && step.to_g > before.to_g;
        if (step.over_g < before.to_g && !open_bracket)
          warn(service.card, step.line, service.name + ": the steps of lines " + std::to_string(before.line) + " and " + std::to_string(step.line) + " overlap; the one that ends first is used.");
      }
    }
    // Tables for a named zone go before those for all zones, tables for a named origin before those for any.
    std::stable_sort(route.tables.begin(), route.tables.end(), [](const Table& a, const Table& b) {
      return std::tuple(a.zone == kAnyZone, a.origin == kAnyCountry) < std::tuple(b.zone == kAnyZone, b.origin == kAnyCountry);
    });
  }

  void add_remote_lists() {
    std::map<std::pair<std::string, std::uint16_t>, std::vector<ZoneRange>> ranges;
    for (const RemoteRow& row : sheets_.remote) {
      const auto range = postcode_range(row.country, row.from, row.to);
      const std::uint16_t country = country_of(row.country);
      if (!range || country == kAnyCountry) {
        warn(row.list, 0, "The remote range " + row.country + " " + row.from + " to " + row.to + " is not a range of postcodes and was left out.");
        continue;
      }
      ranges[{row.list, country}].push_back({range->from, range->to, 0});
    }
    for (const auto& [key, some] : ranges) {
      const auto [it, fresh] = remote_index_.try_emplace(key.first, static_cast<std::uint32_t>(data_.remote_lists.size()));
      if (fresh) data_.remote_lists.emplace_back();
      data_.remote_lists[it->second].emplace(key.second, ZoneMap(some));
    }
  }

  void add_charges() {
    for (const SurchargeRow& row : sheets_.surcharges) {
      Charge charge;
      charge.row = row;
      charge.country = country_of(row.country);
      charge.zone = zone_id(row.zone);
      if (!row.cargo.empty()) charge.cargo = cargo_bit(lower(row.cargo));
      if (row.currency) charge.currency = currency_index(*row.currency);
      if (row.value_currency) charge.value_currency = currency_index(*row.value_currency);
      if (!row.remote_list.empty()) {
        const auto it = remote_index_.find(row.remote_list);
        if (it == remote_index_.end()) {
          warn(row.sheet, row.line, "The surcharge " + row.kind + " names the remote list " + row.remote_list + ", which has no postcodes; it is never charged.");
          continue;
        }
        charge.remote_list = it->second;
      }
      if (row.validity.from || row.validity.to) data_.has_dates = true;
      charge.kind = keep(row.kind);
      charge.of_base = row.of.empty() || (row.of.size() == 1 && row.of[0] == "base");
      charge.always = charge.country == kAnyCountry && charge.zone == kAnyZone && charge.cargo == 0 && charge.remote_list == kNone && !row.residential && !row.longest_over && !row.second_over &&
                      !row.girth_over && !row.weight_over_g && !row.volume_over_cm3 && !row.value_over && !row.value_up_to && !row.validity.from && !row.validity.to;
      bool used = false;
      for (std::size_t i = 0; i < data_.services.size(); ++i) {
        const RatedService& service = data_.services[i];
        if (!row.card.empty() && row.card != service.card) continue;
        if (!row.service.empty() && row.service != service.name) continue;
        data_.charges_of_service[i].push_back(static_cast<std::uint32_t>(data_.charges.size()));
        used = true;
      }
      if (!used) warn(row.sheet, row.line, "The surcharge " + row.kind + " names a card or service that no sheet has; it is never charged.");
      data_.charges.push_back(std::move(charge));
    }
  }

  void spread_routes() {
    std::vector<std::uint32_t> anywhere;
    for (const auto& [key, index] : route_index_) {
      if (key.second == kAnyCountry) {
        anywhere.push_back(static_cast<std::uint32_t>(index));
      } else {
        data_.routes_into[key.second].push_back(static_cast<std::uint32_t>(index));
      }
    }
    for (std::size_t country = 0; country < kCountries; ++country) {
      auto& into = data_.routes_into[country];
      for (const std::uint32_t route : anywhere)
        if (!route_index_.contains({data_.routes[route].service, static_cast<std::uint16_t>(country)})) into.push_back(route);
      std::sort(into.begin(), into.end(), [&](std::uint32_t a, std::uint32_t b) { return data_.routes[a].service < data_.routes[b].service; });
    }
  }

  const RateSheets& sheets_;
  RateBookData& data_;
  std::map<std::string, ZoneId, std::less<>> zone_ids_;
  std::map<std::pair<std::string, std::uint16_t>, std::vector<ZoneRange>> ranges_;
  std::map<std::string, std::uint32_t> pair_index_, remote_index_;
  std::map<std::pair<std::string, std::uint16_t>, std::uint32_t> map_index_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> service_index_;
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::size_t> route_index_;
};

}  // namespace

RateBook::RateBook(const RateSheets& sheets, Extras extras) {
  auto data = std::make_unique<RateBookData>();
  Builder(sheets, std::move(extras), *data).build();
  data_ = std::move(data);
}

RateBook::~RateBook() = default;
RateBook::RateBook(RateBook&&) noexcept = default;
RateBook& RateBook::operator=(RateBook&&) noexcept = default;

const std::vector<RatedService>& RateBook::services() const { return data_->services; }
const std::vector<SheetWarning>& RateBook::warnings() const { return data_->warnings; }
bool RateBook::has_dates() const { return data_->has_dates; }
const ExchangeRates& RateBook::exchange() const { return data_->extras.exchange; }

}  // namespace zifa::rating
