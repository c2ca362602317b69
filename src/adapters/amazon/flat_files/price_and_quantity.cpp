// The price and quantity file, uploaded by hand in Seller Central. Source: docs/rules/flat_files.md, "Price and quantity".
#include <algorithm>
#include <array>

#include "adapters/amazon/flat_files/flat_file.hpp"
#include "adapters/amazon/flat_files/upload_files.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::array<std::string_view, 7> kColumns{"sku",      "price",         "minimum-seller-allowed-price", "maximum-seller-allowed-price",
                                                   "quantity", "handling-time", "fulfillment-channel"};

class PricesAndQuantities final : public LineFileWriter<PriceQuantityLine> {
 public:
  PricesAndQuantities(FlatFile file, bool comma) : file_(std::move(file)), comma_(comma) {}

  Result<Done> write(const PriceQuantityLine& line) override {
    const std::string sku = "SKU " + printable(line.sku, 60);
    if (trim(line.sku).empty() || line.sku.size() > 100 || line.sku.find_first_of("\t\r\n") != std::string::npos) return invalid("upload.bad_sku", "\"" + printable(line.sku, 60) + "\" is not a SKU.");
    if (!line.price && !line.lowest_price && !line.highest_price && !line.quantity && !line.handling_days)
      return invalid("upload.nothing_to_change", "The line of " + sku + " changes nothing; give a price, a quantity or a handling time.");
    for (const std::optional<Money>& amount : {line.price, line.lowest_price, line.highest_price}) {
      if (amount && amount->minor() <= 0) return invalid("upload.bad_price", "The price " + amount->text() + " of " + sku + " is not above nothing.");
      if (amount && line.price && amount->currency() != line.price->currency()) return invalid("upload.bad_price", "The prices of " + sku + " are in two currencies.");
    }
    if (line.price && line.lowest_price && line.price->minor() < line.lowest_price->minor())
      return invalid("upload.bad_price", "The price " + line.price->text() + " of " + sku + " is below its lowest, " + line.lowest_price->text() + ".");
    if (line.price && line.highest_price && line.price->minor() > line.highest_price->minor())
      return invalid("upload.bad_price", "The price " + line.price->text() + " of " + sku + " is above its highest, " + line.highest_price->text() + ".");
    if (line.quantity && (*line.quantity < 0 || *line.quantity > 999'999)) return invalid("upload.bad_quantity", "The quantity " + std::to_string(*line.quantity) + " of " + sku + " is impossible.");
    if (line.quantity && lower(line.fulfillment_channel).starts_with("amazon"))
      return invalid("upload.bad_quantity", "Amazon itself counts " + sku + ", which it fulfils; leave the quantity out.");
    if (line.handling_days && (*line.handling_days < 0 || *line.handling_days > 365))
      return invalid("upload.bad_handling_time", "The handling time of " + sku + " is impossible: " + std::to_string(*line.handling_days) + " days.");
    texts_ = {line.sku,
              amount(line.price),
              amount(line.lowest_price),
              amount(line.highest_price),
              line.quantity ? std::to_string(*line.quantity) : std::string(),
              line.handling_days ? std::to_string(*line.handling_days) : std::string(),
              line.fulfillment_channel};
    return file_.write(texts_);
  }

  Result<Done> finish() override { return file_.finish(); }

 private:
  std::string amount(const std::optional<Money>& money) const {
    std::string text = money ? money->amount() : std::string();
    if (comma_) std::replace(text.begin(), text.end(), '.', ',');
    return text;
  }

  FlatFile file_;
  bool comma_;
  std::array<std::string, 7> texts_;
};

}  // namespace

Result<std::unique_ptr<LineFileWriter<PriceQuantityLine>>> write_price_and_quantity(std::ostream& out, const UploadOptions& options) {
  const std::string country = upper(options.country);
  const bool comma = country == "DE" || country == "FR" || country == "IT" || country == "ES";
  return std::unique_ptr<LineFileWriter<PriceQuantityLine>>(std::make_unique<PricesAndQuantities>(TRY(FlatFile::open(out, options, kColumns, {})), comma));
}

}  // namespace zifa
