// Who is calling: by the session cookie of the screens, or by an API token.
#pragma once

#include "api/resource.hpp"
#include "app/change_users.hpp"

namespace zifa::api {

inline constexpr std::string_view kSessionCookie = "zifa_session";
inline constexpr std::chrono::hours kSessionLasts{24 * 14};

// Refuses `session.none`, `session.expired` (unauthorized), `session.bad_csrf` for a write of a session without its token.
Result<Caller> identify(Desk& desk, const http::Request& request, bool is_write);

std::string cookie_value(const http::Request& request, std::string_view name);

// The language before anybody has signed in: ?lang=, the zifa_lang cookie, Accept-Language; zh-CN or en.
std::string language_wanted(const http::Request& request);

struct SignedIn {
  User user;
  std::string csrf;
  std::string cookie;  // the Set-Cookie value
};
// Slows down whoever tries passwords: ten failures lock the name for a quarter of an hour. Refuses `session.bad_password` (unauthorized),
// `session.locked` (throttled).
Result<SignedIn> sign_in(Desk& desk, const http::Request& request, std::string_view name, std::string_view password);
Result<SignedIn> start_session(Desk& desk, const http::Request& request, const User& user);

json::value to_json(const User& user);

}  // namespace zifa::api
