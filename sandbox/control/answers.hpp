// How the control surface reads and answers. Included in .cpp files only.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

http::Response control_error(int status, std::string_view message);
http::Response control_error(const Error& error);  // 400, 404 or 409 by its kind

Result<json::value> read_body(const http::Request& request);  // an object; an empty body is an empty one

// Typed fields of a control body: absent and null read as nothing, another type is refused.
Result<std::optional<std::string>> text_field(const json::value& body, std::string_view name);
Result<std::optional<std::int64_t>> int_field(const json::value& body, std::string_view name, std::int64_t low, std::int64_t high);
Result<std::optional<bool>> bool_field(const json::value& body, std::string_view name);
Result<std::optional<Instant>> instant_field(const json::value& body, std::string_view name);

// Moments that the sandbox's calendars and clocks can work with.
bool is_sensible(Instant at);

// What really happened to an order.
json::object truth_of(const Order& order);

http::Response control_place_orders(World& world, const http::Request& request);
http::Response control_act(World& world, Order& order, const http::Request& request);

}  // namespace zifa::sandbox
