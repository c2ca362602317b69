#include "app/connect_account.hpp"

#include <algorithm>

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

}  // namespace

Result<AccountId> connect_account(Tx& tx, const NewAccount& in, Instant now) {
  Account account{.name = std::string(trim(in.name)), .region = lower(trim(in.region)), .seller_id = std::string(trim(in.seller_id)), .created_at = now};
  if (account.name.empty() || account.name.size() > 100) return invalid("account.bad_name", "Give the account a name of 1 to 100 characters.");
  if (account.region != "na" && account.region != "eu" && account.region != "fe") return invalid("account.bad_region", "The region is na, eu or fe, not \"" + printable(in.region, 20) + "\".");
  for (const std::string& wanted : in.marketplaces) {
    const MarketplaceFacts* facts = find_marketplace(trim(wanted));
    if (facts == nullptr) return invalid("account.bad_marketplace", "\"" + printable(wanted, 40) + "\" is no Amazon marketplace; use its id or its country.");
    if (facts->region != account.region) return invalid("account.bad_marketplace", "Marketplace " + facts->country + " belongs to region " + facts->region + ", not " + account.region + ".");
    if (std::find(account.marketplaces.begin(), account.marketplaces.end(), facts->amazon_id) == account.marketplaces.end()) account.marketplaces.push_back(facts->amazon_id);
  }
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
