// Weight of an item or a parcel.
//
// Kept in whole micrograms: sixteen items of one ounce then weigh no more than one pound, so a parcel
// never jumps a price step because of rounding. (In grams or milligrams it would.)
#pragma once

#include <compare>
#include <cstdint>

namespace zifa {

class Weight {
 public:
  constexpr Weight() = default;
  static constexpr Weight micrograms(std::int64_t n) { return Weight(n); }
  static constexpr Weight grams(std::int64_t n) { return Weight(n * 1'000'000); }
  static constexpr Weight ounces(std::int64_t n) { return Weight(n * 28'349'523'125 / 1'000); }
  static constexpr Weight pounds(std::int64_t n) { return Weight(n * 453'592'370); }

  constexpr std::int64_t micrograms() const { return micrograms_; }
  // Whole grams, a started gram counting as a whole one.
  constexpr std::int64_t grams_up() const { return micrograms_ <= 0 ? micrograms_ / 1'000'000 : (micrograms_ - 1) / 1'000'000 + 1; }
  constexpr auto operator<=>(const Weight&) const = default;
  constexpr bool operator==(const Weight&) const = default;
  friend constexpr Weight operator+(Weight a, Weight b) { return Weight(a.micrograms_ + b.micrograms_); }
  friend constexpr Weight operator-(Weight a, Weight b) { return Weight(a.micrograms_ - b.micrograms_); }
  friend constexpr Weight operator*(std::int64_t n, Weight w) { return Weight(n * w.micrograms_); }
  constexpr Weight& operator+=(Weight other) { micrograms_ += other.micrograms_; return *this; }

 private:
  explicit constexpr Weight(std::int64_t micrograms) : micrograms_(micrograms) {}
  std::int64_t micrograms_ = 0;
};

static_assert(16 * Weight::ounces(1) <= Weight::pounds(1));

}  // namespace zifa
