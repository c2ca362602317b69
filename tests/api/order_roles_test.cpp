#include <doctest/doctest.h>

#include "app/import_orders.hpp"
#include "tests/api/setup_desk.hpp"

using namespace setup_desk;

namespace {

zifa::OrderId an_order(Shop& shop) {
  return must(shop.store().write([&](zifa::Tx& tx) -> zifa::Result<zifa::OrderId> {
    const zifa::AccountId account = TRY(tx.accounts.insert({.name = "files", .kind = "file", .created_at = shop.clock.now()}));
    zifa::IncomingOrder order{.amazon_order_id = "111-1234567-1234567", .purchased_at = shop.clock.now(), .status = zifa::AmazonStatus::unshipped};
    order.items.push_back({.amazon_item_id = "1", .sku = "MUG-01", .quantity_ordered = 1});
    return TRY(zifa::import_order(tx, account, order, shop.clock.now())).id;
  }));
}

std::string batch(const char* action, zifa::OrderId id) {
  return std::string(R"({"action":")") + action + R"(","ids":[")" + std::to_string(id.value()) + R"("],"args":{"reason":"NoInventory","text":"look","tag":"x"}})";
}

}  // namespace

TEST_CASE("the warehouse may note and tag an order, but not cancel, hold, plan or relabel it") {
  Shop shop;
  const zifa::OrderId id = an_order(shop);
  for (const char* action : {"review", "plan", "hold", "unhold", "cancel", "keep", "buy_label", "void_label"}) {
    CAPTURE(action);
    const Reply reply = shop.post("/api/orders/actions", batch(action, id), "warehouse");
    const zifa::json::value& result = zifa::json::find_array(reply.body, "results")->front();
    CHECK_FALSE(zifa::json::get_bool(result, "ok"));
    CHECK(zifa::json::get_text(result, "error.code") == "session.forbidden");
  }
  for (const char* action : {"note", "tag"}) {
    const Reply reply = shop.post("/api/orders/actions", batch(action, id), "warehouse");
    CHECK(zifa::json::get_bool(zifa::json::find_array(reply.body, "results")->front(), "ok"));
  }
  const zifa::Order order = must(shop.store().read([&](zifa::Tx& tx) { return tx.orders.find(id); }));
  CHECK_FALSE(order.cancelled_at);
  CHECK_FALSE(order.on_hold);
  const Reply cancelled = shop.post("/api/orders/actions", batch("cancel", id), "operations");
  CHECK(zifa::json::get_bool(zifa::json::find_array(cancelled.body, "results")->front(), "ok"));
}

TEST_CASE("a label for an order without a parcel is refused, not silently done") {
  Shop shop;
  const Reply reply = shop.post("/api/orders/actions", batch("buy_label", an_order(shop)), "operations");
  CHECK(zifa::json::get_text(zifa::json::find_array(reply.body, "results")->front(), "error.code") == "order.no_parcel");
}
