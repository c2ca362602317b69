// Who may do what: roles, sessions, tokens, repeated calls, and the rules about users.
#include <set>

#include "api/resource.hpp"
#include "app/change_users.hpp"
#include "setup_desk.hpp"

using namespace setup_desk;

namespace {

constexpr const char* kPassword = "Correct-Horse-9-Battery";

// A signed-in screen: its cookie and its token for writes.
struct Screen {
  std::string cookie, csrf;
};

Screen signed_in(const Reply& reply) {
  const std::string set(reply.headers.get("Set-Cookie"));
  return {set.substr(0, set.find(';')), reply.text("csrf")};
}

http::Headers of(const Screen& screen) { return {{"Cookie", screen.cookie}, {"X-CSRF-Token", screen.csrf}}; }

}  // namespace

TEST_CASE("every route says what it does, what it takes and what it gives") {
  Shop shop;
  const Reply description = shop.get("/api/openapi.json", "");
  REQUIRE(description.status == 200);
  std::set<std::string> seen;
  for (const api::Resource* resource : api::resources())
    for (const api::Route& route : resource->routes) {
      CAPTURE(route.method);
      CAPTURE(route.path);
      CHECK(!route.summary.empty());
      CHECK(route.summary.ends_with('.'));
      CHECK(seen.insert(std::string(route.method) + " " + std::string(route.path)).second);
      for (const std::string_view schema : {route.takes, route.gives})
        if (!schema.empty()) CHECK(json::parse(schema).has_value());
      if (route.method == "GET" && !route.path.ends_with("/file") && !route.path.ends_with("export") && route.path.find("/exports/") == std::string_view::npos && route.path != "/api/live") CHECK(!route.gives.empty());
    }
  CHECK(json::find(description.body, "paths") != nullptr);
  CHECK(description.body.at("paths").as_object().contains("/api/warehouses/{id}"));
}

TEST_CASE("the packing room packs and counts; the office sets up; keys and people are the owner's") {
  Shop shop;
  struct Row {
    const char* method;
    const char* path;
    const char* body;
    int warehouse, operations;  // 0: anything but 403
  };
  for (const Row& row : {Row{"GET", "/api/warehouses", "", 0, 0}, Row{"GET", "/api/cartons", "", 0, 0}, Row{"GET", "/api/carriers", "", 0, 0}, Row{"GET", "/api/stock", "", 0, 0}, Row{"GET", "/api/settings", "", 0, 0},
                         Row{"POST", "/api/stock/adjust", "{}", 0, 0}, Row{"POST", "/api/tracking/check", "{}", 0, 0}, Row{"POST", "/api/warehouses", "{}", 403, 0}, Row{"PATCH", "/api/cartons/1", "{}", 403, 0},
                         Row{"DELETE", "/api/services/1", "", 403, 0}, Row{"POST", "/api/products", "{}", 403, 0}, Row{"GET", "/api/listings", "", 403, 0}, Row{"GET", "/api/rate-cards", "", 403, 0}, Row{"GET", "/api/accounts", "", 403, 0},
                         Row{"GET", "/api/jobs", "", 403, 0}, Row{"GET", "/api/account-health", "", 403, 0}, Row{"PATCH", "/api/settings", "{}", 403, 0}, Row{"POST", "/api/accounts", "{}", 403, 403}, Row{"PATCH", "/api/accounts/1", "{}", 403, 403},
                         Row{"GET", "/api/users", "", 403, 403}, Row{"POST", "/api/users", "{}", 403, 403}, Row{"POST", "/api/tokens", "{}", 403, 403}, Row{"GET", "/api/tokens", "", 403, 403}, Row{"PATCH", "/api/settings", R"({"tracking_token":"k"})", 403, 403}}) {
    CAPTURE(row.method);
    CAPTURE(row.path);
    for (const auto& [role, expected] : {std::pair<const char*, int>{"warehouse", row.warehouse}, {"operations", row.operations}}) {
      CAPTURE(role);
      const Reply reply = shop.call(row.method, row.path, row.body, role);
      if (expected == 403) {
        CHECK(reply.status == 403);
        CHECK(reply.code() == "session.forbidden");
      } else {
        CHECK(reply.status != 403);
        CHECK(reply.status != 401);
      }
    }
    CHECK(shop.call(row.method, row.path, row.body, "").status == 401);
    CHECK(shop.call(row.method, row.path, row.body, "somebody").status == 401);
  }
}

