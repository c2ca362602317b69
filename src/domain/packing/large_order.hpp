// A good packing of an order with many units, within the work there is. Honours limited numbers of cartons.
// Private to domain/packing.
#pragma once

#include "domain/packing/fit.hpp"

namespace zifa::packing {

Solution pack_large_order(const Task& task, Meter& meter);

}  // namespace zifa::packing
