// Accounts, settings, jobs, the number check and account health.
#include "app/import_orders.hpp"
#include "setup_desk.hpp"

using namespace setup_desk;

namespace {

constexpr const char* kUs = "ATVPDKIKX0DER";

// A parcel that has left, whose confirmation nobody knows the end of.
struct Unsure {
  OrderId order;
  ParcelId parcel;
  JobId job;
};

Unsure unsure_confirmation(Shop& shop) {
  const Instant now = shop.clock.now();
  return must(shop.store().write([&](Tx& tx) -> Result<Unsure> {
    Unsure u;
    const AccountId account = TRY(tx.accounts.insert({.name = "US shop", .kind = "amazon", .region = "na", .marketplaces = {kUs}, .created_at = now}));
    const WarehouseId warehouse = TRY(tx.setup.save_warehouse({.name = "SZ", .country = "CN", .time_zone = "Asia/Shanghai"}));
    const ProductId product = TRY(tx.stock.insert_product({.sku = "MUG-1"}));
    TRY(tx.stock.move({.at = now, .warehouse = warehouse, .product = product, .kind = "receipt", .quantity = 5}));
    IncomingOrder incoming{.amazon_order_id = "111-0000001-0000001", .marketplace_id = kUs, .purchased_at = now - std::chrono::hours(48), .status = AmazonStatus::unshipped, .ship_by = now - std::chrono::hours(1)};
    incoming.items.push_back({.amazon_item_id = "item-1", .sku = "MUG-1", .quantity_ordered = 1});
    u.order = TRY(import_order(tx, account, incoming, now)).id;
    const OrderItem item = TRY(tx.orders.items(u.order)).front();
    Parcel parcel{.account = account, .order = u.order, .warehouse = warehouse, .state = ParcelState::dispatched, .dispatched_at = now, .confirm_state = "unsure", .confirm_error = "no answer", .created_at = now, .updated_at = now};
    parcel.items.push_back({.item = item.id, .product = product, .quantity = 1, .units = 1, .verified = 1});
    u.parcel = TRY(tx.parcels.insert(parcel));
    for (const Reservation& reservation : TRY(tx.stock.reservations(u.order))) TRY(tx.stock.close_reservation(reservation, "issued"));
    TRY(tx.stock.move({.at = now, .warehouse = warehouse, .product = product, .kind = "issue", .quantity = -1, .parcel = u.parcel}));
    const LabelId label = TRY(tx.parcels.insert_label({.parcel = u.parcel, .order = u.order, .attempt = 1, .carrier_id = "ups", .carrier_name = "UPS", .tracking_number = "1Z12345E0205271688", .bought_at = now}));
    TRY(tx.parcels.save_confirmation({.parcel = u.parcel, .account = account, .order = u.order, .label = label, .carrier_code = "UPS", .tracking_number = "1Z12345E0205271688", .asked_at = now}));
    TRY(tx.work.enqueue({.kind = "confirm_shipment", .key = std::to_string(u.parcel.value()), .run_at = now, .order = u.order, .created_at = now}));
    for (const Job& job : TRY(tx.work.claim("test", now, now + std::chrono::minutes(1), 20)))
      if (job.kind == "confirm_shipment") {
        u.job = job.id;
        TRY(tx.work.finish(job, "test", "unsure", std::nullopt, "no answer", now));
      } else {
        TRY(tx.work.finish(job, "test", "completed", std::nullopt, "", now));
      }
    return u;
  }));
}

std::string confirm_state(Shop& shop, ParcelId id) {
  return must(shop.store().read([&](Tx& tx) { return tx.parcels.find(id); })).confirm_state;
}

}  // namespace

