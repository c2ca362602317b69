// A good plan in one sweep through time, for any number of jobs.
//
// Whenever a station becomes free it takes, among the jobs ready, the longest of the most urgent that still ends in time; at the
// end of a shift, the one that fills the rest best. Long ones first within a due moment: short ones are left to fill the gaps.
#pragma once

#include <span>
#include <vector>

#include "domain/plan/shop.hpp"

namespace zifa::plan {

// For each station the jobs it does, in order, all on time. Only `wanted` jobs are placed.
std::vector<std::vector<std::uint32_t>> list_jobs(const Shop& shop, std::span<const Job> jobs, std::span<const std::uint32_t> wanted);

}  // namespace zifa::plan
