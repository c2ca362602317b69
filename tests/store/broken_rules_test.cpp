// What may never be: each rule is broken on purpose, past the store, and `zifa check` must find it. And opening what is not ours to open.
#include <fstream>
#include <map>

#include "tests/store/opened.hpp"

namespace zifa::testing {

namespace {

// One order whose parcel was bought a label for, left, and was confirmed.
struct Shipped {
  WarehouseId warehouse;
  ProductId product;
  OrderId order;
  ParcelId parcel;
};

Shipped shipped_order(Store& store, AccountId account, const std::string& number, const std::string& tracking) {
  Shipped made;
  store.write([&](Tx& tx) -> Result<Done> {
    const auto warehouses = TRY(tx.setup.warehouses());
    made.warehouse = warehouses.empty() ? TRY(tx.setup.save_warehouse({.name = "Shenzhen", .country = "CN", .time_zone = "Asia/Shanghai"})) : warehouses.front().id;
    if (const auto known = TRY(tx.stock.product_with_sku("MUG"))) made.product = known->id;
    else made.product = TRY(tx.stock.insert_product({.sku = "MUG", .title = "A mug"}));
    TRY(tx.stock.move({.at = kNow, .warehouse = made.warehouse, .product = made.product, .kind = "receipt", .quantity = 5, .reason = "came in", .actor = "lin"}));
    Order order = an_order(account, number);
    order.state = OrderState::shipped;
    order.confirm_state = "confirmed";
    made.order = TRY(tx.orders.insert(order));
    const OrderItemId item = TRY(tx.orders.insert_item({.order = made.order, .amazon_item_id = "i" + number, .sku = "MUG", .quantity = 1, .product = made.product}));
    Parcel parcel{.account = account, .order = made.order, .warehouse = made.warehouse, .state = ParcelState::dispatched};
    parcel.items.push_back({.item = item, .product = made.product, .quantity = 1, .units = 1});
    parcel.dispatched_at = kNow;
    parcel.confirm_state = "confirmed";
    parcel.confirmed_at = kNow;
    parcel.created_at = parcel.updated_at = kNow;
    made.parcel = TRY(tx.parcels.insert(parcel));
    TRY(tx.stock.move({.at = kNow, .warehouse = made.warehouse, .product = made.product, .kind = "issue", .quantity = -1, .parcel = made.parcel, .reason = "left", .actor = "lin"}));
    Label label{.parcel = made.parcel, .order = made.order, .attempt = 1, .carrier_id = "ups", .carrier_name = "UPS", .service_name = "Ground"};
    label.tracking_number = tracking;
    label.verdict = "valid";
    label.bought_at = kNow;
    label.id = TRY(tx.parcels.insert_label(label));
    StoredConfirmation confirmation{.parcel = made.parcel, .account = account, .order = made.order, .label = label.id, .state = "confirmed"};
    confirmation.tracking_number = tracking;
    confirmation.asked_at = kNow;
    confirmation.confirmed_at = confirmation.first_confirmed_at = kNow;
    return tx.parcels.save_confirmation(confirmation);
  }).value();
  return made;
}

std::vector<std::string> broken(OpenedStore& store) {
  std::vector<std::string> ids;
  const CheckReport report = store->check_invariants().value();
  for (const Invariant& one : report.invariants)
    if (one.broken > 0) {
      ids.push_back(one.id);
      CHECK(!one.examples.empty());
    }
  return ids;
}

}  // namespace

TEST_CASE("a shop that shipped two orders has nothing broken") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  shipped_order(*store, account, "111-1", "1Z999AA10123456784");
  shipped_order(*store, account, "111-2", "1Z999AA10123456793");
  const CheckReport report = store->check_invariants().value();
  CHECK(report.ok());
  CHECK(report.orders == 2);
  CHECK(report.labels == 2);
  CHECK(report.confirmations == 2);
}

