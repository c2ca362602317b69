#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "tests/store/database.hpp"

using namespace zifa;
using namespace zifa::store_tests;

namespace {

Job job(std::string kind, std::string key, Instant run_at = kNow) { return {.kind = std::move(kind), .key = std::move(key), .run_at = run_at, .created_at = kNow}; }

void enqueue(Database& db, const Job& of) {
  db.write([&](Tx& tx) { return tx.work.enqueue(of); });
}
std::vector<Job> claim(Store& store, std::string_view owner, Instant now = kNow, int limit = 10) {
  return must(store.write([&](Tx& tx) { return tx.work.claim(owner, now, now + std::chrono::minutes(5), limit); }));
}
Result<Done> finish(Store& store, const Job& of, std::string_view owner, std::string_view state, std::optional<Instant> at = std::nullopt) {
  return store.write([&](Tx& tx) { return tx.work.finish(of, owner, state, at, "", kNow); });
}

}  // namespace

TEST_CASE("of an unfinished kind and key there is one job, and the earlier moment wins") {
  Database db;
  enqueue(db, job("buy_label", "1", after_hours(5)));
  enqueue(db, job("buy_label", "1", after_hours(2)));
  enqueue(db, job("buy_label", "1", after_hours(9)));
  enqueue(db, job("buy_label", "2", after_hours(3)));
  CHECK(db.read([](Tx& tx) { return tx.work.count_jobs("available"); }) == 2);
  CHECK(db.read([](Tx& tx) { return tx.work.next_run_at(); }) == after_hours(2));
  CHECK(claim(db.store(), "a", after_hours(1)).empty());
  const auto claimed = claim(db.store(), "a", after_hours(4));
  REQUIRE(claimed.size() == 2);
  CHECK(claimed.front().key == "1");
  must(finish(db.store(), claimed.front(), "a", "completed"));
  enqueue(db, job("buy_label", "1"));
  CHECK(db.read([](Tx& tx) { return tx.work.count_jobs("available"); }) == 1);
  CHECK(db.read([](Tx& tx) { return tx.work.unfinished("buy_label", "1"); })->state == "available");
}

