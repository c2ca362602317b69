// A file of lines that a seller hands us (or a report that a marketplace made), read one line at a time.
//
// Memory does not grow with the length of the file. A line that cannot be used is refused by its number and reason, and the
// reading goes on behind it: the good lines of a bad file go through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace zifa {

// The first line of a text file is 1, which is where the header usually stands; for a workbook it is the row's own number.
struct LineRefusal {
  std::size_t line = 0;
  std::string code;    // "file.bad_date"; stable and greppable
  std::string reason;  // a sentence for a person, without the line number
};

enum class FileStep { line, refused, end };

// How a written date like 03/04/2026 is meant.
enum class DateOrder {
  unknown,  // year first or a month's name are read; 03/04 is refused as ambiguous, 13/04 is not
  year_month_day,
  month_day_year,
  day_month_year,
};

enum class DecimalMark {
  unknown,  // 12,99 and 12.99 are both 12.99; 1,299 is one thousand two hundred and ninety-nine, 1.299 is refused
  point,
  comma,
};

// Which column of the seller's own file holds which field. Field names are those of `order_field_names()` and its likes
// ("order_id", "purchased_at"); column names are compared without regard to case, spaces, hyphens and underscores.
// A column may also be given by its number: "#3" is the third; "" = this field has no column here. Fields that the mapping does not
// name are recognised as ever.
struct ColumnMapping {
  std::map<std::string, std::string, std::less<>> columns;  // field -> column
  DateOrder date_order = DateOrder::unknown;
  DecimalMark decimal_mark = DecimalMark::unknown;

  bool empty() const { return columns.empty(); }
  bool operator==(const ColumnMapping&) const = default;
};

// What is known before the file is opened. Everything may be left out; what is left out is recognised, or asked for by refusing.
struct FileOptions {
  std::string format;                    // "" = recognised by the header; else one of the names that `format()` gives, or a report type
  std::string encoding;                  // "" = recognised; else utf-8, utf-16le, utf-16be, shift_jis, windows-1252, gb18030
  char separator = '\0';                 // '\0' = recognised; else one of tab , ; |
  std::string sheet;                     // "" = the first visible sheet of a workbook
  std::optional<TimeZone> time_zone;     // of the account: for dates written without a zone
  std::optional<Currency> currency;      // of the account: for amounts written without a currency
  std::string country;                   // of the account's marketplace ("DE", "JP"): decides between spellings, and guesses encodings
  bool leaves_out_amounts = false;       // of unknown currency: they are left out and counted, instead of their line refused
  ColumnMapping mapping;                 // empty = guessed from the column names
};

// What was recognised. `encoding` may change from "utf-8" until the first line with other than ASCII characters was read.
struct FileFacts {
  std::string format;                        // "unshipped_orders", ...
  std::string encoding;                      // "utf-8", "utf-8 with BOM", "shift_jis", ...
  std::string container;                     // "tab", "comma", "semicolon", "bar", "xlsx"
  std::string sheet;                         // of a workbook
  std::size_t header_line = 0;
  std::int64_t amounts_left_out = 0;         // so far, because nothing names their currency
  std::vector<std::string> columns;          // as written in the header
  std::vector<std::string> ignored_columns;  // columns of the header that no field is read from
  ColumnMapping mapping;                     // what the columns were taken for; store it to read the next file of this kind the same way
};

template <class Line>
class LineFileReader {
 public:
  virtual ~LineFileReader() = default;
  LineFileReader() = default;
  LineFileReader(const LineFileReader&) = delete;
  LineFileReader& operator=(const LineFileReader&) = delete;

  // The next line, into `line` (its strings are reused) or `refusal`. An error means that the rest of the file cannot be read
  // at all (a damaged workbook, a failing disk); the lines given so far stand.
  virtual Result<FileStep> next(Line& line, LineRefusal& refusal) = 0;
  virtual const FileFacts& facts() const = 0;
  // The number of the line that `next` gave last.
  virtual std::size_t line_number() const = 0;
};

// Up to `most` lines (refused ones counted) appended to the two lists; false once the file has ended.
//
//   while (TRY(next_batch(*reader, 1'000, lines, refusals))) { store(lines); lines.clear(); ... }
//   store(lines);
template <class Line>
Result<bool> next_batch(LineFileReader<Line>& reader, std::size_t most, std::vector<Line>& lines, std::vector<LineRefusal>& refusals) {
  for (std::size_t n = 0; n < most; ++n) {
    Line& line = lines.emplace_back();
    LineRefusal refusal;
    Result<FileStep> step = reader.next(line, refusal);
    if (!step || *step != FileStep::line) lines.pop_back();
    if (!step) return std::move(step).error();
    if (*step == FileStep::end) return false;
    if (*step == FileStep::refused) refusals.push_back(std::move(refusal));
  }
  return true;
}

}  // namespace zifa