TEST_CASE("every rule that is broken past the program is found") {
  struct Case {
    std::string id, sql;
  };
  // {p} the first parcel, {o} its order, {w} {g} warehouse and product, {q} the second parcel.
  const Case cases[] = {
      {"stock_is_the_sum_of_its_movements", "UPDATE stock_item SET on_hand = on_hand + 1"},
      {"reserved_is_the_sum_of_open_reservations", "UPDATE stock_item SET reserved = reserved + 1"},
      {"no_unit_promised_twice", "UPDATE stock_item SET reserved = on_hand + 1"},
      {"a_parcel_has_one_live_label", "DROP INDEX label_live; INSERT INTO label SELECT * FROM (SELECT * FROM label LIMIT 0) x; UPDATE label SET parcel_id = {p}, attempt = id"},
      {"a_tracking_number_is_used_once", "DROP INDEX label_number; UPDATE label SET tracking_number = 'SAME1'; UPDATE confirmation SET tracking_number = 'SAME1'"},
      {"an_order_ships_no_more_than_was_bought", "UPDATE parcel_item SET quantity = 2"},
      {"only_what_left_the_house_is_confirmed", "UPDATE parcel SET dispatched_at = NULL WHERE id = {p}"},
      {"a_confirmation_names_the_live_number", "UPDATE confirmation SET tracking_number = 'OTHER1' WHERE parcel_id = {p}"},
      {"a_confirmed_parcel_has_its_confirmation", "DELETE FROM confirmation WHERE parcel_id = {p}"},
      {"a_parcel_that_left_took_its_stock", "DELETE FROM stock_movement WHERE parcel_id = {p}; UPDATE stock_item SET on_hand = on_hand + 1"},
      {"a_parcel_out_of_the_house_waits_for_its_confirmation", "UPDATE parcel SET confirm_state = 'due' WHERE id = {p}"},
      {"every_order_has_items", "DELETE FROM parcel_item WHERE parcel_id = {p}; DELETE FROM order_item WHERE order_id = {o}"},
      {"a_cancelled_order_holds_no_stock", "UPDATE orders SET state = 'cancelled' WHERE id = {o}; INSERT INTO reservation (order_item_id, order_id, warehouse_id, product_id, quantity, state) VALUES ((SELECT id FROM order_item WHERE order_id = {o}), {o}, {w}, {g}, 1, 'open'); UPDATE stock_item SET reserved = 1"},
      {"one_unfinished_job_of_a_kind_and_key", "DROP INDEX job_unfinished; INSERT INTO job (kind, key, args, state, priority, run_at, created_at) VALUES ('confirm_shipment', '1', '{}', 'available', 0, 0, 0), ('confirm_shipment', '1', '{}', 'unsure', 0, 0, 0)"},
  };
  std::map<std::string, bool> tried;
  for (const Case& one : cases) {
    CAPTURE(one.id);
    OpenedStore store;
    const AccountId account = an_account(*store);
    const Shipped first = shipped_order(*store, account, "111-1", "1Z999AA10123456784");
    const Shipped second = shipped_order(*store, account, "111-2", "1Z999AA10123456793");
    store.close();
    std::string sql = one.sql;
    for (const auto& [name, value] : {std::pair<std::string, std::int64_t>{"{p}", first.parcel.value()}, {"{q}", second.parcel.value()}, {"{o}", first.order.value()}, {"{w}", first.warehouse.value()}, {"{g}", first.product.value()}})
      for (std::size_t at = sql.find(name); at != std::string::npos; at = sql.find(name)) sql.replace(at, name.size(), std::to_string(value));
    store.raw(sql);
    store.open();
    const auto found = broken(store);
    CHECK(std::find(found.begin(), found.end(), one.id) != found.end());
    CHECK(!store->check_invariants().value().ok());
    tried[one.id] = true;
  }
  OpenedStore store;
  const CheckReport report = store->check_invariants().value();
  for (const Invariant& one : report.invariants) CHECK_MESSAGE((tried.contains(one.id) || one.id == "the_file_is_whole"), one.id << " has no test that breaks it");
}

