// Gathers the room left at many places into one, until one more job fits there.
//
// After a good sweep every shift of every station has a little time left, too little for any job alone. Swapping a job of one
// shift for one a little shorter of another moves time from there to here without making anything late.
#pragma once

#include "domain/plan/schedule.hpp"

namespace zifa::plan {

// Places more jobs, up to `most` in all. `effort`: pairs looked at, roughly.
void consolidate(const Shop& shop, std::span<const Job> jobs, Schedule& schedule, std::size_t most, std::int64_t& effort);

}  // namespace zifa::plan
