// Stock: what lies where, what is promised to orders, and why each number is what it is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"
#include "domain/ids.hpp"

namespace zifa {

struct Product {
  ProductId id;
  std::string sku, title, barcode;
  Size size;        // 0: not measured
  Weight weight;    // 0: not weighed
  std::string cargo = "general";
  std::string turn = "any";
  bool stackable = true;
  std::string image_url;
  std::string declared_zh, declared_en, hs_code, origin;
  std::optional<Money> declared_value;

  bool measured() const { return size.length > Length() && size.width > Length() && size.height > Length(); }
};

struct Listing {
  ListingId id;
  AccountId account;
  std::string marketplace_id, sku, asin, title, image_url, product_type;
  std::optional<Money> price;
  std::optional<std::int64_t> quantity;
  std::optional<int> handling_days;
  std::string channel = "fbm";
  std::string status;
  std::string issues = "[]";
  ProductId product;
  std::int64_t units_per = 1;
  std::optional<std::int64_t> quantity_override;
  bool paused = false;
  std::optional<std::int64_t> pushed_quantity;
  std::optional<Instant> last_pushed_at, last_synced_at;
};

struct StockItem {
  WarehouseId warehouse;
  ProductId product;
  std::string zone, bin;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t available() const { return on_hand - reserved; }
};

struct StockMovement {
  Instant at;
  WarehouseId warehouse;
  ProductId product;
  std::string kind;           // receipt, issue, count, adjust, return
  std::int64_t quantity = 0;  // signed
  ParcelId parcel;
  std::string reason, actor;
};

struct Reservation {
  std::int64_t id = 0;
  OrderItemId item;
  OrderId order;
  WarehouseId warehouse;
  ProductId product;
  std::int64_t quantity = 0;
  std::string state = "open";  // open, issued, released
};

// What one order needs of one product, and what each warehouse could give.
struct StockNeed {
  OrderItemId item;
  ProductId product;
  std::int64_t quantity = 0;
};

struct Allocation {
  std::vector<Reservation> reservations;
  std::vector<StockNeed> missing;  // what no warehouse has
};

// Where to take an order's goods from.
//
// One warehouse that has everything wins, in the order given (the seller's preference); otherwise nothing is reserved
// and all that is short in the best warehouse is named: an order is never split by the machine alone.
Allocation allocate(const std::vector<StockNeed>& needs, const std::vector<WarehouseId>& preference, const std::vector<StockItem>& stock);

}  // namespace zifa
