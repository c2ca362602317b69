// Buyers that order by themselves, more in the evening than at night, some of whom change their mind.
#pragma once

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

// Does nothing when the options ask for no orders a day.
void let_buyers_order(World& world);

}  // namespace zifa::sandbox
