#include "api/resource.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/text.hpp"

namespace zifa::api {

std::string_view name_of(Role role) { return role == Role::owner ? "owner" : role == Role::operations ? "operations" : "warehouse"; }

Result<std::int64_t> Call::id(std::size_t n) const {
  const auto number = n < path.size() ? to_int(path[n]) : std::nullopt;
  if (!number || *number < 1) return invalid("path.bad_id", "\"" + printable(n < path.size() ? path[n] : "", 40) + "\" is not a number of something kept here.");
  return *number;
}

http::Response ok(const json::value& body, int status) { return http::Response::json(status, json::text(body)); }

http::Response no_content() { return {.status = 204}; }

http::Response file(std::string bytes, std::string_view content_type, std::string_view file_name) {
  http::Response response{.body = std::move(bytes)};
  response.headers.set("Content-Type", std::string(content_type));
  response.headers.set("Content-Disposition", "inline; filename*=UTF-8''" + percent_encode(file_name));
  return response;
}

json::value to_json(const std::optional<Money>& money) {
  if (!money) return nullptr;
  return json::object{{"amount", money->minor()}, {"currency", money->currency().code()}};
}

json::value to_json(const std::optional<Instant>& at) {
  if (!at) return nullptr;
  return json::value(at->iso());
}

json::value to_json(const std::optional<Day>& day) {
  if (!day) return nullptr;
  return json::value(day->iso());
}

int limit_of(const Call& call) { return static_cast<int>(std::clamp<std::int64_t>(to_int(call.query.get("limit")).value_or(50), 1, 500)); }

Result<std::string> required_text(const json::value& body, std::string_view field) {
  std::string text = json::get_text(body, field);
  if (trim(text).empty()) return invalid("body.missing", "The field \"" + std::string(field) + "\" is missing.");
  return text;
}

}  // namespace zifa::api
