// Listings, stock and returns, as files: Amazon's reports and a seller's own tables.
#pragma once

#include "app/ports/line_file.hpp"

namespace zifa {

// One offer. Formats: merchant_listings (GET_MERCHANT_LISTINGS_ALL_DATA), open_listings (GET_FLAT_FILE_OPEN_LISTINGS_DATA),
// price_and_quantity (the upload file read back), table.
struct ListingLine {
  std::string sku, asin, listing_id, product_id, product_id_type;
  std::string name, description;
  std::optional<Currency> currency;  // files name none: the account's
  std::optional<Money> price, lowest_price, highest_price;
  std::optional<std::int64_t> quantity;  // empty for stock that Amazon keeps
  std::optional<int> handling_days;
  std::optional<Instant> opened_at;
  std::string condition;
  std::string fulfillment_channel;  // as written: DEFAULT, AMAZON_NA, ...
  bool is_fulfilled_by_amazon = false;
  std::string shipping_template;    // merchant-shipping-group
  std::string status;               // as written: Active, Inactive, Incomplete
};

// A quantity of one SKU at one place.
struct StockLine {
  std::string sku;
  std::string location;  // "" = the account's only one
  std::string bin;
  std::int64_t quantity = 0;
  std::string name;
  std::optional<Currency> currency;
  std::optional<Money> unit_cost;
  std::optional<std::int64_t> weight_g;
  std::optional<std::int64_t> length_mm, width_mm, height_mm;
  std::string barcode;
  std::string country_of_origin, customs_code;
};

// One line of GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE.
struct ReturnLine {
  std::string order_id, amazon_rma_id, merchant_rma_id;
  std::optional<Instant> ordered_at;
  Instant requested_at;
  std::optional<Instant> delivered_at;
  std::string status, return_type, resolution, reason;
  std::string sku, asin, name;
  std::int64_t quantity = 0;
  std::optional<std::int64_t> order_quantity;
  std::optional<Currency> currency;
  std::optional<Money> label_cost, order_amount, refunded_amount;
  std::string label_type, label_paid_by, carrier, tracking_number;
  bool has_a_to_z_claim = false;
  bool is_prime = false;
  std::optional<bool> in_policy;
  std::string invoice_number, safe_t_claim_id, safe_t_claim_state;

  bool operator==(const ReturnLine&) const = default;
};

using ListingFileReader = LineFileReader<ListingLine>;
using StockFileReader = LineFileReader<StockLine>;
using ReturnFileReader = LineFileReader<ReturnLine>;

}  // namespace zifa
