#include "app/sync_account.hpp"

#include <algorithm>
#include <array>

#include "app/import_orders.hpp"
#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct Periodic {
  std::string_view job;
  std::chrono::minutes every;
};

// searchOrders refills one call per three minutes; health figures change once a day at Amazon.
constexpr std::array kSchedule{
    Periodic{"sync_orders", std::chrono::minutes(3)},
    Periodic{"sync_listings", std::chrono::minutes(60)},
    Periodic{"fetch_health_report", std::chrono::minutes(24 * 60)},
};
constexpr std::chrono::minutes kTrackEvery{10};

std::string issues_json(const std::vector<ListingIssue>& issues) {
  std::string out = "[";
  for (const ListingIssue& issue : issues) {
    if (out.size() > 1) out += ",";
    out += "{\"code\":" + json_quoted(issue.code) + ",\"message\":" + json_quoted(issue.message) + ",\"severity\":" + json_quoted(issue.severity) + "}";
  }
  return out + "]";
}

Result<Done> note_result(Services& s, AccountId id, const Result<Done>& ran, Instant now) {
  return s.store.write([&](Tx& tx) -> Result<Done> {
    Account account = TRY(tx.accounts.find(id));
    if (ran) {
      account.last_sync_at = now;
      account.last_error.clear();
      TRY(tx.work.end_outage(id, now));
    } else {
      account.last_error = ran.error().message;
      // Evidence for appeals: when Amazon did not answer, and for how long.
      if (ran.error().kind == ErrorKind::unavailable || ran.error().kind == ErrorKind::unknown) TRY(tx.work.note_outage(id, "searchOrders", ran.error().message, now));
    }
    return tx.accounts.update(account);
  });
}

}  // namespace

Result<SyncedOrders> sync_orders(Services& s, AccountId id) {
  const Account account = TRY(s.store.read([&](Tx& tx) { return tx.accounts.find(id); }));
  const auto marketplace = TRY(marketplace_of(s, id));
  SyncedOrders answer;
  OrderQuery query{.updated_after = account.synced_until ? *account.synced_until - kOverlap : s.clock.now() - std::chrono::hours(24 * 30), .marketplaces = account.marketplaces};
  std::optional<Instant> complete_until;
  for (int page_number = 0; page_number < 1'000; ++page_number) {
    OrderPage page = TRY(marketplace->search_orders(query));
    if (page.trouble && !answer.trouble) answer.trouble = std::move(page.trouble);
    const Instant now = s.clock.now();
    TRY(s.store.write([&](Tx& tx) -> Result<Done> {
      OrderIntake intake(tx, id, now);
      for (const IncomingOrder& order : page.orders) {
        const ImportedOrder imported = TRY(intake.import(order));
        ++answer.read;
        if (imported.order == ImportOutcome::created) ++answer.created;
        if (imported.order == ImportOutcome::updated) ++answer.updated;
      }
      return intake.finish();
    }));
    if (!complete_until && page.complete_until) complete_until = page.complete_until;
    if (page.next_token.empty() || page.next_token == query.page_token) break;
    query.page_token = page.next_token;
  }
  if (complete_until)
    TRY(s.store.write([&](Tx& tx) -> Result<Done> {
      Account kept = TRY(tx.accounts.find(id));
      kept.synced_until = complete_until;
      return tx.accounts.update(kept);
    }));
  return answer;
}

Result<Done> run_sync_orders(Services& s, JobRun& run) {
  const AccountId id(to_int(run.job.key).value_or(0));
  const Result<SyncedOrders> synced = sync_orders(s, id);
  const Result<Done> ran = synced ? Result<Done>(done) : Result<Done>(synced.error());
  TRY(note_result(s, id, ran, s.clock.now()));
  return ran;
}

