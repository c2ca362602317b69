#include "base/json.hpp"

namespace zifa::json {

Result<value> parse(std::string_view text) {
  boost::json::error_code failed;
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::parser parser({}, options);
  const std::size_t used = parser.write(text.data(), text.size(), failed);
  if (failed) return invalid("json.bad", "This is not JSON: " + failed.message() + " near byte " + std::to_string(used) + ".");
  return parser.release();
}

std::string text(const value& v) { return boost::json::serialize(v); }

const value* find(const value& from, std::string_view path) {
  const value* at = &from;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    const object* inside = at->if_object();
    if (inside == nullptr) return nullptr;
    at = inside->if_contains(name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

const object* find_object(const value& from, std::string_view path) {
  const value* v = find(from, path);
  return v == nullptr ? nullptr : v->if_object();
}

const array* find_array(const value& from, std::string_view path) {
  const value* v = find(from, path);
  return v == nullptr ? nullptr : v->if_array();
}

std::string get_text(const value& from, std::string_view path) {
  const value* v = find(from, path);
  const boost::json::string* s = v == nullptr ? nullptr : v->if_string();
  return s == nullptr ? std::string() : std::string(s->data(), s->size());
}

std::optional<std::int64_t> get_int(const value& from, std::string_view path) {
  const value* v = find(from, path);
  if (v == nullptr) return std::nullopt;
  if (const std::int64_t* i = v->if_int64()) return *i;
  if (const std::uint64_t* u = v->if_uint64(); u != nullptr && *u <= INT64_MAX) return static_cast<std::int64_t>(*u);
  return std::nullopt;
}

bool get_bool(const value& from, std::string_view path) {
  const value* v = find(from, path);
  const bool* b = v == nullptr ? nullptr : v->if_bool();
  return b != nullptr && *b;
}

}  // namespace zifa::json
