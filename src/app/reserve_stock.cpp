#include "app/reserve_stock.hpp"

#include <algorithm>
#include <set>

#include "app/reactions.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

Result<std::optional<StockLink>> stock_link(Tx& tx, AccountId account, std::string_view marketplace_id, std::string_view sku) {
  if (const auto listing = TRY(tx.stock.listing(account, marketplace_id, sku)); listing && listing->product.value() != 0) return std::optional(StockLink{listing->product, listing->units_per});
  if (const auto product = TRY(tx.stock.product_with_sku(sku))) return std::optional(StockLink{product->id, 1});
  return std::optional<StockLink>();
}

std::vector<WarehouseId> warehouses_to_take_from(const std::vector<Warehouse>& warehouses, std::string_view country) {
  std::vector<WarehouseId> preference;
  for (const bool at_home : {true, false})
    for (const Warehouse& warehouse : warehouses)
      if (warehouse.active && (warehouse.country == country) == at_home) preference.push_back(warehouse.id);
  return preference;
}

Error unmapped_skus(const std::vector<std::string>& skus) { return refused("order.unmapped_sku", "SKU " + join(skus, ", ") + " is not linked to a stock SKU; link it in Listings, and this order goes on by itself."); }

namespace {

Result<bool> map_item(Tx& tx, AccountId account, const std::string& marketplace_id, OrderItem& item) {
  if (item.product.value() != 0) return true;
  const auto link = TRY(stock_link(tx, account, marketplace_id, item.sku));
  if (!link) return false;
  item.product = link->product;
  item.units_per = link->units_per;
  TRY(tx.orders.update_item(item));
  return true;
}

}  // namespace

Result<Done> release_stock(Tx& tx, OrderId id, Instant now) {
  for (const Reservation& reservation : TRY(tx.stock.reservations(id))) {
    if (reservation.state != "open") continue;
    TRY(tx.stock.close_reservation(reservation, "released"));
    TRY(quantities_changed(tx, reservation.product, now));
  }
  return done;
}

namespace {

// `only`: no other warehouse will do, and where it cannot give everything nothing changes.
Result<Order> reserve(Tx& tx, OrderId id, std::optional<WarehouseId> only, Instant now) {
  const Order order = TRY(tx.orders.find(id));
  const bool waits = order.amazon_status == AmazonStatus::pending || order.amazon_status == AmazonStatus::pending_availability;
  const bool over = order.cancelled_at || order.amazon_status == AmazonStatus::cancelled || order.amazon_status == AmazonStatus::shipped;
  if (order.by_amazon || over || waits || (order.on_hold && order.hold_reason.starts_with("free:"))) return settle_order(tx, id, now);
  for (const Parcel& parcel : TRY(tx.parcels.of_order(id)))
    if (parcel.live()) return settle_order(tx, id, now);

  std::vector<StockNeed> needs;
  std::vector<std::string> unmapped;
  for (OrderItem& item : TRY(tx.orders.items(id))) {
    const std::int64_t left = item.quantity - item.shipped;
    if (item.cancelled || left <= 0) continue;
    if (!TRY(map_item(tx, order.account, order.marketplace_id, item))) {
      unmapped.push_back(item.sku);
      continue;
    }
    needs.push_back({item.id, item.product, left * item.units_per});
  }
  if (!unmapped.empty()) {
    TRY(release_stock(tx, id, now));
    Error error = unmapped_skus(unmapped);
    return set_exception(tx, id, std::move(error.code), std::move(error.message), now);
  }
  if (order.exception_code == "order.unmapped_sku") TRY(set_exception(tx, id, "", "", now));

  std::vector<Reservation> held;
  for (const Reservation& reservation : TRY(tx.stock.reservations(id)))
    if (reservation.state == "open") held.push_back(reservation);
  const bool same = held.size() == needs.size() && std::all_of(needs.begin(), needs.end(), [&](const StockNeed& need) {
                      return std::any_of(held.begin(), held.end(), [&](const Reservation& r) { return r.item == need.item && r.product == need.product && r.quantity == need.quantity && (!only || r.warehouse == *only); });
                    });
  if (same) return settle_order(tx, id, now);
  TRY(release_stock(tx, id, now));

  std::vector<StockItem> stock;
  std::set<ProductId> seen;
  for (const StockNeed& need : needs)
    if (seen.insert(need.product).second)
      for (const StockItem& item : TRY(tx.stock.of_product(need.product))) stock.push_back(item);
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  if (only && std::none_of(warehouses.begin(), warehouses.end(), [&](const Warehouse& w) { return w.id == *only; })) return not_found("warehouse.unknown", "There is no such warehouse; choose one of the list.");
  const std::vector<WarehouseId> preference = only ? std::vector{*only} : warehouses_to_take_from(warehouses, order.country);
  Allocation allocation = allocate(needs, preference, stock);
  if (only && allocation.reservations.empty()) {
    std::vector<std::string> short_of;
    for (const StockNeed& need : allocation.missing) short_of.push_back(TRY(tx.stock.product(need.product)).sku + " x" + std::to_string(need.quantity));
    return refused("stock.not_enough", "That warehouse cannot give everything order " + order.amazon_order_id + " needs; short of " + join(short_of, ", ") + ".");
  }
  for (Reservation& reservation : allocation.reservations) {
    reservation.order = id;
    TRY(tx.stock.reserve(reservation));
    TRY(quantities_changed(tx, reservation.product, now));
  }
  const Order settled = TRY(settle_order(tx, id, now));
  if (!allocation.reservations.empty()) TRY(happen(tx, {.account = order.account, .at = now, .kind = "order_reserved", .order = id, .actor = std::string(kProgram)}));
  return settled;
}

}  // namespace

Result<Order> reserve_stock(Tx& tx, OrderId id, Instant now) { return reserve(tx, id, std::nullopt, now); }

Result<Order> reserve_stock_in(Tx& tx, OrderId id, WarehouseId warehouse, Instant now) {
  Order order = TRY(reserve(tx, id, warehouse, now));
  if (order.exception_code == "order.unmapped_sku") return refused(order.exception_code, order.exception_message);
  return order;
}

Result<int> serve_waiting_orders(Tx& tx, ProductId product, Instant now) {
  int served = 0;
  for (const OrderId id : TRY(tx.stock.orders_waiting_for(product))) {
    const Order order = TRY(reserve_stock(tx, id, now));
    if (order.state != OrderState::out_of_stock) ++served;
  }
  return served;
}

}  // namespace zifa
