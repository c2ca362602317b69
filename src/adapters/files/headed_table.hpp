// A table whose header has been found and understood: which column holds which field.
#pragma once

#include <span>

#include "adapters/files/table.hpp"
#include "app/ports/seller_files.hpp"

namespace zifa {

// One field and the headings it is known by, the first being Amazon's own.
struct FieldColumns {
  std::string_view id;     // "order_id"
  std::string_view names;  // "order-id|amazon-order-id|订单号"
  bool required = false;   // for the list of fields that is shown to people
};

// Field number -> column number, -1 where the file has no such column.
using ColumnOf = std::vector<int>;

// "Ship-Address 1" -> "shipaddress1": headings are compared so. Letters beyond ASCII stay as they are.
std::string plain_heading(std::string_view heading);

ColumnOf match_columns(std::span<const FieldColumns> fields, const std::vector<std::string_view>& header);

// The row among the first that looks most like a header, and a few rows below it.
Result<FilePreview> preview_table(std::unique_ptr<std::istream> in, const FileOptions& options, std::span<const FieldColumns> fields);

class HeadedTable {
 public:
  // `missing`: names what the columns lack to be such a file ("a column for the order id"), "" if nothing.
  using Missing = std::string (*)(const ColumnOf& columns);

  // Looks for the header among the first rows. `what`: "an order file".
  static Result<HeadedTable> open(std::unique_ptr<std::istream> in, const FileOptions& options, std::span<const FieldColumns> fields, Missing missing,
                                  std::string_view what);

  // The next row with the header's number of columns; `refusal` says why the others are not.
  Result<FileStep> next(LineRefusal& refusal);

  // The trimmed text of a field in the current row; "" where there is no such column.
  std::string_view get(std::size_t field) const {
    const int column = columns_[field];
    return column < 0 || static_cast<std::size_t>(column) >= table_->fields().size() ? std::string_view() : trimmed(table_->fields()[static_cast<std::size_t>(column)]);
  }
  bool has(std::size_t field) const { return columns_[field] >= 0; }
  const std::vector<std::string_view>& fields() const { return table_->fields(); }
  const ColumnOf& columns() const { return columns_; }
  std::size_t line() const { return table_->line(); }
  // A heading as written, for messages; the field's id where there is no column.
  std::string heading(std::size_t field) const;
  bool has_heading(std::string_view plain) const;

  const FileFacts& facts() const { return facts_; }
  FileFacts& facts() { return facts_; }

  // Spreadsheets write ="0123" and '0123 to keep a number as text; quoted text of tab-separated files keeps its quotes. Amazon's own
  // reports do neither, so this is for other tables.
  void set_unwraps(bool unwraps) { unwraps_ = unwraps; }

 private:
  HeadedTable(std::unique_ptr<Table> table, std::span<const FieldColumns> fields) : table_(std::move(table)), field_columns_(fields) {}
  std::string_view trimmed(std::string_view text) const;
  void take_header(ColumnOf columns);
  Result<ColumnOf> mapped_columns(const ColumnMapping& mapping) const;

  std::unique_ptr<Table> table_;
  std::span<const FieldColumns> field_columns_;
  ColumnOf columns_;
  FileFacts facts_;
  std::size_t width_ = 0;
  bool unwraps_ = false;
  bool first_row_ = true;
  bool mapped_ = false;
  Missing missing_ = nullptr;
};

}  // namespace zifa
