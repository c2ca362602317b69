// The only place that asks the machine for the time.
#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <mutex>
#include <optional>
#include <set>

#include "app/ports/clock.hpp"

namespace zifa {

class SystemClock final : public Clock {
 public:
  using Clock::wait_until;
  Instant now() const override;
  bool wait_until(Instant moment, Interrupt& interrupt) override;
};

// Begins at a given moment and runs `speed` times as fast as the machine: a demo week in minutes.
class ScaledClock final : public Clock {
 public:
  using Clock::wait_until;
  ScaledClock(Instant start, int speed);
  Instant now() const override;
  bool wait_until(Instant moment, Interrupt& interrupt) override;

 private:
  std::int64_t start_ms_;
  std::int64_t origin_us_;  // of the machine's steady clock
  std::int64_t speed_;
};

// Stands still until it is moved. Never goes back.
class ManualClock final : public Clock {
 public:
  using Clock::wait_until;
  explicit ManualClock(Instant start) : now_ms_(start.ms()) {}
  Instant now() const override { return Instant::from_ms(now_ms_); }
  bool wait_until(Instant moment, Interrupt& interrupt) override;

  // A moment that lies behind is ignored. Wakes everybody whose moment has come.
  void advance_to(Instant moment);
  void advance(std::chrono::milliseconds by) { advance_to(now() + by); }
  // The earliest moment anybody waits for, so that a simulation can jump to it.
  std::optional<Instant> next_wanted() const;

 private:
  struct Waiter {
    Instant moment;
    Interrupt* interrupt;
    auto operator<=>(const Waiter&) const = default;
  };
  // Taken before an interrupt's own lock, never while holding one.
  mutable std::mutex mutex_;
  std::atomic<std::int64_t> now_ms_;
  std::multiset<Waiter> waiters_;
};

}  // namespace zifa
