// A share as two whole numbers, compared by cross-multiplication: 4 of 100 is exactly 8 of 200.
#pragma once

#include <cstdint>

namespace zifa {

struct Share {
  std::int64_t part = 0;
  std::int64_t whole = 0;

  // Less, equal, greater as -1, 0, 1. Both wholes must be above 0.
  friend constexpr int compare(const Share& a, const Share& b) {
    __extension__ using Wide = __int128;
    const Wide left = static_cast<Wide>(a.part) * b.whole;
    const Wide right = static_cast<Wide>(b.part) * a.whole;
    return left < right ? -1 : left > right ? 1 : 0;
  }
};

}  // namespace zifa
