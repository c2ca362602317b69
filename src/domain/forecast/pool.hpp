// What all series together teach about each: how much to trust which family, how a season looks, how far the local
// forecasts are off and for whom. Learned by going back to past origins of the series and looking at what came after.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "domain/forecast/families.hpp"
#include "domain/forecast/trees.hpp"

namespace zifa::forecast {

struct Series {
  std::span<const double> values;  // oldest first; NaN = not known (no stock, closed, before the first listing)
  std::size_t phase = 0;           // position in the season of values[0]
};

struct PoolOptions {
  std::size_t season = 0;            // steps; below 2 = none
  std::vector<double> levels;        // rising, each strictly between 0 and 1, at most kMostLevels
  std::vector<Target> targets;       // what will be asked; others are answered too, less surely
  bool trees = true;                 // the model over all series
  std::size_t most_examples = 40'000;
  int most_trees = 120;
};

class Pool {
 public:
  static constexpr std::size_t kMostLevels = 100;

  // Deterministic. Any number of series, of any length; the work is bounded by `most_examples`.
  static Pool learn(std::span<const Series> series, const PoolOptions& options);

  // Buffers of one caller; nothing is allocated once they have grown.
  struct Scratch {
    Reading reading;
    std::vector<double> families;
    std::array<double, kFamilies> means{};
    std::vector<float> facts;
  };
  void load(const Series& series, Scratch& scratch) const;
  // Of the series last loaded: quantiles at the levels, never negative, rising; the expected demand.
  void answer(Target target, Scratch& scratch, double* quantiles, double& mean) const;

  std::span<const double> weights(std::size_t level) const { return {weights_.data() + level * kFamilies, kFamilies}; }
  const Prior& prior() const { return prior_; }
  bool corrected() const;
  // For comparisons: this family alone.
  void trust_only(Family family);
  void trust_equally();

 private:
  void learn_prior(std::span<const Series> series);
  void learn_weights(std::span<const float> forecasts, std::span<const float> happened);
  void combine(const Scratch& scratch, double* quantiles) const;
  void facts_of(Target target, Scratch& scratch, const double* combined, double scale) const;

  PoolOptions options_;
  Prior prior_;
  std::vector<double> weights_;  // [level][family], sum 1
  std::vector<std::size_t> taught_;      // the levels that have trees
  std::vector<QuantileTrees> trees_;
};

}  // namespace zifa::forecast
