#include "domain/plan/shop.hpp"

#include <algorithm>

namespace zifa::plan {

Millis Shop::earliest_start(Millis from, Millis work) const {
  // Sorted by their beginning, windows are sorted by their end too.
  auto window = windows.begin();
  if (windows.size() > 4) window = std::partition_point(windows.begin(), windows.end(), [&](const Window& w) { return w.to < from + work; });
  for (; window != windows.end(); ++window) {
    const Millis start = std::max(from, window->from);
    if (start + work <= window->to) return start;
  }
  return kNever;
}

Millis Shop::latest_start(Millis until, Millis work) const {
  auto behind = windows.end();
  if (windows.size() > 4) behind = std::partition_point(windows.begin(), windows.end(), [&](const Window& w) { return w.from <= until - work; });
  while (behind != windows.begin()) {
    const Window& window = *--behind;
    const Millis start = std::min(until, window.to) - work;
    if (start >= window.from) return start;
  }
  return -kNever;
}

Millis Shop::capacity_until(Millis until) const {
  const auto behind = std::partition_point(open.begin(), open.end(), [&](const Open& o) { return o.from < until; });
  if (behind == open.begin()) return 0;
  const Open& last = *(behind - 1);
  return (last.before + std::min(until, last.to) - last.from) * stations;
}

Shop shop_of(const Workday& day) {
  Shop shop{.stations = day.stations, .windows = {}, .open = {}};
  std::vector<Window> windows;
  for (const Shift& shift : day.shifts) {
    const Window window{std::max(shift.from.ms(), day.now.ms()), shift.to.ms()};
    if (window.from <= window.to) windows.push_back(window);
  }
  std::sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) { return a.from != b.from ? a.from < b.from : a.to > b.to; });
  for (const Window& window : windows)
    if (shop.windows.empty() || window.to > shop.windows.back().to) {
      const bool first = shop.windows.empty();
      const Millis from = first ? window.from : std::max(window.from, shop.windows.back().to);
      const Millis before = first ? 0 : shop.open.back().before + shop.open.back().to - shop.open.back().from;
      shop.windows.push_back(window);
      shop.open.push_back({from, window.to, before});
    }
  return shop;
}

DueMoments::DueMoments(const Workday& day) : day_(day) {
  for (const Pickup& pickup : day.pickups) {
    if (pickup.at < day.now) continue;
    if (pickup.carrier >= by_carrier_.size()) by_carrier_.resize(pickup.carrier + std::size_t{1});
    by_carrier_[pickup.carrier].push_back(pickup.at.ms());
    all_.push_back(pickup.at.ms());
  }
  for (auto& pickups : by_carrier_) std::sort(pickups.begin(), pickups.end());
  std::sort(all_.begin(), all_.end());
}

Millis DueMoments::due(const Order& order) const {
  const Millis ship_by = order.ship_by.ms();
  if (day_.pickups.empty()) return ship_by;
  Millis latest = -kNever;
  const auto look = [&](const std::vector<Millis>& pickups) {
    const auto behind = std::upper_bound(pickups.begin(), pickups.end(), ship_by);
    if (behind != pickups.begin()) latest = std::max(latest, *(behind - 1));
  };
  if (order.carriers.empty()) look(all_);
  for (const Carrier carrier : order.carriers)
    if (carrier < by_carrier_.size()) look(by_carrier_[carrier]);
  return latest;
}

Millis DueMoments::next_pickup(const Order& order, Millis after) const {
  Millis next = kNever;
  const auto look = [&](const std::vector<Millis>& pickups) {
    const auto found = std::lower_bound(pickups.begin(), pickups.end(), after);
    if (found != pickups.end()) next = std::min(next, *found);
  };
  if (order.carriers.empty()) look(all_);
  for (const Carrier carrier : order.carriers)
    if (carrier < by_carrier_.size()) look(by_carrier_[carrier]);
  return next;
}

std::vector<Job> possible_jobs(const Workday& day, const Shop& shop, const DueMoments& due) {
  std::vector<Job> jobs;
  jobs.reserve(day.orders.size());
  const Millis now = day.now.ms();
  for (std::uint32_t i = 0; i < day.orders.size(); ++i) {
    const Order& order = day.orders[i];
    const Millis ready = std::max(order.ready_at.ms(), now);
    const Millis work = order.work.count();
    const Millis until = due.due(order);
    if (shop.stations > 0 && shop.earliest_start(ready, work) + work <= until) jobs.push_back({work, ready, until, i});
  }
  return jobs;
}

}  // namespace zifa::plan
