#include "adapters/files/open_files.hpp"

#include <fstream>

#include "adapters/files/listing_columns.hpp"
#include "adapters/files/order_columns.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

std::vector<FieldName> names_of(std::span<const FieldColumns> columns) {
  std::vector<FieldName> names;
  for (const FieldColumns& column : columns) names.push_back({column.id, split(column.names, '|').front(), column.required});
  return names;
}

class Files final : public SellerFiles {
 public:
  Result<std::unique_ptr<OrderFileReader>> open_orders(std::unique_ptr<std::istream> in, const FileOptions& options) const override {
    return open_order_file(std::move(in), options);
  }
  Result<std::unique_ptr<ListingFileReader>> open_listings(std::unique_ptr<std::istream> in, const FileOptions& options) const override {
    return open_listing_file(std::move(in), options);
  }
  Result<std::unique_ptr<StockFileReader>> open_stock(std::unique_ptr<std::istream> in, const FileOptions& options) const override {
    return open_stock_file(std::move(in), options);
  }
  Result<std::unique_ptr<ReturnFileReader>> open_returns(std::unique_ptr<std::istream> in, const FileOptions& options) const override {
    return open_return_file(std::move(in), options);
  }
  Result<FilePreview> preview(SellerFile kind, std::unique_ptr<std::istream> in, const FileOptions& options) const override {
    switch (kind) {
      case SellerFile::orders: return preview_table(std::move(in), options, order_columns());
      case SellerFile::listings: return preview_table(std::move(in), options, listing_columns());
      case SellerFile::stock: return preview_table(std::move(in), options, stock_columns());
      case SellerFile::returns: break;
    }
    return preview_table(std::move(in), options, return_columns());
  }
  std::span<const FieldName> order_fields() const override {
    static const std::vector<FieldName> names = names_of(order_columns());
    return names;
  }
  std::span<const FieldName> listing_fields() const override {
    static const std::vector<FieldName> names = names_of(listing_columns());
    return names;
  }
  std::span<const FieldName> stock_fields() const override {
    static const std::vector<FieldName> names = names_of(stock_columns());
    return names;
  }
  std::span<const FieldName> return_fields() const override {
    static const std::vector<FieldName> names = names_of(return_columns());
    return names;
  }
};

}  // namespace

Result<std::unique_ptr<std::istream>> open_bytes(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return invalid("file.unreadable", path.string() + " is a folder; name a file.");
  if (!std::filesystem::exists(path, ignored)) return not_found("file.unreadable", path.string() + " does not exist.");
  auto in = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*in) return invalid("file.unreadable", path.string() + " cannot be opened; check that you may read it.");
  return std::unique_ptr<std::istream>(std::move(in));
}

std::unique_ptr<SellerFiles> make_seller_files() { return std::make_unique<Files>(); }

}  // namespace zifa
