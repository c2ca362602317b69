// The REST API and the screens, as one function from request to response.
//
// Every write needs the session's CSRF token or an API token; writes with an Idempotency-Key are done once. Unknown paths outside
// /api give the screens, so that deep links work.
#pragma once

#include <memory>
#include <string>

#include "app/desk.hpp"
#include "base/http.hpp"

namespace zifa::api {

struct ApiOptions {
  std::string setup_code;  // asked for when the first user is made; printed on the console
};

class Api {
 public:
  Api(Desk& desk, ApiOptions options);
  ~Api();

  http::Response handle(const http::Request& request);
  // Whether this request may listen to live changes; the answer to give if not.
  std::optional<http::Response> may_listen(const http::Request& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The OpenAPI 3.1 description of all routes.
std::string openapi();

}  // namespace zifa::api
