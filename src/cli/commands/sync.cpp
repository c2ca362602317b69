#include <ostream>

#include "app/desk.hpp"
#include "app/sync_account.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

struct Failure {
  std::string operation;
  std::string reason;
};

// The HTTP status stands in the reason that Amazon's adapter gives, "(status 503, …"; null where no answer came.
json::value status_in(std::string_view reason) {
  static constexpr std::string_view kBefore = "(status ";
  const std::size_t at = reason.rfind(kBefore);
  if (at == std::string_view::npos) return nullptr;
  const auto status = to_int(reason.substr(at + kBefore.size(), 3));
  return status && *status >= 100 ? json::value(*status) : json::value(nullptr);
}

// Works off what waits for this account's outside, so that one round does what the schedule would do.
Result<Done> work_off(Desk& desk, AccountId account, json::object& sent, std::vector<Failure>& failures) {
  Services& services = desk.services();
  std::int64_t confirmations = 0, quantities = 0;
  const std::string owner = services.dice.id();
  for (int round = 0; round < 1'000; ++round) {
    const Instant now = desk.clock().now();
    const std::vector<Job> jobs = TRY(services.store.write([&](Tx& tx) { return tx.work.claim(owner, now, now + std::chrono::minutes(5), 50); }));
    if (jobs.empty()) break;
    for (const Job& job : jobs) {
      // The rounds that read were done already; what reads orders again would only wait for its quota.
      if (job.kind == "sync_orders" || job.kind == "sync_listings" || job.kind == "fetch_health_report") {
        TRY(services.store.write([&](Tx& tx) { return tx.work.finish(job, owner, "completed", std::nullopt, "", now); }));
        continue;
      }
      TRY(run_job(services, job, owner));
      const Job after = TRY(services.store.read([&](Tx& tx) { return tx.work.job(job.id); }));
      if (after.state == "completed") {
        if (job.kind == "confirm_shipment") ++confirmations;
        if (job.kind == "push_quantity") ++quantities;
      } else if (!after.last_error.empty()) {
        failures.push_back({job.kind == "confirm_shipment" ? "confirmShipment" : job.kind == "push_quantity" ? "patchListingsItem" : job.kind, after.last_error});
      }
    }
  }
  (void)account;
  sent = {{"confirmations", confirmations}, {"quantities", quantities}};
  return done;
}

int run(const Arguments& arguments, Wiring& wiring) {
  if (!arguments.has("--once")) return failed(wiring, "sync", invalid("usage.missing", "say --once; what goes on by itself is `zifa serve`."));
  const auto opened = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
  if (!opened) return failed(wiring, "sync", opened.error());
  Desk& desk = **opened;
  auto accounts = desk.store().read([](Tx& tx) { return tx.accounts.all(); });
  if (!accounts) return failed(wiring, "sync", accounts.error());
  std::erase_if(*accounts, [&](const Account& a) { return a.kind != "amazon" || a.status != "active" || (arguments.has("--account") && a.name != arguments.text("--account", "")); });
  if (accounts->empty()) return failed(wiring, "sync", not_found("account.unknown", arguments.has("--account") ? "there is no Amazon account named \"" + arguments.text("--account", "") + "\"." : "there is no Amazon account yet; add one with `zifa account add`."));
  bool all_good = true;
  for (const Account& account : *accounts) {
    json::object answer{{"account", account.name}};
    std::vector<Failure> failures;
    json::object sent{{"confirmations", 0}, {"quantities", 0}};
    SyncedOrders orders;
    const auto marketplace = marketplace_of(desk.services(), account.id);
    if (!marketplace) {
      failures.push_back({"connect", marketplace.error().message});
    } else {
      if (const auto listings = sync_listings(desk.services(), account.id); !listings) failures.push_back({"searchListingsItems", listings.error().message});
      const auto synced = sync_orders(desk.services(), account.id);
      if (synced) orders = *synced;
      else failures.push_back({"searchOrders", synced.error().message});
      if (synced && synced->trouble) failures.push_back({"searchOrders", synced->trouble->message});
      (void)desk.store().write([&](Tx& tx) -> Result<Done> {
        Account kept = TRY(tx.accounts.find(account.id));
        if (synced) kept.last_sync_at = desk.clock().now();
        kept.last_error = synced ? "" : synced.error().message;
        return tx.accounts.update(kept);
      });
      if (const auto worked = work_off(desk, account.id, sent, failures); !worked) failures.push_back({"jobs", worked.error().message});
    }
    answer["requests"] = marketplace ? (*marketplace)->requests_sent() : 0;
    answer["orders"] = json::object{{"read", orders.read}, {"new", orders.created}, {"updated", orders.updated}};
    answer["sent"] = std::move(sent);
    json::array failed_list;
    for (const Failure& failure : failures) {
      failed_list.push_back(json::object{{"operation", failure.operation}, {"status", status_in(failure.reason)}, {"reason", failure.reason}});
      wiring.err() << "zifa sync: " << account.name << ": " << failure.operation << ": " << failure.reason << "\n";
    }
    all_good = all_good && failures.empty();
    answer["failed"] = std::move(failed_list);
    wiring.out() << json::text(answer) << "\n";
  }
  return all_good ? kDone : kRefused;
}

}  // namespace

extern const Command sync;
const Command sync{
    .name = "sync",
    .summary = "One round of what the schedule would do: take in, confirm, push quantities.",
    .details = "Prints one JSON object per account: {\"account\",\"requests\",\"orders\":{\"read\",\"new\",\"updated\"},\"sent\":{\"confirmations\",\"quantities\"},\"failed\":[{\"operation\",\"status\",\"reason\"}]}.\n"
               "status = the HTTP status, null where no answer came. Orders that only Amazon's older API gave are named under failed too, though they are in.\n"
               "Exits 0; 1 if something failed (the rest is done). Waits for no quota longer than 5 s.",
    .options = {{"--once", "", "Do one round and end."}, {"--account", "NAME", "Only this account."}, {"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}},
    .run = run,
};

}  // namespace zifa::cli
