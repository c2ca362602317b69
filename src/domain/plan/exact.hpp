// The provably best plan of a few jobs, whatever their ready times, shifts and stations.
#pragma once

#include <span>
#include <vector>

#include "domain/plan/schedule.hpp"

namespace zifa::plan {

// False when the jobs are too many for it. Otherwise `schedule` (empty before) holds as many jobs on time as can be.
bool place_exactly(const Shop& shop, std::span<const Job> jobs, Schedule& schedule);

// Of the first 1, 2, ... jobs: the most that can be on time, and the most work of jobs on time, if there were no others.
struct PrefixMost {
  std::vector<std::size_t> jobs;
  std::vector<Millis> work;
};
// At most `kMostPrefix` jobs.
inline constexpr std::size_t kMostPrefix = 11;
PrefixMost most_of_prefixes(const Shop& shop, std::span<const Job> jobs);

}  // namespace zifa::plan