TEST_CASE("a SQLite file with a page overwritten is found damaged") {
  OpenedStore store;
  if (store.is_postgres()) return;
  const AccountId account = an_account(*store);
  for (int i = 0; i < 40; ++i) shipped_order(*store, account, "111-" + std::to_string(i), "TEST" + std::to_string(100'000'000 + i));
  store.close();
  {
    std::fstream file(store.url(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(store.number("SELECT max(rootpage) FROM sqlite_master") - 1) * 4'096);
    file << std::string(4'096, '\x5A');
  }
  const auto opened = store.try_open();
  if (!opened) return;  // noticed even earlier
  const auto report = (*opened)->check_invariants();
  if (!report) return;
  CHECK(!report->ok());
}

TEST_CASE("what the indexes forbid cannot be stored at all") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  const Shipped first = shipped_order(*store, account, "111-1", "1Z999AA10123456784");
  Label label{.parcel = first.parcel, .order = first.order, .attempt = 2, .carrier_id = "ups", .carrier_name = "UPS", .service_name = "Ground"};
  label.tracking_number = "1Z999AA10123456793";
  label.bought_at = kNow;
  CHECK(store->write([&](Tx& tx) { return tx.parcels.insert_label(label); }).error().code == "label.already_used");
  const auto movement = store->write([&](Tx& tx) { return tx.stock.move({.at = kNow, .warehouse = first.warehouse, .product = first.product, .kind = "adjust", .quantity = -100, .reason = "broken", .actor = "lin"}); });
  CHECK(!movement);
}

TEST_CASE("a database of a later program and one with another history are refused") {
  OpenedStore store;
  store.close();
  store.raw("INSERT INTO migration (number, checksum) VALUES (9999, 'x')");
  CHECK(store.try_open().error().code == "store.newer");
  store.raw("DELETE FROM migration WHERE number = 9999; UPDATE migration SET checksum = 'other' WHERE number = 1");
  CHECK(store.try_open().error().code == "store.changed_migration");
}

TEST_CASE("opening twice changes nothing") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  shipped_order(*store, account, "111-1", "1Z999AA10123456784");
  store.open();
  store.open();
  CHECK(store->check_invariants().value().orders == 1);
}

TEST_CASE("a backup of SQLite is whole and checks well; PostgreSQL names its own tool") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  shipped_order(*store, account, "111-1", "1Z999AA10123456784");
  const std::string backup = (store.folder() / "backup.db").string();
  const auto made = store->backup_to(backup);
  if (store.is_postgres()) {
    REQUIRE(!made);
    CHECK(made.error().message.find("pg_dump") != std::string::npos);
    return;
  }
  REQUIRE(made);
  const auto copy = open_store({.url = backup}, store.secrets());
  REQUIRE(copy);
  CHECK((*copy)->check_invariants().value().orders == 1);
}

TEST_CASE("a file that is no database, a folder and a read-only place are named errors") {
  OpenedStore store;
  if (store.is_postgres()) {
    const auto nobody = open_store({.url = "postgresql://nobody@127.0.0.1:1/none"}, store.secrets());
    REQUIRE(!nobody);
    CHECK(nobody.error().message.find("does not answer") != std::string::npos);
    return;
  }
  const std::string file = (store.folder() / "letter.txt").string();
  std::ofstream(file) << "Dear database, I am none. " << std::string(4'096, 'x');
  for (const std::string& path : {file, store.folder().string(), std::string("/no/such/folder/desk.db")}) {
    CAPTURE(path);
    const auto opened = open_store({.url = path}, store.secrets());
    REQUIRE(!opened);
    CHECK(!opened.error().message.empty());
  }
}

}  // namespace zifa::testing
