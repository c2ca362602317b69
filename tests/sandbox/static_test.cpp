// --static: Amazon's own 285 recorded cases, and the operations that answer from them without being played.
#include "base/resources.hpp"
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

namespace {

// A case's parameters written as a call.
http::Request call_of(const json::value& one, const std::string& token) {
  std::string path = json::get_text(one, "path");
  http::Query query;
  http::Request request{.method = json::get_text(one, "method"), .target = "", .headers = {{"x-amz-access-token", token}}, .body = "", .remote = ""};
  const auto plain = [](const json::value& value) { return value.is_string() ? std::string(value.get_string()) : json::text(value); };
  for (const auto& [name, value] : *json::find_object(one, "params")) {
    const std::string placeholder = "{" + std::string(name) + "}";
    if (name == "body") {
      request.body = json::text(value);
    } else if (const std::size_t at = path.find(placeholder); at != std::string::npos) {
      path.replace(at, placeholder.size(), percent_encode(plain(value)));
    } else if (value.is_array()) {
      std::string joined;
      for (const json::value& each : value.get_array()) joined += (joined.empty() ? "" : ",") + plain(each);
      query.add(name, joined);
    } else {
      query.add(name, plain(value));
    }
  }
  // A path parameter that the case does not list may be anything.
  for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{')) path.replace(open, path.find('}') - open + 1, "anything");
  request.target = path + (query.fields().empty() ? "" : "?" + query.encoded());
  return request;
}

}  // namespace

TEST_CASE("284 of Amazon's 285 static cases answer exactly; the other one has a twin with the same parameters") {
  Options options;
  options.is_static = true;
  Desk desk(options);
  const json::value cases = json::parse(resource("data/sandbox/static_cases.json")).value();
  int exact = 0;
  std::vector<std::string> others;
  for (const json::value& one : cases.get_array()) {
    const Answer answer = desk.send(call_of(one, desk.token));
    const int status = static_cast<int>(*json::get_int(one, "status"));
    const json::value& wanted = *json::find(one, "response");
    const bool same = answer.status == status && (wanted.is_null() || status == 204 ? answer.raw.body.empty() : answer.body == wanted);
    if (same) ++exact;  // what differs is named in full
    else others.push_back(json::get_text(one, "id") + (json::get_text(one, "id") == "sellers/getAccount/400/0" ? "" : " " + std::to_string(answer.status) + " " + answer.raw.body.substr(0, 300)));
    CHECK((answer.status != 429 || status == 429));
  }
  CHECK(cases.get_array().size() == 285);
  CHECK(exact == 284);
  CHECK(others == std::vector<std::string>{"sellers/getAccount/400/0"});
}

TEST_CASE("a static call needs a token, and what fits no case is played") {
  Options options;
  options.is_static = true;
  Desk desk(options);
  CHECK(desk.send({.method = "GET", .target = "/orders/v0/orders/TEST_CASE_200", .headers = {}, .body = "", .remote = ""}).status == 403);
  CHECK(desk.get("/orders/v0/orders/TEST_CASE_200").status == 200);
  const std::string id = json::get_text(desk.order(), "order_id");
  CHECK(desk.get("/orders/v0/orders/" + id).text("payload.AmazonOrderId") == id);
}

TEST_CASE("what is not played answers from its static cases, else with invalid input") {
  Desk desk;
  const Answer recorded = desk.get("/easyShip/2022-03-23/package?amazonOrderId=903-1713775-3598252&marketplaceId=A21TJRUUN4KGV");
  CHECK(recorded.status == 200);
  const Answer none = desk.get("/easyShip/2022-03-23/package?amazonOrderId=111-1111111-1111111&marketplaceId=A21TJRUUN4KGV");
  CHECK(none.status == 400);
  CHECK(json::get_text(none.list("errors")[0], "code") == "InvalidInput");
}

}  // namespace zifa::sandbox
