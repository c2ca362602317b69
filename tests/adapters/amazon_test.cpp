#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "adapters/amazon/account_health_report.hpp"
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/aws_signature.hpp"
#include "adapters/amazon/documents.hpp"
#include "adapters/amazon/marketplace.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/operations/reports.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "adapters/amazon/quotas.hpp"
#include "adapters/amazon/sqs_queue.hpp"
#include "adapters/clock/clocks.hpp"
#include "adapters/clock/dice.hpp"
#include "adapters/http/gzip.hpp"
#include "app/reference/marketplaces.hpp"
#include "app/reference/policies.hpp"
#include "base/json.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

using namespace zifa;
using namespace zifa::amazon;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// Waiting takes no time, but is remembered.
class JumpingClock final : public Clock {
 public:
  using Clock::wait_until;
  Instant now() const override { return at; }
  bool wait_until(Instant moment, Interrupt&) override {
    waited += moment > at ? moment - at : milliseconds(0);
    if (moment > at) at = moment;
    return true;
  }
  Instant at = Instant::parse("2026-11-25T08:00:00Z").value();
  milliseconds waited{0};
};

// Answers what it was told to, in order, and remembers what it was asked. Tokens it gives out by itself.
class Script final : public http::Client {
 public:
  Result<http::Response> send(const http::Request& request, const http::SendOptions&) override {
    if (request.target == "https://lwa.example/auth/o2/token") {
      tokens.push_back(request);
      if (!token_answers.empty()) {
        auto answer = std::move(token_answers.front());
        token_answers.pop_front();
        return answer;
      }
      return http::Response::json(200, R"({"access_token":"Atza|)" + std::to_string(tokens.size()) + R"(","token_type":"bearer","expires_in":3600})");
    }
    asked.push_back(request);
    REQUIRE(!answers.empty());
    auto answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }
  void answer(int status, std::string body = "{}", std::string rate = "") {
    http::Response response = http::Response::json(status, std::move(body));
    response.headers.set("x-amzn-RequestId", "request-" + std::to_string(++numbered));
    if (!rate.empty()) response.headers.set("x-amzn-RateLimit-Limit", rate);
    answers.emplace_back(std::move(response));
  }
  void fail(ErrorKind kind) { answers.emplace_back(Error{kind, "http.no_answer", "no answer"}); }

  std::deque<Result<http::Response>> answers;
  std::deque<Result<http::Response>> token_answers;
  std::vector<http::Request> asked;
  std::vector<http::Request> tokens;
  int numbered = 0;
};

AccountAccess access() {
  return {.account = AccountId(1),
          .name = "shop",
          .region = "na",
          .seller_id = "A1SELLER",
          .marketplaces = {"ATVPDKIKX0DER"},
          .endpoint = "https://api.example",
          .lwa_endpoint = "https://lwa.example",
          .client_id = "client",
          .client_secret = "very secret",
          .refresh_token = "Atzr|refresh"};
}

struct World {
  explicit World(SenderOptions options = {}) : amazon({http, clock, machine, dice}, access(), options) {}
  Script http;
  JumpingClock clock;
  JumpingClock machine;
  SeededDice dice{1};
  AmazonMarketplace amazon;
};

const ShipmentConfirmation kConfirmation{.amazon_order_id = "113-0000001-0000007",
                                         .marketplace_id = "ATVPDKIKX0DER",
                                         .package_reference = "42",
                                         .carrier_code = "UPS",
                                         .carrier_name = "",
                                         .shipping_method = "UPS Ground",
                                         .tracking_number = "1Z999AA10123456784",
                                         .ship_date = Instant::from_ms(1'764'000'000'000),
                                         .items = {{"111", 2}},
                                         .cod_collection = ""};

std::string one_order(const std::string& fields = "") { return R"({"orders":[{"orderId":"113-1")" + fields + "}]}"; }

}  // namespace

