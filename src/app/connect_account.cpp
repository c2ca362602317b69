#include "app/connect_account.hpp"

#include <algorithm>

#include "app/reactions.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

bool safe_endpoint(const std::string& url) {
  if (url.starts_with("https://")) return true;
  for (const char* host : {"http://127.", "http://localhost", "http://[::1]"})
    if (url.starts_with(host)) return true;
  return false;
}

constexpr int kSecretLivesDays = 180;

std::string secret_setting(AccountId id) { return "secret_expires_" + std::to_string(id.value()); }

// They are stored as lines of one sealed text.
Result<Done> check_credentials(const Credentials& credentials) {
  for (const std::string* part : {&credentials.client_id, &credentials.client_secret, &credentials.refresh_token})
    if (part->size() > 4'000 || std::any_of(part->begin(), part->end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F; }))
      return invalid("account.bad_secret", "A client id, secret or refresh token holds only letters, digits and signs without spaces; copy it from Seller Central again.");
  return done;
}

// Those named, as Amazon's ids, each once, all of one region.
Result<std::vector<std::string>> marketplaces_of(const std::vector<std::string>& wanted, const std::string& region) {
  std::vector<std::string> ids;
  for (const std::string& one : wanted) {
    const MarketplaceFacts* facts = find_marketplace(trim(one));
    if (facts == nullptr) return invalid("account.bad_marketplace", "\"" + printable(one, 40) + "\" is no Amazon marketplace; use its id or its country.");
    if (facts->region != region) return invalid("account.bad_marketplace", "Marketplace " + facts->country + " belongs to region " + facts->region + ", not " + region + ".");
    if (std::find(ids.begin(), ids.end(), facts->amazon_id) == ids.end()) ids.push_back(facts->amazon_id);
  }
  return ids;
}

}  // namespace

Result<AccountId> connect_account(Tx& tx, const NewAccount& in, Instant now) {
  Account account{.name = std::string(trim(in.name)), .region = lower(trim(in.region)), .seller_id = std::string(trim(in.seller_id)), .created_at = now};
  if (account.name.empty() || account.name.size() > 100) return invalid("account.bad_name", "Give the account a name of 1 to 100 characters.");
  if (account.region != "na" && account.region != "eu" && account.region != "fe") return invalid("account.bad_region", "The region is na, eu or fe, not \"" + printable(in.region, 20) + "\".");
  account.marketplaces = TRY(marketplaces_of(in.marketplaces, account.region));
  TRY(check_credentials(in.credentials));
  if (account.marketplaces.empty()) return invalid("account.bad_marketplace", "Name at least one marketplace.");
  account.endpoint = in.endpoint.empty() ? TRY(spapi_endpoint(account.region)) : in.endpoint;
  account.lwa_endpoint = in.lwa_endpoint.empty() ? std::string(kLwaEndpoint) : in.lwa_endpoint;
  for (const std::string* url : {&account.endpoint, &account.lwa_endpoint})
    if (!safe_endpoint(*url)) return invalid("http.plain_not_loopback", "\"" + printable(*url, 80) + "\" must begin with https://; plain http is only spoken to this machine.");
  while (account.endpoint.ends_with('/')) account.endpoint.pop_back();
  while (account.lwa_endpoint.ends_with('/')) account.lwa_endpoint.pop_back();
  const AccountId id = TRY(tx.accounts.insert(account));
  TRY(tx.accounts.set_credentials(id, in.credentials));
  return id;
}

