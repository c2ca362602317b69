#include <doctest/doctest.h>

#include <thread>

#include "adapters/clock/clocks.hpp"
#include "adapters/clock/dice.hpp"

using namespace zifa;
using std::chrono::hours;
using std::chrono::milliseconds;

TEST_CASE("a manual clock stands still until it is moved, and never goes back") {
  ManualClock clock(Instant::from_ms(1'000));
  CHECK(clock.now() == Instant::from_ms(1'000));
  clock.advance(hours(1));
  CHECK(clock.now() == Instant::from_ms(3'601'000));
  clock.advance_to(Instant::from_ms(5));
  CHECK(clock.now() == Instant::from_ms(3'601'000));
}

TEST_CASE("whoever waits on a manual clock is woken when the moment comes") {
  ManualClock clock(Instant::from_ms(0));
  Interrupt interrupt;
  bool came = false;
  std::thread waiter([&] { came = clock.wait_until(Instant::from_ms(100), interrupt); });
  while (clock.next_wanted() != Instant::from_ms(100)) std::this_thread::yield();
  clock.advance(milliseconds(99));
  clock.advance(milliseconds(1));
  waiter.join();
  CHECK(came);
  CHECK(!clock.next_wanted());
}

TEST_CASE("an interrupt ends the waiting, even when it is raised before the waiting begins") {
  ManualClock manual(Instant::from_ms(0));
  SystemClock system;
  ScaledClock scaled(Instant::from_ms(0), 10);
  for (Clock* clock : {static_cast<Clock*>(&manual), static_cast<Clock*>(&system), static_cast<Clock*>(&scaled)}) {
    Interrupt interrupt;
    interrupt.raise();
    CHECK(!clock->wait_until(clock->now() + hours(1), interrupt));
    CHECK(!interrupt.take());
    bool came = true;
    std::thread waiter([&] { came = clock->wait_until(clock->now() + hours(1), interrupt); });
    interrupt.raise();
    waiter.join();
    CHECK(!came);
  }
}

TEST_CASE("a moment that has passed is not waited for") {
  SystemClock clock;
  Interrupt interrupt;
  CHECK(clock.wait_until(Instant::from_ms(0), interrupt));
  const Instant soon = clock.now() + milliseconds(5);
  CHECK(clock.wait_until(soon, interrupt));
  CHECK(clock.now() >= soon);
}

TEST_CASE("a fast clock begins where it is told and passes an hour in a fraction of a second") {
  ScaledClock clock(Instant::from_ms(1'000), 100'000);
  CHECK(clock.now() >= Instant::from_ms(1'000));
  Interrupt interrupt;
  CHECK(clock.wait_until(Instant::from_ms(1'000) + hours(1), interrupt));
  CHECK(clock.now() >= Instant::from_ms(1'000) + hours(1));
}

TEST_CASE("seeded dice repeat themselves and stay within bounds, system dice differ") {
  SeededDice a(7);
  SeededDice b(7);
  for (int i = 0; i < 100; ++i) {
    const std::int64_t n = a.between(-3, 3);
    CHECK(n == b.between(-3, 3));
    CHECK(n >= -3);
    CHECK(n <= 3);
  }
  a.between(INT64_MIN, INT64_MAX);
  SystemDice system;
  CHECK(system.id() != system.id());
  CHECK(system.id().size() == 26);
}
