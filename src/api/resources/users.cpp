// The people who may sign in.
#include "api/fields.hpp"
#include "api/sessions.hpp"
#include "app/change_users.hpp"

namespace zifa::api {

namespace {

Answer list(Call& call) {
  json::array all;
  for (const User& user : TRY(call.store().read([](Tx& tx) { return tx.people.users(); }))) all.push_back(to_json(user));
  return ok(all);
}

Answer add(Call& call) {
  NewUser user{.language = call.caller.language};
  TRY(take_name(call.body, "name", 60, user.name));
  TRY(take_name(call.body, "role", 20, user.role));
  TRY(take_choice(call.body, "language", {"zh-CN", "en"}, user.language));
  TRY(take_text(call.body, "time_zone", 60, user.time_zone));
  user.password = json::get_text(call.body, "password");
  TRY(strong_enough(user.password, user.name));
  const std::string hash = call.desk.secrets().hash_password(user.password);
  return call.store().write([&](Tx& tx) -> Answer { return ok(to_json(TRY(add_user(tx, user, hash, call.caller.name, call.now))), 201); });
}

Answer change(Call& call) {
  const UserId id(TRY(call.id(0)));
  const User before = TRY(call.store().read([&](Tx& tx) { return tx.people.user(id); }));
  UserChange changes;
  if (has_field(call.body, "role")) {
    std::string role;
    TRY(take_name(call.body, "role", 20, role));
    changes.role = role;
  }
  if (has_field(call.body, "active")) {
    bool active = true;
    TRY(take_flag(call.body, "active", active));
    changes.active = active;
  }
  if (const std::string password = json::get_text(call.body, "password"); !password.empty()) {
    TRY(strong_enough(password, before.name));
    changes.password_hash = call.desk.secrets().hash_password(password);
  }
  return call.store().write([&](Tx& tx) -> Answer { return ok(to_json(TRY(change_user(tx, id, changes, call.caller.name, call.now)))); });
}

constexpr const char* kGives =
    R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"role":{"enum":["owner","operations","warehouse"]},"language":{"enum":["zh-CN","en"]},"time_zone":{"type":"string"},"active":{"type":"boolean"},"last_seen_at":{"type":["string","null"]}}})";

}  // namespace

extern const Resource users;
const Resource users{
    .name = "users",
    .routes =
        {
            {.method = "GET", .path = "/api/users", .summary = "Users.", .role = Role::owner, .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/users", .summary = "Add a user.", .role = Role::owner,
             .takes = R"({"type":"object","required":["name","password","role"],"properties":{"name":{"type":"string"},"password":{"type":"string"},"role":{"enum":["owner","operations","warehouse"]},"language":{"enum":["zh-CN","en"]},"time_zone":{"type":"string"}}})", .gives = kGives, .run = add},
            {.method = "PATCH", .path = "/api/users/{id}", .summary = "Change a user's role, switch them off, or set a new password, which ends their sessions.", .role = Role::owner,
             .takes = R"({"type":"object","properties":{"role":{"enum":["owner","operations","warehouse"]},"active":{"type":"boolean"},"password":{"type":"string"}}})", .gives = kGives, .run = change},
        },
};

}  // namespace zifa::api
