// Positions sorted by a whole number, stable: what std::sort takes a tenth of a second for at a million, in a few passes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace zifa::plan {

// The positions 0 .. count-1 by `key_of(position)` (a signed number), equal ones in their order.
template <class KeyOf>
std::vector<std::uint32_t> sorted_positions(std::uint32_t count, KeyOf key_of) {
  std::vector<std::uint32_t> positions(count);
  if (count == 0) return positions;
  std::int64_t least = key_of(0), most = least;
  bool sorted = true;
  for (std::uint32_t i = 1; i < count; ++i) {
    const std::int64_t key = key_of(i);
    sorted = sorted && key >= most;
    least = std::min(least, key);
    most = std::max(most, key);
  }
  for (std::uint32_t i = 0; i < count; ++i) positions[i] = i;
  if (sorted) return positions;
  const std::uint64_t range = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
  if (count < 512 || range >> 32 != 0) {
    std::stable_sort(positions.begin(), positions.end(), [&](std::uint32_t a, std::uint32_t b) { return key_of(a) < key_of(b); });
    return positions;
  }

  // Key and position in one word: half the memory to move. Digits of eleven bits, all of them counted in one pass.
  constexpr unsigned kBits = 11;
  constexpr std::uint64_t kMask = (1U << kBits) - 1;
  std::array<std::array<std::uint32_t, kMask + 2>, 3> starts{};
  std::vector<std::uint64_t> items(count), other(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t key = static_cast<std::uint64_t>(key_of(i)) - static_cast<std::uint64_t>(least);
    items[i] = key << 32 | i;
    for (unsigned digit = 0; digit < 3; ++digit) ++starts[digit][(key >> (digit * kBits) & kMask) + 1];
  }
  for (unsigned digit = 0; digit < 3 && range >> (digit * kBits) != 0; ++digit) {
    auto& from = starts[digit];
    for (std::size_t i = 1; i < from.size(); ++i) from[i] += from[i - 1];
    for (const std::uint64_t item : items) other[from[item >> (32 + digit * kBits) & kMask]++] = item;
    items.swap(other);
  }
  for (std::uint32_t i = 0; i < count; ++i) positions[i] = static_cast<std::uint32_t>(items[i]);
  return positions;
}

}  // namespace zifa::plan
