// Parcels that move, the tracking service, buyers that order by themselves, notifications.
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

namespace {

Answer track(Desk& desk, std::string_view verb, std::string_view number, std::string_view key = "any") {
  return desk.send({.method = "POST", .target = "/track/v2.2/" + std::string(verb), .headers = {{"17token", std::string(key)}, {"Content-Type", "application/json"}}, .body = json::text(json::array{json::object{{"number", number}}}), .remote = ""});
}

}  // namespace

TEST_CASE("a confirmed parcel is scanned by itself until it arrives") {
  Desk desk;
  const json::value order = desk.order();
  CHECK(desk.confirm(order).status == 204);
  const std::string read = "/orders/2026-01-01/orders/" + json::get_text(order, "order_id") + "?includedData=PACKAGES";
  CHECK(json::get_text(desk.get(read).list("order.packages")[0], "packageStatus.status") == "SHIPPED");
  desk.wait(86'400);
  CHECK(json::get_text(desk.get(read).list("order.packages")[0], "packageStatus.status") == "IN_TRANSIT");
  desk.wait(60 * 86'400);
  const std::string end = json::get_text(desk.get(read).list("order.packages")[0], "packageStatus.status");
  CHECK((end == "DELIVERED" || end == "UNDELIVERABLE"));
}

TEST_CASE("most parcels arrive in time, a few late, a few never") {
  Desk desk;
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  int delivered = 0, registered = 0;
  std::vector<std::string> numbers;
  const Answer placed = desk.control("POST", "orders", json::object{{"count", 300}});
  for (const json::value& order : placed.list("orders")) {
    numbers.push_back("YT26061" + std::to_string(100'000'000 + numbers.size()));
    CHECK(desk.confirm(order, "1", numbers.back()).status == 204);
  }
  desk.wait(70 * 86'400);
  for (const std::string& number : numbers) {
    registered += track(desk, "register", number).list("data.accepted").size() == 1;
    const Answer info = track(desk, "gettrackinfo", number);
    delivered += json::get_text(info.list("data.accepted")[0], "track_info.latest_status.status") == "Delivered";
  }
  CHECK(registered == 300);
  CHECK(delivered > 280);
  CHECK(delivered < 300);
}

TEST_CASE("the tracking service speaks 17TRACK: register first, newest event first, errors in its numbers") {
  Desk desk;
  const std::string number = "9400111899223817576194";
  CHECK(track(desk, "register", number, "").status == 401);
  CHECK(desk.confirm(desk.order(), "1", number).status == 204);
  const Answer early = track(desk, "gettrackinfo", number);
  CHECK(*json::get_int(early.list("data.rejected")[0], "error.code") == -18019902);
  const Answer registered = track(desk, "register", number);
  CHECK(registered.number("code") == 0);
  CHECK(*json::get_int(registered.list("data.accepted")[0], "carrier") == 21051);
  CHECK(*json::get_int(track(desk, "register", number).list("data.rejected")[0], "error.code") == -18019901);
  CHECK(json::get_text(track(desk, "gettrackinfo", number).list("data.accepted")[0], "track_info.latest_status.status") == "InfoReceived");
  CHECK(desk.control("POST", "parcels/" + number + "/scans", json::object{{"code", "accepted"}, {"at", "2026-03-02T16:00:00Z"}}).status == 201);
  CHECK(desk.control("POST", "parcels/" + number + "/scans", json::object{{"code", "delivered"}}).status == 201);
  const Answer info = track(desk, "gettrackinfo", number);
  const json::value& parcel = info.list("data.accepted")[0];
  CHECK(json::get_text(parcel, "track_info.latest_status.sub_status") == "Delivered_Other");
  const json::array& events = *json::find_array((*json::find_array(parcel, "track_info.tracking.providers"))[0], "events");
  REQUIRE(events.size() == 2);
  CHECK(json::get_text(events[0], "stage") == "Delivered");
  CHECK(json::get_text(events[1], "time_utc") == "2026-03-02T16:00:00Z");
  // Driven by hand it stays where it was put.
  desk.wait(60 * 86'400);
  CHECK(json::find_array((*json::find_array(track(desk, "gettrackinfo", number).list("data.accepted")[0], "track_info.tracking.providers"))[0], "events")->size() == 2);
  CHECK(desk.control("POST", "parcels/NOBODY/scans", json::object{{"code", "delivered"}}).status == 404);
  CHECK(desk.control("POST", "parcels/" + number + "/scans", json::object{{"code", "eaten"}}).status == 400);
  CHECK(track(desk, "register", "hello").list("data.rejected").size() == 1);
}

TEST_CASE("a corrected number takes the journey with it") {
  Desk desk;
  const json::value order = desk.order();
  CHECK(desk.confirm(order, "1", "9400111899223817576194").status == 204);
  CHECK(desk.confirm(order, "1", "9400111899223817576200").status == 204);
  desk.wait(60 * 86'400);
  (void)track(desk, "register", "9400111899223817576194");
  (void)track(desk, "register", "9400111899223817576200");
  CHECK(json::get_text(track(desk, "gettrackinfo", "9400111899223817576194").list("data.accepted")[0], "track_info.latest_status.status") == "InfoReceived");
  CHECK(json::get_text(track(desk, "gettrackinfo", "9400111899223817576200").list("data.accepted")[0], "track_info.latest_status.status") != "InfoReceived");
}

TEST_CASE("buyers order by themselves, about as many a day as asked for, the same for the same seed") {
  const auto day = [](std::uint64_t seed) {
    Options options;
    options.seed = seed;
    options.orders_per_day = 200;
    Desk desk(options);
    desk.wait(3 * 86'400);
    return json::text(*json::find(desk.control("GET", "state").body, "orders"));
  };
  const json::value orders = json::parse(day(1)).value();
  std::int64_t total = 0;
  for (const auto& [status, count] : orders.get_object()) total += count.as_int64();
  CHECK(total > 560);
  CHECK(total < 640);
  CHECK(day(1) == day(1));
}

TEST_CASE("vtr and otdr count scans the way Amazon does") {
  Desk desk;
  const json::object wish{{"service", "Expedited"}, {"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 2}}}}};
  const json::value on_time = desk.order(wish), late = desk.order(wish), silent = desk.order(wish);
  CHECK(desk.confirm(on_time, "1", "9400111899223817576194").status == 204);
  CHECK(desk.confirm(late, "1", "9400111899223817576200").status == 204);
  CHECK(desk.confirm(silent, "1", "NOT A NUMBER").status == 204);
  CHECK(desk.control("POST", "parcels/9400111899223817576194/scans", json::object{{"code", "accepted"}}).status == 201);
  CHECK(desk.control("POST", "parcels/9400111899223817576200/scans", json::object{{"code", "accepted"}}).status == 201);
  CHECK(desk.control("POST", "clock", json::object{{"to", json::get_text(on_time, "deliver_by")}}).status == 200);
  CHECK(desk.control("POST", "parcels/9400111899223817576194/scans", json::object{{"code", "delivered"}}).status == 201);
  desk.wait(1);
  CHECK(desk.control("POST", "parcels/9400111899223817576200/scans", json::object{{"code", "delivered"}}).status == 201);
  desk.wait(12 * 86'400);
  const Answer health = desk.control("GET", "health?marketplace=ATVPDKIKX0DER");
  CHECK(health.number("otdr_14.orders") == 4);
  CHECK(health.number("otdr_14.late") == 2);
  CHECK(health.number("vtr_30.orders") == 3);
  CHECK(health.number("vtr_30.late") == 1);
}

TEST_CASE("defects count once an order") {
  Desk desk;
  const json::value both = desk.order(), good = desk.order();
  const auto act = [&](const json::value& order, json::object body) { return desk.control("POST", "orders/" + json::get_text(order, "order_id") + "/acts", body).status; };
  CHECK(act(both, {{"act", "feedback"}, {"stars", 1}, {"text", "slow"}}) == 200);
  CHECK(act(both, {{"act", "claim"}, {"kind", "a_to_z"}}) == 200);
  CHECK(act(good, {{"act", "feedback"}, {"stars", 3}}) == 200);
  CHECK(act(good, {{"act", "feedback"}, {"stars", 0}}) == 400);
  CHECK(act(good, {{"act", "claim"}, {"kind", "lawsuit"}}) == 400);
  CHECK(act(good, {{"act", "sing"}}) == 400);
  CHECK(desk.control("POST", "orders/111-1111111-1111111/acts", json::object{{"act", "release"}}).status == 404);
  desk.wait(20 * 86'400);
  const Answer health = desk.control("GET", "health?marketplace=ATVPDKIKX0DER");
  CHECK(health.number("odr_60.orders") == 2);
  CHECK(health.number("odr_60.late") == 1);
  CHECK(desk.control("GET", "health?marketplace=MOON").status == 404);
  CHECK(desk.control("GET", "health").status == 400);
}

TEST_CASE("a subscription fills its destination's queue") {
  Desk desk;
  const std::string seller = desk.token;
  desk.token = desk.grantless("sellingpartnerapi::notifications");
  const Answer destination = desk.call("POST", "/notifications/v1/destinations", json::object{{"name", "orders"}, {"resourceSpecification", json::object{{"sqs", json::object{{"arn", "arn:aws:sqs:us-east-1:123456789012:orders"}}}}}});
  REQUIRE(destination.status == 200);
  const std::string id = destination.text("payload.destinationId");
  const json::object wish{{"payloadVersion", "1.0"}, {"destinationId", id}};
  CHECK(desk.call("POST", "/notifications/v1/subscriptions/ORDER_CHANGE", wish).status == 403);
  desk.token = seller;
  CHECK(desk.call("POST", "/notifications/v1/subscriptions/ORDER_CHANGE", wish).status == 200);
  CHECK(desk.call("POST", "/notifications/v1/subscriptions/ORDER_CHANGE", wish).status == 409);
  CHECK(desk.call("POST", "/notifications/v1/subscriptions/NOTHING", wish).status == 400);
  const json::value order = desk.order();
  CHECK(desk.control("POST", "orders/" + json::get_text(order, "order_id") + "/acts", json::object{{"act", "cancel_request"}}).status == 200);
  const Answer queue = desk.control("GET", "queues/" + id);
  const json::array& notifications = queue.list("notifications");
  REQUIRE(notifications.size() == 2);
  CHECK(json::get_text(notifications[0], "Payload.OrderChangeNotification.Summary.OrderStatus") == "Unshipped");
  CHECK(json::get_text(notifications[1], "Payload.OrderChangeNotification.OrderChangeType") == "BuyerRequestedChange");
  CHECK(desk.control("GET", "queues/none").status == 404);
}

}  // namespace zifa::sandbox
