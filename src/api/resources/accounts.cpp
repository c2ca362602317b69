// Seller accounts: connected once, watched, renewed. What is secret goes in and never comes out.
#include <numeric>

#include "api/fields.hpp"
#include "app/connect_account.hpp"
#include "app/reactions.hpp"
#include "app/reference/marketplaces.hpp"
#include "app/resolve_job.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

Result<json::value> account_json(Tx& tx, const Account& a) {
  json::array markets;
  for (const std::string& id : a.marketplaces) {
    const MarketplaceFacts* facts = find_marketplace(id);
    markets.push_back(json::object{{"id", id}, {"country", facts == nullptr ? id : facts->country}, {"currency", facts == nullptr ? "" : std::string(facts->currency.code())}});
  }
  OrderFilter filter;
  filter.account = a.id;
  const OrderStore::Counts counts = TRY(tx.orders.counts(filter));
  const std::int64_t orders = std::accumulate(counts.by_state.begin(), counts.by_state.end(), std::int64_t{0});
  const bool amazon = a.kind == "amazon";
  const char* status = a.status == "paused" ? "paused" : !a.last_error.empty() ? "error" : amazon && !a.last_sync_at ? "new" : "ok";
  return json::object{{"id", id_text(a.id)},
                      {"name", a.name},
                      {"kind", a.kind},
                      {"region", text_or_null(a.region)},
                      {"seller_id", text_or_null(a.seller_id)},
                      {"marketplaces", std::move(markets)},
                      {"endpoint", text_or_null(a.endpoint)},
                      {"status", status},
                      {"last_sync_at", to_json(a.last_sync_at)},
                      {"last_error", text_or_null(a.last_error)},
                      {"orders", orders},
                      {"secret_expires_on", to_json(TRY(secret_expires_on(tx, a.id)))}};
}

Answer list(Call& call) {
  return call.store().read([](Tx& tx) -> Answer {
    json::array all;
    for (const Account& account : TRY(tx.accounts.all())) all.push_back(TRY(account_json(tx, account)));
    return ok(all);
  });
}

Result<std::vector<std::string>> marketplaces_in(const json::value& body) {
  std::vector<std::string> all;
  if (!has_field(body, "marketplaces")) return all;
  const json::array* wanted = json::find_array(body, "marketplaces");
  if (wanted == nullptr || wanted->size() > 30) return invalid("field.bad", "The field \"marketplaces\" takes a list of marketplace ids or countries.");
  for (const json::value& one : *wanted) {
    if (!one.is_string()) return invalid("field.bad", "The field \"marketplaces\" takes a list of marketplace ids or countries.");
    all.emplace_back(one.as_string());
  }
  return all;
}

