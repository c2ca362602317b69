#include "domain/packing/checks.hpp"

#include <algorithm>

namespace zifa::packing {

namespace {

constexpr std::int64_t kHeaviest = 1'000'000'000'000;  // g, of a unit; and the dearest carton

std::string named(const Item& item) { return "Item " + (item.sku.empty() ? std::string("without a SKU") : item.sku); }

Result<Done> check_item(const Item& item) {
  if (item.quantity < 1) return invalid("packing.bad_item", named(item) + " has a quantity of " + std::to_string(item.quantity) + "; it must be 1 or more.");
  if (item.size_mm.x < 1 || item.size_mm.y < 1 || item.size_mm.z < 1)
    return invalid("packing.bad_item", named(item) + " has a side below 1 mm; measure it and give all three sides.");
  if (item.weight_g < 0 || item.weight_g > kHeaviest)
    return invalid("packing.bad_item", named(item) + " has a weight of " + std::to_string(item.weight_g) + " g; weigh it again.");
  if (item.vertical && !(*item.vertical)[0] && !(*item.vertical)[1] && !(*item.vertical)[2])
    return invalid("packing.bad_item", named(item) + " has no side that may stand upright; allow at least one.");
  return done;
}

Result<Done> check_carton(const Carton& carton) {
  const auto bad = [&](const std::string& what) { return invalid("packing.bad_carton", "Carton " + carton.id + " " + what); };
  for (const Sides& sides : {carton.inner_mm, carton.outer_mm})
    for (const std::int64_t side : {sides.x, sides.y, sides.z})
      if (side < 1 || side > kLongestSide) return bad("has a side of " + std::to_string(side) + " mm; sides go from 1 to " + std::to_string(kLongestSide) + ".");
  if (carton.max_weight_g < 0) return bad("has a negative weight limit.");
  if (carton.tare_g < 0 || carton.tare_g > kHeaviest) return bad("has an impossible tare of " + std::to_string(carton.tare_g) + " g.");
  if (carton.cost < 0 || carton.cost > kHeaviest) return bad("has an impossible cost of " + std::to_string(carton.cost) + ".");
  if (carton.available && *carton.available < 0) return bad("has a negative number available.");
  return done;
}

}  // namespace

Result<Done> check_input(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules) {
  if (rules.support_percent < 0 || rules.support_percent > 100)
    return invalid("packing.bad_support", "Support is a percentage from 0 to 100, not " + std::to_string(rules.support_percent) + ".");
  for (const Carton& carton : cartons) TRY(check_carton(carton));
  std::int64_t units = 0;
  for (const Item& item : items) {
    TRY(check_item(item));
    units += std::min(item.quantity, kMostUnits + 1);
    if (units > kMostUnits)
      return invalid("packing.too_many_units", "The order has more than " + std::to_string(kMostUnits) + " units; split it and pack the parts one by one.");
  }
  return done;
}

}  // namespace zifa::packing
