#include "app/jobs.hpp"

#include <algorithm>
#include <array>

#include "app/buy_label.hpp"
#include "app/cancel_at_amazon.hpp"
#include "app/confirm_shipment.hpp"
#include "app/follow_parcel.hpp"
#include "app/assess_health.hpp"
#include "app/plan_shipment.hpp"
#include "app/push_listing_quantity.hpp"
#include "app/reactions.hpp"
#include "app/run_import.hpp"
#include "app/settle_order.hpp"
#include "app/sync_account.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr int kUnknownsBeforeAPerson = 8;

std::int64_t key_number(const Job& job) { return to_int(job.key).value_or(0); }

Result<Done> run_plan(Services& s, JobRun& run) {
  // Sellers who choose every service by hand switch this off; the order then waits for them.
  if (TRY(s.store.read([](Tx& tx) { return tx.setup.setting("auto_plan", "1"); })) == "0") return done;
  TRY(plan_shipment(s.store, s.books, OrderId(key_number(run.job)), kProgram, run.now()));
  return done;
}

Result<Done> run_buy_label(Services& s, JobRun& run) {
  return s.store.write([&](Tx& tx) -> Result<Done> {
    TRY(buy_label(tx, {.parcel = ParcelId(key_number(run.job))}, kProgram, run.now()));
    return run.complete(tx);
  });
}

Result<Done> label_given_up(Tx& tx, const Job& job, const Error& error, Instant now) {
  auto parcel = tx.parcels.find(ParcelId(key_number(job)));
  if (!parcel) return done;
  const Order order = TRY(tx.orders.find(parcel->order));
  // A stopped order shows why by itself.
  if (order.cancelled_at || order.cancel_open() || order.on_hold) return done;
  return happen(tx, {.account = parcel->account, .at = now, .kind = "label_failed", .order = parcel->order, .parcel = parcel->id, .actor = std::string(kProgram), .data = "{\"why\":" + json_quoted(error.message) + "}"});
}

constexpr std::array kKinds{
    JobKind{"plan_shipment", run_plan},
    JobKind{"buy_label", run_buy_label, label_given_up},
    JobKind{"confirm_shipment", run_confirm_shipment, confirmation_given_up, confirmation_unsure},
    JobKind{"cancel_at_amazon", run_cancel_at_amazon},
    JobKind{"push_quantity", run_push_quantity},
    JobKind{"sync_orders", run_sync_orders},
    JobKind{"sync_listings", run_sync_listings},
    JobKind{"fetch_health_report", run_fetch_health_report},
    JobKind{"follow_parcels", run_follow_parcels},
    JobKind{"import_file", run_import_file, import_given_up},
};

// 2 s, 4 s, 8 s ... 10 min, a quarter more or less, so that many failures do not come back together.
std::chrono::milliseconds pause(Dice& dice, int attempt) {
  const std::int64_t base = std::min<std::int64_t>(std::int64_t{1'000} << std::min(attempt, 10), 600'000);
  return std::chrono::milliseconds(base * 3 / 4 + dice.between(0, base / 2));
}

}  // namespace

std::span<const JobKind> job_kinds() { return kKinds; }

const JobKind* job_kind(std::string_view kind) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const JobKind& k) { return k.kind == kind; });
  return found == kKinds.end() ? nullptr : &*found;
}

Result<Done> run_job(Services& services, const Job& job, const std::string& owner) {
  const JobKind* kind = job_kind(job.kind);
  JobRun run(job, owner, services.clock.now());
  const Result<Done> ran = kind == nullptr ? Result<Done>(invalid("job.unknown_kind", "This program has no job \"" + printable(job.kind, 40) + "\".")) : kind->run(services, run);
  if (run.completed() && ran) return done;
  const Instant now = services.clock.now();
  const auto end = [&](std::string_view state, std::optional<Instant> at, std::string_view error) {
    return services.store.write([&](Tx& tx) { return tx.work.finish(job, owner, state, at, error, now); });
  };
  if (ran) return run.again_at() ? end("scheduled", run.again_at(), "") : end("completed", std::nullopt, "");
  const Error& error = ran.error();
  if (error.code == "job.lease_lost") return done;
  switch (error.kind) {
    case ErrorKind::unavailable:
    case ErrorKind::throttled: return end("retryable", now + pause(services.dice, job.attempt), error.message);
    case ErrorKind::unknown:
      if (job.attempt >= kUnknownsBeforeAPerson)
        return services.store.write([&](Tx& tx) -> Result<Done> {
          TRY(tx.work.finish(job, owner, "unsure", std::nullopt, error.message, now));
          if (kind != nullptr && kind->unsure != nullptr) TRY(kind->unsure(tx, job, error, now));
          return done;
        });
      return end("retryable", now + pause(services.dice, job.attempt), error.message);
    default: break;
  }
  return services.store.write([&](Tx& tx) -> Result<Done> {
    TRY(tx.work.finish(job, owner, "discarded", std::nullopt, error.message, now));
    if (kind != nullptr && kind->given_up != nullptr) TRY(kind->given_up(tx, job, error, now));
    return done;
  });
}

Result<std::shared_ptr<Marketplace>> marketplace_of(Services& services, AccountId id) {
  AccountAccess access = TRY(services.store.read([&](Tx& tx) -> Result<AccountAccess> {
    const Account account = TRY(tx.accounts.find(id));
    if (account.kind != "amazon") return refused("account.no_api", "Account " + account.name + " works with files; there is no Amazon connection to ask.");
    const Credentials credentials = TRY(tx.accounts.credentials(id));
    return AccountAccess{.account = id,
                         .name = account.name,
                         .region = account.region,
                         .seller_id = account.seller_id,
                         .marketplaces = account.marketplaces,
                         .endpoint = account.endpoint,
                         .lwa_endpoint = account.lwa_endpoint,
                         .client_id = credentials.client_id,
                         .client_secret = credentials.client_secret,
                         .refresh_token = credentials.refresh_token};
  }));
  return services.marketplaces.open(access);
}

Result<Done> may_write_outside(Tx& tx) {
  if (TRY(tx.setup.setting("write_stop", "0")) == "1") return unavailable("write.stopped", "The emergency stop is on: nothing is sent to Amazon or carriers until it is lifted.");
  if (TRY(tx.setup.setting("dry_run", "0")) == "1") return unavailable("write.dry_run", "Rehearsal is on: what would be sent is kept back until it ends.");
  return done;
}

}  // namespace zifa
