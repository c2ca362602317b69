#include "app/reference/rate_sheets.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <sstream>

#include "base/csv.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"
#include "domain/rating/postcode.hpp"

namespace zifa {

using namespace rating;

namespace {

struct Signature {
  SheetKind kind;
  std::string_view name;
  std::vector<std::string_view> columns;  // that only this kind has all of
};

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> all{
      {SheetKind::card, "card", {"service", "country", "model", "weight_to_g", "currency"}},
      {SheetKind::zones, "zones", {"country", "postcode_from", "zone"}},
      {SheetKind::zip_pairs, "zip_pairs", {"origin_zip3", "dest_zip3", "zone"}},
      {SheetKind::surcharges, "surcharges", {"kind"}},
      {SheetKind::remote, "remote", {"list", "country", "postcode_from"}},
      {SheetKind::exchange, "exchange", {"currency", "rate"}},
  };
  return all;
}

constexpr std::int64_t kMostMicros = 1'000'000'000'000'000;  // a thousand million in the major unit
constexpr std::int64_t kMostGrams = 100'000'000;

// One row, read column by column; the first problem is kept.
class Row {
 public:
  Row(const std::map<std::string, std::size_t, std::less<>>& columns, const std::vector<std::string_view>& fields) : columns_(columns), fields_(fields) {}