TEST_CASE("an answer's status decides what may be done next") {
  struct Case {
    int status;
    ErrorKind read;
    ErrorKind write;
  };
  const Operation reads{.name = "getThing", .effect = Effect::reads};
  const Operation writes{.name = "setThing", .effect = Effect::once};
  for (const Case& c : {
           Case{400, ErrorKind::invalid, ErrorKind::invalid},
           Case{401, ErrorKind::unauthorized, ErrorKind::unauthorized},
           Case{403, ErrorKind::unauthorized, ErrorKind::unauthorized},
           Case{404, ErrorKind::not_found, ErrorKind::not_found},
           Case{409, ErrorKind::conflict, ErrorKind::conflict},
           Case{413, ErrorKind::invalid, ErrorKind::invalid},
           Case{415, ErrorKind::invalid, ErrorKind::invalid},
           Case{429, ErrorKind::throttled, ErrorKind::throttled},
           Case{500, ErrorKind::unavailable, ErrorKind::unknown},
           Case{502, ErrorKind::unavailable, ErrorKind::unknown},
           Case{503, ErrorKind::unavailable, ErrorKind::unavailable},
           Case{504, ErrorKind::unavailable, ErrorKind::unknown},
           Case{302, ErrorKind::refused, ErrorKind::refused},
           Case{418, ErrorKind::refused, ErrorKind::refused},
       }) {
    CAPTURE(c.status);
    const http::Response answer = http::Response::json(c.status, R"({"errors":[{"code":"X","message":"Amazon's words","details":""}]})");
    CHECK(error_in(answer, reads)->kind == c.read);
    CHECK(error_in(answer, writes)->kind == c.write);
    CHECK(error_in(answer, reads)->message.find("Amazon's words") != std::string::npos);
  }
  CHECK(!error_in(http::Response{.status = 204}, writes));
  CHECK(body_of(http::Response::json(200, "<html>"), reads).error().kind == ErrorKind::unavailable);
  CHECK(body_of(http::Response::json(200, "<html>"), writes).error().kind == ErrorKind::unknown);
}

TEST_CASE("a call carries the token, the date and who we are, and a token serves until shortly before its end") {
  World world;
  world.http.answer(200, one_order());
  world.http.answer(200, one_order());
  world.http.answer(200, one_order());
  CHECK(world.amazon.search_orders({.updated_after = Instant::from_ms(0)}).value().orders.size() == 1);
  const http::Request first = world.http.asked.at(0);
  CHECK(first.target ==
        "https://api.example/orders/2026-01-01/orders?lastUpdatedAfter=1970-01-01T00%3A00%3A00Z&marketplaceIds=ATVPDKIKX0DER&fulfilledBy=MERCHANT&includedData=BUYER%2CRECIPIENT%2CPROCEEDS%2CEXPENSE%2CPROMOTION%2CCANCELLATION%2CFULFILLMENT%2CPACKAGES");
  CHECK(first.headers.get("x-amz-access-token") == "Atza|1");
  CHECK(first.headers.get("x-amz-date") == "20261125T080000Z");
  CHECK(first.headers.get("user-agent").find("Language=") != std::string_view::npos);
  CHECK(!first.headers.has("Authorization"));
  CHECK(world.http.tokens.at(0).body == "grant_type=refresh_token&refresh_token=Atzr%7Crefresh&client_id=client&client_secret=very%20secret");

  world.machine.at = world.machine.at + minutes(54);
  CHECK(world.amazon.search_orders({.updated_after = Instant::from_ms(0)}).has_value());
  CHECK(world.http.tokens.size() == 1);
  world.machine.at = world.machine.at + minutes(2);
  CHECK(world.amazon.search_orders({.updated_after = Instant::from_ms(0)}).has_value());
  CHECK(world.http.tokens.size() == 2);
  CHECK(world.http.asked.at(2).headers.get("x-amz-access-token") == "Atza|2");
  CHECK(world.amazon.requests_sent() == 5);
}

TEST_CASE("while no new token can be had the old one serves to its end") {
  World world;
  world.http.answer(200, one_order());
  world.http.answer(200, one_order());
  CHECK(world.amazon.get_order("1").error().code == "amazon.bad_answer");
  world.machine.at = world.machine.at + minutes(57);
  for (int i = 0; i < 3; ++i) world.http.token_answers.emplace_back(http::Response::json(503, ""));
  CHECK(world.amazon.search_orders({.updated_after = Instant::from_ms(0)}).has_value());
  CHECK(world.http.asked.at(1).headers.get("x-amz-access-token") == "Atza|1");
}

TEST_CASE("a token that Amazon declares dead is replaced once") {
  const std::string dead = R"({"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":"The access token you provided has expired."}]})";
  World world;
  world.http.answer(403, dead);
  world.http.answer(204, "");
  CHECK(world.amazon.confirm_shipment(kConfirmation).value().request_id == "request-2");
  CHECK(world.http.tokens.size() == 2);
  world.http.answer(403, dead);
  world.http.answer(403, dead);
  CHECK(world.amazon.confirm_shipment(kConfirmation).error().kind == ErrorKind::unauthorized);
  CHECK(world.http.asked.size() == 4);

  // A missing role is no matter of the token.
  World other;
  other.http.answer(403, R"({"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]})");
  CHECK(other.amazon.confirm_shipment(kConfirmation).error().kind == ErrorKind::unauthorized);
  CHECK(other.http.asked.size() == 1);
}

TEST_CASE("refusals of Login with Amazon say what to do and tell no secret") {
  struct Case {
    int status;
    const char* body;
    const char* code;
    const char* says;
  };
  for (const Case& c : {Case{401, R"({"error":"invalid_client","error_description":"very secret"})", "amazon.lwa_refused", "180 days"},
                        Case{400, R"({"error":"invalid_grant"})", "amazon.lwa_refused", "authorise the app again"}, Case{400, "nonsense", "amazon.lwa_refused", "Check the account"},
                        Case{200, R"({"token_type":"bearer"})", "amazon.lwa_bad_answer", "without an access token"}, Case{200, R"({"access_token":"a\r\nb"})", "amazon.lwa_bad_answer", ""}}) {
    World world;
    for (int i = 0; i < 4; ++i) world.http.token_answers.emplace_back(http::Response::json(c.status, c.body));
    const Error error = world.amazon.get_order("1").error();
    CHECK(error.code == c.code);
    CHECK(error.message.find(c.says) != std::string::npos);
    CHECK(error.message.find("very secret") == std::string::npos);
    CHECK(error.message.find("Atzr") == std::string::npos);
  }
}