TEST_CASE("the owner signs in, adds people, and at least one owner stays") {
  Shop shop("1234-5678");
  CHECK(shop.call("POST", "/api/session/owner", R"({"setup_code":"0000-0000","name":"mei","password":"x"})", "").code() == "session.bad_setup_code");
  CHECK(shop.call("POST", "/api/session/owner", R"({"setup_code":"1234-5678","name":"mei","password":"simple"})", "").code() == "user.weak_password");
  const Reply first = shop.call("POST", "/api/session/owner", std::string(R"({"setup_code":"1234-5678","name":"mei","language":"zh-CN","password":")") + kPassword + "\"}", "");
  REQUIRE(first.status == 200);
  const Screen mei = signed_in(first);
  const std::string id = first.text("user.id");

  // A write without the page's own token is somebody else's page.
  const http::Headers without_token{{"Cookie", mei.cookie}};
  const Reply foreign = shop.call("PATCH", "/api/settings", R"({"dry_run":true})", "", without_token);
  CHECK(foreign.status == 403);
  CHECK(foreign.code() == "session.bad_csrf");
  CHECK(shop.call("PATCH", "/api/settings", R"({"dry_run":true})", "", of(mei)).status == 200);

  const Reply refused_role = shop.call("PATCH", "/api/users/" + id, R"({"role":"warehouse"})", "", of(mei));
  CHECK(refused_role.status == 409);
  CHECK(refused_role.code() == "user.last_owner");
  CHECK(refused_role.message().find("唯一") != std::string::npos);  // her screens are Chinese
  CHECK(shop.call("PATCH", "/api/users/" + id, R"({"active":false})", "", of(mei)).code() == "user.last_owner");

  const Reply carlos = shop.call("POST", "/api/users", std::string(R"({"name":"carlos","role":"warehouse","language":"en","password":")") + kPassword + "\"}", "", of(mei));
  REQUIRE(carlos.status == 201);
  CHECK(carlos.text("role") == "warehouse");
  CHECK(shop.call("POST", "/api/users", std::string(R"({"name":"CARLOS","role":"owner","password":")") + kPassword + "\"}", "", of(mei)).code() == "user.name_taken");
  CHECK(shop.call("POST", "/api/users", std::string(R"({"name":"ann","role":"boss","password":")") + kPassword + "\"}", "", of(mei)).code() == "user.bad_role");
  CHECK(shop.call("POST", "/api/users", R"({"name":"ann","role":"owner","password":"Short-1"})", "", of(mei)).code() == "user.weak_password");

  const Screen packer = signed_in(shop.call("POST", "/api/session", std::string(R"({"name":"carlos","password":")") + kPassword + "\"}", ""));
  CHECK(shop.call("GET", "/api/stock", "", "", of(packer)).status == 200);
  CHECK(shop.call("GET", "/api/users", "", "", of(packer)).status == 403);
  // A new password ends the sessions that the old one opened.
  CHECK(shop.call("PATCH", "/api/users/" + carlos.text("id"), R"({"password":"Another-Word-77-Lamp"})", "", of(mei)).status == 200);
  CHECK(shop.call("GET", "/api/stock", "", "", of(packer)).status == 401);
  // With a second owner the first may step back.
  CHECK(shop.call("PATCH", "/api/users/" + carlos.text("id"), R"({"role":"owner"})", "", of(mei)).status == 200);
  CHECK(shop.call("PATCH", "/api/users/" + id, R"({"active":false})", "").status == 401);
  CHECK(shop.patch("/api/users/" + id, R"({"active":false})").status == 200);
  CHECK(shop.call("GET", "/api/stock", "", "", of(mei)).status == 401);
  CHECK(shop.get("/api/users").raw.find("argon2") == std::string::npos);
}

