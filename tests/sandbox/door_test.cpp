// Tokens, quotas, faults, headers: what stands between a caller and an operation.
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

TEST_CASE("the ready line names three accounts with credentials that need no encoding") {
  Desk desk;
  const json::value ready = desk.ready();
  CHECK(json::get_bool(ready, "ready"));
  CHECK(json::get_text(ready, "clock") == "manual");
  const json::array& accounts = *json::find_array(ready, "accounts");
  REQUIRE(accounts.size() == 3);
  CHECK(json::get_text(accounts[0], "region") == "na");
  CHECK(json::get_text(accounts[1], "region") == "eu");
  CHECK(json::get_text(accounts[2], "region") == "fe");
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789|._-";
  for (const std::string& credential : {json::get_text(ready, "client_id"), json::get_text(ready, "client_secret"), json::get_text(accounts[0], "refresh_token"), desk.token})
    CHECK(credential.find_first_not_of(kPlain) == std::string::npos);
  CHECK(desk.control("GET", "").raw.body == desk.sandbox().ready_line());
}

TEST_CASE("a call without a live token of the right kind is refused with Amazon's words") {
  Desk desk;
  const std::string good = desk.token;
  const auto details = [](const Answer& answer) { return json::get_text(answer.list("errors")[0], "details"); };
  desk.token = "";
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 403);
  CHECK(details(desk.get("/sellers/v1/marketplaceParticipations")) == "Access token is missing in the request header.");
  desk.token = "Atza|made-up";
  CHECK(details(desk.get("/sellers/v1/marketplaceParticipations")) == "The access token you provided is revoked, malformed or invalid.");
  desk.token = desk.grantless("sellingpartnerapi::notifications");
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 403);
  CHECK(desk.get("/notifications/v1/destinations").status == 200);
  desk.token = good;
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 200);
  CHECK(desk.get("/notifications/v1/destinations").status == 403);
  desk.let_machine_run(std::chrono::seconds(3601));
  CHECK(details(desk.get("/sellers/v1/marketplaceParticipations")) == "The access token you provided has expired.");
}

TEST_CASE("the token endpoint takes forms and JSON and answers as OAuth does") {
  Desk desk;
  const json::value ready = desk.ready();
  const auto ask = [&](json::object body) { return desk.send({.method = "POST", .target = "/auth/o2/token", .headers = {{"Content-Type", "application/json"}}, .body = json::text(body), .remote = ""}); };
  json::object good{{"grant_type", "refresh_token"}, {"refresh_token", json::get_text((*json::find_array(ready, "accounts"))[1], "refresh_token")},
                    {"client_id", json::get_text(ready, "client_id")}, {"client_secret", json::get_text(ready, "client_secret")}};
  const Answer granted = ask(good);
  CHECK(granted.status == 200);
  CHECK(granted.text("token_type") == "bearer");
  CHECK(granted.number("expires_in") == 3600);
  json::object wrong_secret = good, wrong_grant = good, wrong_type = good;
  wrong_secret["client_secret"] = "x";
  wrong_grant["refresh_token"] = "Atzr|x";
  wrong_type["grant_type"] = "password";
  CHECK(ask(wrong_secret).status == 401);
  CHECK(ask(wrong_secret).text("error") == "invalid_client");
  CHECK(ask(wrong_grant).status == 400);
  CHECK(ask(wrong_grant).text("error") == "invalid_grant");
  CHECK(ask(wrong_type).text("error") == "unsupported_grant_type");
}

TEST_CASE("consent sends the seller back with a code that works once, for five minutes") {
  Desk desk;
  const std::string link = "/apps/authorize/consent?application_id=amzn1.sellerapps.app.x&state=s%201&redirect_uri=https%3A%2F%2Fdesk.example%2Fback";
  const Answer page = desk.send({.method = "GET", .target = link, .headers = {}, .body = "", .remote = ""});
  CHECK(page.status == 200);
  CHECK(page.raw.body.find(desk.seller_id()) != std::string::npos);
  const auto consent = [&] {
    const Answer back = desk.send({.method = "GET", .target = link + "&seller_id=" + desk.seller_id(), .headers = {}, .body = "", .remote = ""});
    CHECK(back.status == 302);
    const std::string location(back.raw.headers.get("Location"));
    const http::Query query = http::Query::parse(location.substr(location.find('?') + 1));
    CHECK(query.get("state") == "s 1");
    CHECK(query.get("selling_partner_id") == desk.seller_id());
    return std::string(query.get("spapi_oauth_code"));
  };
  const json::value ready = desk.ready();
  const auto exchange = [&](const std::string& code) {
    const json::object body{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "https://desk.example/back"}, {"client_id", json::get_text(ready, "client_id")}, {"client_secret", json::get_text(ready, "client_secret")}};
    return desk.send({.method = "POST", .target = "/auth/o2/token", .headers = {{"Content-Type", "application/json"}}, .body = json::text(body), .remote = ""});
  };
  const std::string code = consent();
  CHECK(exchange(code).text("refresh_token").starts_with("Atzr|"));
  CHECK(exchange(code).status == 400);
  const std::string late = consent();
  desk.let_machine_run(std::chrono::seconds(301));
  CHECK(exchange(late).text("error") == "invalid_grant");
}

