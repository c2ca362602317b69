// Takes one parcel away and tries to spread its units over the others, by packing a few cartons anew again and again.
// Private to domain/packing.
#pragma once

#include "domain/packing/fit.hpp"

namespace zifa::packing {

// Lowers the number of loads as long as there is work, but not below `floor`. True if it got lower.
// The cartons used are among those of the loads given.
bool use_fewer_parcels(const Task& task, int floor, Meter& meter, std::vector<Load>& loads);

}  // namespace zifa::packing
