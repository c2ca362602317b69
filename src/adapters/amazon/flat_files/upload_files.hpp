// Files for Seller Central and for flat-file feeds. What stands behind app/ports/upload_file.hpp.
#pragma once

#include <span>

#include "app/ports/upload_file.hpp"

namespace zifa {

Result<std::unique_ptr<LineFileWriter<ShipConfirmationLine>>> write_ship_confirmations(std::ostream& out, const UploadOptions& options);
Result<std::unique_ptr<LineFileWriter<CancellationLine>>> write_cancellations(std::ostream& out, const UploadOptions& options);
Result<std::unique_ptr<LineFileWriter<PriceQuantityLine>>> write_price_and_quantity(std::ostream& out, const UploadOptions& options);
Result<FeedReport> read_feed_report(std::string_view bytes, std::string_view encoding);

// The reasons that the cancellation file knows: "NoInventory", "ShippingAddressUndeliverable", ...
std::span<const std::string_view> cancellation_reasons();

std::unique_ptr<UploadFiles> make_upload_files();

}  // namespace zifa
