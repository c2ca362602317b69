// API tokens: keys for programs. The text of one is shown when it is made and never again.
#include "api/fields.hpp"
#include "app/change_users.hpp"

namespace zifa::api {

namespace {

json::object token_json(const ApiToken& t) {
  return {{"id", id_text(t.id)}, {"name", t.name}, {"role", t.role}, {"created_at", t.created_at.iso()}, {"last_used_at", to_json(t.last_used_at)}};
}

Answer list(Call& call) {
  json::array all;
  for (const ApiToken& token : TRY(call.store().read([](Tx& tx) { return tx.people.tokens(); }))) all.push_back(token_json(token));
  return ok(all);
}

Answer add(Call& call) {
  std::string name, role;
  TRY(take_name(call.body, "name", 60, name));
  TRY(take_name(call.body, "role", 20, role));
  const NewToken token = TRY(call.store().write([&](Tx& tx) { return make_token(tx, call.desk.secrets(), name, role, name_of(call.caller.role), call.caller.name, call.now); }));
  json::object answer = token_json(token.stored);
  answer["token"] = token.text;
  return ok(answer, 201);
}

Answer remove(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  TRY(call.store().write([&](Tx& tx) { return remove_token(tx, id, call.caller.name, call.now); }));
  return no_content();
}

}  // namespace

extern const Resource tokens;
const Resource tokens{
    .name = "tokens",
    .routes =
        {
            {.method = "GET", .path = "/api/tokens", .summary = "API tokens, without their text.", .role = Role::owner, .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/tokens", .summary = "Make an API token; its text is shown once.", .role = Role::owner, .secret_answer = true,
             .takes = R"({"type":"object","required":["name","role"],"properties":{"name":{"type":"string"},"role":{"enum":["owner","operations","warehouse"]}}})",
             .gives = R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"role":{"type":"string"},"created_at":{"type":"string"},"last_used_at":{"type":["string","null"]},"token":{"type":"string"}}})", .run = add},
            {.method = "DELETE", .path = "/api/tokens/{id}", .summary = "Withdraw an API token.", .role = Role::owner, .run = remove},
        },
};

}  // namespace zifa::api
