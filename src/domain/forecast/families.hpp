// What one series says about its own future, told by several families of methods.
//
// The question is always a sum over coming steps: one step alone, or all steps of a lead time. Every family measures its own
// past errors on sums of exactly that kind, so that the dependence between steps is in the spread and need not be assumed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace zifa::forecast {

// The demand summed over steps first..last ahead; 1 = the next step.
struct Target {
  int first = 1;
  int last = 1;
  int steps() const { return last - first + 1; }
  bool operator==(const Target&) const = default;
};

enum Family : std::size_t {
  empirical,           // sums that were, all alike
  empirical_recent,    // the same, the newer the weightier
  drawn,               // steps drawn from history one by one and added up (bootstrap)
  smoothing,           // exponential smoothing, the constant chosen on past sums; negative binomial or gamma
  smoothing_average,   // the same averaged over the constants
  damped_trend,        // level and fading trend
  theta,               // smoothing with half the long-run slope
  intermittent,        // how often and how much, each smoothed (TSB); a hurdle distribution
  croston,             // size over interval, corrected (Syntetos-Boylan); negative binomial
  scaled_past,         // past sums relative to their forecasts, times today's forecast
  kFamilies
};
inline constexpr std::array<const char*, kFamilies> kFamilyNames{"empirical", "empirical, recent", "drawn (bootstrap)", "smoothing", "smoothing, averaged", "damped trend", "theta", "intermittent (TSB)", "Croston (SBA)", "scaled past"};

// What the pool of all series lends to one that is short. See pool.hpp.
struct Prior {
  double overdispersion = 0.5;         // variance = mean + overdispersion * mean^2, per step
  double like_sum = 0;                 // mean level of like series; used only where a series says nothing
  std::vector<double> seasonal;        // a factor by position in the season, mean 1; empty = no season
};

// One series read up to an origin. Loading costs one pass; nothing is allocated once the buffers have grown.
class Reading {
 public:
  static constexpr std::size_t kMostSteps = 1'500;  // older demand is left out
  static constexpr std::size_t kRates = 8;

  // `values`: oldest first, NaN = not known. `phase`: the position in the season of values[0].
  void load(std::span<const double> values, std::size_t phase, std::size_t season, const Prior& prior);

  // Quantiles of every family at rising levels: into[family * levels + level]; and each family's mean.
  void quantiles(Target target, std::span<const double> levels, double* into, double* means);

  std::size_t known() const { return known_; }
  double mean() const { return mean_; }  // of the values as they are
  // How the target's season differs from the average, as a factor.
  double season_factor(Target target) const;

  static constexpr std::size_t kFeatures = 20;
  // Facts that a model over all series learns from, free of scale but for the first two.
  void features(Target target, float* into) const;

 private:
  double window(std::size_t origin, Target target) const;
  void seasonal_factors(const Prior& prior, std::size_t phase);

  std::size_t count_ = 0, known_ = 0, season_ = 0, phase_ = 0;
  bool whole_ = true;
  double mean_ = 0, plain_mean_ = 0, slope_ = 0;
  const Prior* prior_ = nullptr;
  std::vector<double> value_;               // season taken out
  std::vector<double> sum_before_;          // of value_
  std::vector<std::uint32_t> known_before_;
  std::array<std::vector<double>, kRates> level_;
  static constexpr std::size_t kTrends = 3;
  std::array<std::vector<double>, kTrends> trend_level_, trend_slope_;
  std::vector<double> often_, size_, often_croston_;
  std::vector<double> factor_;              // by position in the season
  double size_mean_ = 0, size_variance_ = 0, zero_share_ = 0;
  std::size_t since_sale_ = 0;
  std::vector<double> sorted_, scaled_;
  std::vector<std::pair<double, double>> weighted_;
};

}  // namespace zifa::forecast
