// A shop to try everything in: the built-in sandbox plays Amazon, buyers and carriers.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ostream>
#include <thread>

#include "app/assess_health.hpp"
#include "app/cancel_order.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/demo/shop.hpp"
#include "cli/demo/staff.hpp"
#include "cli/demo/world.hpp"
#include "cli/serving.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

using namespace std::chrono_literals;

// A Monday morning in Shenzhen; the same for every run, so that the same seed gives the same summary.
const Instant kOnceStart = Instant::from_ms(1'772'413'200'000);  // 2026-03-02T01:00:00Z

struct Share {
  std::size_t account;
  std::int64_t orders;
};

// Most of the demo's buyers are American, some European, some Japanese.
std::vector<Share> shares(std::size_t accounts, std::int64_t total) {
  std::vector<Share> out;
  std::int64_t left = total;
  for (std::size_t i = accounts; i-- > 1;) {
    const std::int64_t part = total * (i == 1 ? 25 : 15) / 100;
    out.push_back({i, part});
    left -= part;
  }
  out.push_back({0, left});
  return out;
}

// Runs jobs, letting the world's clock move to the next one, for as long as one is due before `until`.
Result<Done> work_until(Desk& desk, Instant until) {
  for (int i = 0; i < 100'000; ++i) {
    TRY(desk.run_until_idle());
    const auto next = TRY(desk.store().read([](Tx& tx) { return tx.work.next_run_at(); }));
    if (!next || *next > until) break;
    desk.clock().wait_until(std::max(*next, desk.clock().now() + 1ms));
  }
  if (desk.clock().now() < until) desk.clock().wait_until(until);
  return done;
}

struct Counts {
  std::int64_t orders = 0, confirmed = 0, labels = 0, open_parcels = 0;
  std::int64_t cost = 0;
};

Result<Counts> count(Desk& desk) {
  return desk.store().read([](Tx& tx) -> Result<Counts> {
    Counts counts;
    std::string after;
    do {
      const Page<OrderRow> page = TRY(tx.orders.list({}, after, 500));
      after = page.next;
      for (const OrderRow& row : page.rows) {
        ++counts.orders;
        if (row.order.confirm_state == "confirmed") ++counts.confirmed;
        for (const Label& label : TRY(tx.parcels.labels(row.order.id)))
          if (label.state == "bought") {
            ++counts.labels;
            if (label.cost) counts.cost += label.cost->minor();
          }
        for (const Parcel& parcel : TRY(tx.parcels.of_order(row.order.id)))
          if (parcel.state == ParcelState::dispatched) ++counts.open_parcels;
      }
    } while (!after.empty());
    return counts;
  });
}

Result<std::optional<Instant>> latest_ship_by(Tx& tx) {
  std::optional<Instant> latest;
  std::string after;
  do {
    const Page<OrderRow> page = TRY(tx.orders.list({}, after, 500));
    after = page.next;
    for (const OrderRow& row : page.rows)
      if (row.order.ship_by && (!latest || *row.order.ship_by > *latest)) latest = row.order.ship_by;
  } while (!after.empty());
  return latest;
}

