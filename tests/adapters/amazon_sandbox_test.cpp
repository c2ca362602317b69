// The real client against the played Amazon, over a real socket.
#include <doctest/doctest.h>

#include <set>

#include "adapters/amazon/marketplace.hpp"
#include "adapters/clock/clocks.hpp"
#include "adapters/clock/dice.hpp"
#include "adapters/http/client.hpp"
#include "adapters/http/server.hpp"
#include "base/json.hpp"
#include "sandbox/sandbox.hpp"

using namespace zifa;
using namespace zifa::amazon;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// A played Amazon that stands still until told, a client that waits without waiting, and the seller between them.
class PausingClock final : public Clock {
 public:
  using Clock::wait_until;
  Instant now() const override { return at; }
  bool wait_until(Instant moment, Interrupt&) override {
    if (moment > at) at = moment;
    return true;
  }
  Instant at = Instant::parse("2026-11-25T08:00:00Z").value();
};

struct Played {
  explicit Played(bool is_static = false) {
    sandbox::Options options;
    options.clock = sandbox::ClockMode::manual;
    options.start = Instant::parse("2026-11-25T08:00:00Z").value();
    options.is_static = is_static;
    options.machine_now = [this] { return machine.now(); };
    world = std::make_unique<sandbox::Sandbox>(std::move(options));
    server = std::move(*http::Server::listen({}, [this](const http::Request& request) { return world->handle(request); }));
    world->set_url(url());
    control("POST", "quotas", R"({"mode":"off"})");
    ready = json::parse(world->ready_line()).value();
    const json::value& account = json::find_array(ready, "accounts")->front();
    AccountAccess access{.account = AccountId(1),
                         .name = "shop",
                         .region = "na",
                         .seller_id = json::get_text(account, "seller_id"),
                         .marketplaces = {"ATVPDKIKX0DER"},
                         .endpoint = url(),
                         .lwa_endpoint = url(),
                         .client_id = json::get_text(ready, "client_id"),
                         .client_secret = json::get_text(ready, "client_secret"),
                         .refresh_token = json::get_text(account, "refresh_token")};
    amazon = std::make_unique<AmazonMarketplace>(Services{*client, shop_time, machine, dice}, access);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server->port()); }

  json::value control(const std::string& method, const std::string& path, const std::string& body = "") {
    const auto answer = client->send({.method = method, .target = url() + "/_sandbox/" + path, .headers = {{"Content-Type", "application/json"}}, .body = body});
    REQUIRE(answer.has_value());
    REQUIRE(answer->status < 300);
    return json::parse(answer->body.empty() ? "{}" : answer->body).value();
  }
  void fault(const std::string& operation, const std::string& kind, const std::string& more = "") { control("POST", "faults", R"({"operation":")" + operation + R"(","kind":")" + kind + R"(","count":1)" + more + "}"); }
  void advance(seconds by) {
    control("POST", "clock", R"({"advance_s":)" + std::to_string(by.count()) + "}");
    shop_time.at = shop_time.at + by;
  }
  // One order of two units, old enough to be found.
  IncomingOrder order() {
    const json::value made = control("POST", "orders", R"({"marketplace":"ATVPDKIKX0DER"})");
    const std::string id = json::get_text(json::find_array(made, "orders")->front(), "order_id");
    advance(minutes(3));
    return amazon->get_order(id).value();
  }
  ShipmentConfirmation confirmation(const IncomingOrder& order) {
    ShipmentConfirmation c{.amazon_order_id = order.amazon_order_id,
                           .marketplace_id = order.marketplace_id,
                           .package_reference = "42",
                           .carrier_code = "UPS",
                           .carrier_name = "",
                           .shipping_method = "UPS Ground",
                           .tracking_number = "1Z999AA10123456784",
                           .ship_date = shop_time.now(),
                           .items = {},
                           .cod_collection = ""};
    for (const IncomingItem& item : order.items) c.items.push_back({item.amazon_item_id, item.quantity_ordered});
    return c;
  }
  std::size_t packages(const IncomingOrder& order) { return json::find_array(control("GET", "orders/" + order.amazon_order_id), "packages")->size(); }

  SystemClock machine;
  PausingClock shop_time;
  SeededDice dice{1};
  std::unique_ptr<http::Client> client = http::make_client();
  std::unique_ptr<sandbox::Sandbox> world;
  std::unique_ptr<http::Server> server;
  json::value ready;
  std::unique_ptr<AmazonMarketplace> amazon;
};

}  // namespace

TEST_CASE("an order that a buyer places is found, read, confirmed, and seen as shipped") {
  Played played;
  const auto places = played.amazon->participations().value();
  CHECK(!places.empty());
  const IncomingOrder order = played.order();
  CHECK(order.status == AmazonStatus::unshipped);
  CHECK(order.ship_by > order.purchased_at);
  CHECK(order.ship_to->country == "US");
  REQUIRE(!order.items.empty());
  CHECK(order.items[0].quantity_ordered > 0);

  const OrderPage page = played.amazon->search_orders({.updated_after = played.shop_time.now() - hours(24)}).value();
  REQUIRE(page.orders.size() == 1);
  CHECK(page.orders[0].amazon_order_id == order.amazon_order_id);
  CHECK(page.complete_until.has_value());
  CHECK(!page.trouble);

  CHECK(!played.amazon->confirm_shipment(played.confirmation(order)).value().request_id.empty());
  const IncomingOrder after = played.amazon->get_order(order.amazon_order_id).value();
  CHECK(after.status == AmazonStatus::shipped);
  REQUIRE(after.packages.size() == 1);
  CHECK(after.packages[0].reference == "42");
  CHECK(after.packages[0].tracking_number == "1Z999AA10123456784");
}

