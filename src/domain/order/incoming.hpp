// An order as the outside tells it: Amazon's API, one of Amazon's report files, or a seller's own file.
//
// Nothing but the ids is required; what a source does not know stays empty and never wipes what we know already.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "domain/order/address.hpp"

namespace zifa {

// Amazon's fulfilment status. `unknown`: a source that does not say, or a word that is new.
enum class AmazonStatus { unknown, pending_availability, pending, unshipped, partially_shipped, shipped, cancelled, unfulfillable };

struct IncomingItem {
  std::string amazon_item_id;                // "orderItemId"
  std::string sku;                           // the seller's own SKU on the listing
  std::string asin;
  std::string title;
  std::int64_t quantity_ordered = 0;
  std::optional<std::int64_t> quantity_shipped;
  std::optional<Money> unit_price;
  std::optional<Money> item_total;           // price of the line, quantity included, tax apart
  std::optional<Money> item_tax;
  std::optional<Money> shipping_total;
  bool gift = false;
  std::string gift_message;
  std::string customization_url;
  std::string ioss_number;
  bool cancel_requested = false;             // the buyer asks; nothing is cancelled by this
  std::string cancel_reason;
  bool cancelled = false;
};

// A package Amazon already knows for this order: by our confirmation, or by another program on the same account.
struct IncomingPackage {
  std::string reference;                     // packageReferenceId
  std::string carrier;
  std::string tracking_number;
  std::optional<Instant> ship_time;
  std::string status;
  std::vector<std::pair<std::string, std::int64_t>> items;  // amazon_item_id, quantity
};

struct IncomingOrder {
  std::string amazon_order_id;
  std::string marketplace_id;                // ATVPDKIKX0DER; empty when a file does not say
  Instant purchased_at;
  std::optional<Instant> last_updated_at;
  AmazonStatus status = AmazonStatus::unknown;
  bool fulfilled_by_amazon = false;          // FBA: kept out of our work
  std::string service_level;                 // Standard, Expedited, SecondDay, NextDay, ...
  std::optional<Instant> earliest_ship, ship_by, earliest_delivery, deliver_by;
  std::vector<std::string> programs;         // PRIME, PREMIUM, FBM_SHIP_PLUS, AMAZON_BUSINESS, ...
  std::optional<Money> grand_total;
  std::string buyer_name, buyer_email, purchase_order_number;
  std::optional<Address> ship_to;
  std::string cancelled_by;                  // BUYER, MERCHANT, AMAZON when cancelled
  std::vector<IncomingItem> items;
  bool packages_known = false;               // the source says which packages exist (possibly none)
  std::vector<IncomingPackage> packages;
};

}  // namespace zifa
