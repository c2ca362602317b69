#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

#include "app/reference/rate_sheets.hpp"
#include "base/json.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "cli/lines.hpp"
#include "cli/wiring.hpp"
#include "domain/rating/rate_book.hpp"

namespace zifa::cli {

namespace {

using namespace rating;

constexpr std::size_t kLineLimit = 64 * 1024;
constexpr std::uintmax_t kSheetLimit = 512ULL * 1024 * 1024;

// A parcel as typed, with the texts that ParcelToRate points to.
struct TypedParcel {
  std::string id;  // as JSON
  std::string from_country, from_postcode, to_country, to_postcode, cargo;
  ParcelToRate parcel;
};

Result<std::int64_t> whole_number(const json::value& v, std::string_view name) {
  const auto n = json::get_int(v, "");
  if (!n || *n <= 0 || *n > 100'000'000) return invalid("parcel.bad_number", std::string(name) + " must be a whole number above 0");
  return *n;
}

Result<TypedParcel> read_parcel(std::string_view line) {
  const json::value typed = TRY(json::parse(line));
  if (!typed.is_object()) return invalid("parcel.not_an_object", "a parcel must be a JSON object");
  TypedParcel p;
  const json::value* id = json::find(typed, "id");
  p.id = id == nullptr ? "null" : json::text(*id);
  p.from_country = json::get_text(typed, "from.country");
  p.from_postcode = json::get_text(typed, "from.postcode");
  p.to_country = json::get_text(typed, "to.country");
  p.to_postcode = json::get_text(typed, "to.postcode");
  p.cargo = json::get_text(typed, "cargo");
  if (p.to_country.empty()) return invalid("parcel.bad_country", "to.country is missing");
  const json::array* size = json::find_array(typed, "size");
  if (size == nullptr || size->size() != 3) return invalid("parcel.bad_size", "size must be three lengths in mm");
  p.parcel.size = Size{Length::mm(TRY(whole_number((*size)[0], "every length of size"))), Length::mm(TRY(whole_number((*size)[1], "every length of size"))),
                       Length::mm(TRY(whole_number((*size)[2], "every length of size")))};
  const json::value* weight = json::find(typed, "weight_g");
  if (weight == nullptr) return invalid("parcel.bad_weight", "weight_g is missing");
  p.parcel.weight = Weight::grams(TRY(whole_number(*weight, "weight_g")));
  p.parcel.residential = json::get_bool(typed, "residential");
  if (const json::value* value = json::find(typed, "value"); value != nullptr && !value->is_null()) {
    const auto amount = json::get_int(*value, "amount");
    if (!amount || *amount < 0) return invalid("parcel.bad_value", "value.amount must be a whole number of minor units");
    p.parcel.value = Money(*amount, TRY(Currency::parse(json::get_text(*value, "currency"))));
  }
  if (const std::string by = json::get_text(typed, "deliver_by"); !by.empty()) {
    if (by.size() > 10) TRY(Instant::parse(by));
    p.parcel.deliver_by = TRY(Day::parse(std::string_view(by).substr(0, 10)));
  }
  return p;
}

// Points the parcel's views to the texts beside it, once they have stopped moving.
const ParcelToRate& with_texts(TypedParcel& typed) {
  typed.parcel.from = {typed.from_country, typed.from_postcode};
  typed.parcel.to = {typed.to_country, typed.to_postcode};
  typed.parcel.cargo = typed.cargo.empty() ? std::string_view("general") : std::string_view(typed.cargo);
  return typed.parcel;
}

void append_number(std::string& out, std::int64_t n) { out += std::to_string(n); }

// 970000 parts per million as 0.97.
void append_share(std::string& out, std::int64_t ppm) {
  std::string digits = std::to_string(ppm % 1'000'000);
  digits.insert(0, 6 - digits.size(), '0');
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  out += std::to_string(ppm / 1'000'000);
  if (!digits.empty()) out += "." + digits;
}

void append_offer(std::string& out, const RateBook& book, const Quotes& quotes, const Offer& offer) {
  const RatedService& service = book.services()[offer.service];
  out += "{\"card\":";
  json::append_text(out, service.card);
  out += ",\"service\":";
  json::append_text(out, service.name);
  out += ",\"total\":";
  append_number(out, offer.total.minor());
  out += ",\"currency\":\"";
  out += offer.total.currency().code();
  out += "\",\"chargeable_g\":";
  append_number(out, offer.chargeable_g);
  out += ",\"zone\":";
  if (offer.zone.empty()) {
    out += "null";
  } else {
    json::append_text(out, offer.zone);
  }
  out += ",\"lines\":[";
  bool first = true;
  for (const Line& line : quotes.lines_of(offer)) {
    if (!first) out += ',';
    first = false;
    out += "{\"kind\":";
    json::append_text(out, line.kind);
    out += ",\"amount\":";
    append_number(out, line.amount);
    out += '}';
  }
  out += "],\"days\":";
  if (offer.days_min) {
    out += '[';
    append_number(out, *offer.days_min);
    out += ',';
    append_number(out, *offer.days_max);
    out += ']';
  } else {
    out += "null";
  }
  out += ",\"on_time\":";
  if (offer.on_time_ppm) {
    append_share(out, *offer.on_time_ppm);
  } else {
    out += "null";
  }
  if (offer.cheaper_at_g) {
    out += ",\"cheaper\":{\"chargeable_g\":";
    append_number(out, *offer.cheaper_at_g);
    out += ",\"base\":";
    append_number(out, offer.cheaper_base);
    out += '}';
  }
  out += '}';
}

void append_answer(std::string& out, const RateBook& book, const TypedParcel& typed, const Quotes& quotes) {
  out += "{\"id\":" + typed.id + ",\"offers\":[";
  for (std::size_t i = 0; i < quotes.offers.size(); ++i) {
    if (i > 0) out += ',';
    append_offer(out, book, quotes, quotes.offers[i]);
  }
  out += "],\"none\":[";
  for (std::size_t i = 0; i < quotes.refused.size(); ++i) {
    const Refused& refused = quotes.refused[i];
    if (i > 0) out += ',';
    out += "{\"card\":";
    json::append_text(out, book.services()[refused.service].card);
    out += ",\"service\":";
    json::append_text(out, book.services()[refused.service].name);
    out += ",\"code\":\"";
    out += name_of(refused.reason);
    out += "\",\"reason\":";
    json::append_text(out, book.reason(refused, typed.parcel));
    out += '}';
  }
  out += "]}\n";
}

// All CSV files of a folder, by name, so that the answer does not depend on the disk.
Result<SheetsRead> read_folder(const std::string& folder, std::ostream& err) {
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
    if (lower(it->path().extension().string()) == ".csv") files.push_back(it->path());
  if (failed) return not_found("cards.no_folder", "The folder " + folder + " cannot be read: " + failed.message() + ".");
  std::sort(files.begin(), files.end());
  SheetsRead read;
  for (const auto& path : files) {
    if (std::filesystem::file_size(path, failed) > kSheetLimit || failed) return invalid("cards.bad_file", path.string() + " cannot be read or is too large.");
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in) return invalid("cards.bad_file", path.string() + " cannot be read.");
    const auto kind = read_sheet(path.stem().string(), content.view(), read);
    if (!kind) err << "zifa rates quote: " << path.filename().string() << " left out: " << kind.error().message << "\n";
  }
  if (read.sheets.rates.empty()) return invalid("cards.none", "No usable rate card is in " + folder + "; a card is a CSV file with the columns that `zifa rates quote --help` names.");
  return read;
}

int run_rates_quote(const Arguments& arguments, Wiring& wiring) {
  const auto fail = [&](const std::string& message) {
    wiring.err() << "zifa rates quote: " << message << "\n";
    return kUsage;
  };
  const std::string folder = arguments.text("--cards", ""), parcels = arguments.text("--parcels", "");
  if (folder.empty() || parcels.empty()) return fail("--cards DIR and --parcels FILE are needed.");
  auto read = read_folder(folder, wiring.err());
  if (!read) return fail(read.error().message);
  const bool some_refused = !read->problems.empty();
  for (const RowProblem& problem : read->problems) wiring.err() << problem.file << ".csv line " << problem.line << ": " << problem.message << "\n";

  RateBook::Extras extras;
  extras.exchange = read->exchange.empty() ? shipped_exchange_rates() : read->exchange;
  const RateBook book(read->sheets, std::move(extras));
  for (const SheetWarning& warning : book.warnings()) wiring.err() << (warning.card.empty() ? "sheets" : warning.card) << (warning.line > 0 ? ".csv line " + std::to_string(warning.line) : "") << ": note: " << warning.message << "\n";

  Day as_of;
  if (const auto day = arguments.get("--as-of")) {
    const auto parsed = Day::parse(*day);
    if (!parsed) return fail("--as-of takes a day like 2026-11-25.");
    as_of = *parsed;
  } else {
    const auto now = wiring.now();
    if (!now) return fail("--as-of DAY is needed where there is no clock.");
    as_of = TimeZone::utc().day_of(*now);
  }

  std::ifstream file;
  if (parcels != "-") {
    file.open(parcels, std::ios::binary);
    if (!file || std::filesystem::is_directory(parcels)) return fail("The file " + parcels + " cannot be read.");
  }
  std::istream& in = parcels == "-" ? wiring.in() : file;

  bool all_good = !some_refused;
  Quotes quotes;
  std::string line, out;
  for (std::size_t number = 1; next_line(in, line, kLineLimit); ++number) {
    if (trim(line).empty()) continue;
    auto typed = read_parcel(line);
    const auto asked = typed ? book.quote(with_texts(*typed), as_of, quotes) : Result<Done>(typed.error());
    if (!asked) {
      all_good = false;
      wiring.err() << "line " << number << ": " << asked.error().message << "\n";
      continue;
    }
    append_answer(out, book, *typed, quotes);
    if (out.size() < 64 * 1024) continue;
    wiring.out() << out;
    out.clear();
  }
  wiring.out() << out << std::flush;
  return all_good ? kDone : kRefused;
}

}  // namespace