TEST_CASE("many orders come page by page, each once") {
  Played played;
  played.control("POST", "orders", R"({"count":230,"marketplace":"ATVPDKIKX0DER"})");
  played.advance(minutes(3));
  std::set<std::string> seen;
  OrderQuery query{.updated_after = played.shop_time.now() - hours(24)};
  int pages = 0;
  do {
    const OrderPage page = played.amazon->search_orders(query).value();
    for (const IncomingOrder& order : page.orders) CHECK(seen.insert(order.amazon_order_id).second);
    query.page_token = page.next_token;
    ++pages;
  } while (!query.page_token.empty() && pages < 10);
  CHECK(seen.size() == 230);
  CHECK(pages == 3);
}

TEST_CASE("throttling and outages that pass are waited out") {
  Played played;
  const IncomingOrder order = played.order();
  for (const char* kind : {"throttle", "internal", "unavailable", "no_answer_before", "no_answer_after", "token_expired"}) {
    CAPTURE(kind);
    played.fault(std::string_view(kind) == "token_expired" ? "*" : "getOrder", kind);
    CHECK(played.amazon->get_order(order.amazon_order_id).has_value());
  }
  for (const char* kind : {"throttle", "unavailable"}) {
    CAPTURE(kind);
    played.fault("lwa", kind);
    played.fault("*", "token_expired");
    CHECK(played.amazon->get_order(order.amazon_order_id).has_value());
  }
  played.fault("confirmShipment", "throttle");
  CHECK(played.amazon->confirm_shipment(played.confirmation(order)).has_value());
  CHECK(played.packages(order) == 1);
}

TEST_CASE("a confirmation whose answer is lost is not sent twice, and the order read back tells what happened") {
  Played played;
  for (const bool done_first : {false, true}) {
    CAPTURE(done_first);
    const IncomingOrder order = played.order();
    played.fault("confirmShipment", done_first ? "no_answer_after" : "no_answer_before");
    const auto lost = played.amazon->confirm_shipment(played.confirmation(order));
    CHECK(lost.error().kind == ErrorKind::unknown);
    const IncomingOrder after = played.amazon->get_order(order.amazon_order_id).value();
    CHECK(after.packages.size() == (done_first ? 1U : 0U));
    CHECK(played.packages(order) == (done_first ? 1U : 0U));
    CHECK((after.status == AmazonStatus::shipped) == done_first);
  }
}

TEST_CASE("a search may not see yet what a read by id sees") {
  Played played;
  const IncomingOrder order = played.order();
  played.fault("searchOrders", "stale", R"(,"seconds":3600)");
  CHECK(played.amazon->search_orders({.updated_after = played.shop_time.now() - hours(24)}).value().orders.empty());
  CHECK(played.amazon->search_orders({.updated_after = played.shop_time.now() - hours(24)}).value().orders.size() == 1);
}

TEST_CASE("while the current orders API is down the older one finds the orders, address and items included") {
  Played played;
  const IncomingOrder order = played.order();
  played.control("POST", "faults", R"({"operation":"searchOrders","kind":"internal","count":0})");
  const OrderPage page = played.amazon->search_orders({.updated_after = played.shop_time.now() - hours(24)}).value();
  CHECK(page.trouble.has_value());
  REQUIRE(page.orders.size() == 1);
  const IncomingOrder& older = page.orders[0];
  CHECK(older.amazon_order_id == order.amazon_order_id);
  CHECK(older.status == order.status);
  CHECK(older.ship_by == order.ship_by);
  CHECK(older.ship_to->postal_code == order.ship_to->postal_code);
  CHECK(older.ship_to->line1 == order.ship_to->line1);
  REQUIRE(older.items.size() == order.items.size());
  CHECK(older.items[0].sku == order.items[0].sku);
  CHECK(older.items[0].quantity_ordered == order.items[0].quantity_ordered);
  // Every token dies, the restricted one too.
  played.fault("*", "token_expired");
  CHECK(played.amazon->search_orders({.updated_after = played.shop_time.now() - hours(24)}).value().orders.at(0).ship_to->line1 == order.ship_to->line1);
}

TEST_CASE("checking an account against Amazon's own sandbox cases finds every operation well") {
  Played played(true);
  played.order();
  std::set<std::string> good;
  for (const OperationCheck& check : played.amazon->check_operations(true)) {
    CAPTURE(check.operation);
    CAPTURE(check.problem);
    CHECK(check.ok);
    good.insert(check.operation);
  }
  CHECK(good.size() >= 30);
}

TEST_CASE("checking a young account only reads, and finds nothing wrong") {
  Played played;
  for (const bool with_order : {false, true}) {
    if (with_order) played.order();
    std::set<std::string> good;
    for (const OperationCheck& check : played.amazon->check_operations(false)) {
      CAPTURE(check.operation);
      CAPTURE(check.problem);
      CHECK(check.ok);
      good.insert(check.operation);
    }
    CHECK(good.contains("getOrder") == with_order);
  }
  CHECK(json::get_int(played.control("GET", "state"), "messages") == 0);
}
