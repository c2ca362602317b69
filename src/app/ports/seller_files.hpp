// The door for files that a seller hands us. Commands and use cases see this; adapters/files stands behind it.
#pragma once

#include <istream>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "app/ports/listing_file.hpp"
#include "app/ports/order_file.hpp"

namespace zifa {

enum class SellerFile { orders, listings, stock, returns };

// The beginning of a file, for people who say which column is which.
struct FilePreview {
  std::vector<std::string> columns;               // the header as written
  std::vector<std::vector<std::string>> sample;   // a few rows below it
  std::map<std::string, std::string> guess;       // field -> column, by the columns' names
};

// Opening reads the header and refuses what cannot be such a file at all:
//   file.empty, file.unknown_format (naming the columns that are missing), file.unreadable, file.unknown_encoding,
//   file.encrypted (a workbook with a password, or of before 2007), file.damaged_workbook, file.too_large, file.no_sheet,
//   file.bad_mapping (a mapped column that the file does not have).
// A file with a header and nothing below it opens well and ends at once.
class SellerFiles {
 public:
  virtual ~SellerFiles() = default;

  virtual Result<std::unique_ptr<OrderFileReader>> open_orders(std::unique_ptr<std::istream> in, const FileOptions& options) const = 0;
  virtual Result<std::unique_ptr<ListingFileReader>> open_listings(std::unique_ptr<std::istream> in, const FileOptions& options) const = 0;
  virtual Result<std::unique_ptr<StockFileReader>> open_stock(std::unique_ptr<std::istream> in, const FileOptions& options) const = 0;
  virtual Result<std::unique_ptr<ReturnFileReader>> open_returns(std::unique_ptr<std::istream> in, const FileOptions& options) const = 0;

  // Refuses only what cannot be read as a table at all.
  virtual Result<FilePreview> preview(SellerFile kind, std::unique_ptr<std::istream> in, const FileOptions& options) const = 0;

  // The fields that a mapping of such a file may name.
  virtual std::span<const FieldName> order_fields() const = 0;
  virtual std::span<const FieldName> listing_fields() const = 0;
  virtual std::span<const FieldName> stock_fields() const = 0;
  virtual std::span<const FieldName> return_fields() const = 0;
};

}  // namespace zifa
