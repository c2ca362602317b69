// A small seeded generator: the same seed gives the same numbers on every machine (splitmix64, Steele, Lea, Flood 2014).
// For sandboxes, simulations, benchmarks and search heuristics; never for secrets.
#pragma once

#include <cstdint>

namespace zifa {

class SplitMix {
 public:
  explicit constexpr SplitMix(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  // A whole number from a to b, both included.
  constexpr std::int64_t between(std::int64_t a, std::int64_t b) {
    return a + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(b - a + 1));
  }

 private:
  std::uint64_t state_;
};

}  // namespace zifa
