// Stock is promised to an order the moment it is taken in, so that nothing is sold twice while it waits.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

// Reserves everything the order needs in one warehouse, or nothing. Does nothing for an order that is pending, cancelled, held
// without stock, already planned, or fulfilled by Amazon. Names unmapped SKUs as the order's exception. Settles the order.
Result<Order> reserve_stock(Tx& tx, OrderId id, Instant now);

// A person wants the order sent from there: its stock is reserved anew in that warehouse. Refuses `stock.not_enough`, `warehouse.unknown`,
// `order.unmapped_sku`.
Result<Order> reserve_stock_in(Tx& tx, OrderId id, WarehouseId warehouse, Instant now);

// Frees what is reserved and has not left.
Result<Done> release_stock(Tx& tx, OrderId id, Instant now);

// New stock of a product: orders that waited for it get theirs, earliest ship-by first.
Result<int> serve_waiting_orders(Tx& tx, ProductId product, Instant now);

}  // namespace zifa