Result<Account> change_account(Tx& tx, AccountId id, const AccountChange& change, std::string_view actor, Instant now) {
  Account account = TRY(tx.accounts.find(id));
  if (change.name) {
    account.name = trim(*change.name);
    if (account.name.empty() || account.name.size() > 100) return invalid("account.bad_name", "Give the account a name of 1 to 100 characters.");
    for (const Account& other : TRY(tx.accounts.all()))
      if (other.id != id && other.name == account.name) return conflict("account.name_taken", "There is an account named \"" + printable(account.name, 60) + "\" already; choose another name.");
  }
  if (change.active) account.status = *change.active ? "active" : "paused";
  if (!change.marketplaces.empty()) account.marketplaces = TRY(marketplaces_of(change.marketplaces, account.region));
  const Credentials& next = change.credentials;
  const bool new_secret = !next.client_secret.empty();
  const bool rotated = new_secret || !next.client_id.empty() || !next.refresh_token.empty();
  if (rotated) {
    if (account.kind != "amazon") return refused("account.no_api", "Account " + account.name + " works with files; it needs no credentials.");
    TRY(check_credentials(next));
    Credentials kept;
    if (auto known = tx.accounts.credentials(id)) kept = std::move(*known);
    if (!next.client_id.empty()) kept.client_id = next.client_id;
    if (new_secret) kept.client_secret = next.client_secret;
    if (!next.refresh_token.empty()) kept.refresh_token = next.refresh_token;
    TRY(tx.accounts.set_credentials(id, kept));
    account.last_error.clear();
  }
  if (change.secret_expires_on) TRY(tx.setup.set_setting(secret_setting(id), change.secret_expires_on->iso()));
  else if (new_secret) TRY(tx.setup.set_setting(secret_setting(id), (TimeZone::utc().day_of(now) + kSecretLivesDays).iso()));
  TRY(tx.accounts.update(account));
  TRY(happen(tx, {.account = id, .at = now, .kind = rotated ? "account_credentials_changed" : "account_changed", .actor = std::string(actor), .data = "{\"name\":" + json_quoted(account.name) + "}"}));
  return account;
}

Result<std::optional<Day>> secret_expires_on(Tx& tx, AccountId id) {
  const auto day = Day::parse(TRY(tx.setup.setting(secret_setting(id), "")));
  return day ? std::optional(*day) : std::nullopt;
}

Result<AccountId> connect_sandbox(Desk& desk, const std::string& name, const std::string& url, std::string_view region) {
  std::string base = url;
  while (base.ends_with('/')) base.pop_back();
  const http::Response answer = TRY(desk.http().send({.method = "GET", .target = base + "/_sandbox"}));
  if (answer.status != 200) return unavailable("sandbox.no_answer", "No sandbox answers at " + printable(base, 80) + " (status " + std::to_string(answer.status) + "); start one with `zifa sandbox`.");
  const json::value facts = TRY(json::parse(answer.body));
  const json::array* accounts = json::find_array(facts, "accounts");
  if (accounts == nullptr) return invalid("sandbox.not_one", "What answers at " + printable(base, 80) + " is not a sandbox of this kind.");
  for (const json::value& played : *accounts) {
    const std::string its_region = json::get_text(played, "region");
    if (!region.empty() && its_region != region) continue;
    NewAccount account{.name = name, .region = its_region, .seller_id = json::get_text(played, "seller_id"), .endpoint = base};
    const std::string lwa = json::get_text(facts, "lwa_url");
    account.lwa_endpoint = lwa.empty() ? base : lwa;
    if (const json::array* markets = json::find_array(played, "marketplaces"))
      for (const json::value& market : *markets)
        if (market.is_string()) account.marketplaces.emplace_back(market.as_string());
    account.credentials = {json::get_text(facts, "client_id"), json::get_text(facts, "client_secret"), json::get_text(played, "refresh_token")};
    return desk.store().write([&](Tx& tx) { return connect_account(tx, account, desk.clock().now()); });
  }
  return invalid("account.bad_region", "That sandbox plays no account of region \"" + printable(region, 20) + "\"; use na, eu or fe.");
}

Result<AccountId> file_account(Tx& tx, std::string_view name, Instant now) {
  for (const Account& account : TRY(tx.accounts.all()))
    if (account.name == name) return account.id;
  return tx.accounts.insert({.name = std::string(name), .kind = "file", .created_at = now});
}

}  // namespace zifa
