#include <doctest/doctest.h>

#include "domain/plan/fewest_late.hpp"
#include "domain/plan/ranks.hpp"
#include "tests/domain/plan_support.hpp"

using namespace zifa;
using namespace zifa::plan;
using namespace zifa::plan::testing;

namespace {

Order order(int minutes, int ship_by, int ready = 0, std::vector<Carrier> carriers = {}) {
  return {.work = std::chrono::minutes(minutes), .ready_at = minute(ready), .ship_by = minute(ship_by), .carriers = std::move(carriers)};
}

Workday day(std::vector<Order> orders, int stations = 1, std::vector<Shift> shifts = {{minute(0), minute(480)}}, std::vector<Pickup> pickups = {}) {
  return {.now = minute(0), .stations = stations, .shifts = std::move(shifts), .pickups = std::move(pickups), .orders = std::move(orders)};
}

std::vector<std::uint32_t> late(const Workday& workday) {
  const Plan plan = plan_day(workday);
  CHECK(broken_rule(workday, plan) == "");
  CHECK(plan.optimal);
  return plan.late;
}

using Late = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("what is on time and what is not") {
  const std::vector<Shift> split{{minute(0), minute(60)}, {minute(120), minute(180)}};
  const Shift whole{minute(0), minute(480)};
  struct Case {
    const char* what;
    Workday day;
    Late late;
  };
  const Case cases[] = {
      {"work that ends at the ship-by", day({order(30, 30)}), {}},
      {"work that ends a minute after it", day({order(31, 30)}), {0}},
      {"the longest of three is given up", day({order(10, 30), order(25, 30), order(15, 30)}), {1}},
      {"a second station saves it", day({order(10, 30), order(25, 30), order(15, 30)}, 2), {}},
      {"work is never split over two shifts", day({order(40, 200), order(40, 200)}, 1, split), {}},
      {"and what is longer than a shift cannot be done", day({order(61, 400)}, 1, split), {0}},
      {"the last pickup before ship-by decides", day({order(30, 100, 0, {0})}, 1, {whole}, {{0, minute(29)}, {0, minute(101)}}), {0}},
      {"a pickup at the ship-by counts", day({order(30, 100, 0, {0})}, 1, {whole}, {{0, minute(100)}}), {}},
      {"a pickup at the end of work takes it", day({order(30, 100, 0, {0})}, 1, {whole}, {{0, minute(30)}}), {}},
      {"another carrier's pickup does not", day({order(30, 100, 0, {0})}, 1, {whole}, {{1, minute(60)}}), {0}},
      {"any carrier's pickup will do", day({order(30, 100)}, 1, {whole}, {{1, minute(60)}}), {}},
      {"ready too late", day({order(30, 100, 71)}), {0}},
      {"ready just in time", day({order(30, 100, 70)}), {}},
      {"a short wait for an urgent order", day({order(50, 200, 0), order(20, 40, 20)}), {}},
      {"a shift that is over", day({order(5, 400)}, 1, {{minute(-100), minute(0)}}), {0}},
      {"a shift that began before now", day({order(30, 400)}, 1, {{minute(-100), minute(30)}}), {}},
      {"nobody works", day({order(5, 400)}, 0), {0}},
      {"no shifts", day({order(5, 400)}, 1, {}), {0}},
      {"nothing to do", day({}), {}},
      {"ship-by in the past", day({order(5, -1)}), {0}},
      {"no work to do, due now", day({order(0, 0)}), {}},
      {"two shifts that overlap are two places to be in", day({order(60, 400)}, 1, {{minute(0), minute(50)}, {minute(40), minute(100)}}), {}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(late(c.day) == c.late);
  }
}

TEST_CASE("a late order still gets a slot while there is time left") {
  const Workday workday = day({order(30, 20), order(30, 300)});
  const Plan plan = plan_day(workday);
  REQUIRE(plan.slots.size() == 2);
  CHECK(plan.slots[0].order == 1);
  CHECK(plan.slots[1].start == minute(30));
  CHECK_FALSE(plan.slots[1].on_time);
}

TEST_CASE("no plan of a small day has fewer late orders: every order of work on every station was tried") {
  SplitMix random(2026);
  for (int i = 0; i < 6'000; ++i) {
    const Workday workday = random_day(random, {.orders = static_cast<int>(random.between(0, 5)), .most_stations = 3, .most_shifts = 3, .horizon = i % 2 == 0 ? 60 : 120});
    const Plan plan = plan_day(workday);
    REQUIRE(broken_rule(workday, plan) == "");
    REQUIRE(plan.optimal);
    REQUIRE(plan.late.size() == EveryPlan(workday).fewest_late());
  }
}

TEST_CASE("up to nine orders are always planned optimally") {
  SplitMix random(9);
  for (int i = 0; i < 600; ++i) {
    const Workday workday = random_day(random, {.orders = 9, .most_stations = 4, .most_shifts = 3});
    const Plan plan = plan_day(workday);
    REQUIRE(broken_rule(workday, plan) == "");
    REQUIRE(plan.optimal);
  }
  for (int i = 0; i < 15; ++i) {
    const Workday workday = random_day(random, {.orders = 8, .most_stations = 2, .most_shifts = 2, .most_work = 50});
    REQUIRE(plan_day(workday).late.size() == EveryPlan(workday).fewest_late());
  }
}

TEST_CASE("one station in one shift is planned optimally at any size") {
  SplitMix random(1968);
  for (int i = 0; i < 60; ++i) {
    const Workday workday = random_day(random, {.orders = static_cast<int>(random.between(20, 2'000)), .most_stations = 1, .most_shifts = 1, .ready_times = false});
    const Plan plan = plan_day(workday);
    REQUIRE(broken_rule(workday, plan) == "");
    REQUIRE(plan.optimal);
  }
}

TEST_CASE("large days keep every rule, and stay close to what is proven") {
  SplitMix random(5);
  std::size_t late_orders = 0, bound = 0;
  for (int i = 0; i < 25; ++i) {
    Workday workday = random_day(random, {.orders = static_cast<int>(random.between(16, 150)), .most_stations = 5, .most_shifts = 3, .horizon = 300});
    const Plan plan = plan_day(workday, Effort::quick);
    REQUIRE(broken_rule(workday, plan) == "");
    late_orders += plan.late.size();
    bound += plan.lower_bound_late;
  }
  CHECK(late_orders >= bound);
  CHECK(late_orders - bound <= bound / 50);
}

TEST_CASE("an overloaded week on four stations loses no more than the bound allows, one in a thousand apart") {
  SplitMix random(88172645463325252ULL);
  Workday workday{.now = minute(0), .stations = 4, .shifts = {}, .pickups = {}, .orders = {}};
  std::int64_t total = 0;
  std::vector<std::int64_t> work;
  for (int i = 0; i < 20'000; ++i) total += work.emplace_back(45 + static_cast<std::int64_t>(random.next() % 196));
  const std::int64_t a_day = total * 100 / 115 / 5 / 4;
  for (const std::int64_t seconds : work)
    workday.orders.push_back({.work = std::chrono::seconds(seconds), .ready_at = minute(0), .ship_by = minute(0) + std::chrono::seconds(a_day * (1 + random.between(0, 4)) * 9 / 10), .carriers = {}});
  workday.shifts.push_back({minute(0), minute(0) + std::chrono::seconds(a_day * 5)});
  const Plan plan = plan_day(workday);
  CHECK(broken_rule(workday, plan) == "");
  CHECK(plan.late.size() - plan.lower_bound_late <= 2);
}

TEST_CASE("Moore and Hodgson give up as few as any choice does") {
  SplitMix random(3);
  for (int i = 0; i < 3'000; ++i) {
    std::vector<Demand> jobs(static_cast<std::size_t>(random.between(0, 9)));
    for (Demand& job : jobs) job = {random.between(0, 12), random.between(0, 30)};
    std::size_t best = 0;
    for (std::uint32_t set = 0; set < 1U << jobs.size(); ++set) {
      bool holds = true;
      for (const Demand& limit : jobs) {
        std::int64_t due = 0;
        for (std::size_t j = 0; j < jobs.size(); ++j)
          if ((set >> j & 1) != 0 && jobs[j].capacity <= limit.capacity) due += jobs[j].work;
        holds = holds && due <= limit.capacity;
      }
      if (holds) best = std::max(best, static_cast<std::size_t>(std::popcount(set)));
    }
    const FewestLate found = fewest_late(jobs);
    REQUIRE(found.kept.size() == best);
    REQUIRE(found.kept.size() + found.given_up.size() == jobs.size());
  }
}

TEST_CASE("a set of ranks knows its largest and smallest members") {
  SplitMix random(64);
  for (const std::size_t size : {1U, 63U, 64U, 65U, 4'096U, 4'097U, 300'000U}) {
    RankSet set(size);
    std::vector<bool> member(size);
    CHECK(set.largest() == RankSet::kNone);
    for (int i = 0; i < 300; ++i) {
      const auto rank = static_cast<std::uint32_t>(random.between(0, static_cast<std::int64_t>(size) - 1));
      if (random.between(0, 2) > 0) set.insert(rank);
      else set.erase(rank);
      member[rank] = set.contains(rank);
      const auto asked = static_cast<std::uint32_t>(random.between(0, static_cast<std::int64_t>(size) - 1));
      std::uint32_t below = asked, above = asked;
      while (below != RankSet::kNone && !member[below]) --below;
      while (above < size && !member[above]) ++above;
      REQUIRE(set.largest_at_most(asked) == below);
      REQUIRE(set.smallest_at_least(asked) == (above == size ? RankSet::kNone : above));
      if (i % 50 == 0) {
        REQUIRE(set.smallest() == set.smallest_at_least(0));
        REQUIRE(set.largest() == set.largest_at_most(static_cast<std::uint32_t>(size) - 1));
      }
    }
  }
}

TEST_CASE("each repair says how many are late after it, planned anew") {
  // 600 minutes of work for a day of 480, all to leave with a pickup at 400.
  Workday workday = day(std::vector<Order>(20, order(30, 700, 0, {0})), 1, {{minute(0), minute(480)}}, {{0, minute(400)}});
  const Plan plan = plan_day(workday);
  CHECK(plan.late.size() == 7);
  const std::vector<Repair> found = repairs(workday, plan);
  REQUIRE(found.size() == 2);  // a longer shift alone does not help: the pickup is gone by then
  CHECK(found[0].kind == Repair::Kind::add_station);
  CHECK(found[0].late_after == 0);
  CHECK(found[1].kind == Repair::Kind::extra_pickup);
  CHECK(found[1].at == minute(700));
  CHECK(found[1].late_after == 4);
  workday.pickups.clear();
  const std::vector<Repair> without = repairs(workday, plan_day(workday));
  REQUIRE(without.size() == 2);
  CHECK(without[1].kind == Repair::Kind::extend_shift);
  CHECK(without[1].shift.to == minute(600));
  CHECK(without[1].late_after == 0);
  CHECK(repairs(day({order(5, 100)}), plan_day(day({order(5, 100)}))).empty());
}

TEST_CASE("repairs of random days are what planning the changed day gives") {
  SplitMix random(17);
  for (int i = 0; i < 300; ++i) {
    const Workday workday = random_day(random, {.orders = 8, .most_stations = 2, .most_shifts = 2, .most_work = 40});
    const Plan plan = plan_day(workday);
    for (const Repair& repair : repairs(workday, plan)) {
      Workday changed = workday;
      if (repair.kind == Repair::Kind::add_station) changed.stations = repair.stations;
      if (repair.kind == Repair::Kind::extra_pickup) changed.pickups.push_back({repair.carrier, repair.at});
      if (repair.kind == Repair::Kind::extend_shift) {
        const auto shift = std::find_if(changed.shifts.begin(), changed.shifts.end(), [&](const Shift& s) { return s.from == repair.shift.from && s.to < repair.shift.to; });
        REQUIRE(shift != changed.shifts.end());
        shift->to = repair.shift.to;
      }
      REQUIRE(repair.late_after < plan.late.size());
      REQUIRE(plan_day(changed).late.size() == repair.late_after);
    }
  }
}
