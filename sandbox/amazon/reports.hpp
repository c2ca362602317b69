// Reports: asked for, counted, stored as documents; schedules and the settlements that Amazon makes by itself.
#pragma once

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

// Every fourteen days each account gets a settlement report, as long as there is something to settle.
void let_amazon_settle(World& world);

}  // namespace zifa::sandbox
