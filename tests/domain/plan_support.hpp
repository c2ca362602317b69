// Random workdays, the rules of a plan checked one by one, and the fewest late orders found by trying everything.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/splitmix.hpp"
#include "domain/plan/plan.hpp"

namespace zifa::plan::testing {

inline Instant minute(std::int64_t n) { return Instant::from_ms(1'700'000'000'000 + n * 60'000); }

struct Shape {
  int orders = 5;
  int most_stations = 2;
  int most_shifts = 2;
  bool ready_times = true;
  bool pickups = true;
  int most_work = 30;
  int horizon = 120;
};

inline Workday random_day(SplitMix& random, const Shape& shape) {
  const auto pick = [&](std::int64_t a, std::int64_t b) { return static_cast<int>(random.between(a, b)); };
  Workday day{.now = minute(0), .stations = pick(1, shape.most_stations), .shifts = {}, .pickups = {}, .orders = {}};
  for (int i = pick(1, shape.most_shifts); i > 0; --i) {
    const int from = pick(-20, shape.horizon - 1);
    day.shifts.push_back({minute(from), minute(pick(from, shape.horizon))});
  }
  if (shape.pickups)
    for (int i = pick(0, 4); i > 0; --i) day.pickups.push_back({static_cast<Carrier>(pick(0, 2)), minute(pick(-10, shape.horizon))});
  for (int i = 0; i < shape.orders; ++i) {
    Order order{.work = std::chrono::minutes(pick(random.between(0, 9) == 0 ? 0 : 1, shape.most_work)),
                .ready_at = minute(shape.ready_times && pick(0, 1) == 0 ? pick(0, shape.horizon / 2) : -5),
                .ship_by = minute(pick(0, shape.horizon + 20)),
                .carriers = {}};
    for (Carrier carrier = 0; carrier < 3; ++carrier)
      if (pick(0, 2) == 0) order.carriers.push_back(carrier);
    day.orders.push_back(order);
  }
  return day;
}

inline bool leaves_in_time(const Workday& day, const Order& order, Instant end) {
  if (day.pickups.empty()) return end <= order.ship_by;
  return std::any_of(day.pickups.begin(), day.pickups.end(), [&](const Pickup& pickup) {
    return pickup.at >= end && pickup.at <= order.ship_by &&
           (order.carriers.empty() || std::find(order.carriers.begin(), order.carriers.end(), pickup.carrier) != order.carriers.end());
  });
}

inline bool inside_a_shift(const Workday& day, Instant start, Instant end) {
  return std::any_of(day.shifts.begin(), day.shifts.end(), [&](const Shift& shift) { return shift.from <= start && end <= shift.to; });
}

// "" when the plan keeps every rule, otherwise what it breaks.
inline std::string broken_rule(const Workday& day, const Plan& plan) {
  std::vector<int> seen(day.orders.size());
  std::vector<bool> late(day.orders.size());
  for (const std::uint32_t order : plan.late) late[order] = true;
  for (std::size_t i = 0; i < plan.slots.size(); ++i) {
    const Slot& slot = plan.slots[i];
    const Order& order = day.orders[slot.order];
    if (++seen[slot.order] > 1) return "an order has two slots";
    if (slot.station < 0 || slot.station >= day.stations) return "no such station";
    if (slot.end - slot.start != order.work) return "a slot of another length than the work";
    if (slot.start < day.now || slot.start < order.ready_at) return "work before it can begin";
    if (!inside_a_shift(day, slot.start, slot.end)) return "work outside a shift";
    if (i > 0 && plan.slots[i - 1].station == slot.station && plan.slots[i - 1].end > slot.start) return "two orders at once on a station";
    if (slot.on_time == late[slot.order]) return "a slot and the list of late orders disagree";
    if (slot.on_time && !leaves_in_time(day, order, slot.end)) return "on time without a pickup";
    if (slot.on_time && !day.pickups.empty() && (!slot.pickup || *slot.pickup < slot.end || *slot.pickup > order.ship_by)) return "a pickup that does not take it in time";
    if (day.pickups.empty() && slot.pickup) return "a pickup from nowhere";
  }
  for (std::size_t i = 0; i < day.orders.size(); ++i)
    if (!late[i] && seen[i] == 0) return "an on-time order without a slot";
  if (plan.lower_bound_late > plan.late.size()) return "more late than the bound allows";
  if (plan.optimal != (plan.lower_bound_late == plan.late.size())) return "optimal without proof";
  return "";
}

// Tries every order of work on every station.
class EveryPlan {
 public:
  explicit EveryPlan(const Workday& day) : day_(day), free_(static_cast<std::size_t>(day.stations), day.now), done_(day.orders.size()) {}

  std::size_t fewest_late() {
    best_ = 0;
    search(0);
    return day_.orders.size() - best_;
  }

 private:
  void search(std::size_t on_time) {
    best_ = std::max(best_, on_time);
    for (std::size_t i = 0; i < day_.orders.size(); ++i) {
      if (done_[i]) continue;
      for (std::size_t s = 0; s < free_.size(); ++s) {
        if (std::find(free_.begin(), free_.begin() + static_cast<std::ptrdiff_t>(s), free_[s]) != free_.begin() + static_cast<std::ptrdiff_t>(s)) continue;  // alike
        const Order& order = day_.orders[i];
        Instant end = Instant::from_ms(INT64_MAX);
        for (const Shift& shift : day_.shifts) {
          const Instant start = std::max({free_[s], order.ready_at, shift.from});
          if (start + order.work <= shift.to) end = std::min(end, start + order.work);
        }
        if (end.ms() == INT64_MAX || !leaves_in_time(day_, order, end)) continue;
        const Instant before = free_[s];
        free_[s] = end;
        done_[i] = true;
        search(on_time + 1);
        done_[i] = false;
        free_[s] = before;
      }
    }
  }

  const Workday& day_;
  std::vector<Instant> free_;
  std::vector<bool> done_;
  std::size_t best_ = 0;
};

}  // namespace zifa::plan::testing