  std::string_view text(std::string_view column) const {
    const auto it = columns_.find(column);
    return it == columns_.end() || it->second >= fields_.size() ? std::string_view() : trim(fields_[it->second]);
  }
  std::string required(std::string_view column) {
    const std::string_view t = text(column);
    if (t.empty()) fail(std::string(column) + " is empty");
    return std::string(t);
  }
  // A number with `decimals` behind the point, scaled; nothing where the field is empty.
  std::optional<std::int64_t> scaled(std::string_view column, int decimals, std::int64_t most) {
    const std::string_view t = text(column);
    if (t.empty()) return std::nullopt;
    const auto n = to_scaled(t, decimals);
    if (!n || *n < 0 || *n > most) {
      fail(std::string(column) + " must be a number from 0 up, not \"" + printable(t, 40) + "\"");
      return std::nullopt;
    }
    return n;
  }
  std::int64_t grams(std::string_view column) { return scaled(column, 0, kMostGrams).value_or(0); }
  Micros price(std::string_view column) { return scaled(column, 6, kMostMicros).value_or(0); }
  std::optional<Micros> optional_price(std::string_view column) { return scaled(column, 6, kMostMicros); }
  std::optional<Length> centimetres(std::string_view column) {
    const auto n = scaled(column, 4, 1'000'000'000);
    if (!n) return std::nullopt;
    return Length::micrometres(*n);
  }
  std::optional<Day> day(std::string_view column) {
    const std::string_view t = text(column);
    if (t.empty()) return std::nullopt;
    const auto d = Day::parse(t);
    if (!d) {
      fail(std::string(column) + " must be a day like 2026-11-25, not \"" + printable(t, 40) + "\"");
      return std::nullopt;
    }
    return *d;
  }
  Validity validity() {
    Validity v{day("valid_from"), day("valid_to")};
    if (v.from && v.to && *v.to < *v.from) fail("valid_to is before valid_from");
    return v;
  }
  // Upper case, UK as GB, "" for * and for an empty field.
  std::string country(std::string_view column) {
    std::string t = upper(text(column));
    if (t == "*") t.clear();
    if (t == "UK") t = "GB";
    if (!t.empty() && !country_index(t)) fail(std::string(column) + " must be a two-letter country, not \"" + printable(t, 40) + "\"");
    return t;
  }
  std::optional<Currency> currency(std::string_view column) {
    const std::string_view t = text(column);
    if (t.empty()) return std::nullopt;
    const auto c = Currency::parse(t);
    if (!c) {
      fail(std::string(column) + " must be three letters, not \"" + printable(t, 40) + "\"");
      return std::nullopt;
    }
    return *c;
  }
  bool has(std::string_view column) const { return !text(column).empty(); }

  void fail(std::string message) {
    if (problem_.empty()) problem_ = std::move(message);
  }
  const std::string& problem() const { return problem_; }

 private:
  const std::map<std::string, std::size_t, std::less<>>& columns_;
  const std::vector<std::string_view>& fields_;
  std::string problem_;
};

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const std::size_t end = list.find_first_of("|,;+/ \t");
    if (const std::string_view word = list.substr(0, end); !word.empty()) words.push_back(lower(word));
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
  return words;
}

void read_rate(Row& row, std::string_view name, std::size_t line, RateSheets& sheets) {
  RateRow rate;
  rate.card = name;
  rate.line = line;
  rate.service = row.required("service");
  rate.country = row.country("country");
  rate.origin = row.country("origin");
  rate.zone = row.text("zone");
  rate.cargo = words_of(row.text("cargo"));
  rate.over_g = row.grams("weight_over_g");
  rate.to_g = row.grams("weight_to_g");
  if (rate.to_g <= rate.over_g) row.fail("weight_to_g must be above weight_over_g");
  rate.round_g = row.grams("round_g");
  rate.min_charge_g = row.grams("min_charge_g");
  rate.price_per_kg = row.price("price_per_kg");
  rate.registration_fee = row.price("registration_fee");
  rate.first_g = row.grams("first_g");
  rate.first_price = row.price("first_price");
  rate.step_g = row.grams("step_g");
  rate.step_price = row.price("step_price");
  const std::string model = row.required("model");
  if (model == "bracket") {
    rate.model = PriceModel::bracket;
    if (!row.has("first_price")) row.fail("a bracket row needs first_price");
  } else if (model == "per_kg") {
    rate.model = PriceModel::per_kg;
    if (!row.has("price_per_kg")) row.fail("a per_kg row needs price_per_kg");
  } else if (model == "first_step") {
    rate.model = PriceModel::first_step;
    if (!row.has("first_price") || !row.has("step_price") || rate.first_g <= 0 || rate.step_g <= 0) row.fail("a first_step row needs first_g, first_price, step_g and step_price");
  } else {
    row.fail("model must be bracket, per_kg or first_step, not \"" + printable(model, 40) + "\"");
  }
  const std::int64_t divisor = row.scaled("vol_divisor", 0, 1'000'000).value_or(0);
  if (const auto volumetric = volumetric_named(row.text("vol_rule"), divisor)) {
    rate.volumetric = *volumetric;
  } else {
    row.fail("vol_rule \"" + printable(row.text("vol_rule"), 40) + "\" is not known; use none, max, half, longer_than_60, over_1728in3, over_30000cm3 or ratio_over_1.5");
  }
  rate.max_weight_g = row.scaled("max_weight_g", 0, kMostGrams);
  rate.max_long = row.centimetres("max_long_cm");
  rate.max_sum = row.centimetres("max_sum_cm");
  rate.max_length_girth = row.centimetres("max_length_girth_cm");
  if (const auto currency = row.currency("currency")) {
    rate.currency = *currency;
  } else {
    row.fail("currency is empty");
  }
  if (const auto days = row.scaled("days_min", 0, 1'000)) rate.days_min = static_cast<int>(*days);
  if (const auto days = row.scaled("days_max", 0, 1'000)) rate.days_max = static_cast<int>(*days);
  if (rate.days_min && rate.days_max && *rate.days_max < *rate.days_min) row.fail("days_max is below days_min");
  rate.on_time_ppm = row.scaled("on_time", 6, 1'000'000);
  rate.last_mile = row.text("last_mile");
  rate.validity = row.validity();
  if (row.problem().empty()) sheets.rates.push_back(std::move(rate));
}

// A card column that means every card.
std::string card_of(const Row& row) {
  const std::string_view card = row.text("card");
  return card == "*" ? "" : std::string(card.ends_with(".csv") ? card.substr(0, card.size() - 4) : card);
}

void check_range(Row& row, const std::string& country, const std::string& from, const std::string& to) {
  if (country.empty()) row.fail("country is empty");
  if (!postcode_range(country, from, to)) row.fail("\"" + printable(from, 20) + "\" to \"" + printable(to, 20) + "\" is no range of postcodes");
}

void read_zone(Row& row, RateSheets& sheets) {
  ZoneRow zone{card_of(row), row.country("country"), std::string(row.text("postcode_from")), std::string(row.text("postcode_to")), std::string(row.text("zone"))};
  check_range(row, zone.country, zone.from, zone.to);
  if (row.problem().empty()) sheets.zones.push_back(std::move(zone));
}

void read_zip_pair(Row& row, RateSheets& sheets) {
  const auto from = zip3(row.text("origin_zip3")), to = zip3(row.text("dest_zip3"));
  if (!from || !to) row.fail("origin_zip3 and dest_zip3 must be three digits");
  std::string zone = row.required("zone");
  if (row.problem().empty()) sheets.zip_pairs.push_back({card_of(row), *from, *to, std::move(zone)});
}

void read_surcharge(Row& row, std::string_view name, std::size_t line, RateSheets& sheets) {
  SurchargeRow charge;
  charge.sheet = name;
  charge.line = line;
  charge.card = card_of(row);
  charge.service = row.text("service") == "*" ? "" : std::string(row.text("service"));
  charge.country = row.country("country");
  charge.zone = row.text("zone");
  charge.kind = lower(row.required("kind"));
  charge.flat = row.price("flat");
  charge.per_kg = row.price("per_kg");
  charge.percent_millionths = row.scaled("percent", 4, 1'000'000'000).value_or(0);
  if (!row.has("flat") && !row.has("per_kg") && !row.has("percent")) row.fail("one of flat, per_kg and percent is needed");
  charge.of = words_of(row.text("of"));
  charge.least = row.optional_price("least");
  charge.most = row.optional_price("most");
  charge.currency = row.currency("currency");
  charge.cargo = lower(row.text("cargo"));
  charge.residential = row.text("residential") == "1" || equals_ignoring_case(row.text("residential"), "yes");
  charge.remote_list = row.text("remote_list");
  charge.longest_over = row.centimetres("longest_over_cm");
  charge.second_over = row.centimetres("second_over_cm");
  charge.girth_over = row.centimetres("girth_over_cm");
  charge.weight_over_g = row.scaled("weight_over_g", 0, kMostGrams);
  charge.volume_over_cm3 = row.scaled("volume_over_cm3", 0, 1'000'000'000);
  charge.value_over = row.optional_price("value_over");
  charge.value_up_to = row.optional_price("value_up_to");
  charge.value_currency = row.currency("value_currency");
  charge.validity = row.validity();
  if (row.problem().empty()) sheets.surcharges.push_back(std::move(charge));
}

void read_remote(Row& row, RateSheets& sheets) {
  RemoteRow remote{row.required("list"), row.country("country"), std::string(row.text("postcode_from")), std::string(row.text("postcode_to"))};
  if (remote.from.empty()) row.fail("postcode_from is empty");
  check_range(row, remote.country, remote.from, remote.to);
  if (row.problem().empty()) sheets.remote.push_back(std::move(remote));
}

void read_exchange(Row& row, ExchangeRates& exchange) {
  const auto currency = row.currency("currency");
  const auto rate = row.scaled("rate", 6, 1'000'000'000'000'000);
  if (!currency) row.fail("currency is empty");
  if (!rate || *rate == 0) row.fail("rate must be above 0");
  const auto day = row.day("day");
  if (!row.problem().empty()) return;
  exchange.set(*currency, *rate);
  if (day && (!exchange.day() || *exchange.day() < *day)) exchange.set_day(*day);
}

// The column names of a file, from its first line that is no comment.
std::map<std::string, std::size_t, std::less<>> header_of(CsvReader& reader) {
  std::map<std::string, std::size_t, std::less<>> columns;
  for (auto step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    if (step == CsvReader::Step::bad_row || trim(reader.fields()[0]).starts_with("#")) continue;
    for (std::size_t i = 0; i < reader.fields().size(); ++i) columns.try_emplace(lower(trim(reader.fields()[i])), i);
    break;
  }
  return columns;
}

const Signature* signature_of(const std::map<std::string, std::size_t, std::less<>>& columns) {
  for (const Signature& signature : signatures())
    if (std::all_of(signature.columns.begin(), signature.columns.end(), [&](std::string_view c) { return columns.contains(c); })) return &signature;
  return nullptr;
}

}  // namespace

CsvFormat sheet_format_of(std::string_view content) {
  // Spreadsheets of many countries write semicolons; the header tells.
  std::string_view rest = content;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find_first_of("\r\n"));
    if (!trim(line).empty() && !trim(line).starts_with("#") && !trim(line).starts_with("\xEF\xBB\xBF#")) {
      if (line.find(',') != std::string_view::npos) return {};
      if (line.find(';') != std::string_view::npos) return {.separator = ';'};
      if (line.find('\t') != std::string_view::npos) return {.separator = '\t'};
      return {};
    }
    const std::size_t end = rest.find_first_of("\r\n");
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return {};
}

std::string_view name_of(SheetKind kind) {
  for (const Signature& signature : signatures())
    if (signature.kind == kind) return signature.name;
  return "";
}

std::optional<SheetKind> sheet_kind_of(std::string_view content) {
  std::istringstream in{std::string(content.substr(0, 64 * 1024))};
  CsvReader reader(in, sheet_format_of(content));
  const Signature* signature = signature_of(header_of(reader));
  if (signature == nullptr) return std::nullopt;
  return signature->kind;
}

Result<SheetKind> read_sheet(std::string_view name, std::string_view content, SheetsRead& into) {
  std::istringstream in{std::string(content)};
  CsvReader reader(in, sheet_format_of(content));
  const auto columns = header_of(reader);
  const Signature* signature = signature_of(columns);
  if (signature == nullptr)
    return invalid("sheet.unknown", "The columns of " + printable(name, 100) + " are those of no price sheet; a rate card needs service, country, model, weight_to_g and currency.");
  for (auto step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    if (step == CsvReader::Step::bad_row) {
      into.problems.push_back({std::string(name), reader.line(), reader.problem()});
      continue;
    }
    if (trim(reader.fields()[0]).starts_with("#")) continue;
    Row row(columns, reader.fields());
    switch (signature->kind) {
      case SheetKind::card: read_rate(row, name, reader.line(), into.sheets); break;
      case SheetKind::zones: read_zone(row, into.sheets); break;
      case SheetKind::zip_pairs: read_zip_pair(row, into.sheets); break;
      case SheetKind::surcharges: read_surcharge(row, name, reader.line(), into.sheets); break;
      case SheetKind::remote: read_remote(row, into.sheets); break;
      case SheetKind::exchange: read_exchange(row, into.exchange); break;
    }
    if (row.problem().empty()) {
      ++into.rows;
    } else {
      into.problems.push_back({std::string(name), reader.line(), row.problem()});
    }
  }
  return signature->kind;
}

ExchangeRates shipped_exchange_rates() {
  SheetsRead read;
  const auto kind = read_sheet("exchange_rates", resource("data/exchange_rates.csv"), read);
  check(kind && read.problems.empty(), "data/exchange_rates.csv cannot be read");
  return read.exchange;
}

}  // namespace zifa
