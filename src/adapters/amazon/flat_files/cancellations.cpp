// The order cancellation file (POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA). Source: docs/rules/flat_files.md, "Order cancellation".
#include <algorithm>
#include <array>

#include "adapters/amazon/flat_files/flat_file.hpp"
#include "adapters/amazon/flat_files/upload_files.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::array<std::string_view, 3> kColumns{"order-id", "cancellation-reason-code", "amazon-order-item-code"};

constexpr std::array<std::string_view, 10> kReasons{"NoInventory",
                                                    "ShippingAddressUndeliverable",
                                                    "CustomerExchange",
                                                    "BuyerCanceled",
                                                    "GeneralAdjustment",
                                                    "CarrierCreditDecision",
                                                    "RiskAssessmentInformationNotValid",
                                                    "CarrierCoverageFailure",
                                                    "CustomerReturn",
                                                    "MerchandiseNotReceived"};

class Cancellations final : public LineFileWriter<CancellationLine> {
 public:
  explicit Cancellations(FlatFile file) : file_(std::move(file)) {}

  Result<Done> write(const CancellationLine& line) override {
    if (!is_plain_id(line.order_id)) return invalid("upload.bad_order_id", "\"" + printable(line.order_id, 60) + "\" is not an order id.");
    if (!is_plain_id(line.order_item_id))
      return invalid("upload.bad_order_item_id", "\"" + printable(line.order_item_id, 60) + "\" of order " + line.order_id + " is not an order item id; every item is cancelled by a line of its own.");
    if (std::find(kReasons.begin(), kReasons.end(), line.reason) == kReasons.end())
      return invalid("upload.bad_reason", "\"" + printable(line.reason, 60) + "\" is not a reason to cancel order " + line.order_id + "; give one such as NoInventory or BuyerCanceled.");
    texts_ = {line.order_id, line.reason, line.order_item_id};
    return file_.write(texts_);
  }

  Result<Done> finish() override { return file_.finish(); }

 private:
  FlatFile file_;
  std::array<std::string, 3> texts_;
};

}  // namespace

std::span<const std::string_view> cancellation_reasons() { return kReasons; }

Result<std::unique_ptr<LineFileWriter<CancellationLine>>> write_cancellations(std::ostream& out, const UploadOptions& options) {
  // The two spaces behind "only." are Amazon's.
  std::string above = options.head == UploadHead::template_rows
                          ? "TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row for Amazon.com use only.  Do not modify or delete.\n"
                          : "";
  return std::unique_ptr<LineFileWriter<CancellationLine>>(std::make_unique<Cancellations>(TRY(FlatFile::open(out, options, kColumns, std::move(above)))));
}

}  // namespace zifa
