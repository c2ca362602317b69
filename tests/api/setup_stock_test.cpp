// Products, stock and listings: what lies where, what is promised, what Amazon is told.
#include "app/import_orders.hpp"
#include "setup_desk.hpp"

using namespace setup_desk;

namespace {

constexpr const char* kUs = "ATVPDKIKX0DER";

OrderId order_of(Shop& shop, AccountId account, const std::string& number, const std::string& sku, std::int64_t quantity, std::chrono::hours until_due = std::chrono::hours(24)) {
  IncomingOrder incoming{.amazon_order_id = number, .marketplace_id = kUs, .purchased_at = shop.clock.now(), .status = AmazonStatus::unshipped, .ship_by = shop.clock.now() + until_due};
  incoming.ship_to = Address{.name = "Ann", .line1 = "1 Road", .city = "Austin", .state = "TX", .postal_code = "78704", .country = "US"};
  incoming.items.push_back({.amazon_item_id = number + "-1", .sku = sku, .title = "Mug", .quantity_ordered = quantity});
  return must(shop.store().write([&](Tx& tx) { return import_order(tx, account, incoming, shop.clock.now()); })).id;
}

OrderState state_of(Shop& shop, OrderId id) {
  return must(shop.store().read([&](Tx& tx) { return tx.orders.find(id); })).state;
}

AccountId amazon_account(Shop& shop) {
  return must(shop.store().write([&](Tx& tx) { return tx.accounts.insert({.name = "US shop", .kind = "amazon", .region = "na", .marketplaces = {kUs}, .created_at = shop.clock.now()}); }));
}

std::string adjust(const std::string& product, const std::string& warehouse, const std::string& rest) { return R"({"product_id":")" + product + R"(","warehouse_id":")" + warehouse + R"(",)" + rest + "}"; }

}  // namespace

TEST_CASE("received goods go into the ledger and to the orders that waited for them") {
  Shop shop;
  const std::string warehouse = shop.warehouse(), product = shop.product("MUG-1");
  const AccountId account = amazon_account(shop);
  const OrderId order = order_of(shop, account, "111-0000001-0000001", "MUG-1", 2);
  CHECK(state_of(shop, order) == OrderState::out_of_stock);

  const Reply received = shop.post("/api/stock/adjust", adjust(product, warehouse, R"("bin":"A-01-2","quantity":24,"reason":"Receipt 77")"), "warehouse");
  CHECK(received.status == 200);
  CHECK(received.number("on_hand") == 24);
  CHECK(received.number("reserved") == 2);
  CHECK(received.number("available") == 22);
  CHECK(received.text("bin") == "A-01-2");
  CHECK(state_of(shop, order) == OrderState::to_plan);

  const Reply ledger = shop.get("/api/stock/movements?product=" + product, "warehouse");
  REQUIRE(ledger.body.is_array());
  REQUIRE(ledger.body.as_array().size() == 1);
  CHECK(json::get_int(ledger.body.as_array()[0], "quantity") == 24);
  CHECK(json::get_text(ledger.body.as_array()[0], "reason") == "Receipt 77");
  CHECK(json::get_text(ledger.body.as_array()[0], "actor") == "token warehouse");

  const Reply rows = shop.get("/api/stock?q=mug");
  REQUIRE(rows.body.as_array().size() == 1);
  CHECK(json::get_text(rows.body.as_array()[0], "warehouse") == "Shenzhen");
  CHECK(must(shop.store().check_invariants()).ok());
}

