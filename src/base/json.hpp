// Reading JSON that may lack anything. Include this in .cpp files only: Boost.JSON is heavy.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Refuses `json.bad` with the position. Depth is limited to 64, so that hostile nesting cannot exhaust the stack.
Result<value> parse(std::string_view text);
std::string text(const value& v);  // compact

// The value at a dotted path through objects ("fulfillment.shipByWindow.latest"), or nullptr.
const value* find(const value& from, std::string_view path);
const object* find_object(const value& from, std::string_view path);
const array* find_array(const value& from, std::string_view path);
// "" where it is missing or not a string; numbers and booleans are not turned into text.
std::string get_text(const value& from, std::string_view path);
std::optional<std::int64_t> get_int(const value& from, std::string_view path);  // whole numbers only
bool get_bool(const value& from, std::string_view path);                        // false where missing

}  // namespace zifa::json
