// Files of orders, listings, stock and returns, opened for reading. What stands behind app/ports/seller_files.hpp.
#pragma once

#include <filesystem>

#include "app/ports/seller_files.hpp"

namespace zifa {

Result<std::unique_ptr<OrderFileReader>> open_order_file(std::unique_ptr<std::istream> in, const FileOptions& options);
Result<std::unique_ptr<ListingFileReader>> open_listing_file(std::unique_ptr<std::istream> in, const FileOptions& options);
Result<std::unique_ptr<StockFileReader>> open_stock_file(std::unique_ptr<std::istream> in, const FileOptions& options);
Result<std::unique_ptr<ReturnFileReader>> open_return_file(std::unique_ptr<std::istream> in, const FileOptions& options);

// A file by its name. Refuses `file.unreadable` (none there, a folder, no right to read it).
Result<std::unique_ptr<std::istream>> open_bytes(const std::filesystem::path& path);

std::unique_ptr<SellerFiles> make_seller_files();

}  // namespace zifa
