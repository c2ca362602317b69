#include <algorithm>

#include "domain/packing/packing.hpp"

namespace zifa::packing {

std::int64_t Freight::charged_g(const Draft& draft) const {
  if (divisor <= 0) return draft.gross_g;
  const std::int64_t volume = draft.outer_mm.x * draft.outer_mm.y * draft.outer_mm.z;
  return std::max(draft.gross_g, volume / divisor + (volume % divisor > 0 ? 1 : 0));
}

bool Freight::rises() const {
  return std::is_sorted(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.cost < b.cost; });
}

std::optional<std::int64_t> Freight::cost(const Draft& draft) const {
  const std::int64_t charged = charged_g(draft);
  const auto step = std::lower_bound(steps.begin(), steps.end(), charged, [](const Step& s, std::int64_t g) { return s.weight_g < g; });
  if (step == steps.end()) return std::nullopt;
  return step->cost;
}

Price price_of(std::span<const Carton> cartons, const std::optional<Freight>& freight) {
  return [cartons, freight](const Draft& draft) -> std::optional<std::int64_t> {
    const std::int64_t carton = draft.carton == kOwnBox ? 0 : cartons[draft.carton].cost;
    if (!freight) return carton;
    const auto cost = freight->cost(draft);
    if (!cost) return std::nullopt;
    return carton + *cost;
  };
}

std::vector<Carton> mailer(const Carton& flat, std::int64_t step_mm) {
  std::vector<Carton> all;
  if (step_mm < 1) return all;
  const std::int64_t narrow = std::min(flat.inner_mm.x, flat.inner_mm.y);
  for (std::int64_t h = step_mm; h < narrow; h += step_mm) {
    if (narrow - h < h) break;  // thicker than wide: the same stack lies flatter on its side
    Carton one = flat;
    one.inner_mm = {flat.inner_mm.x - h, flat.inner_mm.y - h, h};
    one.outer_mm.z = std::max(flat.outer_mm.z, h);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace zifa::packing
