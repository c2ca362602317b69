// Judges a packing from scratch, sharing no code with the packer. Returns what is wrong, or nothing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "domain/packing/packing.hpp"

namespace zifa::packing::checker {

struct Block {
  std::int64_t x, y, z, dx, dy, dz;
  bool stackable;
};

inline std::int64_t common(std::int64_t a, std::int64_t a_length, std::int64_t b, std::int64_t b_length) {
  const std::int64_t from = a > b ? a : b;
  const std::int64_t to = a + a_length < b + b_length ? a + a_length : b + b_length;
  return to > from ? to - from : 0;
}

// The placed size is the item's size, turned in an allowed way.
inline bool turned_as_allowed(const Item& item, const Sides& placed) {
  const std::int64_t own[3] = {item.size_mm.x, item.size_mm.y, item.size_mm.z};
  for (int up = 0; up < 3; ++up) {
    const std::int64_t a = own[(up + 1) % 3], b = own[(up + 2) % 3];
    const bool matches = placed.z == own[up] && ((placed.x == a && placed.y == b) || (placed.x == b && placed.y == a));
    if (!matches) continue;
    if (item.vertical) {
      if ((*item.vertical)[static_cast<std::size_t>(up)]) return true;
      continue;
    }
    if (item.turn == Turn::any) return true;
    if (item.turn == Turn::upright && up == 2) return true;
    if (item.turn == Turn::fixed && placed == item.size_mm) return true;
  }
  return false;
}

inline std::optional<std::string> fault_of_parcel(std::span<const Item> items, const Carton& carton, const Parcel& parcel, const Rules& rules) {
  std::vector<Block> blocks;
  std::int64_t weight = 0, volume = 0;
  for (const Placement& p : parcel.placements) {
    const Item& item = items[p.item];
    if (!turned_as_allowed(item, p.size)) return "item " + item.sku + " is turned in a way that is not allowed";
    if (p.at.x < 0 || p.at.y < 0 || p.at.z < 0 || p.at.x + p.size.x > carton.inner_mm.x || p.at.y + p.size.y > carton.inner_mm.y ||
        p.at.z + p.size.z > carton.inner_mm.z)
      return "item " + item.sku + " sticks out of carton " + carton.id;
    weight += item.weight_g;
    volume += item.size_mm.x * item.size_mm.y * item.size_mm.z;
    blocks.push_back({p.at.x, p.at.y, p.at.z, p.size.x, p.size.y, p.size.z, item.stackable});
  }
  if (blocks.empty()) return "a parcel is empty";
  if (weight > carton.max_weight_g) return "carton " + carton.id + " is too heavy";
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& a = blocks[i];
    std::int64_t resting = a.z == 0 ? a.dx * a.dy : 0;
    for (std::size_t j = 0; j < blocks.size(); ++j) {
      if (i == j) continue;
      const Block& b = blocks[j];
      const std::int64_t area = common(a.x, a.dx, b.x, b.dx) * common(a.y, a.dy, b.y, b.dy);
      if (area > 0 && common(a.z, a.dz, b.z, b.dz) > 0) return "two items overlap in carton " + carton.id;
      if (area > 0 && !b.stackable && a.z >= b.z + b.dz) return "something lies above an item that bears nothing in carton " + carton.id;
      if (area > 0 && a.z > 0 && b.z + b.dz == a.z) resting += area;
    }
    if (resting * 100 < a.dx * a.dy * rules.support_percent) return "an item hangs in the air in carton " + carton.id;
  }
  if (parcel.draft.contents_g != weight || parcel.draft.gross_g != weight + carton.tare_g) return "a parcel's weight is wrong";
  if (parcel.draft.contents_mm3 != volume || parcel.draft.inner_mm3 != carton.inner_mm.x * carton.inner_mm.y * carton.inner_mm.z || !(parcel.draft.outer_mm == carton.outer_mm))
    return "a parcel's measures are wrong";
  return std::nullopt;
}

inline std::optional<std::string> fault(std::span<const Item> items, std::span<const Carton> cartons, const Packing& packing, const Rules& rules, const Price& price) {
  std::map<std::size_t, std::int64_t> seen;
  std::map<std::size_t, std::int64_t> used;
  for (const Parcel& parcel : packing.parcels) {
    if (parcel.carton == kOwnBox) {
      if (parcel.placements.size() != 1 || !items[parcel.placements[0].item].own_box) return "a parcel without a carton is not an item's own box";
      ++seen[parcel.placements[0].item];
      continue;
    }
    if (parcel.carton >= cartons.size()) return "a carton that was not offered";
    const Carton& carton = cartons[parcel.carton];
    if (auto wrong = fault_of_parcel(items, carton, parcel, rules)) return wrong;
    if (carton.available && ++used[parcel.carton] > *carton.available) return "more of carton " + carton.id + " than there are";
    for (const Placement& p : parcel.placements) {
      ++seen[p.item];
      if (items[p.item].own_box) return "an item with its own box lies in a carton";
      if (items[p.item].apart != items[parcel.placements[0].item].apart) return "items that travel apart share a parcel";
    }
    if (price && price(parcel.draft) != parcel.price) return "a parcel's price is wrong";
    if (price && !parcel.price) return "a parcel that may not be sent";
  }
  for (const Refusal& r : packing.refused) {
    if (r.quantity < 1) return "nothing is refused";
    seen[r.item] += r.quantity;
    if (r.why == Why::cartons_used_up || items[r.item].own_box) continue;
    for (const Carton& carton : cartons) {
      const Item& item = items[r.item];
      if (item.weight_g > carton.max_weight_g) continue;
      Draft draft{static_cast<std::size_t>(&carton - cartons.data()), carton.outer_mm, item.weight_g, item.weight_g + carton.tare_g,
                  item.size_mm.x * item.size_mm.y * item.size_mm.z, carton.inner_mm.x * carton.inner_mm.y * carton.inner_mm.z};
      if (price && !price(draft)) continue;
      const std::int64_t own[3] = {item.size_mm.x, item.size_mm.y, item.size_mm.z};
      const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
      for (const auto& o : orders) {
        const Sides turned{own[o[0]], own[o[1]], own[o[2]]};
        if (turned.x <= carton.inner_mm.x && turned.y <= carton.inner_mm.y && turned.z <= carton.inner_mm.z && turned_as_allowed(item, turned))
          return "item " + item.sku + " is refused but fits carton " + carton.id + " alone";
      }
    }
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    if (seen[i] != items[i].quantity) return "item " + items[i].sku + " is placed " + std::to_string(seen[i]) + " times, not " + std::to_string(items[i].quantity);
  return std::nullopt;
}

}  // namespace zifa::packing::checker
