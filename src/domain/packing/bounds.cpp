#include "domain/packing/bounds.hpp"

#include <algorithm>

namespace zifa::packing {

namespace {

__extension__ using Wide = __int128;

constexpr std::size_t kMostCuts = 10;       // along each side
constexpr std::size_t kMostCutsOfMany = 3;  // for hundreds of kinds

std::int64_t up(std::int64_t a, std::int64_t b) { return a / b + (a % b > 0 ? 1 : 0); }

// Sides below `cut` become nothing, sides within `cut` of the whole become the whole.
std::int64_t rounded(std::int64_t side, std::int64_t whole, std::int64_t cut) { return side < cut ? 0 : side > whole - cut ? whole : side; }

// Some of the sides up to half the whole, as cuts; 0 = leave all as they are.
std::vector<std::int64_t> cuts(std::vector<std::int64_t> sides, std::int64_t whole, std::size_t most) {
  for (std::int64_t& side : sides)
    if (2 * side > whole) side = whole - side + 1;
  std::erase_if(sides, [&](std::int64_t side) { return 2 * side > whole; });
  sides.push_back(whole / 2);
  std::sort(sides.begin(), sides.end());
  sides.erase(std::unique(sides.begin(), sides.end()), sides.end());
  std::vector<std::int64_t> some{0};
  const std::size_t step = std::max<std::size_t>(1, up(static_cast<std::int64_t>(sides.size()), static_cast<std::int64_t>(most) - 1));
  for (std::size_t i = sides.size(); i > 0; i -= std::min(i, step)) some.push_back(sides[i - 1]);
  return some;
}

}  // namespace

std::int64_t least_parcels(const Task& task) {
  std::int64_t l = 1, w = 1, h = 1, most_weight = 1, volume = 0, weight = 0, most_volume = 1;
  for (const Box& box : task.boxes) {
    l = std::max<std::int64_t>(l, box.l);
    w = std::max<std::int64_t>(w, box.w);
    h = std::max<std::int64_t>(h, box.h);
    most_weight = std::max(most_weight, box.max_weight);
    most_volume = std::max(most_volume, box.volume);
  }
  std::vector<std::int64_t> sides[3];
  for (const Kind& kind : task.kinds) {
    volume += kind.volume * kind.count;
    weight += kind.weight * kind.count;
    for (int t = 0; t < kind.turn_count; ++t) {
      sides[0].push_back(kind.turns[static_cast<std::size_t>(t)].dx);
      sides[1].push_back(kind.turns[static_cast<std::size_t>(t)].dy);
      sides[2].push_back(kind.turns[static_cast<std::size_t>(t)].dz);
    }
  }
  std::int64_t least = std::max<std::int64_t>({1, up(volume, most_volume), up(weight, most_weight)});
  const std::size_t most = task.kinds.size() > 300 ? kMostCutsOfMany : kMostCuts;
  const auto along_x = cuts(sides[0], l, most), along_y = cuts(sides[1], w, most), along_z = cuts(sides[2], h, most);
  for (const std::int64_t cx : along_x)
    for (const std::int64_t cy : along_y)
      for (const std::int64_t cz : along_z) {
        std::int64_t sum = 0;
        for (const Kind& kind : task.kinds) {
          // However the unit is turned, it takes at least this.
          std::int64_t takes = INT64_MAX;
          for (int t = 0; t < kind.turn_count; ++t) {
            const Turned& turned = kind.turns[static_cast<std::size_t>(t)];
            if (turned.dx > l || turned.dy > w || turned.dz > h) continue;
            takes = std::min(takes, rounded(turned.dx, l, cx) * rounded(turned.dy, w, cy) * rounded(turned.dz, h, cz));
          }
          sum += takes * kind.count;
        }
        least = std::max(least, up(sum, l * w * h));
      }
  return least;
}

Score lower_bound(const Task& task) {
  std::int64_t volume = 0;
  for (const Kind& kind : task.kinds) volume += kind.volume * kind.count;
  Score cheapest = kNever, densest = kNever;
  for (const Box& box : task.boxes) {
    // Empty and yet full: neither its weight nor what stays empty adds to the price.
    const Score score = task.score(box, 0, box.volume);
    if (score >= kNever) continue;
    cheapest = std::min(cheapest, score);
    const auto share = static_cast<std::int64_t>((Wide{score.first} * volume + box.volume - 1) / box.volume);
    densest.first = std::min(densest.first, share);
  }
  if (cheapest >= kNever) return {};
  const std::int64_t parcels = least_parcels(task);
  if (task.objective == Objective::boxes) return {parcels, cheapest.second * parcels};
  return {std::max(cheapest.first * parcels, densest.first), parcels};
}

}  // namespace zifa::packing
