// The day's plan: which order is packed where and when, so that as few as possible miss the moment by which they must leave.
//
// An order is on time if its work ends, on one station inside one shift (never split), no later than a pickup of one of its
// carriers that is itself no later than the order's ship-by. With no pickups given at all: no later than its ship-by.
//
// Sorting by ship-by is optimal while everything fits and nearly the worst rule once it does not. So we choose which orders to
// give up (Moore and Hodgson: the longest ones, as few as can be), place the others, improve, and say how far from the best
// possible the plan can be at most: `lower_bound_late` is proven, and `optimal` means that the plan reaches it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace zifa::plan {

using Carrier = std::uint16_t;  // a number the caller gives to each carrier's name

struct Shift {
  Instant from, to;  // every station is staffed in every shift
};

struct Pickup {
  Carrier carrier;
  Instant at;
};

struct Order {
  std::chrono::milliseconds work{};  // 0 or more
  Instant ready_at;                  // nothing before `now` matters
  Instant ship_by;
  std::vector<Carrier> carriers;     // empty = any
};

struct Workday {
  Instant now;
  int stations = 1;
  std::vector<Shift> shifts;    // in any order; what lies before `now` is past
  std::vector<Pickup> pickups;  // empty = the ship-by alone decides
  std::vector<Order> orders;
};

struct Slot {
  std::uint32_t order;  // position in the workday's orders
  int station;
  Instant start, end;
  std::optional<Instant> pickup;  // the first one it can leave with; nothing when there is none
  bool on_time;
};

struct Plan {
  std::vector<std::uint32_t> late;   // positions, ascending
  std::size_t lower_bound_late = 0;  // no plan has fewer late orders
  bool optimal = false;
  std::vector<Slot> slots;           // by station, then by start; late orders have one where there is time left
};

// `quick` gives up the search for a better plan earlier; the rules and the bound hold either way.
enum class Effort { full, quick };
Plan plan_day(const Workday& day, Effort effort = Effort::full);

// What would save late orders, with the number still late after it, planned anew.
struct Repair {
  enum class Kind { add_station, extend_shift, extra_pickup } kind;
  std::size_t late_after = 0;
  int stations = 0;         // add_station: how many there would be
  Shift shift;              // extend_shift: the shift as it would be
  Carrier carrier = 0;      // extra_pickup
  Instant at;               // extra_pickup
};

// The best repair of each kind that saves an order; none when nothing is late or nothing helps.
std::vector<Repair> repairs(const Workday& day, const Plan& plan);

}  // namespace zifa::plan
