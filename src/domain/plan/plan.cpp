#include "domain/plan/plan.hpp"

#include <algorithm>
#include <queue>
#include <utility>

#include "base/check.hpp"
#include "domain/plan/bound.hpp"
#include "domain/plan/consolidate.hpp"
#include "domain/plan/exact.hpp"
#include "domain/plan/fewest_late.hpp"
#include "domain/plan/improve.hpp"
#include "domain/plan/list.hpp"
#include "domain/plan/radix.hpp"

namespace zifa::plan {

namespace {

constexpr std::size_t kMostImproved = 4'000;     // jobs; above, one sweep must do
constexpr std::int64_t kFullEffort = 40'000'000;
constexpr std::int64_t kQuickEffort = 4'000'000;

using Lines = std::vector<std::vector<std::uint32_t>>;

// The fewest jobs that are late when all stations work as one that may split jobs, and everything is ready at once.
FewestLate relaxed(const Shop& shop, std::span<const Job> jobs) {
  std::vector<Demand> demands(jobs.size());
  Millis last_due = -kNever, last_capacity = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].due != last_due) {
      last_due = jobs[i].due;
      last_capacity = shop.capacity_until(last_due);
    }
    demands[i] = {jobs[i].work, last_capacity};
  }
  return fewest_late(demands);
}

bool one_stretch(const Shop& shop, std::span<const Job> jobs) {
  return shop.stations == 1 && shop.windows.size() == 1 &&
         std::all_of(jobs.begin(), jobs.end(), [&](const Job& job) { return job.ready <= shop.windows[0].from; });
}

struct Placed {
  Lines lines;
  std::size_t bound = 0;  // late among the possible jobs, at least
};

Placed place(const Shop& shop, std::span<const Job> jobs, std::int64_t effort) {
  Placed out{.lines = Lines(static_cast<std::size_t>(shop.stations)), .bound = 0};
  if (jobs.empty()) return out;
  FewestLate chosen = relaxed(shop, jobs);
  out.bound = chosen.given_up.size();
  if (one_stretch(shop, jobs)) {
    out.lines[0] = std::move(chosen.kept);
    return out;
  }
  Schedule schedule(shop, jobs);
  if (place_exactly(shop, jobs, schedule)) {
    out.bound = jobs.size() - schedule.placed();
  } else {
    out.bound = std::max(out.bound, fewest_late_bound(shop, jobs));
    Lines listed = list_jobs(shop, jobs, chosen.kept);
    for (int station = 0; station < shop.stations; ++station) schedule.set_line(station, std::move(listed[static_cast<std::size_t>(station)]));
    std::int64_t consolidation = 2 * effort;
    consolidate(shop, jobs, schedule, jobs.size() - out.bound, consolidation);
    if (jobs.size() <= kMostImproved) improve(shop, jobs, schedule, jobs.size() - out.bound, effort);
  }
  for (int station = 0; station < shop.stations; ++station) out.lines[static_cast<std::size_t>(station)] = schedule.line(station).jobs;
  return out;
}

// Late orders behind all others, the most urgent first, while there is time left in the shifts: more orders for each station.
Lines append_late(const Workday& day, const Shop& shop, const std::vector<Millis>& free, const std::vector<std::uint32_t>& late) {
  using Station = std::pair<Millis, int>;
  Lines lines(static_cast<std::size_t>(shop.stations));
  std::priority_queue<Station, std::vector<Station>, std::greater<>> stations;
  for (int station = 0; station < shop.stations; ++station) stations.emplace(free[static_cast<std::size_t>(station)], station);
  const auto by_ship_by = sorted_positions(static_cast<std::uint32_t>(late.size()), [&](std::uint32_t i) { return day.orders[late[i]].ship_by.ms(); });
  for (const std::uint32_t i : by_ship_by) {
    const std::uint32_t order = late[i];
    if (stations.empty() || shop.windows.empty() || stations.top().first > shop.windows.back().to) break;
    const auto [at, station] = stations.top();
    const Millis start = shop.earliest_start(std::max({at, day.orders[order].ready_at.ms(), day.now.ms()}), day.orders[order].work.count());
    if (start == kNever) continue;
    stations.pop();
    stations.emplace(start + day.orders[order].work.count(), station);
    lines[static_cast<std::size_t>(station)].push_back(order);
  }
  return lines;
}