Result<std::int64_t> sync_listings(Services& s, AccountId id, const std::vector<std::string>& only) {
  const Account account = TRY(s.store.read([&](Tx& tx) { return tx.accounts.find(id); }));
  const auto marketplace = TRY(marketplace_of(s, id));
  std::int64_t count = 0;
  for (const std::string& market : account.marketplaces) {
    if (!only.empty() && std::find(only.begin(), only.end(), market) == only.end()) continue;
    std::string token;
    for (int page_number = 0; page_number < 500; ++page_number) {
      const ListingPage page = TRY(marketplace->search_listings(market, token));
      const Instant now = s.clock.now();
      TRY(s.store.write([&](Tx& tx) -> Result<Done> {
        for (const ListingSnapshot& snapshot : page.listings) {
          Listing listing{.account = id, .marketplace_id = market, .sku = snapshot.sku};
          if (auto known = TRY(tx.stock.listing(id, market, snapshot.sku)); known && known->marketplace_id == market) listing = std::move(*known);
          if (!snapshot.asin.empty()) listing.asin = snapshot.asin;
          if (!snapshot.title.empty()) listing.title = snapshot.title;
          if (!snapshot.image_url.empty()) listing.image_url = snapshot.image_url;
          if (!snapshot.product_type.empty()) listing.product_type = snapshot.product_type;
          if (snapshot.price) listing.price = snapshot.price;
          if (snapshot.quantity) listing.quantity = snapshot.quantity;
          if (snapshot.handling_days) listing.handling_days = snapshot.handling_days;
          if (!snapshot.channels.empty()) listing.channel = std::find(snapshot.channels.begin(), snapshot.channels.end(), "DEFAULT") != snapshot.channels.end() ? "fbm" : "fba";
          listing.status = join(snapshot.status, ",");
          listing.issues = issues_json(snapshot.issues);
          listing.last_synced_at = now;
          const bool linked = listing.product.value() != 0;
          if (!linked)
            if (const auto product = TRY(tx.stock.product_with_sku(listing.sku))) listing.product = product->id;
          TRY(tx.stock.save_listing(listing));
          if (!linked && listing.product.value() != 0)
            for (const OrderId order : TRY(tx.stock.map_open_items(id, listing.sku, listing.product, listing.units_per))) TRY(reserve_stock(tx, order, now));
          ++count;
        }
        return done;
      }));
      if (page.next_token.empty() || page.next_token == token) break;
      token = page.next_token;
    }
  }
  return count;
}

Result<Done> run_sync_listings(Services& s, JobRun& run) {
  const AccountId id(to_int(run.job.key).value_or(0));
  const Account account = TRY(s.store.read([&](Tx& tx) { return tx.accounts.find(id); }));
  const std::string mark = "listings_at_" + run.job.key;
  const auto keep_place = [&](std::size_t at) { return s.store.write([&](Tx& tx) { return tx.setup.set_setting(mark, std::to_string(at)); }); };
  // An account of many marketplaces outlasts the quota of one round: the next run goes on where this one stopped.
  auto at = static_cast<std::size_t>(std::max<std::int64_t>(to_int(TRY(s.store.read([&](Tx& tx) { return tx.setup.setting(mark, "0"); }))).value_or(0), 0));
  if (at >= account.marketplaces.size()) at = 0;
  for (; at < account.marketplaces.size(); ++at) {
    const Result<std::int64_t> read = sync_listings(s, id, {account.marketplaces[at]});
    if (read) continue;
    TRY(keep_place(at));
    if (read.error().kind != ErrorKind::throttled) return read.error();
    run.again_at(s.clock.now() + std::chrono::minutes(1));
    return done;
  }
  return keep_place(0);
}

Result<Done> schedule_due(Services& s) {
  const Instant now = s.clock.now();
  return s.store.write([&](Tx& tx) -> Result<Done> {
    const auto due = [&](std::string_view job, const std::string& key, std::chrono::minutes every) -> Result<Done> {
      const std::string name = "last_" + std::string(job) + "_" + key;
      const std::int64_t last = to_int(TRY(tx.setup.setting(name, "0"))).value_or(0);
      if (now.ms() - last < std::chrono::milliseconds(every).count()) return done;
      TRY(tx.setup.set_setting(name, std::to_string(now.ms())));
      return enqueue(tx, job, key, now);
    };
    // A rehearsal in simulated time asks less often.
    const int slower = static_cast<int>(std::max<std::int64_t>(to_int(TRY(tx.setup.setting("sync_slower", "1"))).value_or(1), 1));
    for (const Account& account : TRY(tx.accounts.all())) {
      if (account.kind != "amazon" || account.status != "active") continue;
      for (const Periodic& periodic : kSchedule) TRY(due(periodic.job, std::to_string(account.id.value()), periodic.every * slower));
    }
    if (s.tracking != nullptr) TRY(due("follow_parcels", "all", kTrackEvery * slower));
    return done;
  });
}

}  // namespace zifa
