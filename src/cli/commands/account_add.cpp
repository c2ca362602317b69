#include <ostream>

#include "app/connect_account.hpp"
#include "base/text.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

std::string secret(Wiring& wiring, const std::string& variable, const std::string& question) {
  const std::string given = wiring.environment(variable);
  return given.empty() ? wiring.ask_secret(question).value_or("") : given;
}

int run(const Arguments& arguments, Wiring& wiring) {
  const std::string& name = arguments.positional()[0];
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring)});
  if (!desk) return failed(wiring, "account add", desk.error());
  if (const auto url = arguments.get("--sandbox")) {
    const auto added = connect_sandbox(**desk, name, std::string(*url), arguments.text("--region", ""));
    if (!added) return failed(wiring, "account add", added.error());
    wiring.err() << "Account " << name << " is connected to the sandbox at " << *url << ".\n";
    return kDone;
  }
  NewAccount account{.name = name, .region = arguments.text("--region", ""), .seller_id = arguments.text("--seller-id", ""), .endpoint = arguments.text("--endpoint", ""), .lwa_endpoint = arguments.text("--lwa-endpoint", "")};
  if (account.region.empty() || account.seller_id.empty() || !arguments.has("--marketplaces"))
    return failed(wiring, "account add", invalid("usage.missing", "name --region, --seller-id and --marketplaces (or --sandbox URL)."));
  for (const std::string_view market : split(arguments.text("--marketplaces", ""), ','))
    if (!trim(market).empty()) account.marketplaces.emplace_back(trim(market));
  account.credentials.client_id = secret(wiring, "ZIFA_CLIENT_ID", "LWA client id");
  account.credentials.client_secret = secret(wiring, "ZIFA_CLIENT_SECRET", "LWA client secret");
  account.credentials.refresh_token = secret(wiring, "ZIFA_REFRESH_TOKEN", "Refresh token (Atzr|…)");
  if (account.credentials.client_id.empty() || account.credentials.client_secret.empty() || account.credentials.refresh_token.empty())
    return failed(wiring, "account add", invalid("usage.missing", "the secrets come from ZIFA_CLIENT_ID, ZIFA_CLIENT_SECRET and ZIFA_REFRESH_TOKEN, or are typed when asked; one of them is missing."));
  const auto added = (*desk)->store().write([&](Tx& tx) { return connect_account(tx, account, (*desk)->clock().now()); });
  if (!added) return failed(wiring, "account add", added.error());
  wiring.err() << "Account " << name << " is stored. `zifa account check " << name << "` tries it.\n";
  return kDone;
}

}  // namespace

extern const Command account_add;
const Command account_add{
    .name = "account add",
    .operands = "NAME",
    .summary = "Connect a seller account, or a sandbox.",
    .details = "Secrets come from ZIFA_CLIENT_ID, ZIFA_CLIENT_SECRET and ZIFA_REFRESH_TOKEN or are asked for at the terminal, never from arguments.\n"
               "Nothing is called yet; `zifa account check NAME` does.",
    .options = {{"--sandbox", "URL", "Take everything from the sandbox at this address."},
                {"--region", "na|eu|fe", "Amazon's region of the account."},
                {"--seller-id", "ID", "The seller id (merchant token)."},
                {"--marketplaces", "ID,ID", "Marketplaces, the default one first; ids or countries."},
                {"--endpoint", "URL", "Base URL of SP-API (Amazon's)."},
                {"--lwa-endpoint", "URL", "Base URL of Login with Amazon (Amazon's)."},
                {"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};

}  // namespace zifa::cli
