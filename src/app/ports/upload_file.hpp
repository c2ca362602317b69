// Files to be uploaded by hand in Seller Central (or sent as feeds), written line by line.
//
// A line that Amazon would refuse anyway is refused here, with a reason, and nothing of it is written. Text that the file's
// encoding cannot write is refused too, never replaced by question marks.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace zifa {

enum class UploadHead {
  template_rows,  // the rows of Amazon's own template above the column names, as Seller Central expects them
  columns_only,   // the column names alone, which feeds accept too
};

struct UploadOptions {
  std::string country;               // of the marketplace: "JP" adds cod-collection-method, "DE" writes a decimal comma
  std::optional<TimeZone> time_zone; // in which a ship date is a day; UTC when left out
  std::string encoding;              // "" = utf-8, but shift_jis for the template of Japan; else utf-8, shift_jis, windows-1252
  UploadHead head = UploadHead::template_rows;
};

// "This left": one line per order item, or one for the whole order when item and quantity are left out.
struct ShipConfirmationLine {
  std::string order_id;
  std::string order_item_id;
  std::optional<std::int64_t> quantity;
  Instant shipped_at;
  std::string carrier_code;  // Amazon's code; "Other" (or empty) needs the name
  std::string carrier_name;  // empty unless the code is Other
  std::string tracking_number;
  std::string ship_method;
  std::string cod_collection_method;  // Japan only: "DirectPayment" or empty
};

// Cancels one item of an order. Reasons: cancellation_reasons().
struct CancellationLine {
  std::string order_id;
  std::string order_item_id;
  std::string reason;  // "NoInventory"
};

// Empty fields are left as they are at Amazon. Quantity always travels with the handling time when one is known:
// a quantity alone lets Amazon fall back to the default handling time.
struct PriceQuantityLine {
  std::string sku;
  std::optional<Money> price, lowest_price, highest_price;
  std::optional<std::int64_t> quantity;
  std::optional<int> handling_days;
  std::string fulfillment_channel;  // empty, "default" or Amazon's own
};

template <class Line>
class LineFileWriter {
 public:
  virtual ~LineFileWriter() = default;
  LineFileWriter() = default;
  LineFileWriter(const LineFileWriter&) = delete;
  LineFileWriter& operator=(const LineFileWriter&) = delete;

  // Refuses `upload.*`; the head is written with the first good line, or by `finish`.
  virtual Result<Done> write(const Line& line) = 0;
  // Flushes; refuses `upload.not_written` when the stream has failed.
  virtual Result<Done> finish() = 0;
};

// What Amazon answered to an uploaded file.
struct FeedReportLine {
  std::optional<std::int64_t> record;  // number of the record in our file, when it names one
  std::string sku;
  std::string order_id;
  std::string code;     // "79517"
  std::string type;     // "Error", "Warning", "Fatal"
  std::string message;
};

struct FeedReport {
  std::int64_t processed = 0;
  std::int64_t successful = 0;
  std::vector<FeedReportLine> lines;
};

// The door behind which adapters/amazon/flat_files stands. The stream must outlive the writer.
class UploadFiles {
 public:
  virtual ~UploadFiles() = default;
  virtual Result<std::unique_ptr<LineFileWriter<ShipConfirmationLine>>> write_ship_confirmations(std::ostream& out, const UploadOptions& options) const = 0;
  virtual Result<std::unique_ptr<LineFileWriter<CancellationLine>>> write_cancellations(std::ostream& out, const UploadOptions& options) const = 0;
  virtual Result<std::unique_ptr<LineFileWriter<PriceQuantityLine>>> write_price_and_quantity(std::ostream& out, const UploadOptions& options) const = 0;
  // `bytes`: the whole report, of at most 64 MB. `encoding` as in FileOptions. Refuses `feed_report.unreadable`.
  virtual Result<FeedReport> read_feed_report(std::string_view bytes, std::string_view encoding) const = 0;
};

}  // namespace zifa
