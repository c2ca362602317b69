#include "adapters/runner/runner.hpp"

#include <condition_variable>
#include <cstdio>
#include <mutex>

#include "app/sync_account.hpp"

namespace zifa {

Runner::Runner(Services& services, RunnerOptions options) : services_(services), options_(std::move(options)) {
  if (options_.owner.empty()) options_.owner = services_.dice.id();
}

Runner::~Runner() { stop(); }

void Runner::start() {
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this, i] { work(i); });
  threads_.emplace_back([this] { schedule(); });
}

void Runner::stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

namespace {
// Sleeps on the machine's time in short naps, so that a stop is noticed soon.
void nap(const std::atomic<bool>& stopping, std::chrono::milliseconds time) {
  for (auto left = time; left.count() > 0 && !stopping; left -= std::chrono::milliseconds(100)) std::this_thread::sleep_for(std::min<std::chrono::milliseconds>(left, std::chrono::milliseconds(100)));
}
}  // namespace

void Runner::work(int number) {
  const std::string owner = options_.owner + "-" + std::to_string(number);
  while (!stopping_) {
    const Instant now = services_.clock.now();
    const Result<std::vector<Job>> jobs = services_.store.write([&](Tx& tx) { return tx.work.claim(owner, now, now + options_.lease, 4); });
    if (!jobs || jobs->empty()) {
      if (!jobs) std::fprintf(stderr, "zifa: jobs cannot be read: %s\n", jobs.error().message.c_str());
      nap(stopping_, jobs ? options_.look_every : std::chrono::seconds(5));
      continue;
    }
    for (const Job& job : *jobs) {
      if (stopping_) {
        // Given back untouched: the next start need not wait for the lease to end.
        (void)services_.store.write([&](Tx& tx) { return tx.work.finish(job, owner, "available", job.run_at, "", now); });
        continue;
      }
      if (const auto ran = run_job(services_, job, owner); !ran && ran.error().code != "job.lease_lost")
        std::fprintf(stderr, "zifa: job %lld (%s %s) could not be written down: %s\n", static_cast<long long>(job.id.value()), job.kind.c_str(), job.key.c_str(), ran.error().message.c_str());
    }
  }
}

void Runner::schedule() {
  while (!stopping_) {
    if (const auto scheduled = schedule_due(services_); !scheduled) std::fprintf(stderr, "zifa: periodic work could not be scheduled: %s\n", scheduled.error().message.c_str());
    nap(stopping_, std::chrono::seconds(1));
  }
}

Result<int> Runner::run_until_idle() {
  TRY(schedule_due(services_));
  int count = 0;
  for (;;) {
    const Instant now = services_.clock.now();
    const std::vector<Job> jobs = TRY(services_.store.write([&](Tx& tx) { return tx.work.claim(options_.owner, now, now + options_.lease, 50); }));
    if (jobs.empty()) return count;
    for (const Job& job : jobs) {
      TRY(run_job(services_, job, options_.owner));
      ++count;
    }
  }
}

}  // namespace zifa