// Puts jobs on the stations, each as early as it can be.
class Timetable {
 public:
  Timetable(const Workday& day, const Shop& shop, const DueMoments& due) : day_(day), shop_(shop), due_(due) {}

  Slot next(const Job& job, int station, Millis& free) const {
    const Millis start = shop_.earliest_start(std::max(free, job.ready), job.work);
    free = start + job.work;
    Slot slot{.order = job.order, .station = station, .start = Instant::from_ms(start), .end = Instant::from_ms(free), .pickup = {}, .on_time = free <= job.due};
    if (!day_.pickups.empty())
      if (const Millis pickup = due_.next_pickup(day_.orders[job.order], free); pickup < kNever) slot.pickup = Instant::from_ms(pickup);
    return slot;
  }

  Job job_of(std::uint32_t order) const {
    const Order& what = day_.orders[order];
    return {.work = what.work.count(), .ready = std::max(what.ready_at, day_.now).ms(), .due = due_.due(what), .order = order};
  }

 private:
  const Workday& day_;
  const Shop& shop_;
  const DueMoments& due_;
};

}  // namespace

Plan plan_day(const Workday& day, Effort effort) {
  const Shop shop = shop_of(day);
  const DueMoments due(day);
  const std::vector<Job> jobs = possible_jobs(day, shop, due);
  const Placed placed = place(shop, jobs, effort == Effort::full ? kFullEffort : kQuickEffort);

  Plan plan;
  plan.slots.reserve(day.orders.size());
  const Timetable timetable(day, shop, due);
  std::vector<bool> on_time(day.orders.size());
  std::vector<Millis> free(static_cast<std::size_t>(shop.stations), -kNever);
  for (int station = 0; station < shop.stations; ++station) {
    const auto& line = placed.lines[static_cast<std::size_t>(station)];
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i + 16 < line.size()) __builtin_prefetch(&jobs[line[i + 16]]);  // they lie anywhere in memory
      const Job& job = jobs[line[i]];
      plan.slots.push_back(timetable.next(job, station, free[static_cast<std::size_t>(station)]));
      check(plan.slots.back().on_time, "an order planned on time is late");
      on_time[job.order] = true;
    }
  }
  std::vector<std::uint32_t> left;
  for (std::uint32_t i = 0; i < day.orders.size(); ++i)
    if (!on_time[i]) left.push_back(i);
  const Lines behind = append_late(day, shop, free, left);
  std::size_t appended = 0;
  for (int station = 0; station < shop.stations; ++station)
    for (const std::uint32_t order : behind[static_cast<std::size_t>(station)]) {
      plan.slots.push_back(timetable.next(timetable.job_of(order), station, free[static_cast<std::size_t>(station)]));
      on_time[order] = plan.slots.back().on_time;
      ++appended;
    }
  // Both parts are by station and time.
  if (shop.stations > 1 && appended > 0)
    std::inplace_merge(plan.slots.begin(), plan.slots.end() - static_cast<std::ptrdiff_t>(appended), plan.slots.end(), [](const Slot& a, const Slot& b) { return a.station < b.station; });

  for (std::uint32_t i = 0; i < day.orders.size(); ++i)
    if (!on_time[i]) plan.late.push_back(i);
  plan.lower_bound_late = day.orders.size() - jobs.size() + placed.bound;
  check(plan.lower_bound_late <= plan.late.size(), "a plan beats its proven bound");
  plan.optimal = plan.lower_bound_late == plan.late.size();
  return plan;
}

}  // namespace zifa::plan
