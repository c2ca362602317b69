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

// What a seller SKU sells: by its listing, else the product with the very same SKU; nothing where it is linked to nothing.
struct StockLink {
  ProductId product;
  std::int64_t units_per = 1;
};
Result<std::optional<StockLink>> stock_link(Tx& tx, AccountId account, std::string_view marketplace_id, std::string_view sku);

// Active warehouses in the order in which goods are taken from them: those in the buyer's country first, then the seller's order.
std::vector<WarehouseId> warehouses_to_take_from(const std::vector<Warehouse>& warehouses, std::string_view country);

// What stops an order with goods that nobody knows: the exception `order.unmapped_sku`.
Error unmapped_skus(const std::vector<std::string>& skus);

// Frees what is reserved and has not left.
Result<Done> release_stock(Tx& tx, OrderId id, Instant now);

// New stock of a product: orders that waited for it get theirs, earliest ship-by first.
Result<int> serve_waiting_orders(Tx& tx, ProductId product, Instant now);

}  // namespace zifa
