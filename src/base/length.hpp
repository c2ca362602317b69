// Length in whole micrometres: an inch is exactly 25 400 of them, so inches and millimetres mix without rounding.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>

namespace zifa {

class Length {
 public:
  constexpr Length() = default;
  static constexpr Length micrometres(std::int64_t n) { return Length(n); }
  static constexpr Length mm(std::int64_t n) { return Length(n * 1'000); }
  static constexpr Length cm(std::int64_t n) { return Length(n * 10'000); }
  static constexpr Length inches(std::int64_t n) { return Length(n * 25'400); }

  constexpr std::int64_t micrometres() const { return micrometres_; }
  constexpr std::int64_t mm_up() const { return micrometres_ <= 0 ? micrometres_ / 1'000 : (micrometres_ - 1) / 1'000 + 1; }
  constexpr auto operator<=>(const Length&) const = default;
  constexpr bool operator==(const Length&) const = default;
  friend constexpr Length operator+(Length a, Length b) { return Length(a.micrometres_ + b.micrometres_); }
  friend constexpr Length operator*(std::int64_t n, Length l) { return Length(n * l.micrometres_); }

 private:
  explicit constexpr Length(std::int64_t micrometres) : micrometres_(micrometres) {}
  std::int64_t micrometres_ = 0;
};

// The three sides of a box or an item. Carriers' rules speak of sorted sides; `sorted()` gives longest first.
struct Size {
  Length length, width, height;

  constexpr bool operator==(const Size&) const = default;
  constexpr Size sorted() const {
    std::array<Length, 3> sides{length, width, height};
    std::sort(sides.begin(), sides.end(), [](Length a, Length b) { return a > b; });
    return {sides[0], sides[1], sides[2]};
  }
  // Longest side plus twice the two shorter ones.
  constexpr Length length_plus_girth() const {
    const Size s = sorted();
    return s.length + 2 * (s.width + s.height);
  }
  constexpr Length sum() const { return length + width + height; }
};

}  // namespace zifa
