// Labels bought from Amazon (Shipping v2, "Buy Shipping"). Amazon knows the buyer's address, and confirms the order by
// itself: such a parcel must not be confirmed again. Orders of FBM Ship+ can be shipped this way alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"
#include "domain/order/address.hpp"

namespace zifa {

struct ShippingItem {
  std::string amazon_item_id;
  std::int64_t quantity = 0;
  Weight weight;  // of one unit
  std::optional<Money> value;
};

struct ShippingQuestion {
  std::string amazon_order_id;
  std::string marketplace_id;
  std::string reference;  // our parcel id
  Address from;
  Size size;
  Weight weight;
  Money insured;  // may be zero, but its currency must be the marketplace's
  std::optional<Instant> ship_date;
  std::vector<ShippingItem> items;
};

// One way a label can be printed, as the carrier offers it.
struct LabelFormat {
  std::string format;  // PDF, PNG, ZPL
  int dpi = 0;         // 0: not told
  std::string paper;   // "4 x 6 INCH"
  std::string token;   // Amazon's own words for it, handed back as they came
};

struct ShippingRate {
  std::string rate_id, carrier_id, carrier_name, service_id, service_name;
  Money total;
  std::optional<Instant> deliver_from, deliver_by;
  bool needs_more = false;  // the carrier wants answers that Zifa does not know; not to be bought from here
  std::vector<LabelFormat> formats;
};

struct ShippingOffer {
  std::string token;  // rates are good for ten minutes
  std::vector<ShippingRate> rates;
  struct Refused {
    std::string carrier_name, service_name, reason;
  };
  std::vector<Refused> refused;
};

struct LabelPurchase {
  std::string marketplace_id;
  std::string offer_token, rate_id;
  LabelFormat format;
  std::string key;  // of this purchase: asked again with the same key, Amazon gives the same shipment
};

struct BoughtLabel {
  std::string shipment_id;
  std::string tracking_number;
  std::string format;
  std::string label;                  // bytes, ready for the printer
  std::vector<std::string> documents; // customs forms and the like, bytes in the same format
  std::optional<Instant> deliver_by;
};

class BuyShipping {
 public:
  virtual ~BuyShipping() = default;
  virtual Result<ShippingOffer> shipping_rates(const ShippingQuestion& question) = 0;
  // Refuses `amazon.rates_expired` (conflict): ask for rates again.
  virtual Result<BoughtLabel> buy_label(const LabelPurchase& purchase) = 0;
  virtual Result<BoughtLabel> reprint_label(const std::string& shipment_id, const std::string& reference, const LabelFormat& format, const std::string& marketplace_id) = 0;
  virtual Result<Done> cancel_label(const std::string& shipment_id, const std::string& marketplace_id) = 0;
};

}  // namespace zifa
