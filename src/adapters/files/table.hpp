// Rows of text fields, whatever the file around them: separated text or a workbook.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/line_file.hpp"

namespace zifa {

class Table {
 public:
  virtual ~Table() = default;

  enum class Step { row, refused, end };
  // `refused`: the row cannot be read, `problem()` says why; reading goes on behind it. Rows without any text are skipped.
  // An error: nothing more can be read.
  virtual Result<Step> next() = 0;

  // Valid until the next call of `next`.
  virtual const std::vector<std::string_view>& fields() const = 0;
  virtual std::size_t line() const = 0;
  virtual const LineRefusal& problem() const = 0;
  // The row is the last of the file and no line end follows: it may be cut short.
  virtual bool unfinished() const { return false; }
  // Rows may leave out their last empty fields (workbooks do).
  virtual bool ragged() const { return false; }
  // Told once the header is known: rows of several lines with another number of fields are then taken for a stray quote.
  virtual void expect_columns(std::size_t) {}

  virtual std::string container() const = 0;  // "tab", "xlsx"
  virtual std::string encoding() const = 0;
  virtual std::string sheet() const { return {}; }
};

// The number of columns beyond which a row is refused unread.
inline constexpr std::size_t kMaxColumns = 4'096;

// How many cells of a row are headings that the caller knows: tells which separator cuts the header rightly.
using KnownHeadings = std::function<std::size_t(const std::vector<std::string_view>& row)>;

// Recognises what the bytes are. Refuses `file.empty`, `file.unreadable`, `file.encrypted`, `file.compressed`, `file.not_a_table`,
// `file.unknown_encoding`, and what open_workbook refuses.
Result<std::unique_ptr<Table>> open_table(std::unique_ptr<std::istream> in, const FileOptions& options, const KnownHeadings& known = nullptr);

Result<std::unique_ptr<Table>> open_separated_text(std::unique_ptr<std::istream> in, const FileOptions& options, const KnownHeadings& known);

// Refuses `file.damaged_workbook`, `file.no_sheet`, `file.too_large`.
Result<std::unique_ptr<Table>> open_workbook(std::unique_ptr<std::istream> in, const FileOptions& options);

}  // namespace zifa
