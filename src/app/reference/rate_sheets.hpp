// Price sheets as files: rates, zones, surcharges, remote areas, exchange rates, each a CSV with named columns.
// Every column is explained in docs/guide/en/rates.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.hpp"
#include "domain/rating/exchange.hpp"
#include "domain/rating/rate_sheet.hpp"

namespace zifa {

enum class SheetKind { card, zones, zip_pairs, surcharges, remote, exchange };
std::string_view name_of(SheetKind kind);

// What the header says a file is; nothing for a file that is no sheet of ours.
std::optional<SheetKind> sheet_kind_of(std::string_view content);

// Commas, or the semicolons and tabs of other countries' spreadsheets; the header tells.
CsvFormat sheet_format_of(std::string_view content);

struct RowProblem {
  std::string file;
  std::size_t line = 0;
  std::string message;
};

// Everything that was read so far. Good rows are in `sheets`; each bad one is a problem with its line.
struct SheetsRead {
  rating::RateSheets sheets;
  rating::ExchangeRates exchange;
  std::vector<RowProblem> problems;
  std::size_t rows = 0;  // good ones
};

// Adds one file. `name` is the file's name without extension: the card's name in offers.
// Refuses `sheet.unknown` when the header is none of ours, and names the columns it misses.
Result<SheetKind> read_sheet(std::string_view name, std::string_view content, SheetsRead& into);

// The European Central Bank's rates shipped with the program, to compare offers where the seller gave no rates.
rating::ExchangeRates shipped_exchange_rates();

}  // namespace zifa