TEST_CASE("each end of a job's run: what is claimed again, and what never by itself") {
  struct Case {
    const char* state;
    bool again;
    bool key_is_free;
  };
  Database db;
  for (const Case& c : {Case{"completed", false, true}, Case{"discarded", false, true}, Case{"cancelled", false, true}, Case{"retryable", true, false}, Case{"scheduled", true, false}, Case{"unsure", false, false}}) {
    CAPTURE(c.state);
    enqueue(db, job("confirm_shipment", "7"));
    const Job first = claim(db.store(), "a").front();
    must(finish(db.store(), first, "a", c.state, after_hours(1)));
    CHECK(claim(db.store(), "b", kNow).empty());
    const auto later = claim(db.store(), "b", after_hours(1'000));
    CHECK(later.size() == (c.again ? 1 : 0));
    if (c.again && c.state == std::string("retryable")) CHECK(later.front().attempt == 2);
    if (!c.again) {
      enqueue(db, job("confirm_shipment", "7"));
      CHECK((claim(db.store(), "b").size() == 1) == c.key_is_free);
    }
    db.run("DELETE FROM job");
  }
}

TEST_CASE("a person may send an unsure job on") {
  Database db;
  enqueue(db, job("confirm_shipment", "7"));
  const Job first = claim(db.store(), "a").front();
  db.write([&](Tx& tx) { return tx.work.set_job_state(first.id, "available", kNow); });
  CHECK(db.read([&](Tx& tx) { return tx.work.job(first.id); }).state == "running");  // not while somebody works on it
  must(finish(db.store(), first, "a", "unsure"));
  db.write([&](Tx& tx) { return tx.work.set_job_state(first.id, "available", kNow); });
  CHECK(claim(db.store(), "b").size() == 1);
}

TEST_CASE("a lease that ran out is taken over, a live one is not, and the late worker records nothing") {
  Database db;
  enqueue(db, job("buy_label", "1"));
  const Job first = claim(db.store(), "slow").front();
  CHECK(claim(db.store(), "quick", kNow + std::chrono::minutes(4)).empty());
  const auto taken = claim(db.store(), "quick", kNow + std::chrono::minutes(6));
  REQUIRE(taken.size() == 1);
  CHECK(taken.front().attempt == 2);
  const auto late = db.store().write([&](Tx& tx) -> Result<Done> {
    TRY(tx.work.append({.at = kNow, .kind = "label_bought"}));
    return tx.work.finish(first, "slow", "completed", std::nullopt, "", kNow);
  });
  CHECK(code_of(late) == "job.lease_lost");
  CHECK(db.read([](Tx& tx) { return tx.work.events_after(0, 10); }).empty());
  must(finish(db.store(), taken.front(), "quick", "completed"));
}

TEST_CASE("two programs that claim at once never hold the same job") {
  constexpr int kJobs = 200, kWorkers = 4;
  Database db;
  db.write([&](Tx& tx) -> Result<Done> {
    for (int i = 0; i < kJobs; ++i) TRY(tx.work.enqueue(job("buy_label", std::to_string(i))));
    return done;
  });
  const std::unique_ptr<Store> other = db.another();
  std::mutex mutex;
  std::map<std::int64_t, int> taken;
  std::string failed;
  std::vector<std::thread> threads;
  for (int worker = 0; worker < kWorkers; ++worker)
    threads.emplace_back([&, worker] {
      Store& store = worker % 2 == 0 ? db.store() : *other;
      const std::string owner = "worker-" + std::to_string(worker);
      for (;;) {
        const auto jobs = store.write([&](Tx& tx) { return tx.work.claim(owner, kNow, after_hours(1), 5); });
        const std::lock_guard lock(mutex);
        if (!jobs) failed = jobs.error().code + ": " + jobs.error().message;
        if (!jobs || jobs->empty()) return;
        for (const Job& claimed : *jobs) ++taken[claimed.id.value()];
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(failed == "");
  CHECK(taken.size() == kJobs);
  for (const auto& [id, times] : taken) CHECK(times == 1);
}

TEST_CASE("transactions that cross lose no change and promise no unit twice") {
  constexpr int kEach = 25;
  Database db;
  Shop shop(db);
  const OrderId id = shop.add(shop.order("113-1"));
  const OrderItemId item = db.read([&](Tx& tx) { return tx.orders.items(id); }).front().id;
  const std::unique_ptr<Store> other = db.another();
  std::atomic<int> reserved = 0, failures = 0;
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 4; ++worker)
    threads.emplace_back([&, worker] {
      Store& store = worker % 2 == 0 ? db.store() : *other;
      for (int i = 0; i < kEach; ++i) {
        const auto ran = store.write([&](Tx& tx) -> Result<Done> {
          Order order = TRY(tx.orders.find(id));
          ++order.units;
          return tx.orders.update(order);
        });
        if (!ran) ++failures;
      }
      for (int i = 0; i < 4; ++i) {
        const auto ran = store.write([&](Tx& tx) { return tx.stock.reserve({.item = item, .order = id, .warehouse = shop.warehouse, .product = shop.product, .quantity = 1}); });
        if (ran) ++reserved;
        else if (ran.error().code != "stock.not_enough") ++failures;
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(db.read([&](Tx& tx) { return tx.orders.find(id); }).units == 2 + 4 * kEach);
  CHECK(reserved == 10);
  CHECK(must(db.store().check_invariants()).ok());
}

TEST_CASE("state, event and job are written together or not at all") {
  Database db;
  Shop shop(db);
  const OrderId id = shop.add(shop.order("113-1"));
  const auto all = [&](bool fail) {
    return db.store().write([&](Tx& tx) -> Result<Done> {
      Order order = TRY(tx.orders.find(id));
      order.state = OrderState::to_label;
      TRY(tx.orders.update(order));
      TRY(tx.work.append({.account = shop.account, .at = kNow, .kind = "shipment_planned", .order = id, .actor = "zifa"}));
      TRY(tx.work.enqueue(job("buy_label", "1")));
      if (fail) return refused("test.no", "No.");
      return done;
    });
  };
  CHECK(code_of(all(true)) == "test.no");
  CHECK(db.read([&](Tx& tx) { return tx.orders.find(id); }).state == OrderState::to_plan);
  CHECK(db.read([&](Tx& tx) { return tx.work.events(id); }).empty());
  CHECK_FALSE(db.read([](Tx& tx) { return tx.work.next_run_at(); }));
  must(all(false));
  const auto events = db.read([&](Tx& tx) { return tx.work.events(id); });
  REQUIRE(events.size() == 1);
  CHECK(events.front().kind == "shipment_planned");
  CHECK(db.read([](Tx& tx) { return tx.work.last_event(); }) == events.front().id);
  CHECK(claim(db.store(), "a").size() == 1);
}

TEST_CASE("a refusal that a use case swallows is not taken for success") {
  Database db;
  Shop shop(db);
  shop.add(shop.order("113-1"));
  // A broken constraint outside of what the store foresees: PostgreSQL undoes everything, SQLite the statement alone. Neither may
  // say "done" and keep nothing.
  const auto ran = db.store().write([&](Tx& tx) -> Result<Done> {
    TRY(tx.work.enqueue(job("kept", "1")));
    (void)tx.orders.insert(shop.order("113-1"));
    return done;
  });
  CHECK(ran.has_value() == db.read([](Tx& tx) { return tx.work.next_run_at(); }).has_value());
}

TEST_CASE("an Idempotency-Key answers the same body with what was answered, and is not given twice") {
  Database db;
  const WorkStore::Answered answer{.body_hash = std::string("\0\1\2\xFF", 4), .status = 201, .response = "{\"id\":7}"};
  CHECK_FALSE(db.read([](Tx& tx) { return tx.work.answered("k"); }));
  db.write([&](Tx& tx) -> Result<Done> {
    TRY(tx.work.remember_answer("k", answer, kNow));
    CHECK(code_of(tx.work.remember_answer("k", {.body_hash = "other", .status = 200, .response = "{}"}, kNow)) == "idempotency.key_reused");
    return done;
  });
  const auto known = db.read([](Tx& tx) { return tx.work.answered("k"); });
  REQUIRE(known);
  CHECK(known->body_hash == answer.body_hash);
  CHECK(known->status == 201);
  CHECK(known->response == answer.response);
}

TEST_CASE("waves, hand-overs and print runs are kept and close") {
  Database db;
  Shop shop(db);
  db.write([&](Tx& tx) -> Result<Done> {
    const WaveId wave = TRY(tx.work.insert_wave({.warehouse = shop.warehouse, .created_at = kNow, .created_by = "lin"}));
    TRY(tx.work.set_pick(wave, {shop.product, 1, ""}));
    TRY(tx.work.set_pick(wave, {shop.product, 3, "broken"}));
    CHECK(TRY(tx.work.picks({wave})).front().second.picked == 3);
    TRY(tx.work.close_wave(wave, kNow));
    CHECK(TRY(tx.work.wave(wave)).state == "done");
    CHECK(TRY(tx.work.waves("open", 5)).empty());
    const HandoverId handover = TRY(tx.work.insert_handover({.warehouse = shop.warehouse, .carrier_id = "yunexpress", .opened_at = kNow}));
    TRY(tx.work.close_handover(handover, after_hours(1)));
    CHECK(TRY(tx.work.handover(handover)).closed_at == after_hours(1));
    WorkStore::PrintRun print{.kind = "labels", .format = "pdf", .parcels = {ParcelId(3), ParcelId(1)}, .created_at = kNow};
    print.id = TRY(tx.work.insert_print(print));
    print.fetched = true;
    TRY(tx.work.set_print(print));
    CHECK(TRY(tx.work.print(print.id)).parcels == print.parcels);
    CHECK(TRY(tx.work.print(print.id)).fetched);
    TRY(tx.work.note_outage(shop.account, "searchOrders", "503", kNow));
    TRY(tx.work.note_outage(shop.account, "searchOrders", "503", kNow));
    TRY(tx.work.end_outage(shop.account, after_hours(1)));
    TRY(tx.work.save_health_report({shop.account, "ATVPDKIKX0DER", kNow, "{}"}));
    CHECK(TRY(tx.work.health_report(shop.account, "ATVPDKIKX0DER"))->content == "{}");
    return done;
  });
}

TEST_CASE("a lost connection is replaced, and the next call works") {
  if (postgres_url() == nullptr) {
    MESSAGE("skipped: only a server can go away");
    return;
  }
  Database db;
  Shop shop(db);
  db.read([](Tx& tx) { return tx.accounts.all(); });
  db.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()");
  CHECK(db.read([](Tx& tx) { return tx.accounts.all(); }).size() == 1);
  db.write([](Tx& tx) { return tx.setup.set_setting("a", "b"); });
  // In the middle of a transaction: nothing of it is kept.
  const auto broken = db.store().write([&](Tx& tx) -> Result<Done> {
    TRY(tx.setup.set_setting("a", "c"));
    db.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()");
    return tx.setup.set_setting("a", "d");
  });
  CHECK(code_of(broken) == "store.no_connection");
  CHECK(db.read([](Tx& tx) { return tx.setup.setting("a", ""); }) == "b");
}