TEST_CASE("a count below what is promised takes the stock from the order that is due last") {
  Shop shop;
  const std::string warehouse = shop.warehouse(), product = shop.product("MUG-1");
  const AccountId account = amazon_account(shop);
  shop.post("/api/stock/adjust", adjust(product, warehouse, R"("counted":5,"reason":"first count")"));
  const OrderId urgent = order_of(shop, account, "111-0000001-0000001", "MUG-1", 2, std::chrono::hours(5));
  const OrderId later = order_of(shop, account, "111-0000001-0000002", "MUG-1", 3, std::chrono::hours(50));
  CHECK(state_of(shop, later) == OrderState::to_plan);
  const Reply counted = shop.post("/api/stock/adjust", adjust(product, warehouse, R"("counted":3,"reason":"two broken")"));
  CHECK(counted.number("on_hand") == 3);
  CHECK(state_of(shop, urgent) == OrderState::to_plan);
  CHECK(state_of(shop, later) == OrderState::out_of_stock);
  CHECK(must(shop.store().check_invariants()).ok());
}

TEST_CASE("stock changes that make no sense are refused with the next step") {
  Shop shop;
  const std::string warehouse = shop.warehouse(), product = shop.product("MUG-1");
  struct Row {
    const char* rest;
    int status;
    const char* code;
  };
  for (const Row& row : {Row{R"("quantity":-1,"reason":"lost")", 409, "stock.negative"}, Row{R"("quantity":1)", 400, "stock.no_reason"}, Row{R"("reason":"why")", 400, "stock.no_quantity"}, Row{R"("quantity":0,"reason":"x")", 400, "stock.no_quantity"},
                         Row{R"("quantity":1,"counted":1,"reason":"x")", 400, "stock.no_quantity"}, Row{R"("quantity":"many","reason":"x")", 400, "field.bad"}, Row{R"("counted":-4,"reason":"x")", 400, "field.out_of_range"},
                         Row{R"("quantity":99999999999999,"reason":"x")", 400, "field.out_of_range"}}) {
    const Reply reply = shop.post("/api/stock/adjust", adjust(product, warehouse, row.rest));
    CAPTURE(row.rest);
    CHECK(reply.status == row.status);
    CHECK(reply.code() == row.code);
  }
  CHECK(shop.post("/api/stock/adjust", adjust("999", warehouse, R"("quantity":1,"reason":"x")")).code() == "product.unknown");
  CHECK(shop.post("/api/stock/adjust", adjust(product, "999", R"("quantity":1,"reason":"x")")).code() == "warehouse.unknown");
  CHECK(shop.post("/api/stock/adjust", R"({"quantity":1,"reason":"x"})").code() == "field.missing");
}

TEST_CASE("a product keeps what was entered, and refuses what cannot be") {
  Shop shop;
  const Reply made = shop.post("/api/products", R"({"sku":" LAMP-2 ","title":"Lamp","barcode":"6901234567892","size":[320,140,110],"weight_g":980,"cargo":"battery","turn":"upright",
      "declared":{"name_zh":"台灯","name_en":"Desk lamp","hs_code":"9405.21","value":{"amount":1250,"currency":"USD"},"origin":"cn"}})", "operations");
  REQUIRE(made.status == 201);
  CHECK(made.text("sku") == "LAMP-2");
  CHECK(made.text("declared.origin") == "CN");
  CHECK(made.number("declared.value.amount") == 1250);
  CHECK(json::text(*json::find(made.body, "size")) == "[320,140,110]");
  const std::string id = made.text("id");
  CHECK(shop.patch("/api/products/" + id, R"({"weight_g":null,"title":"Desk lamp"})").body.as_object().at("weight_g").is_null());
  CHECK(shop.get("/api/products?q=6901234567892").body.as_array().size() == 1);
  CHECK(shop.post("/api/products", R"({"sku":"LAMP-2","title":"again"})").code() == "product.sku_taken");
  struct Row {
    const char* body;
    const char* names;
  };
  for (const Row& row : {Row{R"({"title":"no sku"})", "sku"}, Row{R"({"sku":"A","size":[0,1,1]})", "size"}, Row{R"({"sku":"A","size":[1,1]})", "size"}, Row{R"({"sku":"A","weight_g":-1})", "weight_g"}, Row{R"({"sku":"A","cargo":"dragon"})", "cargo"},
                         Row{R"({"sku":"A","declared":{"value":{"amount":1}}})", "declared.value"}, Row{R"({"sku":"A","declared":{"origin":"China"}})", "declared.origin"}, Row{R"({"sku":"A","image_url":"javascript:alert"})", "image_url"},
                         Row{R"({"sku":"A","declared":{"hs_code":"lamps"}})", "hs_code"}}) {
    const Reply reply = shop.post("/api/products", row.body);
    CAPTURE(row.body);
    CHECK(reply.status == 400);
    CHECK(reply.message().find(row.names) != std::string::npos);
  }
  CHECK(shop.patch("/api/products/999", R"({"title":"x"})").status == 404);
}

