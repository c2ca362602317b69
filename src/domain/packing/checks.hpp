// What cannot be packed because it cannot be true. Private to domain/packing.
#pragma once

#include <span>

#include "domain/packing/packing.hpp"

namespace zifa::packing {

// The refusals that packing.hpp names.
Result<Done> check_input(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules);

}  // namespace zifa::packing
