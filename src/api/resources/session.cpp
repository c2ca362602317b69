#include "api/api.hpp"
#include "api/sessions.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

Answer health(Call&) { return ok(json::object{{"ok", true}, {"version", ZIFA_VERSION}}); }

Answer description(Call&) { return http::Response::json(200, openapi()); }

Answer signed_in(SignedIn session) {
  http::Response response = ok(json::object{{"user", to_json(session.user)}, {"csrf", session.csrf}});
  response.headers.add("Set-Cookie", session.cookie);
  return response;
}

Answer who(Call& call) {
  const std::int64_t users = TRY(call.store().read([](Tx& tx) { return tx.people.count_users(); }));
  json::object answer{{"setup_needed", users == 0}, {"user", nullptr}, {"csrf", ""}};
  if (const auto caller = identify(call.desk, call.request, false); caller && caller->user.value() != 0) {
    const std::string hash = call.desk.secrets().sha256(cookie_value(call.request, kSessionCookie));
    const auto session = TRY(call.store().read([&](Tx& tx) { return tx.people.session(hash); }));
    const User user = TRY(call.store().read([&](Tx& tx) { return tx.people.user(caller->user); }));
    answer["user"] = to_json(user);
    if (session) answer["csrf"] = session->csrf;
  }
  return ok(answer);
}

// The first user, the owner: whoever can read the console's set-up code.
Answer make_owner(Call& call) {
  const std::string code = TRY(required_text(call.body, "setup_code"));
  const std::string name(trim(TRY(required_text(call.body, "name"))));
  const std::string password = json::get_text(call.body, "password");
  if (call.setup_code.empty() || call.desk.secrets().sha256(trim(code)) != call.desk.secrets().sha256(call.setup_code))
    return unauthorized("session.bad_setup_code", "The set-up code is not the one printed on the console at start.");
  TRY(strong_enough(password, name));
  const std::string hash = call.desk.secrets().hash_password(password);
  const User owner = TRY(call.store().write([&](Tx& tx) -> Result<User> {
    if (TRY(tx.people.count_users()) > 0) return conflict("session.owner_exists", "The owner exists already; sign in.");
    User user{.name = name, .password_hash = hash, .role = "owner", .language = json::get_text(call.body, "language") == "en" ? "en" : "zh-CN", .created_at = call.now};
    user.id = TRY(tx.people.insert_user(user));
    return user;
  }));
  return signed_in(TRY(start_session(call.desk, call.request, owner)));
}

Answer enter(Call& call) {
  const std::string name = TRY(required_text(call.body, "name"));
  return signed_in(TRY(sign_in(call.desk, call.request, name, json::get_text(call.body, "password"))));
}

Answer change(Call& call) {
  if (call.caller.user.value() == 0) return refused("session.token", "An API token has no settings of its own.");
  User user = TRY(call.store().read([&](Tx& tx) { return tx.people.user(call.caller.user); }));
  if (const std::string language = json::get_text(call.body, "language"); !language.empty()) {
    if (language != "zh-CN" && language != "en") return invalid("user.bad_language", "The language is zh-CN or en.");
    user.language = language;
  }
  if (const std::string zone = json::get_text(call.body, "time_zone"); !zone.empty()) {
    TRY(TimeZone::named(zone));
    user.time_zone = zone;
  }
  if (json::find_object(call.body, "password") != nullptr) {
    if (!call.desk.secrets().is_password(json::get_text(call.body, "password.old"), user.password_hash)) return refused("session.bad_password", "The present password is wrong.");
    const std::string next = json::get_text(call.body, "password.new");
    TRY(strong_enough(next, user.name));
    user.password_hash = call.desk.secrets().hash_password(next);
  }
  TRY(call.store().write([&](Tx& tx) { return tx.people.update_user(user); }));
  return ok(json::object{{"user", to_json(user)}});
}

Answer leave(Call& call) {
  const std::string hash = call.desk.secrets().sha256(cookie_value(call.request, kSessionCookie));
  TRY(call.store().write([&](Tx& tx) { return tx.people.delete_session(hash); }));
  http::Response response = no_content();
  response.headers.add("Set-Cookie", std::string(kSessionCookie) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  return response;
}

}  // namespace

extern const Resource session;
const Resource session{
    .name = "session",
    .routes =
        {
            {.method = "GET", .path = "/api/health", .summary = "Whether the program answers.", .access = Access::open, .gives = R"({"type":"object","properties":{"ok":{"type":"boolean"},"version":{"type":"string"}}})", .run = health},
            {.method = "GET", .path = "/api/openapi.json", .summary = "This description.", .access = Access::open, .gives = R"({"type":"object"})", .run = description},
            {.method = "GET", .path = "/api/session", .summary = "Who is signed in, and whether the first user must still be made.", .access = Access::open,
             .gives = R"({"type":"object","properties":{"setup_needed":{"type":"boolean"},"user":{"type":["object","null"]},"csrf":{"type":"string"}}})", .run = who},
            {.method = "POST", .path = "/api/session/owner", .summary = "Make the owner, at the first start only.", .access = Access::open, .secret_answer = true,
             .takes = R"({"type":"object","required":["setup_code","name","password"],"properties":{"setup_code":{"type":"string"},"name":{"type":"string"},"password":{"type":"string"},"language":{"enum":["zh-CN","en"]}}})", .gives = R"({"type":"object","properties":{"user":{"type":"object"},"csrf":{"type":"string"}}})", .run = make_owner},
            {.method = "POST", .path = "/api/session", .summary = "Sign in.", .access = Access::open, .secret_answer = true, .takes = R"({"type":"object","required":["name","password"],"properties":{"name":{"type":"string"},"password":{"type":"string"}}})", .gives = R"({"type":"object","properties":{"user":{"type":"object"},"csrf":{"type":"string"}}})", .run = enter},
            {.method = "PATCH", .path = "/api/session", .summary = "Change one's own language, time zone or password.",
             .takes = R"({"type":"object","properties":{"language":{"enum":["zh-CN","en"]},"time_zone":{"type":"string"},"password":{"type":"object","properties":{"old":{"type":"string"},"new":{"type":"string"}}}}})", .gives = R"({"type":"object","properties":{"user":{"type":"object"}}})", .run = change},
            {.method = "DELETE", .path = "/api/session", .summary = "Sign out.", .run = leave},
        },
};

}  // namespace zifa::api
