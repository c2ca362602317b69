// Fractions that stay exact until the one rounding at the end of a line.
#pragma once

#include <cstdint>

namespace zifa::rating {

__extension__ using Wide = __int128;

// A weight in grams as a fraction; `whole` is above 0. With the limits below nothing overflows:
// sides up to 10 m and weights up to 100 t (checked where parcels are read).
struct Grams {
  Wide part = 0;
  Wide whole = 1;

  friend constexpr bool operator>(const Grams& a, const Grams& b) { return a.part * b.whole > b.part * a.whole; }
  constexpr bool over(std::int64_t grams) const { return part > Wide(grams) * whole; }
  constexpr bool at_most(std::int64_t grams) const { return !over(grams); }
  // A started gram counting as a whole one.
  constexpr std::int64_t up() const { return static_cast<std::int64_t>((part + whole - 1) / whole); }
  // Up to the next multiple of `step` grams.
  constexpr std::int64_t up_to_multiple(std::int64_t step) const {
    const Wide unit = whole * step;
    return static_cast<std::int64_t>((part + unit - 1) / unit) * step;
  }
};

// part / whole rounded half away from zero ("half up" for amounts, which are not negative).
constexpr Wide half_up(Wide part, Wide whole) { return part >= 0 ? (2 * part + whole) / (2 * whole) : -((-2 * part + whole) / (2 * whole)); }

}  // namespace zifa::rating