Result<int> run_once(Desk& desk, http::Client& http, const std::string& url, std::int64_t orders, Wiring& wiring) {
  const auto started = wiring.now();
  const std::vector<DemoAccount> accounts = TRY(set_up_demo_shop(desk, url));
  if (accounts.empty()) return invalid("sandbox.not_one", "The sandbox plays no accounts.");
  const auto slower = [&](int factor) { return desk.store().write([&](Tx& tx) { return tx.setup.set_setting("sync_slower", std::to_string(factor)); }); };
  TRY(slower(10));
  const Instant start = desk.clock().now();
  std::int64_t label_pages = 0;
  const auto everyone = [](OrderId) { return true; };

  // Buyers order over two days, hour by hour; the people work two shifts a day.
  constexpr int kHours = 48;
  std::vector<Share> open = shares(accounts.size(), orders);
  std::vector<std::int64_t> placed(open.size());
  Counts counts;
  for (int hour = 0; hour < 24 * 14; ++hour) {
    for (std::size_t i = 0; i < open.size(); ++i) {
      const std::int64_t due = hour + 1 >= kHours ? open[i].orders : open[i].orders * (hour + 1) / kHours;
      if (due > placed[i]) TRY(place_orders(http, url, accounts[open[i].account].marketplace_id, due - placed[i]));
      placed[i] = std::max(placed[i], due);
    }
    const Instant until = start + std::chrono::hours(hour + 1);
    TRY(work_until(desk, until));
    // Listings the buyers emptied are filled up again by the quantities we push.
    const ShiftResult shift = TRY(work_a_shift(desk, everyone));
    label_pages += shift.label_pages;
    if (wiring.stop_requested()) return refused("demo.stopped", "stopped.");
    if (hour + 1 < kHours) continue;
    TRY(work_until(desk, desk.clock().now() + 5min));
    counts = TRY(count(desk));
    wiring.err() << "hour " << hour + 1 << ": " << counts.orders << " orders, " << counts.confirmed << " confirmed\n";
    if (counts.orders >= orders && counts.confirmed == counts.orders) break;
  }
  // The late shipment rates of all accounts, summed, and where one is not the marketplace's own count.
  std::int64_t lsr_late = 0, lsr_orders = 0;
  const auto rate_differs = [&]() -> Result<std::string> {
    lsr_late = lsr_orders = 0;
    for (const DemoAccount& account : accounts) {
      const AccountHealth health = TRY(desk.store().read([&](Tx& tx) { return assess_health(tx, account.id, account.marketplace_id, health::Basis::ship_by, 60, desk.clock().now()); }));
      for (const health::Assessment& metric : health.assessments) {
        if (metric.id != "lsr_30" && metric.id != "lsr_10") continue;
        const WorldRate theirs = TRY(world_rate(http, url, account.marketplace_id, metric.id));
        if (theirs.late != metric.late || theirs.orders != metric.orders)
          return metric.id + " of " + account.name + " is " + std::to_string(metric.late) + "/" + std::to_string(metric.orders) + " here and " + std::to_string(theirs.late) + "/" + std::to_string(theirs.orders) + " at the marketplace.";
        if (metric.id != "lsr_30") continue;
        lsr_late += metric.late;
        lsr_orders += metric.orders;
      }
    }
    return std::string();
  };
  // The summary shows the rate of the day on which the last order's ship-by has passed: later, orders leave its window again.
  for (int day = 0; day < 14; ++day) {
    const auto last = TRY(desk.store().read([&](Tx& tx) { return latest_ship_by(tx); }));
    if (!last || *last < desk.clock().now()) break;
    TRY(work_until(desk, desk.clock().now() + 24h));
  }
  std::string differs = TRY(rate_differs());
  const std::int64_t shown_late = lsr_late, shown_orders = lsr_orders;

  // Parcels travel; they are followed to their ends.
  TRY(slower(120));
  for (int day = 0; day < 60; ++day) {
    counts = TRY(count(desk));
    if (counts.open_parcels == 0) break;
    for (int part = 0; part < 4; ++part) TRY(work_until(desk, desk.clock().now() + 6h));
  }
  counts = TRY(count(desk));

  bool good = true;
  const auto complain = [&](const std::string& what) {
    wiring.err() << "zifa demo: " << what << "\n";
    good = false;
  };
  if (counts.orders != orders) complain(std::to_string(orders) + " orders were placed and " + std::to_string(counts.orders) + " taken in.");
  if (counts.confirmed != counts.orders) complain(std::to_string(counts.orders - counts.confirmed) + " orders are not confirmed.");
  const CheckReport report = TRY(desk.store().check_invariants());
  for (const Invariant& invariant : report.invariants)
    if (invariant.broken > 0) complain(invariant.id + " is broken by " + std::to_string(invariant.broken) + (invariant.examples.empty() ? "" : ", " + invariant.examples.front()));
  const WorldState truth = TRY(world_state(http, url));
  if (differs.empty()) differs = TRY(rate_differs());
  if (!differs.empty()) complain(differs);
  json::object summary{{"orders", counts.orders}, {"confirmed", counts.confirmed}, {"late", truth.late}, {"labels", counts.labels}, {"label_pages", label_pages}};
  summary["cost"] = json::object{{"amount", counts.cost}, {"currency", "CNY"}};
  summary["lsr_30"] = json::object{{"late", shown_late}, {"orders", shown_orders}};
  const auto ended = wiring.now();
  const std::int64_t ms = started && ended ? (*ended - *started).count() : 0;
  summary["seconds"] = static_cast<double>(ms) / 1000.0;
  wiring.out() << json::text(summary) << std::endl;
  return good ? kDone : kRefused;
}

