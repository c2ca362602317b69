// What time it is, and waiting for a moment. Rules are handed an Instant; only runners, use cases and servers hold a Clock.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

#include "base/time.hpp"

namespace zifa {

// Ends somebody's waiting early: a new job arrived, the program is stopping. Raised once, it stays raised until it is
// taken, so that a signal given just before the waiting begins is not lost. One waiter each.
class Interrupt {
 public:
  void raise() {
    const std::lock_guard lock(mutex_);
    raised_ = true;
    changed_.notify_all();
  }
  // Was it raised? Afterwards it is not.
  bool take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(raised_, false);
  }

  // For clocks: waits until raised (takes it: false), until `came()` is true (true), or looks again after a nudge or a nap.
  template <class Came, class Nap>
  bool wait(Came came, Nap nap) {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (std::exchange(raised_, false)) return false;
      if (came()) return true;
      changed_.wait_for(lock, nap());
    }
  }
  void nudge() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

class Clock {
 public:
  virtual ~Clock() = default;

  virtual Instant now() const = 0;
  // Waits until `moment` has come: true; or until the interrupt is raised (which takes it): false. A moment that has
  // passed returns true at once, unless the interrupt is raised already.
  virtual bool wait_until(Instant moment, Interrupt& interrupt) = 0;

  // Waits without a way to be woken. On a clock that stands still this ends only when somebody moves it.
  void wait_until(Instant moment) {
    Interrupt never;
    wait_until(moment, never);
  }
};

}  // namespace zifa
