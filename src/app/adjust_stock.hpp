// A person says what lies on the shelf: goods came in, were lost, or were counted.
#pragma once

#include <optional>
#include <string>

#include "app/ports/store.hpp"

namespace zifa {

struct StockAdjustment {
  ProductId product;
  WarehouseId warehouse;
  std::optional<std::string> bin;          // where it lies from now on
  std::optional<std::int64_t> change;      // signed: +24 received, -1 broken
  std::optional<std::int64_t> counted;     // what is there; the difference becomes a movement
  std::string reason;                      // needed with a change or a count
};

// Writes the movement, gives new stock to the orders that wait for it, and tells the listings.
//
// A count below what orders were promised takes the stock back from those of them that are not planned yet, the latest ship-by first;
// they wait again. Refuses `stock.reserved` when planned parcels need more than there is, naming an order; `stock.negative`,
// `stock.no_quantity`, `stock.no_reason`, `warehouse.unknown`, `product.unknown`.
Result<StockItem> adjust_stock(Tx& tx, const StockAdjustment& adjustment, std::string_view actor, Instant now);

}  // namespace zifa