int run(const Arguments& arguments, Wiring& wiring) {
  const bool once = arguments.has("--once");
  const auto orders = arguments.number("--orders", 200, 1, 1'000'000);
  const auto seed = arguments.number("--seed", 1, 0, INT64_MAX);
  const auto port = arguments.number("--port", 8787, 0, 65'535);
  for (const auto* number : {&orders, &seed, &port})
    if (!*number) return failed(wiring, "demo", number->error());
  const std::string clock = arguments.text("--clock", "real");

  DeskOptions options{.db = arguments.text("--db", "")};
  std::unique_ptr<http::Client> http;
  std::unique_ptr<PlayedAmazon> played;
  std::unique_ptr<Clock> world_clock;
  std::unique_ptr<Listening> sandbox_listening;
  std::string url = arguments.text("--sandbox", "");
  while (url.ends_with('/')) url.pop_back();
  TempFile temporary;
  if (once && options.db.empty()) options.db = temporary.make(wiring);
  if (options.db.empty()) options.db = "zifa-demo.db";

  if (!url.empty()) {
    http = wiring.http_client();
    world_clock = std::make_unique<SandboxClock>(*http, url);
    if (const auto there = http->send({.method = "GET", .target = url + "/_sandbox"}); !there || there->status != 200)
      return failed(wiring, "demo", unavailable("sandbox.no_answer", "No sandbox answers at " + url + "; start one with `zifa sandbox`."));
    options.clock = world_clock.get();
    options.http = http.get();
  } else if (once) {
    auto world = wiring.play_amazon({.seed = static_cast<std::uint64_t>(*seed), .clock = "manual", .start = kOnceStart});
    if (!world) return failed(wiring, "demo", world.error());
    played = std::move(*world);
    url = "http://127.0.0.1:8788";
    played->set_url(url);
    http = wiring.client_of(played->handler());
    options.clock = &played->clock();
    options.http = http.get();
  }
  if (once) {
    options.seed = static_cast<std::uint64_t>(*seed);
    options.never_wait = true;
    const auto desk = wiring.open_desk(options);
    if (!desk) return failed(wiring, "demo", desk.error());
    const Result<int> ran = run_once(**desk, *http, url, *orders, wiring);
    if (!ran) return failed(wiring, "demo", ran.error());
    return *ran;
  }
  return serve_demo(arguments, wiring, std::move(options), std::move(played), std::move(http), std::move(world_clock), url, static_cast<std::uint64_t>(*seed), clock, static_cast<int>(*port));
}

}  // namespace

extern const Command demo;
const Command demo{
    .name = "demo",
    .summary = "A demo shop against the built-in sandbox: buyers order, parcels move.",
    .details = "Without --once: serves until stopped (SIGTERM: exit 0) and goes on with an existing --db after any kill.\n"
               "With --once: takes N orders through their whole life in simulated time; the last line of standard output is one JSON summary\n"
               "{orders, confirmed, late, labels, label_pages, cost, lsr_30:{late,orders}, seconds}; the same seed gives the same summary but for seconds.\n"
               "Exits 0 only if every invariant holds.",
    .options = {{"--once", "", "Run one shop's life in simulated time and end."},
                {"--orders", "N", "Orders taken in with --once (200)."},
                {"--seed", "S", "The world's seed (1)."},
                {"--db", "URL", "The database (zifa-demo.db; a temporary one with --once)."},
                {"--port", "P", "Port of the screens (8787); 0 = any free one."},
                {"--clock", "real|xN", "How the shop's time runs (real)."},
                {"--sandbox", "URL", "Use this sandbox instead of the built-in one."}},
    .run = run,
};

}  // namespace zifa::cli
