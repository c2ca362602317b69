#include "cli/demo/world.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"

namespace zifa::cli {

namespace {

Result<json::value> ask(http::Client& http, http::Request request) {
  const http::Response answer = TRY(http.send(request));
  if (answer.status / 100 != 2) return unavailable("sandbox.refused", "The sandbox answered " + std::to_string(answer.status) + " to " + request.method + " " + request.target + ": " + answer.body.substr(0, 200));
  return json::parse(answer.body);
}

http::Request post(std::string target, std::string body) { return {.method = "POST", .target = std::move(target), .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)}; }

}  // namespace

Instant SandboxClock::now() const {
  const auto answer = ask(http_, {.target = url_ + "/_sandbox/clock"});
  const auto at = answer ? Instant::parse(json::get_text(*answer, "now")) : Result<Instant>(answer.error());
  check(at.has_value(), "the sandbox no longer tells its time");
  return *at;
}

bool SandboxClock::wait_until(Instant moment, Interrupt& interrupt) {
  if (interrupt.take()) return false;
  (void)advance_world(http_, url_, moment);
  return true;
}

Result<std::vector<Placed>> place_orders(http::Client& http, const std::string& url, const std::string& marketplace_id, std::int64_t count) {
  std::vector<Placed> placed;
  const json::value answer = TRY(ask(http, post(url + "/_sandbox/orders", json::text(json::object{{"count", count}, {"marketplace", marketplace_id}}))));
  if (const json::array* orders = json::find_array(answer, "orders"))
    for (const json::value& order : *orders) placed.push_back({json::get_text(order, "order_id")});
  return placed;
}

Result<Done> advance_world(http::Client& http, const std::string& url, Instant to) {
  TRY(ask(http, post(url + "/_sandbox/clock", json::text(json::object{{"to", to.iso()}}))));
  return done;
}

Result<WorldState> world_state(http::Client& http, const std::string& url) {
  const json::value state = TRY(ask(http, {.target = url + "/_sandbox/state"}));
  return WorldState{.late = json::get_int(state, "late").value_or(0), .packages = json::get_int(state, "packages").value_or(0)};
}

Result<WorldRate> world_rate(http::Client& http, const std::string& url, const std::string& marketplace_id, std::string_view metric) {
  const json::value health = TRY(ask(http, {.target = url + "/_sandbox/health?marketplace=" + percent_encode(marketplace_id)}));
  const std::string name(metric);
  return WorldRate{.late = json::get_int(health, name + ".late").value_or(0), .orders = json::get_int(health, name + ".orders").value_or(0)};
}

}  // namespace zifa::cli
