// Works off the jobs of a database with a few threads. Several programs may do so on one PostgreSQL: a claimed job is leased to
// one worker, and what a dead worker held is taken over when its lease runs out.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "app/jobs.hpp"

namespace zifa {

struct RunnerOptions {
  int threads = 2;
  std::chrono::minutes lease{5};
  std::chrono::milliseconds look_every{500};  // of the machine's time, when nothing is due
  std::string owner;                          // unique to this process; made from chance when empty
};

class Runner {
 public:
  Runner(Services& services, RunnerOptions options);
  ~Runner();  // stops

  void start();
  // Ends after the jobs at hand.
  void stop();

  // For simulations: schedules what is due, then runs what is due until nothing is, on this thread. Says how many jobs ran.
  Result<int> run_until_idle();

 private:
  void work(int number);
  void schedule();

  Services& services_;
  RunnerOptions options_;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
  Interrupt wake_;
};

}  // namespace zifa
