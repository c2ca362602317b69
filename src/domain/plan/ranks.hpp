// A set of small whole numbers with its largest member, and the largest not above a bound, in a few steps whatever its size.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace zifa::plan {

class RankSet {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  explicit RankSet(std::size_t size) {
    do {
      size = (size + 63) / 64;
      levels_.emplace_back(size);
    } while (size > 1);
  }

  void insert(std::uint32_t rank) {
    for (auto& level : levels_) {
      level[rank / 64] |= std::uint64_t{1} << (rank % 64);
      rank /= 64;
    }
  }
  void erase(std::uint32_t rank) {
    for (auto& level : levels_) {
      level[rank / 64] &= ~(std::uint64_t{1} << (rank % 64));
      if (level[rank / 64] != 0) break;
      rank /= 64;
    }
  }
  bool contains(std::uint32_t rank) const { return (levels_[0][rank / 64] >> (rank % 64) & 1) != 0; }

  std::uint32_t largest() const { return levels_.back()[0] == 0 ? kNone : descend(levels_.size() - 1, 0); }

  std::uint32_t smallest() const {
    if (levels_.back()[0] == 0) return kNone;
    std::uint32_t word = 0;
    for (std::size_t level = levels_.size(); level-- > 0;) word = word * 64 + static_cast<std::uint32_t>(std::countr_zero(levels_[level][word]));
    return word;
  }

  // The smallest member >= rank; kNone when there is none.
  std::uint32_t smallest_at_least(std::uint32_t rank) const {
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      const std::uint32_t word = rank / 64;
      const std::uint32_t bit = rank % 64;
      if (word >= levels_[level].size()) return kNone;
      const std::uint64_t mask = level == 0 ? ~std::uint64_t{0} << bit : bit == 63 ? 0 : ~std::uint64_t{0} << (bit + 1);
      if (const std::uint64_t found = levels_[level][word] & mask; found != 0) {
        std::uint32_t member = word * 64 + static_cast<std::uint32_t>(std::countr_zero(found));
        while (level-- > 0) member = member * 64 + static_cast<std::uint32_t>(std::countr_zero(levels_[level][member]));
        return member;
      }
      rank = word;
    }
    return kNone;
  }

  // The largest member <= rank; kNone when there is none.
  std::uint32_t largest_at_most(std::uint32_t rank) const {
    std::uint64_t mask = ~std::uint64_t{0};
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      const std::uint32_t word = rank / 64;
      // Below the first level the word itself was searched already: only what lies before it is left.
      const std::uint32_t bit = rank % 64;
      mask = level == 0 ? (bit == 63 ? ~std::uint64_t{0} : (std::uint64_t{1} << (bit + 1)) - 1) : (std::uint64_t{1} << bit) - 1;
      if (const std::uint64_t found = levels_[level][word] & mask; found != 0) {
        const std::uint32_t member = word * 64 + static_cast<std::uint32_t>(std::bit_width(found)) - 1;
        return level == 0 ? member : descend(level - 1, member);
      }
      rank = word;
    }
    return kNone;
  }

 private:
  std::uint32_t descend(std::size_t level, std::uint32_t word) const {
    for (;; --level) {
      word = word * 64 + static_cast<std::uint32_t>(std::bit_width(levels_[level][word])) - 1;
      if (level == 0) return word;
    }
  }

  std::vector<std::vector<std::uint64_t>> levels_;
};

}  // namespace zifa::plan
