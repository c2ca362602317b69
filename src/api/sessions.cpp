#include "api/sessions.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr int kTriesBeforeLock = 10;
constexpr std::chrono::minutes kLockLasts{15};

Role role_named(std::string_view name) { return name == "owner" ? Role::owner : name == "operations" ? Role::operations : Role::warehouse; }

Caller caller_of(const User& user) {
  Caller caller{.user = user.id, .name = user.name, .role = role_named(user.role), .language = user.language};
  if (auto zone = TimeZone::named(user.time_zone)) caller.zone = *zone;
  return caller;
}

// Failures by address within the last minutes, kept in memory only: names cannot be used to lock somebody out from everywhere at once.
class Failures {
 public:
  bool too_many(const std::string& key, Instant now) {
    const std::lock_guard lock(mutex_);
    forget(now);
    const auto found = counts_.find(key);
    return found != counts_.end() && found->second.count >= 30;
  }
  void add(const std::string& key, Instant now) {
    const std::lock_guard lock(mutex_);
    Entry& entry = counts_[key];
    ++entry.count;
    entry.last = now;
  }

 private:
  struct Entry {
    int count = 0;
    Instant last;
  };
  void forget(Instant now) {
    std::erase_if(counts_, [&](const auto& entry) { return now - entry.second.last > kLockLasts; });
  }
  std::mutex mutex_;
  std::map<std::string, Entry> counts_;
};

Failures& failures() {
  static Failures all;
  return all;
}

}  // namespace

std::string cookie_value(const http::Request& request, std::string_view name) {
  for (const std::string_view part : split(request.headers.get("Cookie"), ';')) {
    const std::string_view pair = trim(part);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
  }
  return {};
}

std::string language_wanted(const http::Request& request) {
  for (const std::string& wanted : {std::string(request.query().get("lang")), cookie_value(request, "zifa_lang")}) {
    if (wanted.starts_with("zh")) return "zh-CN";
    if (wanted.starts_with("en")) return "en";
  }
  return request.headers.get("Accept-Language").starts_with("zh") ? "zh-CN" : "en";
}

Result<Caller> identify(Desk& desk, const http::Request& request, bool is_write) {
  const std::string_view authorization = request.headers.get("Authorization");
  if (authorization.starts_with("Bearer ")) {
    const std::string hash = desk.secrets().sha256(authorization.substr(7));
    const auto token = TRY(desk.store().read([&](Tx& tx) { return tx.people.token(hash); }));
    if (!token) return unauthorized("session.none", "This API token is not known; make one under Users.");
    return Caller{.name = "token " + token->name, .role = role_named(token->role), .language = language_wanted(request)};
  }
  const std::string cookie = cookie_value(request, kSessionCookie);
  if (cookie.empty()) return unauthorized("session.none", "Sign in first.");
  const std::string hash = desk.secrets().sha256(cookie);
  struct Found {
    std::optional<Session> session;
    User user;
  };
  const Found found = TRY(desk.store().read([&](Tx& tx) -> Result<Found> {
    Found f{.session = TRY(tx.people.session(hash))};
    if (f.session) f.user = TRY(tx.people.user(f.session->user));
    return f;
  }));
  if (!found.session || found.session->expires_at < desk.clock().now() || !found.user.active) return unauthorized("session.expired", "Your session has ended; sign in again.");
  if (is_write && request.headers.get("X-CSRF-Token") != found.session->csrf) return refused("session.bad_csrf", "The page is out of date; reload it and try again.");
  return caller_of(found.user);
}

Result<SignedIn> start_session(Desk& desk, const http::Request& request, const User& user) {
  SignedIn signed_in{.user = user, .csrf = desk.secrets().token(24)};
  const std::string token = desk.secrets().token(32);
  const Instant now = desk.clock().now();
  TRY(desk.store().write([&](Tx& tx) -> Result<Done> {
    TRY(tx.people.insert_session({.token_hash = desk.secrets().sha256(token), .csrf = signed_in.csrf, .user = user.id, .created_at = now, .expires_at = now + kSessionLasts}));
    User seen = user;
    seen.last_seen_at = now;
    seen.failed_sign_ins = 0;
    seen.locked_until.reset();
    return tx.people.update_user(seen);
  }));
  signed_in.cookie = std::string(kSessionCookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(std::chrono::seconds(kSessionLasts).count());
  if (request.headers.get("X-Forwarded-Proto") == "https") signed_in.cookie += "; Secure";
  return signed_in;
}

Result<SignedIn> sign_in(Desk& desk, const http::Request& request, std::string_view name, std::string_view password) {
  const Instant now = desk.clock().now();
  if (failures().too_many(request.remote, now)) return Error{ErrorKind::throttled, "session.locked", "Too many failed sign-ins from this address; wait a quarter of an hour."};
  const auto user = TRY(desk.store().read([&](Tx& tx) { return tx.people.user_named(trim(name)); }));
  if (user && user->locked_until && *user->locked_until > now) return Error{ErrorKind::throttled, "session.locked", "This name is locked after too many failed sign-ins; wait a quarter of an hour."};
  // The same work is done for a name that does not exist, so that names cannot be guessed by the time it takes.
  static const std::string nobody = desk.secrets().hash_password("nobody has this password");
  const bool right = desk.secrets().is_password(password, user ? user->password_hash : nobody) && user && user->active;
  if (!right) {
    failures().add(request.remote, now);
    if (user)
      TRY(desk.store().write([&](Tx& tx) -> Result<Done> {
        User tried = *user;
        if (++tried.failed_sign_ins >= kTriesBeforeLock) {
          tried.locked_until = now + kLockLasts;
          tried.failed_sign_ins = 0;
        }
        return tx.people.update_user(tried);
      }));
    return unauthorized("session.bad_password", "Name or password is wrong.");
  }
  return start_session(desk, request, *user);
}

json::value to_json(const User& user) {
  return json::object{{"id", std::to_string(user.id.value())}, {"name", user.name}, {"role", user.role}, {"language", user.language}, {"time_zone", user.time_zone}, {"active", user.active}, {"last_seen_at", to_json(user.last_seen_at)}};
}

}  // namespace zifa::api
