// Positions sorted by a whole number, stable: what std::sort takes a tenth of a second for at a million, in a few passes.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace zifa::plan {

// A handful of different keys: pickups and shift ends, shared by thousands of orders.
class FewKeys {
 public:
  static constexpr std::size_t kMost = 128;
  static constexpr std::uint32_t kTooMany = 0xFFFF'FFFF;

  // A number for the key, in the order of first mention; kTooMany when there are more than a handful.
  std::uint32_t number_of(std::int64_t key) {
    std::size_t at = (static_cast<std::uint64_t>(key) * 0x9E3779B97F4A7C15ULL) >> 55;
    for (; slots_[at] != 0; at = (at + 1) % slots_.size())
      if (keys_[slots_[at] - 1U] == key) return slots_[at] - 1U;
    if (keys_.size() == kMost) return kTooMany;
    keys_.push_back(key);
    slots_[at] = static_cast<std::uint16_t>(keys_.size());
    return static_cast<std::uint32_t>(keys_.size()) - 1;
  }
  const std::vector<std::int64_t>& keys() const { return keys_; }

 private:
  std::array<std::uint16_t, 512> slots_{};
  std::vector<std::int64_t> keys_;
};

// Positions by a handful of keys: counted, then laid out. False when there are more.
template <class KeyOf>
bool lay_out_few(std::vector<std::uint32_t>& positions, KeyOf key_of) {
  FewKeys few;
  std::vector<std::uint8_t> number(positions.size());
  std::array<std::uint32_t, FewKeys::kMost> count{};
  for (std::uint32_t i = 0; i < positions.size(); ++i) {
    const std::uint32_t n = few.number_of(key_of(i));
    if (n == FewKeys::kTooMany) return false;
    number[i] = static_cast<std::uint8_t>(n);
    ++count[n];
  }
  std::vector<std::uint32_t> order(few.keys().size());
  for (std::uint32_t n = 0; n < order.size(); ++n) order[n] = n;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return few.keys()[a] < few.keys()[b]; });
  std::array<std::uint32_t, FewKeys::kMost> next{};
  std::uint32_t start = 0;
  for (const std::uint32_t n : order) {
    next[n] = start;
    start += count[n];
  }
  for (std::uint32_t i = 0; i < positions.size(); ++i) positions[next[number[i]]++] = i;
  return true;
}

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
  if (sorted || lay_out_few(positions, key_of)) return positions;
  const std::uint64_t range = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
  const auto position_bits = static_cast<unsigned>(std::bit_width(count));
  const auto key_bits = static_cast<unsigned>(std::bit_width(range));
  if (count < 512 || position_bits + key_bits > 64) {
    std::stable_sort(positions.begin(), positions.end(), [&](std::uint32_t a, std::uint32_t b) { return key_of(a) < key_of(b); });
    return positions;
  }

  // Key and position in one word: half the memory to move. Digits of eleven bits, all of them counted in one pass.
  constexpr unsigned kBits = 11;
  constexpr std::uint64_t kMask = (1U << kBits) - 1;
  const unsigned digits = (key_bits + kBits - 1) / kBits;
  std::vector<std::array<std::uint32_t, kMask + 2>> starts(digits);
  std::vector<std::uint64_t> items(count), other(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t key = static_cast<std::uint64_t>(key_of(i)) - static_cast<std::uint64_t>(least);
    items[i] = key << position_bits | i;
    for (unsigned digit = 0; digit < digits; ++digit) ++starts[digit][(key >> (digit * kBits) & kMask) + 1];
  }
  for (unsigned digit = 0; digit < digits; ++digit) {
    auto& from = starts[digit];
    for (std::size_t i = 1; i < from.size(); ++i) from[i] += from[i - 1];
    const unsigned shift = position_bits + digit * kBits;
    for (const std::uint64_t item : items) other[from[item >> shift & kMask]++] = item;
    items.swap(other);
  }
  const std::uint64_t position_mask = (std::uint64_t{1} << position_bits) - 1;
  for (std::uint32_t i = 0; i < count; ++i) positions[i] = static_cast<std::uint32_t>(items[i] & position_mask);
  return positions;
}

}  // namespace zifa::plan