Result<Credentials> credentials_in(const json::value& body) {
  Credentials credentials;
  TRY(take_text(body, "client_id", 4'000, credentials.client_id));
  TRY(take_text(body, "client_secret", 4'000, credentials.client_secret));
  TRY(take_text(body, "refresh_token", 4'000, credentials.refresh_token));
  return credentials;
}

Answer shown(Call& call, AccountId id, int status) {
  return call.store().read([&](Tx& tx) -> Answer { return ok(TRY(account_json(tx, TRY(tx.accounts.find(id)))), status); });
}

Answer add(Call& call) {
  std::string name, kind = "amazon", sandbox;
  TRY(take_name(call.body, "name", 80, name));
  TRY(take_choice(call.body, "kind", {"amazon", "file"}, kind));
  TRY(take_text(call.body, "sandbox_url", 200, sandbox));
  AccountId id;
  if (kind == "file") {
    id = TRY(call.store().write([&](Tx& tx) -> Result<AccountId> {
      const AccountId made = TRY(tx.accounts.insert({.name = name, .kind = "file", .created_at = call.now}));
      TRY(happen(tx, {.account = made, .at = call.now, .kind = "account_connected", .actor = call.caller.name, .data = "{\"name\":" + json_quoted(name) + "}"}));
      return made;
    }));
  } else if (!sandbox.empty()) {
    if (!sandbox.starts_with("http://") && !sandbox.starts_with("https://")) return invalid("field.bad", "The field \"sandbox_url\" takes the address that `zifa sandbox` prints, as http://127.0.0.1:8788.");
    id = TRY(connect_sandbox(call.desk, name, sandbox, json::get_text(call.body, "region")));
  } else {
    NewAccount account{.name = name};
    TRY(take_text(call.body, "region", 10, account.region));
    TRY(take_text(call.body, "seller_id", 60, account.seller_id));
    if (account.region.empty() && account.seller_id.empty()) return invalid("account.nothing_to_connect", "Enter the address of a sandbox (`zifa sandbox` prints it), or the region, seller id and keys of an Amazon account.");
    if (account.seller_id.empty()) return invalid("field.missing", "The field \"seller_id\" is missing: the merchant token that Seller Central shows under Account info.");
    account.marketplaces = TRY(marketplaces_in(call.body));
    account.credentials = TRY(credentials_in(call.body));
    for (const auto& [field, value] : {std::pair<const char*, std::string*>{"client_id", &account.credentials.client_id}, {"client_secret", &account.credentials.client_secret}, {"refresh_token", &account.credentials.refresh_token}})
      if (value->empty()) return invalid("field.missing", "The field \"" + std::string(field) + "\" is missing; Seller Central shows it with your app.");
    id = TRY(call.store().write([&](Tx& tx) -> Result<AccountId> {
      const AccountId made = TRY(connect_account(tx, account, call.now));
      // Restarts the 180 days that Amazon lets a client secret live, at the latest.
      TRY(change_account(tx, made, {.credentials = {.client_secret = account.credentials.client_secret}}, call.caller.name, call.now));
      return made;
    }));
  }
  return shown(call, id, 201);
}

Answer change(Call& call) {
  const AccountId id(TRY(call.id(0)));
  AccountChange changes{.marketplaces = TRY(marketplaces_in(call.body)), .credentials = TRY(credentials_in(call.body))};
  if (has_field(call.body, "name")) {
    std::string name;
    TRY(take_name(call.body, "name", 80, name));
    changes.name = name;
  }
  if (has_field(call.body, "status")) {
    std::string status;
    TRY(take_choice(call.body, "status", {"active", "paused"}, status));
    changes.active = status == "active";
  }
  if (const std::string day = json::get_text(call.body, "secret_expires_on"); !day.empty()) changes.secret_expires_on = TRY(Day::parse(day));
  TRY(call.store().write([&](Tx& tx) { return change_account(tx, id, changes, call.caller.name, call.now); }));
  return shown(call, id, 200);
}

Answer sync(Call& call) {
  const AccountId id(TRY(call.id(0)));
  TRY(call.store().write([&](Tx& tx) -> Result<Done> {
    const Account account = TRY(tx.accounts.find(id));
    if (account.kind != "amazon") return refused("account.no_api", "Account " + account.name + " works with files; import its reports instead.");
    TRY(run_now(tx, "sync_orders", std::to_string(id.value()), call.now));
    return run_now(tx, "sync_listings", std::to_string(id.value()), call.now);
  }));
  return shown(call, id, 200);
}

Answer check(Call& call) {
  const AccountId id(TRY(call.id(0)));
  const auto marketplace = TRY(marketplace_of(call.desk.services(), id));
  json::array operations;
  for (const OperationCheck& one : marketplace->check_operations(false))
    operations.push_back(json::object{{"operation", one.operation}, {"status", one.status}, {"ok", one.ok}, {"problem", text_or_null(one.problem)}});
  return ok(json::object{{"operations", std::move(operations)}});
}

constexpr const char* kGives =
    R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"kind":{"enum":["amazon","file"]},"region":{"type":["string","null"]},"seller_id":{"type":["string","null"]},"marketplaces":{"type":"array","items":{"type":"object"}},"endpoint":{"type":["string","null"]},"status":{"enum":["ok","error","new","paused"]},"last_sync_at":{"type":["string","null"]},"last_error":{"type":["string","null"]},"orders":{"type":"integer"},"secret_expires_on":{"type":["string","null"]}}})";

}  // namespace

extern const Resource accounts;
const Resource accounts{
    .name = "accounts",
    .routes =
        {
            {.method = "GET", .path = "/api/accounts", .summary = "Seller accounts.", .role = Role::operations, .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/accounts", .summary = "Connect Amazon with its keys, a sandbox by its address, or an account for files.", .role = Role::owner,
             .takes = R"({"type":"object","required":["name"],"properties":{"name":{"type":"string"},"kind":{"enum":["amazon","file"]},"sandbox_url":{"type":"string"},"region":{"enum":["na","eu","fe"]},"seller_id":{"type":"string"},"marketplaces":{"type":"array","items":{"type":"string"}},"client_id":{"type":"string"},"client_secret":{"type":"string"},"refresh_token":{"type":"string"}}})",
             .gives = kGives, .run = add},
            {.method = "PATCH", .path = "/api/accounts/{id}", .summary = "Rename or pause an account, or give it new keys.", .role = Role::owner,
             .takes = R"({"type":"object","properties":{"name":{"type":"string"},"status":{"enum":["active","paused"]},"marketplaces":{"type":"array","items":{"type":"string"}},"client_id":{"type":"string"},"client_secret":{"type":"string"},"refresh_token":{"type":"string"},"secret_expires_on":{"type":"string","format":"date"}}})",
             .gives = kGives, .run = change},
            {.method = "POST", .path = "/api/accounts/{id}/sync", .summary = "Read orders and listings now.", .role = Role::operations, .gives = kGives, .run = sync},
            {.method = "POST", .path = "/api/accounts/{id}/check", .summary = "Call every reading operation once and say which are allowed.", .role = Role::operations,
             .gives = R"({"type":"object","properties":{"operations":{"type":"array","items":{"type":"object","properties":{"operation":{"type":"string"},"status":{"type":"integer"},"ok":{"type":"boolean"},"problem":{"type":["string","null"]}}}}}})", .run = check},
        },
};

}  // namespace zifa::api
