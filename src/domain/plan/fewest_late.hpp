// Moore and Hodgson 1968: on one station, working in one stretch with everything ready, the fewest possible late jobs.
//
// Take the jobs by due moment; whenever the work no longer fits, give up the longest job taken so far. The same holds when the
// due moments are replaced by any capacity that does not fall with them, so the method also bounds every harder day from below:
// whatever is on time there fits into the time that all stations together have until each due moment.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace zifa::plan {

struct Demand {
  std::int64_t work;      // 0 or more
  std::int64_t capacity;  // work that can be done until its due moment, by all jobs due until then together
};

struct FewestLate {
  std::vector<std::uint32_t> kept;        // positions, by capacity, equal ones in the order given
  std::vector<std::uint32_t> given_up;    // positions, in no particular order
};

// A million jobs take well under a tenth of a second: radix sorts, and a bit set over ranks in place of a heap.
FewestLate fewest_late(std::span<const Demand> jobs);

}  // namespace zifa::plan
