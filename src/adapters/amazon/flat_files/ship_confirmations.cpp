// The shipping confirmation file (POST_FLAT_FILE_FULFILLMENT_DATA). Source: docs/rules/flat_files.md, "Shipping confirmation".
#include <array>

#include "adapters/amazon/flat_files/flat_file.hpp"
#include "adapters/amazon/flat_files/upload_files.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::array<std::string_view, 9> kColumns{"order-id",     "order-item-id", "quantity",        "ship-date",   "carrier-code",
                                                   "carrier-name", "tracking-number", "ship-method", "cod-collection-method"};  // the last one in Japan only

std::string template_rows(bool japan) {
  const std::string first = "TemplateType=OrderFulfillment\tVersion=2011.1102\t";
  if (japan)
    return first + "この行はAmazonが使用しますので変更や削除しないでください。\t\t\t\t\t\t\n"
                   "注文番号\t注文商品番号\t出荷数\t出荷日\t配送業者コード\t配送業者名\tお問い合わせ伝票番号\t配送方法\t代金引換\n";
  return first + "This row for Amazon.com use only.  Do not modify or delete.\t\t\t\t\t\n"
                 "Order ID\tOrder Item ID\tQuantity\tShip Date\tCarrier Code\tCarrier Name\tTracking Number\tShip Method\n";
}

class ShipConfirmations final : public LineFileWriter<ShipConfirmationLine> {
 public:
  ShipConfirmations(FlatFile file, bool japan, TimeZone zone) : file_(std::move(file)), japan_(japan), zone_(std::move(zone)) {}

  Result<Done> write(const ShipConfirmationLine& line) override {
    const std::string order = "order " + printable(line.order_id, 60);
    if (!is_plain_id(line.order_id)) return invalid("upload.bad_order_id", "\"" + printable(line.order_id, 60) + "\" is not an order id.");
    if (line.order_item_id.empty() != !line.quantity)
      return invalid("upload.half_an_item", "A line of " + order + " names " + (line.quantity ? "a quantity without its order item" : "an order item without its quantity") +
                                                "; give both, or neither for the whole order.");
    if (!line.order_item_id.empty() && !is_plain_id(line.order_item_id)) return invalid("upload.bad_order_item_id", "\"" + printable(line.order_item_id, 60) + "\" of " + order + " is not an order item id.");
    if (line.quantity && (*line.quantity < 1 || *line.quantity > 999'999))
      return invalid("upload.bad_quantity", "The quantity " + std::to_string(*line.quantity) + " of " + order + " cannot have left; give 1 or more.");
    const std::string_view code = trim(line.carrier_code);
    const std::string_view name = trim(line.carrier_name);
    const bool other = code.empty() || equals_ignoring_case(code, "other");
    if (other && name.empty()) return invalid("upload.no_carrier", "The parcel of " + order + " has no carrier; give Amazon's code for it, or its name.");
    if (line.tracking_number.size() > 100) return invalid("upload.bad_tracking_number", "The tracking number of " + order + " is longer than 100 characters.");
    if (!line.cod_collection_method.empty() && (!japan_ || line.cod_collection_method != "DirectPayment"))
      return invalid("upload.bad_cod", "Cash on delivery of " + order + " is confirmed in Japan only, as DirectPayment.");
    texts_ = {line.order_id,
              line.order_item_id,
              line.quantity ? std::to_string(*line.quantity) : std::string(),
              zone_.day_of(line.shipped_at).iso(),
              other ? std::string("Other") : std::string(code),
              other ? std::string(name) : std::string(),
              line.tracking_number,
              line.ship_method,
              line.cod_collection_method};
    return file_.write(std::span(texts_).first(japan_ ? 9 : 8));
  }

  Result<Done> finish() override { return file_.finish(); }

 private:
  FlatFile file_;
  bool japan_;
  TimeZone zone_;
  std::array<std::string, 9> texts_;
};

}  // namespace

Result<std::unique_ptr<LineFileWriter<ShipConfirmationLine>>> write_ship_confirmations(std::ostream& out, const UploadOptions& options) {
  const bool japan = equals_ignoring_case(options.country, "JP");
  FlatFile file = TRY(FlatFile::open(out, options, std::span<const std::string_view>(kColumns).first(japan ? 9 : 8),
                                     options.head == UploadHead::template_rows ? template_rows(japan) : std::string()));
  return std::unique_ptr<LineFileWriter<ShipConfirmationLine>>(
      std::make_unique<ShipConfirmations>(std::move(file), japan, options.time_zone.value_or(TimeZone::utc())));
}

}  // namespace zifa
