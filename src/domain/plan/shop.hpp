// The workday reduced to numbers: jobs with work, release and due moment, and the windows in which stations work.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "domain/plan/plan.hpp"

namespace zifa::plan {

using Millis = std::int64_t;  // since 1970, or a length
inline constexpr Millis kNever = std::numeric_limits<Millis>::max() / 4;

struct Job {
  Millis work;
  Millis ready;
  Millis due;  // the last pickup it may leave with
  std::uint32_t order;
};

struct Window {
  Millis from, to;
};

// A stretch in which stations work, and how long they worked before it.
struct Open {
  Millis from, to, before;
};

// Windows are sorted, none lies inside another (overlaps stay: a job must lie inside one of them).
struct Shop {
  int stations = 0;
  std::vector<Window> windows;
  std::vector<Open> open;  // the same without overlaps

  // The earliest start at or after `from` of so much work inside one window; kNever when there is none.
  Millis earliest_start(Millis from, Millis work) const;
  // The latest start of so much work inside one window that ends at or before `until`; -kNever when there is none.
  Millis latest_start(Millis until, Millis work) const;
  // Time that all stations together work until a moment.
  Millis capacity_until(Millis until) const;
};

Shop shop_of(const Workday& day);

// The last pickup that an order may leave with, its ship-by when there are no pickups, -kNever when it has none.
class DueMoments {
 public:
  explicit DueMoments(const Workday& day);
  Millis due(const Order& order) const;
  // The first pickup at or after a moment with one of the order's carriers; kNever when there is none.
  Millis next_pickup(const Order& order, Millis after) const;

 private:
  const Workday& day_;
  std::vector<std::vector<Millis>> by_carrier_;
  std::vector<Millis> all_;
};

// Orders that can be on time when nothing else is in the way; the others are late whatever happens.
std::vector<Job> possible_jobs(const Workday& day, const Shop& shop, const DueMoments& due);

}  // namespace zifa::plan
