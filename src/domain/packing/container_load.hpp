// The most item volume in one carton: blocks of units, put into the space nearest a corner, by a beam search that judges a
// beginning by how a quick completion of it ends.
// Private to domain/packing.
#pragma once

#include <span>

#include "domain/packing/filling.hpp"

namespace zifa::packing {

// Placements for some of the units. Support and units that bear nothing are not looked at: only for tasks without either.
// Stops when all units are in, when nothing wider is worth trying, or when the work runs out.
std::vector<Placed> load_container(const Task& task, const Box& box, std::span<const int> counts, Meter& meter);

}  // namespace zifa::packing
