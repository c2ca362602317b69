// Jobs, events, answers that are given once.
#include <set>
#include <thread>

#include "tests/store/opened.hpp"

namespace zifa::testing {

namespace {

Job job(const std::string& kind, const std::string& key, std::int64_t priority = 0) { return {.kind = kind, .key = key, .priority = priority, .run_at = kNow, .created_at = kNow}; }

std::vector<Job> claim(Store& store, const std::string& owner, Instant now, int limit = 10) {
  return store.write([&](Tx& tx) { return tx.work.claim(owner, now, now + std::chrono::minutes(1), limit); }).value();
}

}  // namespace

TEST_CASE("a job of a kind and key waits once, and the earlier moment wins") {
  OpenedStore store;
  store->write([](Tx& tx) -> Result<Done> {
    Job later = job("confirm", "7");
    later.run_at = kNow + std::chrono::hours(1);
    TRY(tx.work.enqueue(later));
    TRY(tx.work.enqueue(job("confirm", "7")));
    TRY(tx.work.enqueue(later));
    return tx.work.enqueue(job("confirm", "8"));
  }).value();
  const auto jobs = store->read([](Tx& tx) { return tx.work.jobs("available", 10); }).value();
  REQUIRE(jobs.size() == 2);
  CHECK(claim(*store, "one", kNow).size() == 2);
}

TEST_CASE("a finished job makes room for the next of its kind and key") {
  OpenedStore store;
  store->write([](Tx& tx) { return tx.work.enqueue(job("confirm", "7")); }).value();
  const Job first = claim(*store, "one", kNow).front();
  CHECK(first.attempt == 1);
  store->write([&](Tx& tx) -> Result<Done> {
    TRY(tx.work.finish(first, "one", "completed", std::nullopt, "", kNow));
    return tx.work.enqueue(job("confirm", "7"));
  }).value();
  CHECK(claim(*store, "one", kNow).size() == 1);
}

TEST_CASE("the most urgent job is claimed first") {
  OpenedStore store;
  store->write([](Tx& tx) -> Result<Done> {
    for (const std::int64_t priority : {5, 1, 3}) TRY(tx.work.enqueue(job("confirm", std::to_string(priority), priority)));
    return done;
  }).value();
  const auto jobs = claim(*store, "one", kNow, 2);
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].key == "1");
  CHECK(jobs[1].key == "3");
}

TEST_CASE("a lease that ran out is taken over, and its late owner may record nothing") {
  OpenedStore store;
  store->write([](Tx& tx) { return tx.work.enqueue(job("confirm", "7")); }).value();
  const Job first = claim(*store, "dead", kNow).front();
  CHECK(claim(*store, "next", kNow + std::chrono::seconds(59)).empty());
  const auto taken = claim(*store, "next", kNow + std::chrono::seconds(61));
  REQUIRE(taken.size() == 1);
  CHECK(taken.front().attempt == 2);
  const auto late = store->write([&](Tx& tx) { return tx.work.finish(first, "dead", "completed", std::nullopt, "", kNow); });
  REQUIRE(!late);
  CHECK(late.error().code == "job.lease_lost");
  CHECK(store->write([&](Tx& tx) { return tx.work.finish(taken.front(), "next", "completed", std::nullopt, "", kNow); }));
}

TEST_CASE("what is unsure is never claimed by itself, and stands in the way of a second one") {
  OpenedStore store;
  store->write([](Tx& tx) { return tx.work.enqueue(job("buy", "7")); }).value();
  const Job first = claim(*store, "one", kNow).front();
  store->write([&](Tx& tx) -> Result<Done> {
    TRY(tx.work.finish(first, "one", "unsure", std::nullopt, "no answer", kNow));
    return tx.work.enqueue(job("buy", "7"));
  }).value();
  CHECK(claim(*store, "one", kNow + std::chrono::hours(24 * 365)).empty());
  CHECK(store->read([](Tx& tx) { return tx.work.count_jobs("unsure"); }).value() == 1);
  CHECK(store->read([](Tx& tx) { return tx.work.unfinished("buy", "7"); }).value()->state == "unsure");
  store->write([&](Tx& tx) { return tx.work.set_job_state(first.id, "available", kNow); }).value();
  CHECK(claim(*store, "one", kNow).size() == 1);
}