TEST_CASE("headers say what the models say: the quota on 20x, 400 and 404 only") {
  Desk desk;
  const Answer good = desk.get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z");
  CHECK(good.status == 200);
  CHECK(good.raw.headers.get("x-amzn-RateLimit-Limit") == "0.0056");
  CHECK(good.raw.headers.get("x-amzn-RequestId").size() == 36);
  const Answer bad = desk.get("/orders/2026-01-01/orders");
  CHECK(bad.status == 400);
  CHECK(bad.raw.headers.has("x-amzn-RateLimit-Limit"));
  CHECK(json::get_text(bad.list("errors")[0], "code") == "InvalidInput");
  const Answer none = desk.get("/orders/2026-01-01/orders/111-0000000-0000000");
  CHECK(none.status == 404);
  CHECK(none.raw.headers.get("x-amzn-RateLimit-Limit") == "0.5");
  const Answer gateway = desk.get("/orders/2026-01-01/nothing");
  CHECK(gateway.status == 403);
  CHECK(json::get_text(gateway.list("errors")[0], "code") == "MissingAuthenticationToken");
  CHECK_FALSE(gateway.raw.headers.has("x-amzn-RateLimit-Limit"));
  CHECK(gateway.raw.headers.has("x-amzn-RequestId"));
}

TEST_CASE("twenty searches empty the bucket; three minutes fill in one more") {
  Desk desk;
  const auto search = [&] { return desk.get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z").status; };
  for (int i = 0; i < 20; ++i) CHECK(search() == 200);
  const Answer empty = desk.get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z");
  CHECK(empty.status == 429);
  CHECK_FALSE(empty.raw.headers.has("x-amzn-RateLimit-Limit"));
  CHECK(json::get_text(empty.list("errors")[0], "code") == "QuotaExceeded");
  desk.wait(178);
  CHECK(search() == 429);
  desk.wait(1);
  CHECK(search() == 200);
  CHECK(search() == 429);
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "off"}}).status == 200);
  for (int i = 0; i < 40; ++i) CHECK(search() == 200);
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "sandbox"}}).status == 200);
  int passed = 0;
  for (int i = 0; i < 20; ++i) passed += search() == 200;
  CHECK(passed == 15);
  CHECK(desk.control("POST", "quotas", json::object{{"mode", "free"}}).status == 400);
}

TEST_CASE("each kind of fault strikes as often as it was told to, and is written down") {
  Desk desk;
  struct Row {
    std::string kind;
    int status;
  };
  for (const Row& row : {Row{"throttle", 429}, Row{"internal", 500}, Row{"unavailable", 503}}) {
    CAPTURE(row.kind);
    CHECK(desk.control("POST", "faults", json::object{{"operation", "getMarketplaceParticipations"}, {"kind", row.kind}, {"count", 1}}).status == 201);
    CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == row.status);
    CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 200);
  }
  CHECK(desk.control("POST", "faults", json::object{{"operation", "*"}, {"kind", "slow"}, {"ms", 250}, {"skip", 1}}).status == 201);
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").raw.delay_ms == 0);
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").raw.delay_ms == 250);
  const Answer faults = desk.control("GET", "faults");
  CHECK(faults.list("faults").size() == 4);
  CHECK(*json::get_int(faults.list("faults")[3], "hits") == 1);
  CHECK(desk.control("DELETE", "faults").status == 200);
  CHECK(desk.control("GET", "faults").list("faults").empty());
  CHECK(desk.control("DELETE", "faults/7").status == 404);
  CHECK(desk.control("POST", "faults", json::object{{"kind", "earthquake"}}).status == 400);
  CHECK(desk.control("POST", "faults", json::object{{"kind", "throttle"}, {"operation", "getMarketplaceParticipation"}}).status == 400);
  const Answer log = desk.control("GET", "requests?operation=getMarketplaceParticipations");
  CHECK(json::get_text(log.list("requests")[0], "fault") == "throttle");
  CHECK(*json::get_int(log.list("requests")[0], "status") == 429);
  CHECK(desk.control("GET", "state").number("requests.getMarketplaceParticipations.200") == 5);
}

TEST_CASE("no answer before means nothing happened, no answer after means it did") {
  Desk desk;
  const json::value order = desk.order();
  const std::string id = json::get_text(order, "order_id");
  CHECK(desk.control("POST", "faults", json::object{{"operation", "confirmShipment"}, {"kind", "no_answer_before"}, {"order_id", id}}).status == 201);
  CHECK(desk.confirm(order).raw.drop_connection);
  CHECK(json::get_text(desk.truth(id), "status") == "UNSHIPPED");
  CHECK(desk.control("POST", "faults", json::object{{"operation", "confirmShipment"}, {"kind", "no_answer_after"}, {"order_id", id}}).status == 201);
  CHECK(desk.confirm(order).raw.drop_connection);
  CHECK(json::get_text(desk.truth(id), "status") == "SHIPPED");
  const Answer again = desk.confirm(order);
  CHECK(again.status == 204);
  CHECK(json::find_array(desk.truth(id), "packages")->size() == 1);
}

TEST_CASE("expired tokens are dead at once, new ones work") {
  Desk desk;
  CHECK(desk.control("POST", "faults", json::object{{"kind", "token_expired"}}).status == 201);
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 403);
  desk.sign_in(0);
  CHECK(desk.get("/sellers/v1/marketplaceParticipations").status == 200);
}

TEST_CASE("the clock never runs backwards") {
  Desk desk;
  CHECK(desk.control("POST", "clock", json::object{{"advance_s", 3600}}).text("now") == "2026-03-02T18:00:00Z");
  CHECK(desk.control("POST", "clock", json::object{{"to", "2026-03-02T17:59:59Z"}}).status == 409);
  CHECK(desk.control("POST", "clock", json::object{{"advance_s", -1}}).status == 409);
  CHECK(desk.control("POST", "clock", json::object{{"to", "tomorrow"}}).status == 400);
  CHECK(desk.control("POST", "clock", json::object{}).status == 400);
  CHECK(desk.control("POST", "clock", json::object{{"to", "2026-03-03T00:00:00Z"}}).status == 200);
  CHECK(desk.control("GET", "clock").text("now") == "2026-03-03T00:00:00Z");
}

}  // namespace zifa::sandbox