TEST_CASE("what may be repeated is repeated, what may have happened is not") {
  struct Case {
    const char* what;
    std::function<void(Script&)> trouble;
    bool read_repeats;
    bool confirm_repeats;
  };
  const std::vector<Case> cases{
      {"429", [](Script& s) { s.answer(429); }, true, true},
      {"503", [](Script& s) { s.answer(503); }, true, true},
      {"500", [](Script& s) { s.answer(500); }, true, false},
      {"502", [](Script& s) { s.answer(502); }, true, false},
      {"504", [](Script& s) { s.answer(504); }, true, false},
      {"could not connect", [](Script& s) { s.fail(ErrorKind::unavailable); }, true, true},
      {"no answer", [](Script& s) { s.fail(ErrorKind::unknown); }, true, false},
      {"400", [](Script& s) { s.answer(400); }, false, false},
      {"404", [](Script& s) { s.answer(404); }, false, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    World reading;
    c.trouble(reading.http);
    reading.http.answer(200, R"({"order":{"orderId":"113-1"}})");
    CHECK(reading.amazon.get_order("113-1").has_value() == c.read_repeats);
    CHECK(reading.http.asked.size() == (c.read_repeats ? 2 : 1));
    World writing;
    c.trouble(writing.http);
    writing.http.answer(204, "");
    CHECK(writing.amazon.confirm_shipment(kConfirmation).has_value() == c.confirm_repeats);
    CHECK(writing.http.asked.size() == (c.confirm_repeats ? 2 : 1));
  }
  // Setting a quantity twice is the same as once.
  World quantity;
  quantity.http.fail(ErrorKind::unknown);
  quantity.http.answer(200, R"({"sku":"A","status":"ACCEPTED","submissionId":"s","issues":[]})");
  CHECK(quantity.amazon.set_quantity({.sku = "A", .marketplace_id = "ATVPDKIKX0DER"}).value().status == "ACCEPTED");
  // A confirmation without an answer is for the caller to look into.
  World unsure;
  unsure.http.fail(ErrorKind::unknown);
  CHECK(unsure.amazon.confirm_shipment(kConfirmation).error().kind == ErrorKind::unknown);
  // No answer to a read changes nothing at Amazon.
  World reads;
  for (int i = 0; i < 4; ++i) reads.http.fail(ErrorKind::unknown);
  CHECK(reads.amazon.search_listings("ATVPDKIKX0DER", "").error().kind == ErrorKind::unavailable);
}

TEST_CASE("repeating ends after four attempts and five seconds") {
  World world;
  for (int i = 0; i < 10; ++i) world.http.answer(503);
  CHECK(world.amazon.search_listings("ATVPDKIKX0DER", "").error().code == "amazon.unavailable");
  CHECK(world.http.asked.size() <= 4);
  CHECK(world.http.asked.size() >= 3);
  CHECK(world.clock.waited <= seconds(5));
  CHECK(world.clock.waited > milliseconds(500));
  World impatient({.longest_wait_ms = 0});
  impatient.http.answer(503);
  CHECK(impatient.amazon.search_listings("ATVPDKIKX0DER", "").error().code == "amazon.unavailable");
  CHECK(impatient.clock.waited == milliseconds(0));
}

TEST_CASE("calls keep to Amazon's quota, and one that would wait long is not sent") {
  World world;
  const auto search = [&] { return world.amazon.search_orders({.updated_after = Instant::from_ms(0)}); };
  for (int i = 0; i < 20; ++i) {
    world.http.answer(200, one_order());
    CHECK(search().has_value());
  }
  const Error empty = search().error();
  CHECK(empty.code == "amazon.quota");
  CHECK(empty.kind == ErrorKind::throttled);
  CHECK(world.http.asked.size() == 20);
  world.clock.at = world.clock.at + seconds(179);
  world.http.answer(200, one_order());
  CHECK(search().has_value());  // one call in 178.6 s
  CHECK(search().error().code == "amazon.quota");

  // Amazon's header raises the rate: one call in two seconds is worth waiting for.
  world.clock.at = world.clock.at + seconds(180);
  world.http.answer(200, one_order(), "0.5");
  world.http.answer(200, one_order());
  CHECK(search().has_value());
  const milliseconds before = world.clock.waited;
  CHECK(search().has_value());
  CHECK(world.clock.waited - before <= seconds(2));
  CHECK(world.clock.waited > before);
}

TEST_CASE("a bucket holds its burst, refills at its rate, and believes no nonsense") {
  Quotas quotas;
  const Instant now = Instant::from_ms(1'000'000'000);
  for (int i = 0; i < 10; ++i) CHECK(quotas.take("confirmShipment", now).count() == 0);
  CHECK(quotas.take("confirmShipment", now) == milliseconds(500));
  CHECK(quotas.take("confirmShipment", now + milliseconds(500)).count() == 0);
  for (const char* nonsense : {"", "x", "-1", "0", "nan", "inf", "1e99", "0.5x", "1, 2"}) quotas.learn("confirmShipment", nonsense);
  CHECK(quotas.take("confirmShipment", now + milliseconds(500)) == milliseconds(500));
  quotas.learn("confirmShipment", " 4.0 ");
  CHECK(quotas.take("confirmShipment", now + milliseconds(500)) == milliseconds(250));
  quotas.drain("getOrder", now);
  CHECK(quotas.take("getOrder", now) == milliseconds(2'000));
  CHECK(quotas.take("no such operation", now).count() == 0);
  CHECK(quotas.take("no such operation", now) == milliseconds(1'000));
  // A clock that was set back gives nothing, but does not stop the refilling either.
  CHECK(quotas.take("no such operation", now - minutes(60)) == milliseconds(1'000));
  CHECK(quotas.take("no such operation", now - minutes(60) + seconds(1)).count() == 0);
}

TEST_CASE("every operation has a quota of its own in the table") {
  for (const Operation* operation : operations()) CHECK(resource("data/spapi_operations.csv").find("\n" + std::string(operation->name) + ",") != std::string_view::npos);
}

TEST_CASE("a page token that repeats ends the paging, and all else is asked unchanged") {
  World world;
  world.http.answer(200, R"({"orders":[],"pagination":{"nextToken":"a b+/="},"lastUpdatedBefore":"2026-11-25T07:58:00Z"})");
  world.http.answer(200, R"({"orders":[],"pagination":{"nextToken":"a b+/="},"lastUpdatedBefore":"2026-11-25T07:58:00Z"})");
  OrderQuery query{.updated_after = Instant::from_ms(0)};
  const OrderPage first = world.amazon.search_orders(query).value();
  CHECK(first.next_token == "a b+/=");
  CHECK(first.complete_until->iso() == "2026-11-25T07:58:00Z");
  query.page_token = first.next_token;
  CHECK(world.amazon.search_orders(query).value().next_token == "");
  CHECK(world.http.asked.at(1).target == world.http.asked.at(0).target + "&paginationToken=a%20b%2B%2F%3D");
}

TEST_CASE("when the current orders API is down the older one is read, items and all, and it says so") {
  World down({.attempts = 1});
  down.http.answer(500);
  down.http.answer(200, R"({"restrictedDataToken":"Atz.sprdt|x","expiresIn":3600})");
  down.http.answer(200, R"({"payload":{"Orders":[{"AmazonOrderId":"113-1","OrderStatus":"Unshipped","IsPrime":"true","PurchaseDate":"2026-11-24T08:00:00Z"},{}],"NextToken":"t"}})");
  down.http.answer(200, R"({"payload":{"OrderItems":[{"OrderItemId":"1","SellerSKU":"MUG","QuantityOrdered":2,"ItemPrice":{"CurrencyCode":"USD","Amount":"20.00"}}],"NextToken":"i"}})");
  down.http.answer(200, R"({"payload":{"OrderItems":[{"OrderItemId":"2"}],"NextToken":"i"}})");
  const OrderPage page = down.amazon.search_orders({.updated_after = Instant::from_ms(0)}).value();
  REQUIRE(page.orders.size() == 1);
  CHECK(page.unreadable == 1);
  CHECK(page.trouble->code == "amazon.internal");
  CHECK(page.orders[0].status == AmazonStatus::unshipped);
  CHECK(page.orders[0].programs == std::vector<std::string>{"PRIME"});
  REQUIRE(page.orders[0].items.size() == 2);
  CHECK(page.orders[0].items[0].unit_price->minor() == 1'000);
  CHECK(page.next_token == "v0:t");
  CHECK(down.http.asked.at(2).headers.get("x-amz-access-token") == "Atz.sprdt|x");

  down.http.answer(200, R"({"payload":{"Orders":[]}})");
  CHECK(down.amazon.search_orders({.updated_after = Instant::from_ms(0), .page_token = "v0:t"}).value().next_token == "");
  CHECK(down.http.asked.back().target.find("/orders/v0/orders?") != std::string::npos);
  CHECK(down.http.asked.back().target.ends_with("&NextToken=t"));

  // Both down: the first trouble is the answer.
  World both({.attempts = 1});
  both.http.answer(500);
  both.http.answer(500);
  both.http.answer(500);
  CHECK(both.amazon.search_orders({.updated_after = Instant::from_ms(0)}).error().code == "amazon.internal");
}

TEST_CASE("a confirmation is written exactly as Amazon wants it") {
  const http::Request request = write_confirm_shipment(kConfirmation);
  CHECK(request.method == "POST");
  CHECK(request.target == "/orders/v0/orders/113-0000001-0000007/shipmentConfirmation");
  CHECK(request.body ==
        R"({"marketplaceId":"ATVPDKIKX0DER","packageDetail":{"packageReferenceId":"42","carrierCode":"UPS","trackingNumber":"1Z999AA10123456784","shipDate":"2025-11-24T16:00:00Z","shippingMethod":"UPS Ground","orderItems":[{"orderItemId":"111","quantity":2}]}})");
  ShipmentConfirmation other = kConfirmation;
  other.carrier_code = "Other";
  other.carrier_name = "云途";
  other.cod_collection = "DirectPayment";
  const json::value body = json::parse(write_confirm_shipment(other).body).value();
  CHECK(json::get_text(body, "packageDetail.carrierName") == "云途");
  CHECK(json::get_text(body, "codCollectionMethod") == "DirectPayment");
}

TEST_CASE("a confirmation that finds nothing left to confirm is a conflict to be looked into") {
  World world;
  world.http.answer(400, R"({"errors":[{"code":"InvalidInput","message":"Failed to create package due to not finding a matching package or order already fulfilled PackageToUpdateNotFound"}]})");
  const Error error = world.amazon.confirm_shipment(kConfirmation).error();
  CHECK(error.kind == ErrorKind::conflict);
  CHECK(error.code == "amazon.package_not_found");
}

TEST_CASE("a quantity is sent with the handling time, and a SKU may hold any character") {
  const http::Request request = write_patch_listings_item("A1SELLER", {.sku = "A/B C&D%", .marketplace_id = "ATVPDKIKX0DER", .product_type = "", .quantity = 7, .handling_days = 2});
  CHECK(request.target == "/listings/2021-08-01/items/A1SELLER/A%2FB%20C%26D%25?marketplaceIds=ATVPDKIKX0DER");
  CHECK(request.body ==
        R"({"productType":"PRODUCT","patches":[{"op":"merge","path":"/attributes/fulfillment_availability","value":[{"fulfillment_channel_code":"DEFAULT","quantity":7,"lead_time_to_ship_max_days":2}]}]})");
  CHECK(write_patch_listings_item("A", {.sku = "x", .marketplace_id = "m"}, true).target.ends_with("&mode=VALIDATION_PREVIEW"));
  CHECK(write_patch_listings_item("A", {.sku = "x", .marketplace_id = "m"}).body.find("lead_time") == std::string::npos);
  CHECK(write_put_listings_item("A", {.sku = "x", .attributes = "not json"}, false).error().code == "listing.bad_attributes");
}

TEST_CASE("an order is read with all it tells, and a bare one too") {
  const json::value full = json::parse(R"({"orderId":"249-1","createdTime":"2026-11-20T01:00:00Z","lastUpdatedTime":"2026-11-21T01:00:00Z","programs":["PRIME",7,"NEW_PROGRAM"],
    "salesChannel":{"marketplaceId":"A1VC38T7YXB528"},"buyer":{"buyerName":"山田太郎","buyerEmail":"x@marketplace.amazon.co.jp"},
    "recipient":{"deliveryAddress":{"name":"山田太郎","addressLine1":"千代田1-1","city":"千代田区","stateOrRegion":"東京都","postalCode":"100-0001","countryCode":"jp","addressType":"RESIDENTIAL"}},
    "proceeds":{"grandTotal":{"amount":"1980","currencyCode":"JPY"}},
    "fulfillment":{"fulfillmentStatus":"PARTIALLY_SHIPPED","fulfilledBy":"MERCHANT","fulfillmentServiceLevel":"SECOND_DAY","shipByWindow":{"earliestDateTime":"2026-11-20T15:00:00Z","latestDateTime":"2026-11-24T14:59:59Z"},"deliverByWindow":{"latestDateTime":"2026-11-27T14:59:59Z"}},
    "orderItems":[{"orderItemId":"9","quantityOrdered":2,"product":{"asin":"B0","title":"杯","sellerSku":"MUG","price":{"unitPrice":{"amount":"990","currencyCode":"JPY"}},"customization":{"customizedUrl":"https://x/z.zip"}},
      "proceeds":{"breakdowns":[{"type":"ITEM","subtotal":{"amount":"1980","currencyCode":"JPY"}},{"type":"SHIPPING","subtotal":{"amount":"0","currencyCode":"JPY"}}]},
      "fulfillment":{"quantityFulfilled":1,"quantityUnfulfilled":1,"packing":{"giftOption":{"giftMessage":"おめでとう"}},"shipping":{"internationalShipping":{"iossNumber":"IM1"}}},
      "cancellation":{"cancellationRequest":{"requester":"BUYER","cancelReason":"too late"}}},{"quantityOrdered":1}],
    "packages":[{"packageReferenceId":"42","carrier":"YAMATO","trackingNumber":"123","shipTime":"2026-11-21T01:00:00Z","packageStatus":{"status":"IN_TRANSIT"},"packageItems":[{"orderItemId":"9","quantity":1}]}]})")
                                .value();
  const IncomingOrder order = read_order(full).value();
  CHECK(order.status == AmazonStatus::partially_shipped);
  CHECK(order.service_level == "SecondDay");
  CHECK(order.ship_by->iso() == "2026-11-24T14:59:59Z");
  CHECK(!order.earliest_delivery);
  CHECK(order.deliver_by->iso() == "2026-11-27T14:59:59Z");
  CHECK(order.programs == std::vector<std::string>{"PRIME", "NEW_PROGRAM"});
  CHECK(order.grand_total->minor() == 1'980);
  CHECK(order.ship_to->country == "JP");
  CHECK(order.ship_to->state == "東京都");
  REQUIRE(order.items.size() == 1);
  CHECK(order.items[0].sku == "MUG");
  CHECK(order.items[0].quantity_shipped == 1);
  CHECK(order.items[0].unit_price->minor() == 990);
  CHECK(order.items[0].item_total->minor() == 1'980);
  CHECK(order.items[0].gift);
  CHECK(order.items[0].gift_message == "おめでとう");
  CHECK(order.items[0].ioss_number == "IM1");
  CHECK(order.items[0].cancel_requested);
  CHECK(!order.items[0].cancelled);
  CHECK(order.packages_known);
  REQUIRE(order.packages.size() == 1);
  CHECK(order.packages[0].reference == "42");
  CHECK(order.packages[0].items == std::vector<std::pair<std::string, std::int64_t>>{{"9", 1}});

  const IncomingOrder bare = read_order(json::parse(R"({"orderId":"1","fulfillment":{"fulfillmentStatus":"TELEPORTED","fulfillmentServiceLevel":"DRONE"}})").value()).value();
  CHECK(bare.status == AmazonStatus::unknown);
  CHECK(bare.service_level == "DRONE");
  CHECK(!bare.packages_known);
  CHECK(!bare.ship_to);
  CHECK(!read_order(json::parse(R"({"orderId":5})").value()));
  CHECK(!read_order(json::parse("[]").value()));
}

TEST_CASE("a report that holds buyers' data is asked for again with a token of its own") {
  World world;
  world.http.answer(403, R"({"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied.","details":""}]})");
  world.http.answer(200, R"({"restrictedDataToken":"Atz.sprdt|r","expiresIn":3600})");
  world.http.answer(200, R"({"reportDocumentId":"d/1","url":"https://store.example/d?sig=1","compressionAlgorithm":"GZIP"})");
  http::Response document{.status = 200, .headers = {{"Content-Type", "text/plain; charset=Shift_JIS"}}, .body = http::gzip("\x8E\x52\x93\x63")};
  world.http.answers.emplace_back(document);
  CHECK(world.amazon.download_report("d/1").value() == "山田");
  CHECK(world.http.asked.at(1).body == R"({"restrictedResources":[{"method":"GET","path":"/reports/2021-06-30/documents/d%2F1"}]})");
  CHECK(world.http.asked.at(2).headers.get("x-amz-access-token") == "Atz.sprdt|r");
  CHECK(!world.http.asked.at(3).headers.has("x-amz-access-token"));
}

TEST_CASE("a feed goes into its document with the very content type that was declared, and is handed in once") {
  World world;
  world.http.answer(201, R"({"feedDocumentId":"f1","url":"https://store.example/f?sig=1"})");
  world.http.fail(ErrorKind::unknown);
  world.http.answer(200, "");
  world.http.answer(202, R"({"feedId":"77"})");
  const std::string type = "text/tab-separated-values; charset=UTF-8";
  CHECK(world.amazon.submit_feed("POST_FLAT_FILE_FULFILLMENT_DATA", {}, type, "a\tb\n").value() == "77");
  CHECK(world.http.asked.at(2).method == "PUT");
  CHECK(world.http.asked.at(2).headers.all() == std::vector<std::pair<std::string, std::string>>{{"Content-Type", type}});
  CHECK(world.http.asked.at(2).body == "a\tb\n");
  CHECK(world.http.asked.at(3).body == R"({"feedType":"POST_FLAT_FILE_FULFILLMENT_DATA","marketplaceIds":["ATVPDKIKX0DER"],"inputFeedDocumentId":"f1"})");

  World lost;
  lost.http.answer(201, R"({"feedDocumentId":"f1","url":"https://store.example/f?sig=1"})");
  lost.http.answer(200, "");
  lost.http.fail(ErrorKind::unknown);
  CHECK(lost.amazon.submit_feed("POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", {}, type, "x").error().kind == ErrorKind::unknown);

  World expired;
  expired.http.answer(201, R"({"feedDocumentId":"f1","url":"https://store.example/f?sig=secret"})");
  expired.http.answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
  const Error error = expired.amazon.submit_feed("X", {}, type, "x").error();
  CHECK(error.code == "amazon.document_link");
  CHECK(error.message.find("secret") == std::string::npos);
}

TEST_CASE("a message goes out once, under its kind, and a kind that cannot be written is refused before anything is sent") {
  World world;
  world.http.answer(201, "");
  const BuyerMessage message{"113-1", "A1VC38T7YXB528", "confirmDeliveryDetails", "住所をご確認ください"};
  CHECK(world.amazon.send_message(message).value().request_id == "request-1");
  CHECK(world.http.asked.at(0).target == "https://api.example/messaging/v1/orders/113-1/messages/confirmDeliveryDetails?marketplaceIds=A1VC38T7YXB528");
  CHECK(world.http.asked.at(0).body == R"({"text":"住所をご確認ください"})");
  world.http.fail(ErrorKind::unknown);
  CHECK(world.amazon.send_message(message).error().kind == ErrorKind::unknown);
  CHECK(world.http.asked.size() == 2);
  CHECK(world.amazon.send_message({"113-1", "A1VC38T7YXB528", "negativeFeedbackRemoval", "x"}).error().code == "message.unknown_kind");
  world.http.answer(200, R"({"_links":{"actions":[{"name":"confirmOrderDetails"},{"href":"x"},7,{"name":"warranty"}]}})");
  CHECK(world.amazon.message_kinds("113-1", "A1VC38T7YXB528").value() == std::vector<std::string>{"confirmOrderDetails", "warranty"});
  world.http.answer(200, R"({"_links":{}})");
  CHECK(!world.amazon.may_ask_for_review("113-1", "A1VC38T7YXB528").value());
}

TEST_CASE("a label is chosen among rates, bought under a key, and bought once however often the answer is lost") {
  World world;
  BuyShipping& shipping = world.amazon.buy_shipping();
  world.http.answer(200, R"({"payload":{"requestToken":"rq","rates":[{"rateId":"r1","carrierId":"USPS","carrierName":"USPS","serviceId":"s","serviceName":"Ground","totalCharge":{"value":7.35,"unit":"USD"},
    "promise":{"deliveryWindow":{"start":"2026-11-27T08:00:00Z","end":"2026-11-28T07:59:59Z"}},"requiresAdditionalInputs":false,
    "supportedDocumentSpecifications":[{"format":"PDF","size":{"width":4.0,"length":6.0,"unit":"INCH"},"printOptions":[{"supportedDPIs":[203,300],"supportedPageLayouts":["LEFT"],"supportedFileJoiningOptions":[true],"supportedDocumentDetails":[]}]}]},
    {"rateId":"no price"}],"ineligibleRates":[{"carrierName":"UPS","serviceName":"Air","ineligibilityReasons":[{"code":"LATE_DELIVERY","message":"too late"}]}]}})");
  const ShippingOffer offer = shipping.shipping_rates({.amazon_order_id = "113-1",
                                                       .marketplace_id = "ATVPDKIKX0DER",
                                                       .reference = "42",
                                                       .from = {},
                                                       .size = {Length::mm(205), Length::inches(4), Length::cm(5)},
                                                       .weight = Weight::ounces(16),
                                                       .insured = Money(1'299, Currency::of("USD")),
                                                       .ship_date = {},
                                                       .items = {{"9", 1, Weight::grams(400), {}}}}).value();
  const json::value asked = json::parse(world.http.asked.at(0).body).value();
  const json::value& parcel = json::find_array(asked, "packages")->front();
  CHECK(json::find(parcel, "dimensions.length")->as_double() == doctest::Approx(20.5));
  CHECK(json::find(parcel, "dimensions.width")->as_double() == doctest::Approx(10.16));
  CHECK(json::find(parcel, "weight.value")->as_double() == doctest::Approx(453.59237));
  CHECK(json::find(parcel, "insuredValue.value")->as_double() == doctest::Approx(12.99));
  CHECK(json::get_text(asked, "channelDetails.amazonOrderDetails.orderId") == "113-1");
  CHECK(world.http.asked.at(0).headers.get("x-amzn-shipping-business-id") == "AmazonShipping_US");
  REQUIRE(offer.rates.size() == 1);
  CHECK(offer.rates[0].total == Money(735, Currency::of("USD")));
  CHECK(offer.refused.at(0).reason == "LATE_DELIVERY: too late");
  REQUIRE(offer.rates[0].formats.size() == 2);
  CHECK(offer.rates[0].formats[1].dpi == 300);

  world.http.fail(ErrorKind::unknown);
  world.http.answer(200, R"({"payload":{"shipmentId":"sid","packageDocumentDetails":[{"packageClientReferenceId":"42","trackingId":"94001","packageDocuments":[{"type":"LABEL","format":"PDF","contents":"JVBERg=="}]}],"promise":{}}})");
  const BoughtLabel label = shipping.buy_label({"ATVPDKIKX0DER", offer.token, "r1", offer.rates[0].formats[1], "parcel-42-1"}).value();
  CHECK(label.tracking_number == "94001");
  CHECK(label.label == "%PDF");
  CHECK(world.http.asked.at(1).headers.get("x-amzn-IdempotencyKey") == "parcel-42-1");
  CHECK(world.http.asked.at(2).headers.get("x-amzn-IdempotencyKey") == "parcel-42-1");
  const json::value bought = json::parse(world.http.asked.at(2).body).value();
  CHECK(json::get_int(bought, "requestedDocumentSpecification.dpi") == 300);
  CHECK(json::get_text(bought, "requestedDocumentSpecification.pageLayout") == "LEFT");

  world.http.answer(400, R"({"errors":[{"code":"TOKEN_EXPIRED","message":"x"}]})");
  CHECK(shipping.buy_label({"ATVPDKIKX0DER", "old", "r1", offer.rates[0].formats[0], "k"}).error().code == "amazon.rates_expired");
  CHECK(shipping.buy_label({"ATVPDKIKX0DER", "rq", "r1", {}, "k"}).error().code == "label.bad_format");
  world.http.answer(200, R"({"payload":{"shipmentId":"sid","packageDocumentDetails":[{"packageDocuments":[{"type":"LABEL","contents":"***"}]}]}})");
  CHECK(shipping.buy_label({"ATVPDKIKX0DER", "rq", "r1", offer.rates[0].formats[0], "k"}).error().kind == ErrorKind::unknown);
  world.http.answer(200, R"({"payload":{}})");
  CHECK(shipping.cancel_label("sid", "A1PA6795UKMFR9").has_value());
  CHECK(!world.http.asked.back().headers.has("x-amzn-shipping-business-id"));
}

TEST_CASE("a queue is named to Amazon once, without a seller, and subscribed to for the seller") {
  World world;
  const std::string arn = "arn:aws:sqs:us-east-1:123456789012:zifa";
  world.http.answer(200, R"({"payload":[{"destinationId":"other","resource":{"sqs":{"arn":"arn:aws:sqs:us-east-1:1:x"}}}]})");
  world.http.answer(200, R"({"payload":{"destinationId":"d1"}})");
  world.http.answer(200, R"({"payload":{"subscriptionId":"s1"}})");
  world.http.answer(409, R"({"errors":[{"code":"Conflict","message":"exists"}]})");
  CHECK(world.amazon.subscribe(arn, {"ORDER_CHANGE", "FEED_PROCESSING_FINISHED"}).has_value());
  CHECK(world.http.tokens.at(0).body.find("grant_type=client_credentials&scope=sellingpartnerapi%3A%3Anotifications") == 0);
  CHECK(world.http.tokens.at(1).body.find("grant_type=refresh_token") == 0);
  CHECK(world.http.tokens.size() == 2);
  CHECK(world.http.asked.at(1).body == R"({"name":"zifa","resourceSpecification":{"sqs":{"arn":")" + arn + R"("}}})");
  CHECK(world.http.asked.at(2).target == "https://api.example/notifications/v1/subscriptions/ORDER_CHANGE");
  CHECK(world.http.asked.at(2).body == R"({"payloadVersion":"1.0","destinationId":"d1"})");
}

TEST_CASE("calls to the queue are signed as Amazon's published example is") {
  http::Request request{.method = "GET", .target = "/"};
  sign(request, "example.amazonaws.com", {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service"}, Instant::parse("2015-08-30T12:36:00Z").value());
  CHECK(request.headers.get("Authorization") ==
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

TEST_CASE("notifications are fetched, told apart, and acknowledged with those nobody can read") {
  World world;
  const auto queue = SqsQueue::open({world.http, world.clock, world.machine, world.dice}, {"arn:aws:sqs:eu-west-1:123456789012:zifa", "key", "secret key", ""}).value().release();
  const std::unique_ptr<SqsQueue> owner(queue);
  const json::object order{{"NotificationType", "ORDER_CHANGE"},
                           {"NotificationMetadata", json::object{{"NotificationId", "n1"}, {"PublishTime", "2026-11-25T07:00:00Z"}}},
                           {"Payload", json::object{{"OrderChangeNotification", json::object{{"AmazonOrderId", "113-1"}, {"OrderChangeType", "BuyerRequestedChange"}, {"Summary", json::object{{"MarketplaceId", "ATVPDKIKX0DER"}, {"OrderStatus", "Unshipped"}}}}}}}};
  const json::object feed{{"notificationType", "FEED_PROCESSING_FINISHED"}, {"payload", json::object{{"feedProcessingFinishedNotification", json::object{{"feedId", "77"}, {"processingStatus", "DONE"}, {"resultFeedDocumentId", "r"}}}}}};
  json::array messages{json::object{{"MessageId", "m1"}, {"ReceiptHandle", "a"}, {"Body", json::text(order)}}, json::object{{"MessageId", "m2"}, {"ReceiptHandle", "b"}, {"Body", json::text(feed)}},
                       json::object{{"MessageId", "m3"}, {"ReceiptHandle", "c"}, {"Body", "hello"}}};
  world.http.answer(200, json::text(json::object{{"Messages", messages}}));
  const auto read = queue->receive().value();
  REQUIRE(read.size() == 3);
  CHECK(read[0].amazon_order_id == "113-1");
  CHECK(read[0].change == "BuyerRequestedChange");
  CHECK(read[0].published_at->iso() == "2026-11-25T07:00:00Z");
  CHECK(read[1].subject_id == "77");
  CHECK(read[1].document_id == "r");
  CHECK(read[1].id == "m2");
  CHECK(read[2].type == "");
  CHECK(world.http.asked.at(0).target == "https://sqs.eu-west-1.amazonaws.com/");
  CHECK(world.http.asked.at(0).headers.get("X-Amz-Target") == "AmazonSQS.ReceiveMessage");
  CHECK(json::get_text(json::parse(world.http.asked.at(0).body).value(), "QueueUrl") == "https://sqs.eu-west-1.amazonaws.com/123456789012/zifa");
  world.http.answer(200, R"({"Successful":[{"Id":"0"},{"Id":"1"},{"Id":"2"}],"Failed":[]})");
  CHECK(queue->acknowledge(read).has_value());
  CHECK(json::find_array(json::parse(world.http.asked.at(1).body).value(), "Entries")->size() == 3);
  world.http.answer(200, "{}");
  CHECK(queue->receive().value().empty());
  world.http.answer(400, R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist"})");
  CHECK(queue->receive().error().kind == ErrorKind::not_found);
  world.http.answer(403, R"({"__type":"SignatureDoesNotMatch","message":"secret key"})");
  const Error denied = queue->receive().error();
  CHECK(denied.kind == ErrorKind::unauthorized);
  CHECK(denied.message.find("secret key") == std::string::npos);
  for (const char* bad : {"", "zifa", "arn:aws:sqs:us-east-1:1", "arn:aws:sns:us-east-1:1:x", "arn:aws:sqs:evil.com/:1:x", "arn:aws:sqs:us-east-1:1:x.fifo"})
    CHECK(SqsQueue::open({world.http, world.clock, world.machine, world.dice}, {bad, "k", "s", ""}).error().code == "queue.bad_arn");
}

TEST_CASE("documents are read in the charset they are in") {
  struct Case {
    const char* what;
    std::string bytes;
    DocumentFacts facts;
    std::string text;
  };
  for (const Case& c : {
           Case{"UTF-8", "自发", {}, "自发"},
           Case{"UTF-8 with a mark", "\xEF\xBB\xBFx", {}, "x"},
           Case{"named Latin-1", "Stra\xDF" "e", {.content_type = "text/plain; charset=ISO-8859-1"}, "Straße"},
           Case{"named Latin-1 that is Windows", "5 \x80", {.content_type = "text/plain;charset=\"iso-8859-1\""}, "5 €"},
           Case{"unnamed, not UTF-8, Europe", "Stra\xDF" "e", {}, "Straße"},
           Case{"unnamed, not UTF-8, Japan", "\x8E\x52\x93\x63", {.japanese = true}, "山田"},
           Case{"named Shift_JIS", "\x8E\x52\x93\x63", {.content_type = "text/plain; charset=Shift_JIS"}, "山田"},
           Case{"unknown name", "abc", {.content_type = "text/plain; charset=klingon"}, "abc"},
           Case{"half a character", "\x8E", {.japanese = true}, "\xEF\xBF\xBD"},
           Case{"bytes without meaning", "a\x81z", {}, "a\xEF\xBF\xBDz"},
           Case{"gzip", http::gzip("hello"), {.gzipped = true}, "hello"},
           Case{"gzip nobody announced", http::gzip("hello"), {}, "hello"},
           Case{"announced but undone on the way", "hello", {.gzipped = true}, "hello"},
           Case{"nothing", "", {}, ""},
       }) {
    CAPTURE(c.what);
    CHECK(decode_document(c.bytes, c.facts).value() == c.text);
  }
  CHECK(decode_document(http::gzip("hello").substr(0, 15), {}).error().code == "amazon.bad_document");
}

TEST_CASE("the account health report is read in both of Amazon's spellings") {
  for (const char* name : {"preFulfillmentCancellationRate", "prefulfillmentCancelRate"}) {
    const std::string text = R"({"accountStatuses":[{"marketplaceId":"ATVPDKIKX0DER","status":"AT_RISK"}],"performanceMetrics":[{"marketplaceId":"ATVPDKIKX0DER",
      "lateShipmentRate":{"reportingDateRange":{"reportingDateFrom":"2020-10-21T00:00Z","reportingDateTo":"2020-11-19T23:59Z"},"orderCount":870669,"lateShipmentCount":27896,"status":"GOOD","rate":0.03203973037,"targetValue":0.04,"targetCondition":"LESS_THAN"},
      ")" + std::string(name) + R"(":{"orderCount":17197,"cancellationCount":551,"status":"GOOD","rate":0.005},
      "orderDefectRate":{"mfn":{"orderCount":10,"orderWithDefects":{"count":1,"status":"BAD"},"rate":0.1},"afn":{"orderCount":5}},
      "listingPolicyViolations":{"defectsCount":86,"status":"BAD","targetValue":0},"somethingNew":{"rate":1},"accountHealthRating":{"ahrStatus":"WARNED"},
      "warningStates":[{"warningType":"spam","status":"BAD"},{"warningType":"fine","status":"GOOD"}]}]})";
    const AccountHealthReport report = read_account_health_report(text).value();
    CHECK(report.accounts.at(0).status == "AT_RISK");
    CHECK(report.accounts.at(0).rating == "WARNED");
    const auto rate = [&](std::string_view metric) {
      for (const ReportedRate& r : report.rates)
        if (r.metric == metric) return r;
      return ReportedRate{};
    };
    CHECK(rate("lsr_30").part == 27'896);
    CHECK(rate("lsr_30").whole == 870'669);
    CHECK(rate("lsr_30").rate_ppm == 32'040);
    CHECK(rate("lsr_30").target_ppm == 40'000);
    CHECK(rate("lsr_30").from->iso() == "2020-10-21T00:00:00Z");
    CHECK(rate("cancel_7").part == 551);
    CHECK(rate("odr_60").part == 1);
    CHECK(report.counts.at(0).defects == 86);
    CHECK(report.warnings == std::vector<std::string>{"spam"});
    CHECK(report.rates.size() == 5);
  }
  for (const char* bad : {"", "[]", "{}", "nonsense", R"({"performanceMetrics":5})"}) CHECK(read_account_health_report(bad).error().code == "amazon.bad_health_report");
  CHECK(read_account_health_report(R"({"performanceMetrics":[5,{"lateShipmentRate":{"rate":1e300}},{"x":[1]}]})").has_value());
}

TEST_CASE("every marketplace has a region that can be asked and a zone that exists, the same one everywhere") {
  CHECK(marketplaces().size() == 23);
  for (const MarketplaceFacts& facts : marketplaces()) {
    CAPTURE(facts.amazon_id);
    CHECK(spapi_endpoint(facts.region).has_value());
    CHECK(TimeZone::named(facts.zone).has_value());
    const auto rules = marketplace_rules(marketplace_code(facts.amazon_id).value_or(""), Day::of(2026, 11, 25));
    REQUIRE(rules.has_value());
    CHECK(rules->zone.name() == facts.zone);
    CHECK(!facts.languages.front().empty());
  }
  CHECK(find_marketplace("uk")->amazon_id == "A1F83G8C2ARO7P");
  CHECK(find_marketplace("A1F83G8C2ARO7P")->country == "GB");
  CHECK(find_marketplace("") == nullptr);
  CHECK(spapi_endpoint("cn").error().code == "marketplace.unknown_region");
  for (const char* url : {"https://sellingpartnerapi-na.amazon.com", "https://sandbox.sellingpartnerapi-eu.amazon.com/x", "https://AMAZON.COM.", "https://u@api.amazon.com:443"}) CHECK(is_amazon_endpoint(url));
  for (const char* url : {"http://127.0.0.1:8788", "https://amazon.com.example.org", "https://notamazon.com", ""}) CHECK(!is_amazon_endpoint(url));
}

TEST_CASE("the same account is the same marketplace while nothing changes") {
  Script http;
  JumpingClock clock;
  SeededDice dice(1);
  AmazonDirectory directory({http, clock, clock, dice});
  const auto first = directory.open(access());
  CHECK(directory.open(access()) == first);
  AccountAccess changed = access();
  changed.refresh_token = "Atzr|other";
  CHECK(directory.open(changed) != first);
}

TEST_CASE("Amazon's own sandbox cases are understood") {
  const std::filesystem::path path = std::filesystem::path(ZIFA_SOURCE_DIR) / ".." / "shared" / "amazon" / "static-cases.json";
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << path.string() << " is not there");
    return;
  }
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  const json::value cases = json::parse(text.str()).value();
  std::set<std::string> seen;
  for (const json::value& entry : cases.as_array()) {
    const std::string model = json::get_text(entry, "model");
    std::string name = json::get_text(entry, "operationId");
    if (model == "ordersV0.json" && name == "getOrder") name = "getOrderV0";
    for (const Operation* operation : operations()) {
      if (operation->name != name) continue;
      CAPTURE(json::get_text(entry, "id"));
      const int status = static_cast<int>(json::get_int(entry, "status").value());
      const json::value* body = json::find(entry, "response");
      const auto read = operation->understands(http::Response::json(status, body == nullptr ? "" : json::text(*body)));
      CHECK(read.has_value() == (status < 300));
      if (status >= 300) CHECK(read.error().kind == ErrorKind::invalid);
      seen.insert(name);
    }
  }
  CHECK(seen.size() >= 20);
}

TEST_CASE("checking an account calls every operation once and names each") {
  World world;
  for (int i = 0; i < 80; ++i) world.http.answer(403, "{}");
  const auto reading = world.amazon.check_operations(false);
  CHECK(reading.size() == world.http.asked.size());
  CHECK(reading.size() >= 15);
  for (const OperationCheck& check : reading) {
    CHECK(!check.ok);
    CHECK(check.status == 403);
    CHECK(check.problem.find(check.operation) != std::string::npos);
  }
  const auto all = world.amazon.check_operations(true);
  std::set<std::string> names;
  for (const OperationCheck& check : all) CHECK(names.insert(check.operation).second);
  for (const Operation* operation : operations()) CHECK(names.contains(std::string(operation->name)) == (operation->sample != nullptr));
  CHECK(all.size() > reading.size());
  CHECK(!names.contains("purchaseShipment"));
}

TEST_CASE("an account without orders, reports or feeds has nothing wrong with it") {
  World world;
  for (int i = 0; i < 80; ++i) world.http.answer(404, "{}");
  std::set<std::string> names;
  for (const OperationCheck& check : world.amazon.check_operations(false)) names.insert(check.operation);
  CHECK(names.contains("searchOrders"));
  CHECK(!names.contains("getOrder"));
  CHECK(!names.contains("getFeed"));
}
