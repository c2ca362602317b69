#include "tests/store/database.hpp"

using namespace zifa;
using namespace zifa::store_tests;

namespace {

const PersonalData kBuyer{.buyer_name = "Ann Müller", .buyer_email = "x7@marketplace.amazon.com", .ship_to = {.name = "Ann Müller", .line1 = "12 Elm St", .city = "Reno", .state = "NV", .postal_code = "89501", .country = "US", .phone = "+1 775-555-0101"}};

std::vector<std::string> numbers(Database& db, const OrderFilter& filter) {
  std::vector<std::string> found;
  std::string after;
  do {
    const Page<OrderRow> page = db.read([&](Tx& tx) { return tx.orders.list(filter, after, 2); });
    for (const OrderRow& row : page.rows) found.push_back(row.order.amazon_order_id);
    after = page.next;
  } while (!after.empty());
  return found;
}

}  // namespace

TEST_CASE("an order is found as it was stored, and as it was changed") {
  Database db;
  Shop shop(db);
  Order order = shop.order("113-1111111-1111111");
  order.note = "gift wrap; 礼物 'quoted' ?";
  order.deliver_by = after_hours(200);
  order.id = shop.add(order);
  const auto same = [&] {
    const Order found = db.read([&](Tx& tx) { return tx.orders.find(order.id); });
    CHECK(found.amazon_order_id == order.amazon_order_id);
    CHECK(found.state == order.state);
    CHECK(found.note == order.note);
    CHECK(found.ship_by == order.ship_by);
    CHECK(found.deliver_by == order.deliver_by);
    CHECK(found.earliest_ship == order.earliest_ship);
    CHECK(found.total == order.total);
    CHECK(found.warehouse == order.warehouse);
    CHECK(found.on_hold == order.on_hold);
    CHECK(found.cancelled_at == order.cancelled_at);
  };
  same();
  order.state = OrderState::cancelled;
  order.warehouse = shop.warehouse;
  order.on_hold = true;
  order.ship_by.reset();
  order.total.reset();
  order.cancelled_at = after_hours(1);
  db.write([&](Tx& tx) { return tx.orders.update(order); });
  same();
  CHECK(db.read([&](Tx& tx) { return tx.orders.by_amazon_id(shop.account, order.amazon_order_id); })->id == order.id);
  // Bytes that are no text do not lose the rest of it.
  order.note = std::string("caf\xC3\xA9 \xFF", 7) + std::string("\0!", 2);
  db.write([&](Tx& tx) { return tx.orders.update(order); });
  const std::string note = db.read([&](Tx& tx) { return tx.orders.find(order.id); }).note;
  CHECK(note.starts_with("caf\xC3\xA9 "));
  CHECK(note.ends_with("!"));
  CHECK_FALSE(db.read([&](Tx& tx) { return tx.orders.by_amazon_id(AccountId(999), order.amazon_order_id); }));
  CHECK(code_of(db.store().read([](Tx& tx) { return tx.orders.find(OrderId(4'711)); })) == "order.unknown");
}

TEST_CASE("one account cannot hold the same Amazon order twice") {
  Database db;
  Shop shop(db);
  shop.add(shop.order("113-1"));
  CHECK(code_of(db.store().write([&](Tx& tx) { return tx.orders.insert(shop.order("113-1")); })) == "store.constraint");
}

TEST_CASE("a buyer lies sealed in the database, and is found by name, word, e-mail and telephone") {
  Database db;
  Shop shop(db);
  const OrderId id = shop.add(shop.order("113-1"), kBuyer);
  shop.add(shop.order("113-2"));
  CHECK(db.read([&](Tx& tx) { return tx.orders.personal(id); }) == kBuyer);
  {
    sql::Connection raw = db.raw();
    sql::Statement row = must(raw.prepare("SELECT personal FROM orders WHERE amazon_order_id='113-1'"));
    REQUIRE(must(row.step()));
    for (const char* word : {"Ann", "Elm", "Reno", "0101", "x7@"}) CHECK(row.blob(0).find(word) == std::string::npos);
    sql::Statement words = must(raw.prepare("SELECT word FROM order_person"));
    while (must(words.step()))
      for (const char* word : {"ann", "0101"}) CHECK(words.blob(0).find(word) == std::string::npos);
  }
  for (const char* word : {"ann müller", "ANN", "x7@marketplace.amazon.com", "17755550101"}) {
    CAPTURE(word);
    CHECK(numbers(db, {.search = {word}, .search_kind = "buyer"}) == std::vector<std::string>{"113-1"});
  }
  CHECK(numbers(db, {.search = {"nn"}, .search_kind = "buyer"}).empty());
  CHECK(numbers(db, {.search = {"ann"}, .search_kind = "goods"}).empty());
  // The address that was replaced finds nothing any more.
  db.write([&](Tx& tx) { return tx.orders.set_personal(id, {.buyer_name = "Bo Chen"}); });
  CHECK(numbers(db, {.search = {"ann"}, .search_kind = "buyer"}).empty());
  CHECK(numbers(db, {.search = {"chen"}, .search_kind = "buyer"}).size() == 1);
}

TEST_CASE("the list answers its filters, page by page, the most urgent first") {
  Database db;
  Shop shop(db);
  for (int i = 1; i <= 7; ++i) {
    Order order = shop.order("113-" + std::to_string(i), i <= 3 ? OrderState::to_plan : OrderState::to_ship);
    order.ship_by = after_hours(100 - i);
    order.purchased_at = after_hours(i);
    order.country = i % 2 == 0 ? "DE" : "US";
    order.on_hold = i == 2;
    order.printed = i == 7;
    if (i == 5) order.cancel_requested_at = kNow;
    if (i == 6) order.ship_by.reset();
    const OrderId id = shop.add(order);
    if (i >= 6) db.write([&](Tx& tx) { return tx.orders.add_tag(id, "VIP"); });
  }
  using List = std::vector<std::string>;
  CHECK(numbers(db, {}) == List{"113-7", "113-5", "113-4", "113-3", "113-2", "113-1", "113-6"});
  CHECK(numbers(db, {.sort = "-purchased_at"}) == List{"113-7", "113-6", "113-5", "113-4", "113-3", "113-2", "113-1"});
  CHECK(numbers(db, {.state = OrderState::to_plan}) == List{"113-3", "113-2", "113-1"});
  CHECK(numbers(db, {.on_hold = true}) == List{"113-2"});
  CHECK(numbers(db, {.printed = true}) == List{"113-7"});
  CHECK(numbers(db, {.cancel_requested = true}) == List{"113-5"});
  CHECK(numbers(db, {.country = "DE"}) == List{"113-4", "113-2", "113-6"});
  CHECK(numbers(db, {.tag = "VIP"}) == List{"113-7", "113-6"});
  CHECK(numbers(db, {.due_from = after_hours(95), .due_before = after_hours(97)}) == List{"113-5", "113-4"});
  CHECK(numbers(db, {.purchased_before = after_hours(3)}) == List{"113-2", "113-1"});
  CHECK(numbers(db, {.account = AccountId(99)}).empty());
  for (const char* cursor : {"x", "1", ".", "1.x", "9999999999999999999999.1"}) {
    CAPTURE(cursor);
    CHECK(code_of(db.store().read([&](Tx& tx) { return tx.orders.list({}, cursor, 2); })) == "list.bad_cursor");
  }
  const auto counts = db.read([](Tx& tx) { return tx.orders.counts({}); });
  CHECK(counts.by_state[static_cast<std::size_t>(OrderState::to_plan)] == 2);  // the third waits on hold
  CHECK(counts.by_state[static_cast<std::size_t>(OrderState::to_ship)] == 4);
  CHECK(counts.on_hold == 1);
  CHECK(counts.cancel_requested == 1);
  CHECK(db.read([](Tx& tx) { return tx.orders.ids({.country = "DE"}, 2); }).size() == 2);
}

TEST_CASE("several pasted numbers find the order, the tracking number, the parcel and the SKU each names") {
  Database db;
  Shop shop(db);
  shop.add(shop.order("113-1000001-0000001"));
  const OrderId second = shop.add(shop.order("113-1000002-0000001"));
  const OrderId third = shop.add(shop.order("114-1"));
  shop.add(shop.order("115-1"), {}, "CUP_50%");
  const ParcelId parcel = shop.parcel(second);
  db.write([&](Tx& tx) { return tx.parcels.insert_label(shop.label(parcel, second, "YT2606100000001")); });
  const ParcelId other = shop.parcel(third);
  using List = std::vector<std::string>;
  CHECK(numbers(db, {.search = {"113-1000001-0000001", " yt2606100000001 ", "nonsense", ""}}) == List{"113-1000001-0000001", "113-1000002-0000001"});
  CHECK(numbers(db, {.search = {"113-10000"}}).size() == 2);
  CHECK(numbers(db, {.search = {"P" + std::to_string(other.value())}}) == List{"114-1"});
  CHECK(numbers(db, {.search = {"CUP_50"}, .search_kind = "sku"}) == List{"115-1"});
  CHECK(numbers(db, {.search = {"CUP%"}, .search_kind = "sku"}).empty());
  CHECK(numbers(db, {.search = {"' OR 1=1 --"}}).empty());
  CHECK(numbers(db, {.search = {"\xFF\xFE"}}).empty());
  const OrderRow row = db.read([&](Tx& tx) { return tx.orders.list({.ids = {second}}, "", 10); }).rows.front();
  CHECK(row.tracking_numbers == List{"YT2606100000001"});
  CHECK(row.items.size() == 1);
  CHECK(row.account_name == "Mugs");
}

TEST_CASE("a gift message lies sealed") {
  Database db;
  Shop shop(db);
  const OrderId id = shop.add(shop.order("113-1"));
  OrderItem item = db.read([&](Tx& tx) { return tx.orders.items(id); }).front();
  item.gift = true;
  item.gift_message = "Happy birthday";
  item.shipped = 1;
  db.write([&](Tx& tx) { return tx.orders.update_item(item); });
  const OrderItem found = db.read([&](Tx& tx) { return tx.orders.items(id); }).front();
  CHECK(found.gift_message == item.gift_message);
  CHECK(found.shipped == 1);
  sql::Connection raw = db.raw();
  sql::Statement row = must(raw.prepare("SELECT gift_message FROM order_item"));
  REQUIRE(must(row.step()));
  CHECK(row.blob(0).find("birthday") == std::string::npos);
}
