#include "tests/store/database.hpp"

using namespace zifa;
using namespace zifa::store_tests;

TEST_CASE("a parcel is found as it was stored and as it was changed, with its items") {
  Database db;
  Shop shop(db);
  const OrderId order = shop.add(shop.order("113-1"));
  Parcel parcel = db.read([&](Tx& tx) -> Result<Parcel> { return tx.parcels.find(shop.parcel(order)); });
  CHECK(parcel.items.size() == 1);
  CHECK_FALSE(parcel.arrive_from);
  parcel.state = ParcelState::dispatched;
  parcel.dispatched_at = after_hours(3);
  parcel.cost = Money(480, *Currency::parse("CNY"));
  parcel.actual = Weight::grams(310);
  parcel.items.front().verified = 2;
  db.write([&](Tx& tx) { return tx.parcels.update(parcel); });
  const Parcel found = db.read([&](Tx& tx) { return tx.parcels.of_order(order); }).front();
  CHECK(found.state == ParcelState::dispatched);
  CHECK(found.dispatched_at == parcel.dispatched_at);
  CHECK(found.cost == parcel.cost);
  CHECK(found.actual == parcel.actual);
  CHECK(found.items.front().verified == 2);
  CHECK(code_of(db.store().read([](Tx& tx) { return tx.parcels.find(ParcelId(4'711)); })) == "parcel.unknown");
  const auto standing = db.read([](Tx& tx) { return tx.parcels.standing(after_hours(10), kNow); });
  CHECK(standing.in_transit == 1);
  CHECK(standing.no_scan == 1);
}

TEST_CASE("a parcel has one live label, a number is on one, and the transaction goes on after either refusal") {
  Database db;
  Shop shop(db);
  const OrderId order = shop.add(shop.order("113-1"));
  const ParcelId parcel = shop.parcel(order), other = shop.parcel(order);
  db.write([&](Tx& tx) -> Result<Done> {
    Label label = shop.label(parcel, order, "YT1");
    label.id = TRY(tx.parcels.insert_label(label));
    CHECK(code_of(tx.parcels.insert_label(shop.label(parcel, order, "YT2", 2))) == "label.already_used");
    CHECK(code_of(tx.parcels.insert_label(shop.label(other, order, "YT1"))) == "label.already_used");
    label.state = "voided";
    label.voided_at = kNow;
    TRY(tx.parcels.update_label(label));
    TRY(tx.parcels.insert_label(shop.label(parcel, order, "YT2", 2)));
    TRY(tx.parcels.insert_label(shop.label(other, order, "YT1")));
    return done;
  });
  CHECK(db.read([&](Tx& tx) { return tx.parcels.live_label(parcel); })->tracking_number == "YT2");
  CHECK(db.read([&](Tx& tx) { return tx.parcels.label_attempts(parcel); }) == 2);
  CHECK(db.read([&](Tx& tx) { return tx.parcels.with_tracking_number(" yt1 "); }).front().parcel == other);
}

TEST_CASE("a confirmation is one row a parcel, however often it is written") {
  Database db;
  Shop shop(db);
  const OrderId order = shop.add(shop.order("113-1"));
  const ParcelId parcel = shop.parcel(order);
  StoredConfirmation confirmation{.parcel = parcel, .account = shop.account, .order = order, .carrier_code = "YunExpress", .tracking_number = "YT1", .asked_at = kNow};
  db.write([&](Tx& tx) { return tx.parcels.save_confirmation(confirmation); });
  confirmation.state = "confirmed";
  confirmation.confirmed_at = after_hours(1);
  db.write([&](Tx& tx) { return tx.parcels.save_confirmation(confirmation); });
  const auto all = db.read([&](Tx& tx) { return tx.parcels.confirmations({parcel}); });
  REQUIRE(all.size() == 1);
  CHECK(all.front().state == "confirmed");
  CHECK(all.front().confirmed_at == after_hours(1));
}

TEST_CASE("the same scan told twice is one scan") {
  Database db;
  Shop shop(db);
  const ParcelId parcel = shop.parcel(shop.add(shop.order("113-1")));
  const Scan scan{.at = kNow, .state = "in_transit", .code = "IT", .text = "Ontario, CA 到达", .place = "Ontario"};
  CHECK(db.write([&](Tx& tx) { return tx.parcels.add_scan(parcel, scan, kNow); }));
  CHECK_FALSE(db.write([&](Tx& tx) { return tx.parcels.add_scan(parcel, scan, after_hours(1)); }));
  CHECK(db.read([&](Tx& tx) { return tx.parcels.scans(parcel); }).size() == 1);
}

TEST_CASE("parcels never asked about are tracked first") {
  Database db;
  Shop shop(db);
  const OrderId order = shop.add(shop.order("113-1"));
  const ParcelId asked = shop.parcel(order, ParcelState::dispatched), unasked = shop.parcel(order, ParcelState::dispatched);
  Parcel parcel = db.read([&](Tx& tx) { return tx.parcels.find(asked); });
  parcel.tracked_at = kNow;
  db.write([&](Tx& tx) { return tx.parcels.update(parcel); });
  const auto first = db.read([](Tx& tx) { return tx.parcels.to_track(after_hours(1), 1); });
  REQUIRE(first.size() == 1);
  CHECK(first.front().id == unasked);
  CHECK(db.read([](Tx& tx) { return tx.parcels.list({.tracking = "in_transit"}, "", 1); }).next != "");
}

TEST_CASE("account health reads an order's parcels as one") {
  Database db;
  Shop shop(db);
  const OrderId order = shop.add(shop.order("113-1"));
  shop.add(shop.order("113-2"));
  const ParcelId first = shop.parcel(order, ParcelState::dispatched);
  shop.parcel(order, ParcelState::dispatched);
  Parcel parcel = db.read([&](Tx& tx) { return tx.parcels.find(first); });
  parcel.delivered_at = parcel.first_scan_at = after_hours(5);
  db.write([&](Tx& tx) { return tx.parcels.update(parcel); });
  const auto rows = db.read([&](Tx& tx) { return tx.parcels.health_rows(shop.account, kNow); });
  REQUIRE(rows.size() == 2);
  CHECK_FALSE(rows.front().delivered_at);  // the second parcel is still under way
  CHECK_FALSE(rows.back().tracking_valid);
}

TEST_CASE("stock: what moves adds up, nothing is promised twice, less than nothing is refused") {
  Database db;
  Shop shop(db);
  const OrderId order = shop.add(shop.order("113-1"));
  const OrderItemId item = db.read([&](Tx& tx) { return tx.orders.items(order); }).front().id;
  const auto at = [&] { return *db.read([&](Tx& tx) { return tx.stock.at(shop.warehouse, shop.product); }); };
  const auto reserve = [&](std::int64_t quantity) {
    return db.store().write([&](Tx& tx) { return tx.stock.reserve({.item = item, .order = order, .warehouse = shop.warehouse, .product = shop.product, .quantity = quantity}); });
  };
  must(reserve(7));
  CHECK(code_of(reserve(4)) == "stock.not_enough");
  CHECK(at().available() == 3);
  const Reservation reservation = db.read([&](Tx& tx) { return tx.stock.reservations(order); }).front();
  for (int i = 0; i < 2; ++i) db.write([&](Tx& tx) { return tx.stock.close_reservation(reservation, "released"); });
  CHECK(at().available() == 10);
  const auto move = [&](std::int64_t quantity, bool negative) {
    return db.store().write([&](Tx& tx) { return tx.stock.move({.at = kNow, .warehouse = shop.warehouse, .product = shop.product, .kind = "adjust", .quantity = quantity}, negative); });
  };
  CHECK(code_of(move(-11, false)) == "stock.negative");
  must(move(-11, true));
  CHECK(at().on_hand == -1);
  CHECK(db.read([&](Tx& tx) { return tx.stock.movements(shop.product, 10); }).size() == 2);
  CHECK(db.read([](Tx& tx) { return tx.stock.list(std::nullopt, "mu", "", 10); }).rows.size() == 1);
}

TEST_CASE("products and listings: names taken, searches, pages, mapping of open orders") {
  Database db;
  Shop shop(db);
  db.write([&](Tx& tx) -> Result<Done> {
    CHECK(code_of(tx.stock.insert_product({.sku = "MUG"})) == "product.sku_taken");
    for (const char* sku : {"b-low", "B-UP", "_odd", "100%"}) TRY(tx.stock.insert_product({.sku = sku, .title = "Thing"}));
    return done;
  });
  std::vector<std::string> skus;
  std::string after;
  do {
    const auto page = db.read([&](Tx& tx) { return tx.stock.products("", after, 2); });
    for (const Product& product : page.rows) skus.push_back(product.sku);
    after = page.next;
  } while (!after.empty());
  CHECK(skus == std::vector<std::string>{"100%", "B-UP", "MUG", "_odd", "b-low"});
  CHECK(db.read([](Tx& tx) { return tx.stock.products("0%", "", 9); }).rows.size() == 1);
  CHECK(db.read([](Tx& tx) { return tx.stock.products_with_code("6901234567892"); }).size() == 1);

  const OrderId order = shop.add(shop.order("113-1", OrderState::exception), {}, "LISTED");
  db.run("UPDATE order_item SET product_id=NULL");
  Listing listing{.account = shop.account, .marketplace_id = "ATVPDKIKX0DER", .sku = "LISTED", .title = "Listed", .quantity = 4, .product = shop.product};
  listing.id = db.write([&](Tx& tx) { return tx.stock.save_listing(listing); });
  CHECK(code_of(db.store().write([&](Tx& tx) { Listing twice = listing; twice.id = ListingId(0); return tx.stock.save_listing(twice); })) == "listing.exists");
  listing.paused = true;
  db.write([&](Tx& tx) { return tx.stock.save_listing(listing); });
  CHECK(db.read([&](Tx& tx) { return tx.stock.listing(shop.account, "", "LISTED"); })->paused);
  CHECK(db.read([&](Tx& tx) { return tx.stock.listings(shop.account, "list", false, "", 1); }).rows.size() == 1);
  CHECK(db.write([&](Tx& tx) { return tx.stock.map_open_items(shop.account, "LISTED", shop.product, 3); }) == std::vector<OrderId>{order});
  CHECK(db.read([&](Tx& tx) { return tx.orders.items(order); }).front().units_per == 3);
}

TEST_CASE("a range of tracking numbers gives each number once and ends") {
  Database db;
  Shop shop(db);
  const auto take = [&] { return db.store().write([&](Tx& tx) { return tx.setup.take_from_range(shop.service); }); };
  CHECK(must(take()) == 7);
  CHECK(must(take()) == 8);
  CHECK(code_of(take()) == "service.range_used_up");
}

TEST_CASE("set-up: names are taken once, what is used stays, its version grows") {
  Database db;
  Shop shop(db);
  const std::int64_t version = db.read([](Tx& tx) { return tx.setup.setup_version(); });
  db.write([&](Tx& tx) -> Result<Done> {
    CHECK(code_of(tx.setup.save_warehouse({.name = "Shenzhen", .country = "CN", .time_zone = "Asia/Shanghai"})) == "warehouse.name_taken");
    CHECK_FALSE(TRY(tx.setup.remove_warehouse(shop.warehouse)));
    const CartonId carton = TRY(tx.setup.save_carton({.name = "S"}));
    CHECK(TRY(tx.setup.remove_carton(carton)));
    TRY(tx.setup.save_rate_card({.name = "card.csv", .content = "a,b", .rows = 1, .imported_at = kNow}));
    return tx.setup.set_setting("language", "zh-CN");
  });
  CHECK(db.read([](Tx& tx) { return tx.setup.warehouses(); }).front().cutoff == std::chrono::hours(16));
  CHECK(db.read([](Tx& tx) { return tx.setup.services(); }).front().range_last == 8);
  CHECK(db.read([](Tx& tx) { return tx.setup.rate_cards(true); }).front().content == "a,b");
  CHECK(db.read([](Tx& tx) { return tx.setup.setting("language", ""); }) == "zh-CN");
  CHECK(db.read([](Tx& tx) { return tx.setup.setup_version(); }) > version);
}
