#include "app/save_product.hpp"

#include <algorithm>

#include "app/link_listing.hpp"
#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Listings and open orders that wait for a product of this SKU.
Result<Done> link_by_sku(Tx& tx, const Product& product, std::string_view actor, Instant now) {
  std::string after;
  do {
    const Page<Listing> page = TRY(tx.stock.listings(std::nullopt, product.sku, true, after, 200));
    after = page.next;
    for (const Listing& listing : page.rows)
      if (listing.sku == product.sku) TRY(change_listing(tx, listing.id, {.product = product.id}, actor, now));
  } while (!after.empty());
  for (const Account& account : TRY(tx.accounts.all()))
    for (const OrderId order : TRY(tx.stock.map_open_items(account.id, product.sku, product.id, 1))) TRY(reserve_stock(tx, order, now));
  return done;
}

// Orders that planning refused because a size or weight was missing.
Result<Done> plan_again(Tx& tx, ProductId product, Instant now) {
  OrderFilter filter;
  filter.state = OrderState::exception;
  for (const OrderId id : TRY(tx.orders.ids(filter, 10'000))) {
    const Order order = TRY(tx.orders.find(id));
    if (order.exception_code != "product.not_measured") continue;
    const std::vector<OrderItem> items = TRY(tx.orders.items(id));
    if (std::none_of(items.begin(), items.end(), [&](const OrderItem& i) { return i.product == product; })) continue;
    const Order settled = TRY(set_exception(tx, id, "", "", now));
    if (settled.state == OrderState::to_plan) TRY(enqueue(tx, "plan_shipment", std::to_string(id.value()), now, settled.ship_by ? settled.ship_by->ms() : now.ms(), id));
  }
  return done;
}

}  // namespace

Result<Product> save_product(Tx& tx, const Product& in, std::string_view actor, Instant now) {
  Product product = in;
  if (const auto other = TRY(tx.stock.product_with_sku(product.sku)); other && other->id != product.id)
    return conflict("product.sku_taken", "There is a product with SKU \"" + printable(product.sku, 60) + "\" already.");
  const bool is_new = product.id.value() == 0;
  bool measured = false;
  if (is_new) {
    product.id = TRY(tx.stock.insert_product(product));
  } else {
    const Product before = TRY(tx.stock.product(product.id));
    measured = product.size != before.size || product.weight != before.weight;
    TRY(tx.stock.update_product(product));
  }
  TRY(happen(tx, {.at = now, .kind = is_new ? "product_added" : "product_changed", .actor = std::string(actor), .data = "{\"sku\":" + json_quoted(product.sku) + "}"}));
  if (is_new) TRY(link_by_sku(tx, product, actor, now));
  if (measured) TRY(plan_again(tx, product.id, now));
  return product;
}

}  // namespace zifa
