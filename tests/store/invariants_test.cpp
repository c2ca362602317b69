#include <algorithm>
#include <set>

#include "tests/store/database.hpp"

using namespace zifa;
using namespace zifa::store_tests;

namespace {

// A shop in which every rule has something to look at, and holds.
struct Busy : Shop {
  explicit Busy(Database& of) : Shop(of) {
    order_id = add(order("113-1", OrderState::shipped));
    parcel_id = parcel(order_id);
    add(order("113-2", OrderState::cancelled));
    db.write([&](Tx& tx) -> Result<Done> {
      const OrderItemId item = TRY(tx.orders.items(order_id)).front().id;
      TRY(tx.parcels.insert_label(label(parcel_id, order_id, "YT1")));
      TRY(tx.stock.reserve({.item = item, .order = order_id, .warehouse = warehouse, .product = product, .quantity = 2}));
      TRY(tx.stock.move({.at = kNow, .warehouse = warehouse, .product = product, .kind = "issue", .quantity = -2, .parcel = parcel_id}));
      Parcel p = TRY(tx.parcels.find(parcel_id));
      p.state = ParcelState::dispatched;
      p.dispatched_at = p.confirmed_at = kNow;
      p.confirm_state = "confirmed";
      TRY(tx.parcels.update(p));
      TRY(tx.parcels.save_confirmation({.parcel = parcel_id, .account = account, .order = order_id, .state = "confirmed", .carrier_code = "YunExpress", .tracking_number = "YT1", .asked_at = kNow}));
      return tx.work.enqueue({.kind = "buy_label", .key = "1", .run_at = kNow, .created_at = kNow});
    });
  }
  OrderId order_id;
  ParcelId parcel_id;
};

struct Break {
  const char* rule;
  const char* how;
};

// One line for each rule: what breaks it. Unique indexes that would not let it happen are dropped first.
constexpr Break kBreaks[] = {
    {"stock_is_the_sum_of_its_movements", "UPDATE stock_item SET on_hand=on_hand+1"},
    {"reserved_is_the_sum_of_open_reservations", "UPDATE reservation SET state='released'"},
    {"no_unit_promised_twice", "UPDATE stock_item SET reserved=on_hand+1"},
    {"a_parcel_has_one_live_label", "DROP INDEX label_live; INSERT INTO label (parcel_id, order_id, attempt, state, service_id, carrier_id, tracking_number, bought_at) SELECT parcel_id, order_id, 2, state, service_id, carrier_id, 'YT2', bought_at FROM label"},
    {"a_tracking_number_is_used_once",
     "DROP INDEX label_number; INSERT INTO parcel (account_id, order_id, warehouse_id, state, created_at, updated_at) SELECT account_id, order_id, warehouse_id, 'planned', 1, 1 FROM parcel; INSERT INTO label (parcel_id, order_id, attempt, "
     "state, service_id, carrier_id, tracking_number, bought_at) SELECT (SELECT max(id) FROM parcel), order_id, 1, state, service_id, carrier_id, tracking_number, bought_at FROM label"},
    {"an_order_ships_no_more_than_was_bought", "UPDATE order_item SET quantity=1"},
    {"only_what_left_the_house_is_confirmed", "UPDATE parcel SET dispatched_at=NULL"},
    {"a_confirmation_names_the_live_number", "UPDATE confirmation SET tracking_number='YT9'"},
    {"a_confirmed_parcel_has_its_confirmation", "DELETE FROM confirmation"},
    {"a_parcel_that_left_took_its_stock", "UPDATE stock_movement SET kind='adjust'"},
    {"a_parcel_out_of_the_house_waits_for_its_confirmation", "UPDATE parcel SET confirm_state='due'"},
    {"every_order_has_items", "INSERT INTO orders (account_id, amazon_order_id, state, amazon_status, purchased_at, due, imported_at, updated_at) SELECT id, '113-9', 'to_plan', 'unshipped', 1, 1, 1, 1 FROM account"},
    {"a_cancelled_order_holds_no_stock", "UPDATE orders SET state='cancelled'"},
    {"one_unfinished_job_of_a_kind_and_key", "DROP INDEX job_unfinished; INSERT INTO job (kind, key, state, run_at, created_at) SELECT kind, key, 'unsure', run_at, created_at FROM job"},
};

}  // namespace

TEST_CASE("a shop at work breaks no rule, and every rule looked at something") {
  Database db;
  Busy shop(db);
  const CheckReport report = must(db.store().check_invariants());
  for (const Invariant& invariant : report.invariants) {
    CAPTURE(invariant.id);
    CHECK(invariant.broken == 0);
    CHECK(invariant.checked > 0);
  }
  CHECK(report.orders == 2);
  CHECK(report.labels == 1);
  CHECK(report.confirmations == 1);
}

TEST_CASE("each rule finds what breaks it, and names it") {
  std::set<std::string> known;
  for (const Break& each : kBreaks) {
    CAPTURE(each.rule);
    known.insert(each.rule);
    Database db;
    Busy shop(db);
    db.run(each.how);
    const CheckReport report = must(db.store().check_invariants());
    CHECK_FALSE(report.ok());
    const auto found = std::find_if(report.invariants.begin(), report.invariants.end(), [&](const Invariant& i) { return i.id == each.rule; });
    REQUIRE(found != report.invariants.end());
    CHECK(found->broken > 0);
    CHECK_FALSE(found->examples.empty());
  }
  Database db;
  for (const Invariant& invariant : must(db.store().check_invariants()).invariants)
    if (invariant.id != "the_file_is_whole") CHECK_MESSAGE(known.contains(invariant.id), invariant.id << " is broken by no case here");
}
