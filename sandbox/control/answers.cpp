#include "sandbox/control/answers.hpp"

#include "base/text.hpp"
#include "sandbox/world/health.hpp"

namespace zifa::sandbox {

http::Response control_error(int status, std::string_view message) { return http::Response::json(status, json::text(json::object{{"error", message}})); }

http::Response control_error(const Error& error) {
  return control_error(error.kind == ErrorKind::not_found ? 404 : error.kind == ErrorKind::conflict ? 409 : 400, error.message);
}

Result<json::value> read_body(const http::Request& request) {
  if (trim(request.body).empty()) return json::value(json::object{});
  json::value body = TRY(json::parse(request.body));
  if (!body.is_object()) return invalid("control.body", "The body must be a JSON object.");
  return body;
}

namespace {
const json::value* present(const json::value& body, std::string_view name) {
  const json::value* field = body.get_object().if_contains(name);
  return field == nullptr || field->is_null() ? nullptr : field;
}
Error wrong(std::string_view name, std::string_view wanted) { return invalid("control.field", std::string(name) + " must be " + std::string(wanted) + "."); }
}  // namespace

Result<std::optional<std::string>> text_field(const json::value& body, std::string_view name) {
  const json::value* field = present(body, name);
  if (field == nullptr) return std::optional<std::string>();
  if (!field->is_string()) return wrong(name, "a text");
  return std::optional<std::string>(std::string(field->get_string()));
}

Result<std::optional<std::int64_t>> int_field(const json::value& body, std::string_view name, std::int64_t low, std::int64_t high) {
  const json::value* field = present(body, name);
  if (field == nullptr) return std::optional<std::int64_t>();
  const std::optional<std::int64_t> number = json::get_int(body, name);
  if (!number || *number < low || *number > high) return wrong(name, "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  return number;
}

Result<std::optional<bool>> bool_field(const json::value& body, std::string_view name) {
  const json::value* field = present(body, name);
  if (field == nullptr) return std::optional<bool>();
  if (!field->is_bool()) return wrong(name, "true or false");
  return std::optional<bool>(field->get_bool());
}

Result<std::optional<Instant>> instant_field(const json::value& body, std::string_view name) {
  const std::optional<std::string> text = TRY(text_field(body, name));
  if (!text) return std::optional<Instant>();
  Result<Instant> at = Instant::parse(*text);
  if (!at || !is_sensible(*at)) return wrong(name, "an instant between 2000 and 2100 such as 2026-03-02T09:00:00Z");
  return std::optional<Instant>(*at);
}

bool is_sensible(Instant at) { return at.ms() >= 946'684'800'000 && at.ms() < 4'102'444'800'000; }

json::object truth_of(const Order& order) {
  const auto or_null = [](const std::optional<Instant>& at) { return at ? json::value(at->iso()) : json::value(nullptr); };
  json::array packages;
  for (const Package& package : order.packages)
    packages.push_back(json::object{{"reference", package.reference}, {"carrier_code", package.carrier_code}, {"tracking_number", package.number},
                                    {"first_confirmed_at", package.first_confirmed_at.iso()}, {"edits", package.edits}});
  return {{"order_id", order.id}, {"status", text_of(order.status())}, {"purchased_at", order.purchased_at.iso()}, {"ship_by", order.promise.ship_by.iso()},
          {"deliver_by", order.promise.deliver_by.iso()}, {"confirmed_at", or_null(order.confirmed_at)}, {"late", is_late(order)},
          {"cancelled_by", order.cancelled_at ? json::value(order.cancelled_by) : json::value(nullptr)}, {"packages", std::move(packages)}};
}

}  // namespace zifa::sandbox
