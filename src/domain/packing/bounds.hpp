// What no packing can do better than.
// Private to domain/packing.
#pragma once

#include "domain/packing/model.hpp"

namespace zifa::packing {

// The fewest parcels that could hold all units, by volume, by weight, and by volume after small sides were rounded down to nothing
// and large ones up to the whole carton: two sides longer than half never lie behind one another.
// (Dual feasible functions: Fekete and Schepers 2004, Martello, Pisinger and Vigo 2000.)
std::int64_t least_parcels(const Task& task);

// The least that all units can count for in the task's objective.
Score lower_bound(const Task& task);

}  // namespace zifa::packing
