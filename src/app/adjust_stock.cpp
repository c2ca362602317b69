#include "app/adjust_stock.hpp"

#include <algorithm>

#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Takes promised stock back until no more than `on_hand` is promised. Answers the orders that lost theirs.
Result<std::vector<OrderId>> take_back(Tx& tx, const Product& product, const StockItem& item, std::int64_t on_hand, Instant now) {
  std::vector<OrderId> losers;
  std::int64_t promised = item.reserved;
  std::string planned;
  for (const Reservation& reservation : TRY(tx.stock.open_reservations(item.warehouse, item.product))) {
    if (promised <= on_hand) break;
    if (std::find(losers.begin(), losers.end(), reservation.order) != losers.end()) continue;
    const std::vector<Parcel> parcels = TRY(tx.parcels.of_order(reservation.order));
    if (std::any_of(parcels.begin(), parcels.end(), [](const Parcel& p) { return p.live(); })) {
      if (planned.empty()) planned = TRY(tx.orders.find(reservation.order)).amazon_order_id;
      continue;
    }
    for (const Reservation& held : TRY(tx.stock.reservations(reservation.order)))
      if (held.state == "open" && held.product == item.product && held.warehouse == item.warehouse) promised -= held.quantity;
    // An order is served whole or not at all: its other goods are free too.
    TRY(release_stock(tx, reservation.order, now));
    losers.push_back(reservation.order);
  }
  if (promised > on_hand)
    return conflict("stock.reserved", std::to_string(promised) + " of SKU " + product.sku + " are in planned parcels (order " + planned + " among them), so " + std::to_string(on_hand) +
                                          " cannot be all there is; hold or cancel such orders first, then count again.");
  return losers;
}

}  // namespace

Result<StockItem> adjust_stock(Tx& tx, const StockAdjustment& in, std::string_view actor, Instant now) {
  const Product product = TRY(tx.stock.product(in.product));
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  const auto warehouse = std::find_if(warehouses.begin(), warehouses.end(), [&](const Warehouse& w) { return w.id == in.warehouse; });
  if (warehouse == warehouses.end()) return not_found("warehouse.unknown", "There is no warehouse " + std::to_string(in.warehouse.value()) + ".");
  if (in.change && in.counted) return invalid("stock.no_quantity", "Say either by how much the stock changes (quantity) or how much is there (counted), not both.");
  if (!in.change && !in.counted && !in.bin) return invalid("stock.no_quantity", "Say by how much the stock changes (quantity), or how much is there (counted).");
  if (in.change && *in.change == 0) return invalid("stock.no_quantity", "A change of 0 changes nothing; enter how many came or went.");
  if ((in.change || in.counted) && trim(in.reason).empty()) return invalid("stock.no_reason", "Say why the stock of SKU " + product.sku + " changes; the reason is kept in the stock ledger.");

  StockItem item = TRY(tx.stock.at(in.warehouse, in.product)).value_or(StockItem{.warehouse = in.warehouse, .product = in.product});
  if (in.bin && *in.bin != item.bin) {
    // "A-03-2": the zone is what stands before the first dash.
    const std::size_t dash = in.bin->find('-');
    TRY(tx.stock.set_bin(in.warehouse, in.product, dash == std::string::npos ? item.zone : in.bin->substr(0, dash), *in.bin));
    TRY(happen(tx, {.at = now, .kind = "bin_changed", .actor = std::string(actor), .data = "{\"sku\":" + json_quoted(product.sku) + ",\"warehouse\":" + json_quoted(warehouse->name) + ",\"from\":" + json_quoted(item.bin) + ",\"to\":" + json_quoted(*in.bin) + "}"}));
  }
  if (in.change || in.counted) {
    const std::int64_t change = in.change ? *in.change : *in.counted - item.on_hand;
    const std::int64_t after = item.on_hand + change;
    if (after < 0)
      return conflict("stock.negative", "There are " + std::to_string(item.on_hand) + " of SKU " + product.sku + " in " + warehouse->name + "; taking " + std::to_string(-change) + " away would leave less than nothing. Count the shelf and enter what is there.");
    std::vector<OrderId> losers;
    if (after < item.reserved) losers = TRY(take_back(tx, product, item, after, now));
    if (change != 0)
      TRY(tx.stock.move({.at = now, .warehouse = in.warehouse, .product = in.product, .kind = in.counted ? "count" : "adjust", .quantity = change, .reason = std::string(trim(in.reason)), .actor = std::string(actor)}));
    TRY(happen(tx, {.at = now,
                    .kind = in.counted ? "stock_counted" : "stock_adjusted",
                    .actor = std::string(actor),
                    .data = "{\"sku\":" + json_quoted(product.sku) + ",\"warehouse\":" + json_quoted(warehouse->name) + ",\"change\":" + std::to_string(change) + ",\"on_hand\":" + std::to_string(after) + ",\"reason\":" + json_quoted(trim(in.reason)) + "}"}));
    for (const OrderId loser : losers) TRY(reserve_stock(tx, loser, now));
    TRY(quantities_changed(tx, in.product, now));
    if (change > 0 || !losers.empty()) TRY(serve_waiting_orders(tx, in.product, now));
  }
  return TRY(tx.stock.at(in.warehouse, in.product)).value_or(item);
}

}  // namespace zifa
