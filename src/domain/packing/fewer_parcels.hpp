// Takes one parcel away and tries to spread its units over the others, by packing a few cartons anew again and again.
// Private to domain/packing.
#pragma once

#include "domain/packing/fit.hpp"

namespace zifa::packing {

// Lowers the number of loads as long as there is work, but not below `floor`. True if it got lower.
// The cartons used are among those of the loads given.
bool use_fewer_parcels(const Task& task, int floor, Meter& meter, std::vector<Load>& loads);

// Packs the cartons anew so that less volume is left over. Stops when nothing is, or when nothing better was found for long.
void leave_less_over(const Task& task, Meter& meter, std::vector<Load>& loads, std::vector<int>& left_over);

}  // namespace zifa::packing
