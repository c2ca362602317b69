// A seller account: one Amazon authorisation, or a shop that works with files alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/desk.hpp"

namespace zifa {

struct NewAccount {
  std::string name;
  std::string region;                     // na, eu, fe
  std::string seller_id;
  std::vector<std::string> marketplaces;  // Amazon's ids or countries
  std::string endpoint, lwa_endpoint;     // "" = Amazon's
  Credentials credentials;
};

// Stores it; nothing is called yet. Refuses `account.name_taken`, `account.bad_region`, `account.bad_marketplace`, `account.bad_name`,
// `http.plain_not_loopback` for an endpoint that is not https.
Result<AccountId> connect_account(Tx& tx, const NewAccount& account, Instant now);

// What changes; the rest stays. A part of the credentials that is empty stays as it is.
struct AccountChange {
  std::optional<std::string> name;
  std::optional<bool> active;
  std::vector<std::string> marketplaces;  // empty = as they are
  Credentials credentials;
  std::optional<Day> secret_expires_on;
};
// A new client secret is taken to expire after 180 days, the longest Amazon lets one live, unless its day is given.
// Refuses `account.unknown`, `account.name_taken`, `account.bad_name`, `account.bad_marketplace`, `account.bad_secret`.
// Source: docs/rules/spapi.md.
Result<Account> change_account(Tx& tx, AccountId id, const AccountChange& change, std::string_view actor, Instant now);
Result<std::optional<Day>> secret_expires_on(Tx& tx, AccountId id);

// Everything from `GET URL/_sandbox`: one account of the region it plays ("" = its first).
Result<AccountId> connect_sandbox(Desk& desk, const std::string& name, const std::string& url, std::string_view region);

// For files: an account without an API. The same name gives the same account.
Result<AccountId> file_account(Tx& tx, std::string_view name, Instant now);

}  // namespace zifa
