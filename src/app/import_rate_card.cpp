#include "app/import_rate_card.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "app/reactions.hpp"
#include "app/reference/rate_sheets.hpp"
#include "base/charset.hpp"
#include "base/csv.hpp"
#include "base/text.hpp"
#include "domain/rating/rate_book.hpp"

namespace zifa {

namespace {

Result<std::string> as_utf8(std::string_view bytes) {
  const auto unreadable = [] { return invalid("rate_card.bad_encoding", "The file is not readable text; save it as CSV UTF-8 and try again."); };
  if (bytes.find('\0') == std::string_view::npos && is_utf8(bytes)) return std::string(bytes);
  Charset charset = guess_charset(bytes.substr(0, 256 * 1024), "CN");
  if (bytes.starts_with("\xFF\xFE")) charset = Charset::utf_16le;
  if (bytes.starts_with("\xFE\xFF")) charset = Charset::utf_16be;
  std::string text;
  if (!Transcoder::to_utf8(charset).append(bytes, text) || text.find('\0') != std::string::npos) return unreadable();
  return text;
}

// What the screens call the kinds; several tables of ours belong to one.
std::string_view family_of(SheetKind kind) {
  switch (kind) {
    case SheetKind::card: return "card";
    case SheetKind::zones:
    case SheetKind::zip_pairs: return "zones";
    case SheetKind::surcharges:
    case SheetKind::remote: return "surcharges";
    case SheetKind::exchange: return "exchange";
  }
  return "";
}

// The file again without its bad rows, comma-separated.
std::string without(std::string_view content, const std::set<std::size_t>& bad_lines) {
  std::istringstream in{std::string(content)};
  CsvReader reader(in, sheet_format_of(content));
  std::string kept;
  kept.reserve(content.size());
  for (auto step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    if (step == CsvReader::Step::bad_row || bad_lines.contains(reader.line())) continue;
    const bool comment = trim(reader.fields()[0]).starts_with("#");
    bool first = true;
    for (const std::string_view field : reader.fields()) {
      if (!first) kept += ',';
      first = false;
      kept += comment ? replace_all(std::string(field), "\n", " ") : csv_field(field);
    }
    kept += '\n';
  }
  return kept;
}

}  // namespace

RateCardFacts rate_card_facts(const RateCardFile& card) {
  SheetsRead read;
  RateCardFacts facts;
  if (!read_sheet(card.name, card.content, read)) return facts;
  std::set<std::string> services;
  for (const rating::RateRow& row : read.sheets.rates) {
    services.insert(row.service);
    if (row.validity.from && (!facts.valid_from || *row.validity.from < *facts.valid_from)) facts.valid_from = row.validity.from;
  }
  for (const rating::SurchargeRow& row : read.sheets.surcharges)
    if (!row.service.empty()) services.insert(row.service);
  if (!read.sheets.rates.empty()) facts.currency = read.sheets.rates.front().currency.code();
  facts.services.assign(services.begin(), services.end());
  return facts;
}

Result<RateCardRead> read_rate_card(Tx& tx, std::string_view given_name, std::string_view kind, std::string_view bytes, Instant now) {
  std::string name(trim(given_name));
  if (lower(name).ends_with(".csv") || lower(name).ends_with(".txt")) name.resize(name.size() - 4);
  if (name.empty() || utf8_length(name) > 100 || !is_utf8(name) || printable(name, 1'000) != name) return invalid("rate_card.bad_name", "Give the price sheet a name of 1 to 100 characters.");
  const std::string content = TRY(as_utf8(bytes));
  SheetsRead read;
  const SheetKind is = TRY(read_sheet(name, content, read));
  if (is == SheetKind::exchange || (!kind.empty() && family_of(is) != kind))
    return invalid("rate_card.other_kind", "The columns of this file are those of a table of " + std::string(name_of(is)) + (is == SheetKind::exchange ? ", which is not a price sheet." : "; choose \"" + std::string(family_of(is)) + "\" as its kind."));
  RateCardRead answer{.rows = static_cast<std::int64_t>(read.rows + read.problems.size())};
  std::set<std::size_t> bad_lines;
  for (const RowProblem& problem : read.problems) {
    bad_lines.insert(problem.line);
    answer.problems.push_back({static_cast<std::int64_t>(problem.line), problem.message});
  }
  std::sort(answer.problems.begin(), answer.problems.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  answer.card = {.name = name, .kind = std::string(name_of(is)), .content = without(content, bad_lines), .rows = static_cast<std::int64_t>(read.rows), .imported_at = now};
  // Judged together with the other sheets: a card may need their zones.
  for (const RateCardFile& other : TRY(tx.setup.rate_cards(true)))
    if (other.name != name) TRY(read_sheet(other.name, other.content, read));
  const rating::RateBook book(read.sheets);
  for (const rating::SheetWarning& warning : book.warnings())
    if (warning.card == name) answer.warnings.push_back((warning.line > 0 ? "Line " + std::to_string(warning.line) + ": " : "") + warning.message);
  return answer;
}

Result<RateCardFile> store_rate_card(Tx& tx, const RateCardRead& read, std::string_view actor, Instant now) {
  if (read.card.rows == 0) return invalid("rate_card.no_rows", "No row of " + printable(read.card.name, 60) + " can be used; mend the rows that are named and import the file again.");
  RateCardFile card = read.card;
  card.id = TRY(tx.setup.save_rate_card(card));
  TRY(happen(tx, {.at = now, .kind = "rate_card_imported", .actor = std::string(actor), .data = "{\"name\":" + json_quoted(card.name) + ",\"rows\":" + std::to_string(card.rows) + ",\"refused\":" + std::to_string(read.problems.size()) + "}"}));
  return card;
}

Result<Done> remove_rate_card(Tx& tx, std::int64_t id, std::string_view actor, Instant now) {
  const std::vector<RateCardFile> cards = TRY(tx.setup.rate_cards(false));
  const auto card = std::find_if(cards.begin(), cards.end(), [&](const RateCardFile& c) { return c.id == id; });
  if (card == cards.end()) return not_found("rate_card.unknown", "There is no rate card " + std::to_string(id) + ".");
  TRY(tx.setup.delete_rate_card(id));
  return happen(tx, {.at = now, .kind = "rate_card_removed", .actor = std::string(actor), .data = "{\"name\":" + json_quoted(card->name) + "}"});
}

}  // namespace zifa