TEST_CASE("ten wrong passwords lock the name for a quarter of an hour") {
  Shop shop;
  must(shop.store().write([&](Tx& tx) { return add_user(tx, {.name = "mei", .role = "owner"}, shop.desk().secrets().hash_password(kPassword), "console", shop.clock.now()); }));
  Reply reply;
  for (int i = 0; i < 10; ++i) {
    reply = shop.call("POST", "/api/session", R"({"name":"mei","password":"wrong"})", "");
    CHECK(reply.status == 401);
  }
  const std::string right = std::string(R"({"name":"mei","password":")") + kPassword + "\"}";
  reply = shop.call("POST", "/api/session", right, "");
  CHECK(reply.status == 429);
  CHECK(reply.headers.get("Retry-After") != "");
  shop.clock.advance(std::chrono::minutes(16));
  CHECK(shop.call("POST", "/api/session", right, "").status == 200);
}

TEST_CASE("a token is shown once, works, and stops when it is withdrawn") {
  Shop shop;
  const Reply made = shop.call("POST", "/api/tokens", R"({"name":"BI export","role":"operations"})", "owner", {{"Idempotency-Key", "t1"}});
  REQUIRE(made.status == 201);
  const std::string text = made.text("token");
  CHECK(text.starts_with("zifa_"));
  CHECK(shop.get("/api/tokens").raw.find(text) == std::string::npos);
  const http::Headers bearer{{"Authorization", "Bearer " + text}};
  CHECK(shop.call("GET", "/api/jobs", "", "", bearer).status == 200);
  CHECK(shop.call("GET", "/api/users", "", "", bearer).status == 403);
  // It is not kept for a repeated call either.
  CHECK(shop.call("POST", "/api/tokens", R"({"name":"BI export","role":"operations"})", "owner", {{"Idempotency-Key", "t1"}}).text("token") != text);
  CHECK(shop.call("DELETE", "/api/tokens/" + made.text("id")).status == 204);
  CHECK(shop.call("GET", "/api/jobs", "", "", bearer).status == 401);
  CHECK(shop.call("DELETE", "/api/tokens/" + made.text("id")).status == 404);
  CHECK(shop.post("/api/tokens", R"({"name":"x","role":"king"})").code() == "user.bad_role");
  const auto above = shop.store().write([&](Tx& tx) { return make_token(tx, shop.desk().secrets(), "x", "owner", "operations", "op", shop.clock.now()); });
  REQUIRE(!above.has_value());
  CHECK(above.error().code == "token.role_above_maker");
}

TEST_CASE("the same key does a thing once; with another body it is refused") {
  Shop shop;
  const std::string body = R"({"name":"Yiwu","country":"CN","time_zone":"Asia/Shanghai"})";
  const http::Headers key{{"Idempotency-Key", "w-1"}};
  const Reply first = shop.call("POST", "/api/warehouses", body, "owner", key);
  const Reply second = shop.call("POST", "/api/warehouses", body, "owner", key);
  CHECK(first.status == 201);
  CHECK(second.status == 201);
  CHECK(first.raw == second.raw);
  CHECK(shop.get("/api/warehouses").body.as_array().size() == 1);
  const Reply other = shop.call("POST", "/api/warehouses", R"({"name":"Other","country":"CN","time_zone":"Asia/Shanghai"})", "owner", key);
  CHECK(other.status == 409);
  CHECK(other.code() == "idempotency.key_reused");
  // Another caller's key is another key.
  CHECK(shop.call("POST", "/api/warehouses", R"({"name":"Other","country":"CN","time_zone":"Asia/Shanghai"})", "operations", key).status == 201);
}
