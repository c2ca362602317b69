// A desk on a database of its own, spoken to through the API as programs do: one token for each role.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/clock/clocks.hpp"
#include "api/api.hpp"
#include "base/json.hpp"
#include <doctest/doctest.h>
#include "wiring/desk.hpp"

namespace setup_desk {

using namespace zifa;

template <class T>
T must(Result<T> result) {
  if (!result) FAIL_CHECK(result.error().code << ": " << result.error().message);
  REQUIRE(result.has_value());
  return std::move(*result);
}

struct Reply {
  int status = 0;
  json::value body;
  http::Headers headers;
  std::string raw;
  std::string code() const { return json::get_text(body, "error.code"); }
  std::string message() const { return json::get_text(body, "error.message"); }
  std::string text(std::string_view path) const { return json::get_text(body, path); }
  std::int64_t number(std::string_view path) const { return json::get_int(body, path).value_or(-1); }
};

// Nothing outside is reached: every call fails as if the line were cut.
class CutLine final : public http::Client {
 public:
  Result<http::Response> send(const http::Request&, const http::SendOptions&) override { return unavailable("http.no_answer", "The line is cut."); }
};

class Shop {
 public:
  explicit Shop(const std::string& setup_code = "") {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() / ("zifa_api_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(folder_);
    desk_ = must(open_desk({.db = (folder_ / "zifa.db").string(), .clock = &clock, .http = &line_, .seed = 7}, (folder_ / "zifa.key").string()));
    api_ = std::make_unique<api::Api>(*desk_, api::ApiOptions{.setup_code = setup_code});
    for (const char* role : {"owner", "operations", "warehouse"})
      must(store().write([&](Tx& tx) { return tx.people.insert_token({.name = role, .token_hash = desk_->secrets().sha256(std::string("key of ") + role), .role = role, .created_at = clock.now()}); }));
  }
  ~Shop() {
    api_.reset();
    desk_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  // For another program on the same data.
  std::string db() const { return (folder_ / "zifa.db").string(); }
  std::string key_file() const { return (folder_ / "zifa.key").string(); }
  const std::filesystem::path& folder() const { return folder_; }

  Store& store() { return desk_->store(); }
  Desk& desk() { return *desk_; }

  Reply send(http::Request request) {
    const http::Response response = api_->handle(request);
    Reply reply{.status = response.status, .headers = response.headers, .raw = response.body};
    if (auto body = json::parse(response.body)) reply.body = std::move(*body);
    return reply;
  }
  Reply call(std::string method, std::string path, std::string body = "", std::string_view role = "owner", http::Headers extra = {}) {
    http::Request request{.method = std::move(method), .target = std::move(path), .headers = std::move(extra), .body = std::move(body), .remote = "127.0.0.1"};
    if (!role.empty()) request.headers.set("Authorization", "Bearer key of " + std::string(role));
    return send(std::move(request));
  }
  Reply get(std::string path, std::string_view role = "owner") { return call("GET", std::move(path), "", role); }
  Reply post(std::string path, std::string body, std::string_view role = "owner") { return call("POST", std::move(path), std::move(body), role); }
  Reply patch(std::string path, std::string body, std::string_view role = "owner") { return call("PATCH", std::move(path), std::move(body), role); }

  // What most tests need: a warehouse and a product, by their ids.
  std::string warehouse(const std::string& name = "Shenzhen") {
    const Reply made = post("/api/warehouses", R"({"name":")" + name + R"(","country":"CN","time_zone":"Asia/Shanghai","cutoff":"16:00","address":{"line1":"Road 1","city":"Shenzhen","postal_code":"518109"}})");
    REQUIRE(made.status == 201);
    return made.text("id");
  }
  std::string product(const std::string& sku) {
    const Reply made = post("/api/products", R"({"sku":")" + sku + R"(","title":"Mug","size":[110,110,105],"weight_g":420})");
    REQUIRE(made.status == 201);
    return made.text("id");
  }

  ManualClock clock{Instant::from_ms(1'795'600'000'000)};  // 2026-11-25

 private:
  std::filesystem::path folder_;
  CutLine line_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<api::Api> api_;
};

}  // namespace setup_desk