extern const Command rates_quote;
const Command rates_quote{
    .name = "rates quote",
    .summary = "Price parcels by all rate cards of a folder, cheapest first, and say why a service refuses.",
    .details = "Parcels, one JSON object per line:\n"
               "  {\"id\":..,\"from\":{\"country\":\"CN\",\"postcode\":..},\"to\":{\"country\":\"US\",\"postcode\":\"90210\"},\"size\":[mm,mm,mm],\"weight_g\":..,\n"
               "   \"cargo\":\"general\",\"residential\":false,\"value\":{\"amount\":..,\"currency\":..},\"deliver_by\":\"2026-12-09\"}\n"
               "Answer, one line per parcel: {\"id\":..,\"offers\":[{\"card\",\"service\",\"total\",\"currency\",\"chargeable_g\",\"zone\",\"lines\",\"days\",\"on_time\"}],\"none\":[{\"service\",\"reason\"}]}\n"
               "Amounts are in minor units. `cheaper` in an offer names a heavier weight with a lower base price.\n"
               "Cards (CSV): service, country, zone, cargo, weight_over_g, weight_to_g, model (bracket, per_kg, first_step), round_g, min_charge_g, price_per_kg,\n"
               "registration_fee, first_g, first_price, step_g, step_price, vol_divisor, vol_rule, max_weight_g, max_long_cm, max_sum_cm, max_length_girth_cm, currency,\n"
               "days_min, days_max, last_mile; also origin, on_time, valid_from, valid_to. Beside them: zones (card, country, postcode_from, postcode_to, zone, or\n"
               "origin_zip3, dest_zip3, zone), surcharges, remote areas, exchange rates; a file is known by its columns, see the guide.\n"
               "Exit codes: 0 done, 1 some rows of cards or parcels refused (named on standard error), 2 wrong call or nothing to read.",
    .options =
        {
            {"--cards", "DIR", "The folder with the rate cards and the sheets beside them."},
            {"--parcels", "FILE", "The parcels; - for standard input."},
            {"--as-of", "DAY", "The day of dispatch: prices valid on it (default: today)."},
        },
    .run = run_rates_quote,
};

}  // namespace zifa::cli
