// Packs a few parcels anew, in other cartons or other company, and keeps what is better by the objective.
// Private to domain/packing.
#pragma once

#include "domain/packing/fit.hpp"

namespace zifa::packing {

// Lowers the sum of the scores until nothing better has been found for a while. Honours limited numbers of cartons.
// True if it got lower.
bool use_cheaper_parcels(const Task& task, Meter& meter, std::vector<Load>& loads);

}  // namespace zifa::packing
