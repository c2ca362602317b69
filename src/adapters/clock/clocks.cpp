#include "adapters/clock/clocks.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace zifa {

namespace {

// The machine may sleep or its clock may be set while we wait, so nobody waits longer than this without looking.
constexpr std::int64_t kLongestNapMs = 10'000;

bool wait_on(const Clock& clock, Instant moment, Interrupt& interrupt, std::int64_t speed) {
  std::int64_t left = 0;
  return interrupt.wait(
      [&] {
        left = (moment - clock.now()).count();
        return left <= 0;
      },
      [&] { return std::chrono::milliseconds(std::min(left / speed + 1, kLongestNapMs)); });
}

std::int64_t steady_us() { return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

Instant SystemClock::now() const {
  return Instant::from_ms(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

bool SystemClock::wait_until(Instant moment, Interrupt& interrupt) { return wait_on(*this, moment, interrupt, 1); }

ScaledClock::ScaledClock(Instant start, int speed) : start_ms_(start.ms()), origin_us_(steady_us()), speed_(speed) { check(speed >= 1, "a clock runs forward"); }

Instant ScaledClock::now() const { return Instant::from_ms(start_ms_ + (steady_us() - origin_us_) * speed_ / 1'000); }

bool ScaledClock::wait_until(Instant moment, Interrupt& interrupt) { return wait_on(*this, moment, interrupt, speed_); }

bool ManualClock::wait_until(Instant moment, Interrupt& interrupt) {
  std::multiset<Waiter>::iterator entry;
  {
    const std::lock_guard lock(mutex_);
    entry = waiters_.insert({moment, &interrupt});
  }
  const bool came = interrupt.wait([&] { return now() >= moment; }, [] { return std::chrono::milliseconds(kLongestNapMs); });
  const std::lock_guard lock(mutex_);
  waiters_.erase(entry);
  return came;
}

void ManualClock::advance_to(Instant moment) {
  const std::lock_guard lock(mutex_);
  if (moment <= now()) return;
  now_ms_ = moment.ms();
  for (const Waiter& waiter : waiters_)
    if (waiter.moment <= moment) waiter.interrupt->nudge();
}

std::optional<Instant> ManualClock::next_wanted() const {
  const std::lock_guard lock(mutex_);
  if (waiters_.empty()) return std::nullopt;
  return waiters_.begin()->moment;
}

}  // namespace zifa
