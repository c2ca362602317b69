// `plan`: late orders of an overloaded week on one station, against the rules order managers go by; and the time a plan takes.
// Every plan is checked slot by slot before it is counted.
#include <algorithm>
#include <ctime>
#include <cstdio>
#include <numeric>

#include "tests/domain/plan_support.hpp"

using namespace zifa;
using namespace zifa::plan;

namespace {

// Processor time of this process: the same whatever else the machine does.
double cpu_ms(std::clock_t begun) { return static_cast<double>(std::clock() - begun) * 1000 / CLOCKS_PER_SEC; }

// Work from 45 to 240 seconds, five cut-offs, 1.278 times the work that the last one leaves time for.
Workday overloaded_week(int orders, int stations) {
  SplitMix random(88172645463325252ULL);
  std::vector<std::int64_t> work, cutoff;
  std::int64_t total = 0;
  for (int i = 0; i < orders; ++i) {
    total += work.emplace_back(45 + static_cast<std::int64_t>(random.next() % 196));
    cutoff.push_back(1 + static_cast<std::int64_t>(random.next() % 5));
  }
  const double a_day = static_cast<double>(total) / 1.15 / 5 / stations;
  const Instant monday = Instant::parse("2026-11-23T00:00:00Z").value();
  Workday day{.now = monday, .stations = stations, .shifts = {{monday, monday + std::chrono::seconds(static_cast<std::int64_t>(a_day * 5))}}, .pickups = {}, .orders = {}};
  for (std::size_t i = 0; i < work.size(); ++i)
    day.orders.push_back({.work = std::chrono::seconds(work[i]),
                          .ready_at = monday,
                          .ship_by = monday + std::chrono::seconds(static_cast<std::int64_t>(a_day * static_cast<double>(cutoff[i]) * 0.9)),
                          .carriers = {}});
  return day;
}

std::size_t late_in_order(const Workday& day, bool by_ship_by) {
  std::vector<std::uint32_t> order(day.orders.size());
  std::iota(order.begin(), order.end(), 0U);
  if (by_ship_by) std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return day.orders[a].ship_by < day.orders[b].ship_by; });
  Instant at = day.now;
  std::size_t late = 0;
  for (const std::uint32_t i : order) {
    at = at + day.orders[i].work;
    if (at > day.orders[i].ship_by) ++late;
  }
  return late;
}

bool report(const char* name, const Workday& day, int repeats) {
  double best_ms = 1e18;
  Plan plan;
  for (int i = 0; i < repeats; ++i) {
    const std::clock_t begun = std::clock();
    plan = plan_day(day);
    best_ms = std::min(best_ms, cpu_ms(begun));
  }
  const std::string broken = testing::broken_rule(day, plan);
  const auto orders = static_cast<double>(day.orders.size());
  std::printf("plan %-34s late %7zu (%6.3f %%)  proven bound %7zu  %8.1f ms%s%s\n", name, plan.late.size(), 100 * static_cast<double>(plan.late.size()) / orders,
              plan.lower_bound_late, best_ms, broken.empty() ? "" : "  INVALID: ", broken.c_str());
  return broken.empty();
}

// Days like those of a warehouse: pickups, shifts, ready times; how often the plan is proven to be the best.
bool report_proven(int orders, int stations, int shifts, bool ready) {
  SplitMix random(2026);
  const int days = 40;
  int proven = 0;
  std::size_t late = 0, bound = 0;
  double ms = 0;
  bool valid = true;
  for (int i = 0; i < days; ++i) {
    const int horizon = std::max(60, orders * 12 / stations);
    Workday day = testing::random_day(random, {.orders = orders, .most_stations = 1, .most_shifts = 1, .ready_times = ready, .pickups = i % 2 == 0, .horizon = horizon});
    day.stations = stations;
    day.shifts.clear();
    for (int k = 0; k < shifts; ++k) day.shifts.push_back({testing::minute(horizon * k / shifts + (k > 0 ? horizon / 20 : 0)), testing::minute(horizon * (k + 1) / shifts)});
    const std::clock_t begun = std::clock();
    const Plan plan = plan_day(day);
    ms += cpu_ms(begun);
    valid = valid && testing::broken_rule(day, plan).empty();
    proven += plan.optimal ? 1 : 0;
    late += plan.late.size();
    bound += plan.lower_bound_late;
  }
  std::printf("plan %4d orders %d stations %d shifts%s  proven optimal %2d of %d days  late %6zu  proven bound %6zu  %6.1f ms a day%s\n", orders, stations, shifts,
              ready ? " ready times" : "            ", proven, days, late, bound, ms / days, valid ? "" : "  INVALID");
  return valid;
}

}  // namespace

int main() {
  bool valid = true;
  const Workday day = overloaded_week(1'000'000, 1);
  const auto orders = static_cast<double>(day.orders.size());
  std::printf("plan rule: by ship-by                  late %6.2f %%\n", 100 * static_cast<double>(late_in_order(day, true)) / orders);
  std::printf("plan rule: first in, first out         late %6.2f %%\n", 100 * static_cast<double>(late_in_order(day, false)) / orders);
  valid = report("1,000,000 orders, one station", day, 5) && valid;
  valid = report("10,000 orders, one station", overloaded_week(10'000, 1), 5) && valid;
  valid = report("1,000,000 orders, four stations", overloaded_week(1'000'000, 4), 2) && valid;
  valid = report("10,000 orders, four stations", overloaded_week(10'000, 4), 2) && valid;
  for (const int count : {15, 40, 100, 300, 1'000})
    for (const bool ready : {false, true}) valid = report_proven(count, count < 40 ? 2 : 4, count < 100 ? 1 : 2, ready) && valid;
  valid = report_proven(100, 4, 1, false) && valid;
  return valid ? 0 : 1;
}
