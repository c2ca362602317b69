// A seller at the sandbox's door: a world that stands still until it is moved, and calls with a token that works.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "sandbox/sandbox.hpp"

namespace zifa::sandbox {

inline Instant instant(std::string_view text) {
  Result<Instant> at = Instant::parse(text);
  REQUIRE(at.has_value());
  return *at;
}

struct Answer {
  int status = 0;
  json::value body;
  http::Response raw;
  std::string text(std::string_view path) const { return json::get_text(body, path); }
  std::int64_t number(std::string_view path) const { return json::get_int(body, path).value_or(-1); }
  const json::array& list(std::string_view path) const {
    const json::array* found = json::find_array(body, path);
    REQUIRE_MESSAGE(found != nullptr, path, " is missing in ", raw.body);
    return *found;
  }
};

class Desk {
 public:
  explicit Desk(Options options = {}) {
    if (!options.start) options.start = instant("2026-03-02T17:00:00Z");
    if (options.clock == ClockMode::real) options.clock = ClockMode::manual;
    machine_ = std::make_shared<Instant>(instant("2026-11-25T03:00:00Z"));
    options.machine_now = [machine = machine_] { return *machine; };
    sandbox_ = std::make_unique<Sandbox>(options);
    sign_in(0);
  }

  Sandbox& sandbox() { return *sandbox_; }
  // The machine's clock, by which tokens and links die.
  void let_machine_run(std::chrono::seconds for_) { *machine_ = *machine_ + for_; }
  json::value ready() { return *json::parse(sandbox_->ready_line()); }
  std::string seller_id() { return account_text("seller_id"); }

  void sign_in(std::size_t account) {
    account_ = account;
    const json::value ready_ = ready();
    http::Query form;
    form.add("grant_type", "refresh_token");
    form.add("refresh_token", account_text("refresh_token"));
    form.add("client_id", json::get_text(ready_, "client_id"));
    form.add("client_secret", json::get_text(ready_, "client_secret"));
    const Answer granted = send({.method = "POST", .target = "/auth/o2/token", .headers = {{"Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"}}, .body = form.encoded(), .remote = ""});
    REQUIRE_MESSAGE(granted.status == 200, granted.raw.body);
    token = granted.text("access_token");
  }
  std::string grantless(std::string_view scope) {
    const json::value ready_ = ready();
    const json::object body{{"grant_type", "client_credentials"}, {"scope", scope}, {"client_id", json::get_text(ready_, "client_id")}, {"client_secret", json::get_text(ready_, "client_secret")}};
    const Answer granted = send({.method = "POST", .target = "/auth/o2/token", .headers = {{"Content-Type", "application/json"}}, .body = json::text(body), .remote = ""});
    REQUIRE(granted.status == 200);
    return granted.text("access_token");
  }

  Answer send(const http::Request& request) {
    Answer answer;
    answer.raw = sandbox_->handle(request);
    answer.status = answer.raw.status;
    if (Result<json::value> body = json::parse(answer.raw.body)) answer.body = std::move(*body);
    if (on_answer) on_answer(request, answer);
    return answer;
  }
  Answer call(std::string method, std::string target, const json::value& body = nullptr) {
    http::Request request{.method = std::move(method), .target = std::move(target), .headers = {{"x-amz-access-token", token}, {"Content-Type", "application/json"}}, .body = "", .remote = ""};
    if (!body.is_null()) request.body = json::text(body);
    return send(request);
  }
  Answer get(std::string target) { return call("GET", std::move(target)); }
  Answer control(std::string method, const std::string& path, const json::value& body = nullptr) {
    http::Request request{.method = std::move(method), .target = "/_sandbox" + (path.empty() ? path : "/" + path), .headers = {}, .body = "", .remote = ""};
    if (!body.is_null()) request.body = json::text(body);
    return send(request);
  }
  void wait(std::int64_t seconds) { REQUIRE(control("POST", "clock", json::object{{"advance_s", seconds}}).status == 200); }

  // One order; the first of the answer.
  json::value order(json::object wish = {}) {
    const Answer placed = control("POST", "orders", wish);
    REQUIRE_MESSAGE(placed.status == 201, placed.raw.body);
    return placed.list("orders").front();
  }
  json::value truth(const std::string& order_id) { return control("GET", "orders/" + order_id).body; }

  // A confirmation of everything in an order placed by `order`.
  static json::object confirmation(const json::value& order, std::string_view reference, std::string_view number, std::string_view ship_date) {
    json::array items;
    for (const json::value& line : *json::find_array(order, "lines"))
      items.push_back(json::object{{"orderItemId", json::get_text(line, "order_item_id")}, {"quantity", *json::get_int(line, "quantity")}});
    return {{"marketplaceId", "ATVPDKIKX0DER"},
            {"packageDetail", json::object{{"packageReferenceId", reference}, {"carrierCode", "USPS"}, {"carrierName", "USPS"}, {"shippingMethod", "Ground Advantage"},
                                           {"trackingNumber", number}, {"shipDate", ship_date}, {"orderItems", std::move(items)}}}};
  }
  Answer confirm(const json::value& order, std::string_view reference = "1", std::string_view number = "9400111899223817576194") {
    return call("POST", "/orders/v0/orders/" + json::get_text(order, "order_id") + "/shipmentConfirmation", confirmation(order, reference, number, sandbox_->now().iso()));
  }

  std::string token;
  std::function<void(const http::Request&, const Answer&)> on_answer;  // sees every call

 private:
  std::string account_text(std::string_view name) { return json::get_text((*json::find_array(ready(), "accounts"))[account_], name); }

  std::shared_ptr<Instant> machine_;
  std::unique_ptr<Sandbox> sandbox_;
  std::size_t account_ = 0;
};

}  // namespace zifa::sandbox
