// One file in api/resources is one resource of the REST API: its routes, each with what it takes and gives, in words and as JSON
// Schema. The OpenAPI description is made from this table, so a route without one does not exist.
#pragma once

#include <boost/json.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/desk.hpp"
#include "base/http.hpp"
#include "base/json.hpp"

namespace zifa::api {

enum class Role { warehouse, operations, owner };  // each may do what the ones before it may
std::string_view name_of(Role role);

// Who calls, as far as it is known.
struct Caller {
  UserId user;                 // 0 for an API token
  std::string name;            // goes into the audit log
  Role role = Role::warehouse;
  std::string language = "en"; // zh-CN or en
  TimeZone zone = TimeZone::utc();
};

// One call, with everything a handler needs.
struct Call {
  Desk& desk;
  const http::Request& request;
  http::Query query;
  std::vector<std::string> path;  // the values of {…} in the route's path, in order
  json::value body;               // null where none was sent or the route takes raw bytes
  Caller caller;
  Instant now;
  std::string setup_code;

  Store& store() { return desk.store(); }
  // The n-th path value as a number. Refuses `path.bad_id`.
  Result<std::int64_t> id(std::size_t n) const;
};

using Answer = Result<http::Response>;

enum class Access { open, signed_in };

struct Route {
  std::string_view method;
  std::string_view path;      // "/api/orders/{id}"
  std::string_view summary;   // one line, for people who write programs
  Role role = Role::warehouse;
  Access access = Access::signed_in;
  bool raw_body = false;      // the body is a file, not JSON
  bool secret_answer = false; // holds something that may not be kept for the same Idempotency-Key: a session, a token
  std::string_view takes;     // JSON Schema of the body, "" for none
  std::string_view gives;     // JSON Schema of the answer
  std::string_view query;     // names of the query parameters, comma-separated
  Answer (*run)(Call& call) = nullptr;
};

struct Resource {
  std::string_view name;
  std::vector<Route> routes;
};

std::span<const Resource* const> resources();

// Helpers every resource uses.
http::Response ok(const json::value& body, int status = 200);
http::Response no_content();
http::Response file(std::string bytes, std::string_view content_type, std::string_view file_name);
json::value to_json(const std::optional<Money>& money);
json::value to_json(const std::optional<Instant>& at);
json::value to_json(const std::optional<Day>& day);
// A limit between 1 and 500 from ?limit=, 50 without.
int limit_of(const Call& call);
// Text of a required field. Refuses `body.missing`.
Result<std::string> required_text(const json::value& body, std::string_view field);

}  // namespace zifa::api
