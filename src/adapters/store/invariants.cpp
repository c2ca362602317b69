// What must hold in every stored database, at every moment between two transactions. `zifa check` runs these.
#include "adapters/store/rows.hpp"

namespace zifa::sql {

namespace {

// `all` counts what was looked at; `broken` lists names of what breaks the rule.
struct Rule {
  const char* id;
  const char* all;
  const char* broken;
};

constexpr Rule kRules[] = {
    {"stock_is_the_sum_of_its_movements", "SELECT count(*) FROM stock_item",
     "SELECT 'product ' || i.product_id || ' in warehouse ' || i.warehouse_id FROM stock_item i WHERE i.on_hand <> (SELECT coalesce(sum(m.quantity),0) FROM stock_movement m WHERE m.product_id=i.product_id AND "
     "m.warehouse_id=i.warehouse_id)"},
    {"reserved_is_the_sum_of_open_reservations", "SELECT count(*) FROM stock_item",
     "SELECT 'product ' || i.product_id || ' in warehouse ' || i.warehouse_id FROM stock_item i WHERE i.reserved <> (SELECT coalesce(sum(r.quantity),0) FROM reservation r WHERE r.product_id=i.product_id AND "
     "r.warehouse_id=i.warehouse_id AND r.state='open')"},
    {"no_unit_promised_twice", "SELECT count(*) FROM stock_item", "SELECT 'product ' || product_id || ' in warehouse ' || warehouse_id FROM stock_item WHERE reserved > on_hand AND reserved > 0 AND on_hand >= 0"},
    {"a_parcel_has_one_live_label", "SELECT count(*) FROM parcel", "SELECT 'P' || parcel_id FROM label WHERE state='bought' GROUP BY parcel_id HAVING count(*) > 1"},
    {"a_tracking_number_is_used_once", "SELECT count(*) FROM label WHERE state='bought'", "SELECT tracking_number FROM label WHERE state='bought' GROUP BY carrier_id, tracking_number HAVING count(*) > 1"},
    {"an_order_ships_no_more_than_was_bought", "SELECT count(*) FROM order_item",
     "SELECT o.amazon_order_id FROM order_item i JOIN orders o ON o.id=i.order_id WHERE i.quantity < (SELECT coalesce(sum(x.quantity),0) FROM parcel_item x JOIN parcel p ON p.id=x.parcel_id WHERE x.order_item_id=i.id AND "
     "p.state<>'cancelled')"},
    {"only_what_left_the_house_is_confirmed", "SELECT count(*) FROM confirmation",
     "SELECT 'P' || k.parcel_id FROM confirmation k JOIN parcel p ON p.id=k.parcel_id WHERE p.dispatched_at IS NULL"},
    {"a_confirmation_names_the_live_number", "SELECT count(*) FROM confirmation WHERE state='confirmed'",
     "SELECT 'P' || k.parcel_id FROM confirmation k WHERE k.state='confirmed' AND NOT EXISTS (SELECT 1 FROM label l WHERE l.parcel_id=k.parcel_id AND l.tracking_number=k.tracking_number)"},
    {"a_confirmed_parcel_has_its_confirmation", "SELECT count(*) FROM parcel WHERE confirm_state='confirmed'",
     "SELECT 'P' || p.id FROM parcel p WHERE p.confirm_state='confirmed' AND NOT EXISTS (SELECT 1 FROM confirmation k WHERE k.parcel_id=p.id AND k.state='confirmed')"},
    {"a_parcel_that_left_took_its_stock", "SELECT count(*) FROM parcel WHERE dispatched_at IS NOT NULL",
     "SELECT 'P' || p.id FROM parcel p WHERE p.dispatched_at IS NOT NULL AND (SELECT coalesce(sum(i.units),0) FROM parcel_item i WHERE i.parcel_id=p.id) <> (SELECT coalesce(-sum(m.quantity),0) FROM stock_movement m WHERE "
     "m.parcel_id=p.id AND m.kind='issue')"},
    {"a_parcel_out_of_the_house_waits_for_its_confirmation", "SELECT count(*) FROM parcel WHERE dispatched_at IS NOT NULL",
     "SELECT 'P' || p.id FROM parcel p JOIN orders o ON o.id=p.order_id WHERE p.dispatched_at IS NOT NULL AND p.confirm_state='due' AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id=p.account_id AND a.kind='file') AND NOT "
     "EXISTS (SELECT 1 FROM job j WHERE j.kind='confirm_shipment' AND j.key=CAST(p.id AS TEXT) AND j.state IN ('available','scheduled','running','retryable','unsure'))"},
    {"every_order_has_items", "SELECT count(*) FROM orders", "SELECT o.amazon_order_id FROM orders o WHERE NOT EXISTS (SELECT 1 FROM order_item i WHERE i.order_id=o.id)"},
    {"a_cancelled_order_holds_no_stock", "SELECT count(*) FROM orders WHERE state='cancelled'",
     "SELECT o.amazon_order_id FROM orders o WHERE o.state='cancelled' AND EXISTS (SELECT 1 FROM reservation r WHERE r.order_id=o.id AND r.state='open')"},
    {"one_unfinished_job_of_a_kind_and_key", "SELECT count(*) FROM job", "SELECT kind || ' ' || key FROM job WHERE state IN ('available','scheduled','running','retryable','unsure') GROUP BY kind, key HAVING count(*) > 1"},
};

Result<std::int64_t> count(Connection& c, const char* sql) {
  Statement s = TRY(c.prepare_once(sql));
  if (!TRY(s.step())) return std::int64_t{0};
  return s.integer(0);
}

}  // namespace

Result<CheckReport> check_invariants(Connection& c) {
  CheckReport report;
  report.orders = TRY(count(c, "SELECT count(*) FROM orders"));
  report.labels = TRY(count(c, "SELECT count(*) FROM label WHERE state='bought'"));
  report.confirmations = TRY(count(c, "SELECT count(*) FROM confirmation WHERE state='confirmed'"));
  for (const Rule& rule : kRules) {
    Invariant invariant{.id = rule.id, .checked = TRY(count(c, rule.all))};
    Statement s = TRY(c.prepare_once(rule.broken));
    while (TRY(s.step())) {
      ++invariant.broken;
      if (invariant.examples.size() < 5) invariant.examples.push_back(s.text(0));
    }
    report.invariants.push_back(std::move(invariant));
  }
  if (c.dialect() == Dialect::sqlite) {
    Invariant whole{.id = "the_file_is_whole", .checked = 1};
    Statement s = TRY(c.prepare_once("PRAGMA quick_check(5)"));
    while (TRY(s.step()))
      if (s.view(0) != "ok") {
        ++whole.broken;
        whole.examples.push_back(s.text(0));
      }
    report.invariants.push_back(std::move(whole));
  }
  return report;
}

}  // namespace zifa::sql