TEST_CASE("linking a listing lets its orders go on and tells Amazon the quantity") {
  Shop shop;
  const std::string warehouse = shop.warehouse(), product = shop.product("MUG-STOCK");
  shop.post("/api/stock/adjust", adjust(product, warehouse, R"("counted":10,"reason":"count")"));
  const AccountId account = amazon_account(shop);
  const ListingId listing = must(shop.store().write([&](Tx& tx) { return tx.stock.save_listing({.account = account, .marketplace_id = kUs, .sku = "MUG-2PACK", .title = "Two mugs", .status = "BUYABLE,DISCOVERABLE"}); }));
  const OrderId order = order_of(shop, account, "111-0000001-0000003", "MUG-2PACK", 2);
  CHECK(state_of(shop, order) == OrderState::exception);
  CHECK(shop.get("/api/listings?unmapped=true", "operations").body.as_array().size() == 1);

  const std::string path = "/api/listings/" + std::to_string(listing.value());
  CHECK(shop.post("/api/listings/push", R"({"ids":[")" + std::to_string(listing.value()) + R"("]})").body.at("results").as_array()[0].at("error").at("code") == "listing.unmapped");
  const Reply linked = shop.patch(path, R"({"product_id":")" + product + R"(","units_per":2,"handling_days":2})", "operations");
  CHECK(linked.status == 200);
  CHECK(linked.text("product_sku") == "MUG-STOCK");
  CHECK(linked.text("status") == "active");
  CHECK(linked.text("marketplace") == "US");
  CHECK(state_of(shop, order) == OrderState::to_plan);
  CHECK(json::get_int(shop.get("/api/stock").body.as_array()[0], "reserved") == 4);  // two packs of two
  CHECK(must(shop.store().read([&](Tx& tx) { return tx.work.unfinished("push_quantity", std::to_string(listing.value())); })).has_value());
  CHECK(shop.get("/api/listings?unmapped=true").body.as_array().empty());

  const Reply pushed = shop.post("/api/listings/push", R"({"ids":[")" + std::to_string(listing.value()) + R"(","999"]})");
  CHECK(pushed.body.at("results").as_array()[0].at("ok") == true);
  CHECK(pushed.body.at("results").as_array()[1].at("error").at("code") == "listing.unknown");
  CHECK(shop.patch(path, R"({"units_per":0})").code() == "field.out_of_range");
  CHECK(shop.patch(path, R"({"product_id":"12345"})").code() == "product.unknown");
  CHECK(shop.get("/api/listings?limit=1").body.as_object().contains("next"));
}

TEST_CASE("a new product takes the listings and orders with its SKU along") {
  Shop shop;
  const AccountId account = amazon_account(shop);
  must(shop.store().write([&](Tx& tx) { return tx.stock.save_listing({.account = account, .marketplace_id = kUs, .sku = "NEW-1"}); }));
  const OrderId order = order_of(shop, account, "111-0000001-0000004", "NEW-1", 1);
  CHECK(state_of(shop, order) == OrderState::exception);
  shop.product("NEW-1");
  CHECK(state_of(shop, order) == OrderState::out_of_stock);
  CHECK(json::get_text(shop.get("/api/listings").body.as_array()[0], "product_sku") == "NEW-1");
}
