#include <ostream>

#include "app/connect_account.hpp"
#include "app/desk.hpp"
#include "app/import_file.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/json.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

int run(const Arguments& arguments, Wiring& wiring) {
  auto file = wiring.open_file(arguments.positional()[0]);
  if (!file) return failed(wiring, "import orders", file.error());
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring)});
  if (!desk) return failed(wiring, "import orders", desk.error());
  const auto account = (*desk)->store().write([&](Tx& tx) -> Result<Account> {
    if (arguments.has("--account")) return tx.accounts.named(arguments.text("--account", ""));
    const std::vector<Account> all = TRY(tx.accounts.all());
    if (all.size() > 1) return invalid("usage.which_account", "there are " + std::to_string(all.size()) + " accounts; name one with --account.");
    if (all.size() == 1) return all.front();
    return tx.accounts.find(TRY(file_account(tx, "files", (*desk)->clock().now())));
  });
  if (!account) return failed(wiring, "import orders", account.error());
  FileOptions options{.format = arguments.text("--format", "")};
  if (account->marketplaces.size() == 1)
    if (const MarketplaceFacts* facts = find_marketplace(account->marketplaces.front())) options.country = facts->country;
  const auto reader = (*desk)->files().open_orders(std::move(*file), options);
  if (!reader) return failed(wiring, "import orders", reader.error());
  const auto report = import_order_file((*desk)->store(), account->id, **reader, (*desk)->clock().now(), [&](const LineRefusal& refusal) { wiring.err() << "line " << refusal.line << ": " << refusal.reason << "\n"; });
  if (!report) return failed(wiring, "import orders", report.error());
  wiring.out() << json::text(json::object{{"rows", report->rows}, {"new", report->created}, {"updated", report->updated}, {"unchanged", report->unchanged}, {"refused", report->refused}}) << "\n";
  if (report->broke_off) return failed(wiring, "import orders", *report->broke_off);
  return report->refused > 0 ? kRefused : kDone;
}

}  // namespace

extern const Command import_orders;
const Command import_orders{
    .name = "import orders",
    .operands = "FILE",
    .summary = "Take in an order file: Amazon's reports, or any table with recognisable columns.",
    .details = "Prints {\"rows\",\"new\",\"updated\",\"unchanged\",\"refused\"}, counted by line; refused lines are named on standard error. Importing again changes nothing.\n"
               "With no account stored and none named, one for files is made.",
    .options = {{"--format", "NAME", "The file's format (else recognised by its header)."}, {"--account", "A", "The account the orders belong to."}, {"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .least_operands = 1,
    .most_operands = 1,
    .run = run,
};

}  // namespace zifa::cli