TEST_CASE("what happened is recorded as confirmed when a person says so") {
  Shop shop;
  const Unsure u = unsure_confirmation(shop);
  const Reply list = shop.get("/api/jobs?state=unsure", "operations");
  REQUIRE(list.body.as_array().size() == 1);
  CHECK(json::get_text(list.body.as_array()[0], "kind") == "confirm_shipment");
  CHECK(json::get_text(list.body.as_array()[0], "order_id") == std::to_string(u.order.value()));
  const std::string path = "/api/jobs/" + std::to_string(u.job.value());
  const Instant asked = shop.clock.now();
  shop.clock.advance(std::chrono::hours(2));
  CHECK(shop.post(path + "/resolve", "{}").code() == "field.missing");
  CHECK(shop.post(path + "/resolve", R"({"happened":true})", "operations").text("state") == "completed");
  CHECK(confirm_state(shop, u.parcel) == "confirmed");
  const auto kept = must(shop.store().read([&](Tx& tx) { return tx.parcels.confirmation(u.parcel); }));
  REQUIRE(kept.has_value());
  CHECK(kept->via == "person");
  CHECK(kept->first_confirmed_at == asked);
  CHECK(kept->edits == 0);
  CHECK(shop.post(path + "/resolve", R"({"happened":true})").code() == "job.not_unsure");
  CHECK(shop.post(path + "/retry", "").code() == "job.over");
  CHECK(must(shop.store().check_invariants()).ok());
}

TEST_CASE("what did not happen is asked again") {
  Shop shop;
  const Unsure u = unsure_confirmation(shop);
  CHECK(shop.post("/api/jobs/" + std::to_string(u.job.value()) + "/resolve", R"({"happened":false})").status == 200);
  CHECK(confirm_state(shop, u.parcel) == "due");
  const auto waiting = must(shop.store().read([&](Tx& tx) { return tx.work.unfinished("confirm_shipment", std::to_string(u.parcel.value())); }));
  REQUIRE(waiting.has_value());
  CHECK(waiting->state == "available");
  CHECK(waiting->attempt == 0);
  CHECK(must(shop.store().check_invariants()).ok());
}

TEST_CASE("a job that is taken off the list leaves its parcel marked as failed, and may be tried again") {
  Shop shop;
  const Unsure u = unsure_confirmation(shop);
  const std::string path = "/api/jobs/" + std::to_string(u.job.value());
  CHECK(shop.post(path + "/cancel", "").text("state") == "cancelled");
  CHECK(confirm_state(shop, u.parcel) == "failed");
  CHECK(shop.post(path + "/cancel", "").code() == "job.over");
  CHECK(shop.post("/api/jobs/999/retry", "").status == 404);
  CHECK(shop.get("/api/jobs?state=asleep").code() == "field.bad");
}

