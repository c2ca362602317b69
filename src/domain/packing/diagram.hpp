// The picture at the packing table: how a parcel looks after each unit that was put in.
#pragma once

#include <string>
#include <vector>

#include "domain/packing/packing.hpp"

namespace zifa::packing {

struct Step {
  std::size_t number = 0;  // from 1
  std::size_t item = 0;    // index into the order's items
  Sides at, size;
  char up = 'z';           // which of the item's own sides stands upright: x, y or z
  bool on_floor = true;
};

// The units in the order in which they go in: whatever lies below comes first, so each can be lowered from above.
std::vector<Step> steps(const Parcel& parcel, std::span<const Item> items);

// An SVG of the carton with the first `steps_done` units in it, seen from above at an angle; the last one stands out.
// Its words are the step numbers alone. Nothing to draw (no steps, an own box without a carton) gives "".
std::string diagram(const Parcel& parcel, std::span<const Carton> cartons, std::size_t steps_done);

}  // namespace zifa::packing
