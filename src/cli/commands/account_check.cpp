#include <ostream>

#include "app/reference/marketplaces.hpp"
#include "base/json.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

int run(const Arguments& arguments, Wiring& wiring) {
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
  if (!desk) return failed(wiring, "account check", desk.error());
  const auto account = (*desk)->store().read([&](Tx& tx) { return tx.accounts.named(arguments.positional()[0]); });
  if (!account) return failed(wiring, "account check", account.error());
  const auto marketplace = marketplace_of((*desk)->services(), account->id);
  if (!marketplace) return failed(wiring, "account check", marketplace.error());
  const bool writes = arguments.has("--writes");
  std::string endpoint = wiring.environment("ZIFA_SPAPI_ENDPOINT");
  if (endpoint.empty()) endpoint = account->endpoint;
  if (writes && is_amazon_endpoint(endpoint)) return failed(wiring, "account check", refused("check.amazon", "--writes sends made-up calls; it is refused at Amazon's own servers."));
  bool all_good = true;
  for (const OperationCheck& checked : (*marketplace)->check_operations(writes)) {
    wiring.out() << json::text(json::object{{"operation", checked.operation}, {"status", checked.status}, {"ok", checked.ok}}) << "\n";
    if (!checked.ok) {
      all_good = false;
      wiring.err() << "zifa account check: " << checked.operation << ": " << checked.problem << "\n";
    }
  }
  return all_good ? kDone : kRefused;
}

}  // namespace

extern const Command account_check;
const Command account_check{
    .name = "account check",
    .operands = "NAME",
    .summary = "Call every reading operation of an account once.",
    .details = "One JSON line each: {\"operation\",\"status\",\"ok\"}; ok = a 2xx answer that was understood. Exits 0, or 1 if any is not ok.",
    .options = {{"--writes", "", "The writing operations too, with made-up arguments; refused at Amazon's own servers."}, {"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};

}  // namespace zifa::cli