TEST_CASE("settings are checked one by one; a key goes in and never comes out") {
  Shop shop;
  const Reply before = shop.get("/api/settings", "warehouse");
  CHECK(before.body.at("write_stop") == false);
  CHECK(before.body.at("auto_plan") == true);
  const Reply after = shop.patch("/api/settings", R"({"write_stop":true,"weight_tolerance_percent":2.5,"weight_tolerance_g":20,"default_label":"zpl","currency":"usd","tracking_token":"secret-key-1","tracking_url":"https://api.17track.net"})");
  CHECK(after.status == 200);
  CHECK(after.body.at("write_stop") == true);
  CHECK(after.body.at("weight_tolerance_percent").to_number<double>() == 2.5);
  CHECK(after.text("currency") == "USD");
  CHECK(after.body.at("tracking_token_set") == true);
  CHECK(after.raw.find("secret-key-1") == std::string::npos);
  CHECK(must(shop.store().read([](Tx& tx) { return tx.setup.setting("tracking_token", ""); })) == "secret-key-1");
  CHECK(shop.get("/api/settings").raw == after.raw);
  for (const char* bad : {R"({"write_stop":1})", R"({"confirm_on":"never"})", R"({"weight_tolerance_percent":-1})", R"({"weight_tolerance_g":1.5})", R"({"default_label":"png"})", R"({"currency":"dollars"})", R"({"tracking_url":"http://example.com"})", R"({"stock_buffer":-1})"}) {
    CAPTURE(bad);
    CHECK(shop.patch("/api/settings", bad).status == 400);
  }
  CHECK(shop.get("/api/settings").raw == after.raw);
}

TEST_CASE("lifting the stop lets what waited go on") {
  Shop shop;
  shop.patch("/api/settings", R"({"write_stop":true})");
  const Unsure u = unsure_confirmation(shop);
  shop.post("/api/jobs/" + std::to_string(u.job.value()) + "/retry", "");
  must(shop.desk().run_until_idle());
  const auto kept_back = must(shop.store().read([&](Tx& tx) { return tx.work.unfinished("confirm_shipment", std::to_string(u.parcel.value())); }));
  REQUIRE(kept_back.has_value());
  CHECK(kept_back->state == "retryable");
  CHECK(kept_back->last_error.find("emergency stop") != std::string::npos);
  shop.patch("/api/settings", R"({"write_stop":false})");
  CHECK(must(shop.store().read([&](Tx& tx) { return tx.work.unfinished("confirm_shipment", std::to_string(u.parcel.value())); }))->state == "available");
}

TEST_CASE("an account is connected with its keys, which are never shown") {
  Shop shop;
  const std::string body = R"({"name":"US","region":"na","seller_id":"A1SELLER","marketplaces":["US","A2EUQ1WTGCTBG2"],"client_id":"amzn1.app.1","client_secret":"s3cret","refresh_token":"Atzr|abc"})";
  const Reply made = shop.post("/api/accounts", body);
  CAPTURE(made.raw);
  REQUIRE(made.status == 201);
  CHECK(made.text("status") == "new");
  CHECK(made.text("secret_expires_on").size() == 10);
  CHECK(made.body.at("marketplaces").as_array().size() == 2);
  CHECK(made.raw.find("s3cret") == std::string::npos);
  CHECK(shop.get("/api/accounts").raw.find("Atzr") == std::string::npos);
  CHECK(shop.post("/api/accounts", body).code() == "account.name_taken");
  const std::string path = "/api/accounts/" + made.text("id");
  CHECK(shop.patch(path, R"({"name":"US shop","client_secret":"new-secret"})").text("name") == "US shop");
  const Credentials kept = must(shop.store().read([&](Tx& tx) { return tx.accounts.credentials(AccountId(1)); }));
  CHECK(kept.client_secret == "new-secret");
  CHECK(kept.refresh_token == "Atzr|abc");
  CHECK(shop.patch(path, R"({"client_secret":"two\nlines"})").code() == "account.bad_secret");
  CHECK(shop.patch(path, R"({"marketplaces":["JP"]})").code() == "account.bad_marketplace");
  CHECK(shop.patch(path, R"({"status":"paused"})").text("status") == "paused");
  CHECK(shop.call("POST", path + "/sync", "", "operations").status == 200);
  CHECK(must(shop.store().read([](Tx& tx) { return tx.work.unfinished("sync_orders", "1"); })).has_value());

  const Reply files = shop.post("/api/accounts", R"({"name":"Files","kind":"file"})");
  CHECK(files.text("status") == "ok");
  CHECK(shop.post("/api/accounts/" + files.text("id") + "/sync", "").code() == "account.no_api");
  CHECK(shop.post("/api/accounts/" + files.text("id") + "/check", "").code() == "account.no_api");
  CHECK(shop.post("/api/accounts", R"({"name":"Empty"})").code() == "account.nothing_to_connect");
  CHECK(shop.post("/api/accounts", R"({"name":"Box","sandbox_url":"http://127.0.0.1:9"})").status == 503);
  CHECK(shop.post("/api/accounts", R"({"name":"No keys","region":"eu","seller_id":"A2","marketplaces":["DE"]})").code() == "field.missing");
}

TEST_CASE("numbers are checked as the command line checks them") {
  Shop shop;
  const Reply reply = shop.post("/api/tracking/check", R"({"numbers":["1Z 5R8939 0357567127","1Z5R89390357567128","??"],"carrier":"ups"})", "warehouse");
  REQUIRE(reply.body.at("results").as_array().size() == 3);
  const json::value& good = reply.body.at("results").as_array()[0];
  CHECK(json::get_text(good, "verdict") == "valid");
  CHECK(json::get_text(good, "number") == "1Z5R89390357567127");
  CHECK(json::get_text(good, "amazon_code") == "UPS");
  CHECK(json::get_text(reply.body.at("results").as_array()[1], "verdict") == "suspect");
  CHECK(json::get_text(reply.body.at("results").as_array()[2], "verdict") == "malformed");
  CHECK(shop.post("/api/tracking/check", R"({"numbers":["1"],"carrier":"upss"})").code() == "carrier.unknown");
  CHECK(shop.post("/api/tracking/check", R"({"numbers":[]})").code() == "field.bad");
  CHECK(shop.post("/api/tracking/check", R"({"numbers":[17]})").code() == "field.bad");
}

TEST_CASE("account health counts the late order, says when it leaves, and shows Amazon's figures beside ours") {
  Shop shop;
  const Unsure u = unsure_confirmation(shop);
  must(shop.store().write([&](Tx& tx) {
    return tx.work.save_health_report({.account = AccountId(1), .marketplace_id = kUs, .at = shop.clock.now(), .content = R"({"accountStatuses":[],"performanceMetrics":[{"marketplaceId":"ATVPDKIKX0DER","lateShipmentRate":{"rate":0.0312,"orderCount":96,"lateShipmentCount":3,"status":"GOOD"},"policyViolations":{"defectsCount":0}}]})"});
  }));
  shop.post("/api/jobs/" + std::to_string(u.job.value()) + "/resolve", R"({"happened":true})");
  const Reply health = shop.get("/api/account-health?account=1&marketplace=US", "operations");
  CAPTURE(health.raw);
  REQUIRE(health.status == 200);
  CHECK(health.text("marketplace") == "US");
  const json::value* lsr = nullptr;
  for (const json::value& metric : health.body.at("metrics").as_array()) {
    CHECK(metric.at("limit").is_string());
    if (json::get_text(metric, "id") == "lsr_30") lsr = &metric;
  }
  REQUIRE(lsr != nullptr);
  CHECK(json::get_int(*lsr, "late") == 1);
  CHECK(json::get_int(*lsr, "orders") == 1);
  CHECK(lsr->at("by_day").as_array().size() == 61);
  REQUIRE(health.body.at("late_orders").as_array().size() == 1);
  const json::value& late = health.body.at("late_orders").as_array()[0];
  CHECK(json::get_text(late, "amazon_order_id") == "111-0000001-0000001");
  // The day on which the projection no longer counts it.
  std::string first_day_without;
  for (const json::value& day : lsr->at("by_day").as_array())
    if (first_day_without.empty() && json::get_int(day, "late") == 0) first_day_without = json::get_text(day, "day");
  CHECK(json::get_text(late, "leaves_30_on") == first_day_without);
  CHECK(health.body.at("reported").at("lateShipmentRate").at("rate") == 0.0312);
  CHECK(!health.body.at("reported").as_object().contains("policyViolations"));
  CHECK(shop.get("/api/account-health?marketplace=Mars").code() == "marketplace.unknown");
  CHECK(shop.get("/api/account-health?account=77").status == 404);
  CHECK(shop.get("/api/account-health?account=1&basis=moon").code() == "field.bad");
}

TEST_CASE("an open order that is due soon is at risk") {
  Shop shop;
  const Instant now = shop.clock.now();
  must(shop.store().write([&](Tx& tx) -> Result<Done> {
    const AccountId account = TRY(tx.accounts.insert({.name = "US shop", .kind = "amazon", .region = "na", .marketplaces = {kUs}, .created_at = now}));
    for (const auto& [number, hours] : {std::pair<const char*, int>{"111-0000001-0000001", 5}, {"111-0000001-0000002", 90}}) {
      IncomingOrder incoming{.amazon_order_id = number, .marketplace_id = kUs, .purchased_at = now, .status = AmazonStatus::unshipped, .ship_by = now + std::chrono::hours(hours)};
      incoming.items.push_back({.amazon_item_id = number, .sku = "MUG-1", .quantity_ordered = 1});
      TRY(import_order(tx, account, incoming, now));
    }
    return done;
  }));
  const Reply health = shop.get("/api/account-health");
  REQUIRE(health.body.at("at_risk").as_array().size() == 1);
  CHECK(json::get_text(health.body.at("at_risk").as_array()[0], "amazon_order_id") == "111-0000001-0000001");
  CHECK(health.body.at("reported").is_null());
}
