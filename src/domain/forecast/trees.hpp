// Boosted regression trees that correct a quantile: one model over all series, on facts free of scale.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace zifa::forecast {

// What happened after past origins of many series. `facts` holds `width` numbers a row.
struct Examples {
  std::size_t width = 0;
  std::vector<float> facts;
  std::vector<float> happened;          // scaled
  std::vector<std::uint32_t> series;    // rows of one series are held out together
  std::size_t rows() const { return happened.size(); }
};

// Facts cut into at most 64 steps of about equally many rows; made once, used for every level.
class Binned {
 public:
  explicit Binned(const Examples& examples);
  std::size_t rows() const { return rows_; }
  std::size_t width() const { return cuts_.size(); }
  const std::uint8_t* column(std::size_t fact) const { return bins_.data() + fact * rows_; }
  const std::vector<float>& cuts(std::size_t fact) const { return cuts_[fact]; }

 private:
  std::size_t rows_ = 0;
  std::vector<std::uint8_t> bins_;
  std::vector<std::vector<float>> cuts_;
};

class QuantileTrees {
 public:
  // Learns what to add to `start` (the local forecast of each row) so that `level` of the demand lies below.
  // Series held out decide how many trees are kept: none, where trees do not help them.
  void learn(const Examples& examples, const Binned& binned, std::span<const float> start, double level, int most_trees);

  double correction(const float* facts) const;
  std::size_t trees() const { return trees_.size(); }

 private:
  static constexpr int kDepth = 4;
  static constexpr std::size_t kInner = (1U << kDepth) - 1, kLeaves = 1U << kDepth;
  struct Tree {
    std::array<std::uint16_t, kInner> fact;
    std::array<std::uint8_t, kInner> step;  // rows whose step is not above go left
    std::array<float, kInner> cut;
    std::array<float, kLeaves> value;
  };
  class Grower;

  std::vector<Tree> trees_;
};

}  // namespace zifa::forecast
