// What a sheet of an XLSX workbook needs from the other parts: names of sheets, shared texts, which styles are dates.
// Source: docs/rules/flat_files.md, "Workbooks" (ECMA-376, part 1, sections 18.3, 18.4, 18.8).
#pragma once

#include <vector>

#include "adapters/files/zip_archive.hpp"

namespace zifa {

struct SheetPart {
  std::string name;
  std::string part;  // "xl/worksheets/sheet1.xml"
  bool hidden = false;
};

// How a number with some style is shown.
enum class NumberKind : unsigned char { number, date, date_and_time, time };

struct WorkbookParts {
  std::vector<SheetPart> sheets;
  bool from_1904 = false;
  std::vector<NumberKind> kinds;  // by style number
  std::string texts;              // the shared ones, one behind the other
  std::vector<std::size_t> ends;  // of each

  // Nothing if there is no such text.
  bool shared_text(std::size_t number, std::string_view& text) const {
    if (number >= ends.size()) return false;
    const std::size_t from = number == 0 ? 0 : ends[number - 1];
    text = std::string_view(texts).substr(from, ends[number] - from);
    return true;
  }
};

Result<WorkbookParts> read_workbook_parts(ZipArchive& archive);

// What a format code such as `yyyy"年"m"月"d"日"` or `[$-409]h:mm AM/PM` shows.
NumberKind kind_of_format(std::string_view code);

// A date's number as text: 2026-03-02, 2026-03-02 17:00:00 or 17:00:00; "" if it is no date at all.
std::string date_text(double serial, NumberKind kind, bool from_1904);

// A stored number as a person would write it: without exponent, rounded to the 15 digits that a spreadsheet shows. Text that is no
// number comes back as it is.
std::string number_text(std::string_view stored);

// _x000D_ and its likes: how characters that XML does not allow are written.
void append_unescaped(std::string_view text, std::string& out);

}  // namespace zifa
