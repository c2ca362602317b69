#include "domain/packing/model.hpp"

namespace zifa::packing {

Draft draft_of(const Box& box, const Carton& carton, std::int64_t contents_g, std::int64_t contents_mm3) {
  return {box.carton, carton.outer_mm, contents_g, contents_g + box.tare, contents_mm3, box.volume};
}

Score Task::score(const Box& box, std::int64_t contents_g, std::int64_t contents_mm3) const {
  std::int64_t cost = 0;
  if (*price) {
    const auto priced = (*price)(draft_of(box, cartons[box.carton], contents_g, contents_mm3));
    if (!priced) return kNever;
    cost = *priced;
  }
  switch (objective) {
    case Objective::boxes: return {1, box.outer_volume};
    case Objective::volume: return {box.outer_volume, 1};
    case Objective::cost: break;
  }
  return {cost, 1};
}

}  // namespace zifa::packing