TEST_CASE("four workers that claim at once never hold the same job") {
  OpenedStore store;
  constexpr int kJobs = 200;
  store->write([](Tx& tx) -> Result<Done> {
    for (int i = 0; i < kJobs; ++i) TRY(tx.work.enqueue(job("confirm", std::to_string(i))));
    return done;
  }).value();
  std::vector<std::vector<std::string>> held(4);
  std::vector<std::thread> workers;
  for (std::size_t w = 0; w < held.size(); ++w)
    workers.emplace_back([&, w] {
      const std::string owner = "worker " + std::to_string(w);
      for (;;) {
        const auto jobs = store->write([&](Tx& tx) { return tx.work.claim(owner, kNow, kNow + std::chrono::hours(1), 7); });
        if (!jobs || jobs->empty()) break;
        for (const Job& one : *jobs) {
          held[w].push_back(one.key);
          if (!store->write([&](Tx& tx) { return tx.work.finish(one, owner, "completed", std::nullopt, "", kNow); })) held[w].push_back("could not finish");
        }
      }
    });
  for (std::thread& worker : workers) worker.join();
  std::multiset<std::string> all;
  for (const auto& keys : held) all.insert(keys.begin(), keys.end());
  CHECK(all.size() == kJobs);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == kJobs);
  CHECK(store->read([](Tx& tx) { return tx.work.count_jobs("completed"); }).value() == kJobs);
}

TEST_CASE("the next moment something is due counts running jobs by their lease") {
  OpenedStore store;
  CHECK(!store->read([](Tx& tx) { return tx.work.next_run_at(); }).value());
  store->write([](Tx& tx) { return tx.work.enqueue(job("confirm", "7")); }).value();
  CHECK(store->read([](Tx& tx) { return tx.work.next_run_at(); }).value() == kNow);
  claim(*store, "one", kNow);
  CHECK(store->read([](Tx& tx) { return tx.work.next_run_at(); }).value() == kNow + std::chrono::minutes(1));
}

TEST_CASE("state, event and job are written together or not at all") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  const auto failed = store->write([&](Tx& tx) -> Result<Done> {
    stored_order(tx, an_order(account, "111-1"));
    TRY(tx.work.append({.account = account, .at = kNow, .kind = "order_imported"}));
    TRY(tx.work.enqueue(job("confirm", "7")));
    return refused("test.changed_my_mind", "no");
  });
  REQUIRE(!failed);
  CHECK(failed.error().code == "test.changed_my_mind");
  CHECK(store->read([](Tx& tx) { return tx.work.last_event(); }).value() == 0);
  CHECK(store->read([](Tx& tx) { return tx.work.count_jobs("available"); }).value() == 0);
  CHECK(!store->read([&](Tx& tx) { return tx.orders.by_amazon_id(account, "111-1"); }).value());
}

TEST_CASE("a thrown exception leaves nothing behind, and the store goes on") {
  OpenedStore store;
  try {
    (void)store->write([&](Tx& tx) -> Result<Done> {
      TRY(tx.setup.set_setting("half", "done"));
      throw 7;
    });
  } catch (int) {
  }
  CHECK(store->read([](Tx& tx) { return tx.setup.setting("half", "no"); }).value() == "no");
  CHECK(store->write([](Tx& tx) { return tx.setup.set_setting("whole", "done"); }));
  CHECK(store->read([](Tx& tx) { return tx.setup.setting("whole", ""); }).value() == "done");
}

TEST_CASE("an answer is remembered under its key") {
  OpenedStore store;
  CHECK(!store->read([](Tx& tx) { return tx.work.answered("key-1"); }).value());
  const std::string hash("\0\xFFhash", 6);
  store->write([&](Tx& tx) { return tx.work.remember_answer("key-1", {hash, 201, "{\"id\":\"1\"}"}, kNow); }).value();
  const auto answer = store->read([](Tx& tx) { return tx.work.answered("key-1"); }).value();
  REQUIRE(answer);
  CHECK(answer->body_hash == hash);
  CHECK(answer->status == 201);
  CHECK(answer->response == "{\"id\":\"1\"}");
  CHECK(!store->write([&](Tx& tx) { return tx.work.remember_answer("key-1", {hash, 201, "other"}, kNow); }));
}

TEST_CASE("events are told in order, from any point on") {
  OpenedStore store;
  const AccountId account = an_account(*store);
  OrderId order;
  store->write([&](Tx& tx) -> Result<Done> {
    order = stored_order(tx, an_order(account, "111-1"));
    for (const char* kind : {"order_imported", "order_reserved", "parcel_planned"}) TRY(tx.work.append({.account = account, .at = kNow, .kind = kind, .order = order, .actor = "zifa", .data = "{\"中\":1}"}));
    return done;
  }).value();
  const auto all = store->read([&](Tx& tx) { return tx.work.events(order); }).value();
  REQUIRE(all.size() == 3);
  CHECK(all[1].kind == "order_reserved");
  CHECK(all[1].data == "{\"中\":1}");
  const auto rest = store->read([&](Tx& tx) { return tx.work.events_after(all[0].id, 10); }).value();
  REQUIRE(rest.size() == 2);
  CHECK(rest[0].id == all[1].id);
  CHECK(store->read([](Tx& tx) { return tx.work.last_event(); }).value() == all[2].id);
}

}  // namespace zifa::testing
