#include "domain/forecast/pool.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "base/splitmix.hpp"

namespace zifa::forecast {

namespace {

constexpr std::size_t kMostTaught = 7;     // levels with trees of their own; those between are interpolated
constexpr std::size_t kMostOrigins = 8;    // looked back to in one series
constexpr std::size_t kLeastHistory = 3;
constexpr double kEven = 1.0 / static_cast<double>(kFamilies);  // a family's weight where nothing is known

// The families whose mean is a forecast rather than a memory.
constexpr std::array kMeans{empirical_recent, smoothing, smoothing_average, damped_trend, theta, intermittent, croston};

// In means of the series; bounded, so that one absurd number does not drown the others.
float relative(double amount, double scale) { return static_cast<float>(std::min(amount / scale, 1e5)); }

std::vector<std::size_t> spread_out(std::size_t count, std::size_t most) {
  std::vector<std::size_t> chosen;
  if (count <= most) most = count;
  for (std::size_t i = 0; i < most; ++i) chosen.push_back(most == 1 ? 0 : i * (count - 1) / (most - 1));
  return chosen;
}

}  // namespace

void Pool::learn_prior(std::span<const Series> series) {
  prior_ = {};
  std::vector<double> means, dispersions;
  const std::size_t season = options_.season;
  std::vector<double> sum(season), squares(season), count(season), ratio(season), average(season);
  const std::size_t stride = std::max<std::size_t>(1, series.size() / 5'000);
  for (std::size_t i = 0; i < series.size(); i += stride) {
    const std::span<const double> values = series[i].values;
    double total = 0, square = 0, known = 0;
    for (const double v : values)
      if (!std::isnan(v)) total += v, square += v * v, known += 1;
    if (known < 1) continue;
    const double mean = total / known;
    means.push_back(mean);
    if (known >= 6 && mean > 0) dispersions.push_back(std::max(0.0, (square / known - mean * mean - mean) / (mean * mean)));
    if (season < 2 || values.size() < 2 * season || !(mean > 0) || known < static_cast<double>(2 * season)) continue;
    std::fill(ratio.begin(), ratio.end(), 0.0);
    std::fill(average.begin(), average.end(), 0.0);
    const std::size_t whole = values.size() / season * season;
    for (std::size_t t = values.size() - whole; t < values.size(); ++t)
      if (!std::isnan(values[t])) ratio[(series[i].phase + t) % season] += values[t], average[(series[i].phase + t) % season] += mean;
    for (std::size_t p = 0; p < season; ++p)
      if (average[p] > 0) sum[p] += ratio[p] / average[p], count[p] += 1;
  }
  const auto median = [](std::vector<double>& values, double otherwise) {
    if (values.empty()) return otherwise;
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
  };
  prior_.like_sum = median(means, 0);
  prior_.overdispersion = std::clamp(median(dispersions, 0.5), 0.01, 5.0);
  if (season < 2 || *std::min_element(count.begin(), count.end()) < 1) return;
  double total = 0;
  prior_.seasonal.resize(season);
  for (std::size_t p = 0; p < season; ++p) {
    // A handful of series says less than many.
    prior_.seasonal[p] = std::clamp((sum[p] + 3) / (count[p] + 3), 0.02, 50.0);
    total += prior_.seasonal[p];
  }
  for (double& factor : prior_.seasonal) factor *= static_cast<double>(season) / total;
}

// The average of the families' quantiles with the least pinball loss on what happened, sought from equal weights on
// (exponentiated gradient), and kept near them where few examples speak.
void Pool::learn_weights(std::span<const float> forecasts, std::span<const float> happened) {
  const std::size_t width = options_.levels.size(), rows = happened.size();
  weights_.assign(width * kFamilies, kEven);
  if (rows < 20) return;
  const std::size_t stride = std::max<std::size_t>(1, rows / 12'000);
  double size = 0, used = 0;
  for (std::size_t r = 0; r < rows; r += stride) size += happened[r], used += 1;
  size = std::max(size / used, 1e-6);
  const double trust = used / (used + 150);
  for (std::size_t l = 0; l < width; ++l) {
    const double level = options_.levels[l];
    double* const w = weights_.data() + l * kFamilies;
    std::array<double, kFamilies> kept{};
    constexpr int kRounds = 80;
    for (int round = 0; round < kRounds; ++round) {
      std::array<double, kFamilies> slope{};
      for (std::size_t r = 0; r < rows; r += stride) {
        const float* const f = forecasts.data() + (r * width + l) * kFamilies;
        double forecast = 0;
        for (std::size_t k = 0; k < kFamilies; ++k) forecast += w[k] * f[k];
        const double pull = happened[r] > forecast ? -level : 1 - level;
        for (std::size_t k = 0; k < kFamilies; ++k) slope[k] += pull * f[k];
      }
      double sum = 0, centre = 0;
      for (std::size_t k = 0; k < kFamilies; ++k) centre += w[k] * slope[k];
      for (std::size_t k = 0; k < kFamilies; ++k) sum += w[k] *= std::exp(std::clamp(-6 * (slope[k] - centre) / used / size / std::sqrt(level * (1 - level)) / (1 + round * 0.1), -1.0, 1.0));
      for (std::size_t k = 0; k < kFamilies; ++k) w[k] /= sum;
      if (round >= kRounds / 2)
        for (std::size_t k = 0; k < kFamilies; ++k) kept[k] += w[k] / (kRounds - kRounds / 2);
    }
    for (std::size_t k = 0; k < kFamilies; ++k) w[k] = trust * kept[k] + (1 - trust) * kEven;
  }
}

void Pool::combine(const Scratch& scratch, double* quantiles) const {
  const std::size_t width = options_.levels.size();
  for (std::size_t l = 0; l < width; ++l) {
    double sum = 0;
    for (std::size_t k = 0; k < kFamilies; ++k) sum += weights_[l * kFamilies + k] * scratch.families[k * width + l];
    quantiles[l] = sum;
  }
}

void Pool::facts_of(Target target, Scratch& scratch, const double* combined, double scale) const {
  const std::size_t width = options_.levels.size();
  scratch.facts.resize(Reading::kFeatures + taught_.size() + 3);
  scratch.reading.features(target, scratch.facts.data());
  float* at = scratch.facts.data() + Reading::kFeatures;
  for (const std::size_t l : taught_) *at++ = relative(combined[l], scale);
  *at++ = relative(scratch.means[smoothing_average], scale);
  *at++ = relative(scratch.means[damped_trend], scale);
  *at++ = relative(scratch.families[empirical * width + taught_.back()], scale);
}

Pool Pool::learn(std::span<const Series> series, const PoolOptions& options) {
  check(!options.levels.empty() && options.levels.size() <= kMostLevels && std::is_sorted(options.levels.begin(), options.levels.end()), "levels rise");
  check(!options.targets.empty(), "something is asked");
  Pool pool;
  pool.options_ = options;
  const std::size_t width = options.levels.size();
  pool.learn_prior(series);
  pool.taught_ = spread_out(width, kMostTaught);
  pool.weights_.assign(width * kFamilies, kEven);

  // Past origins: newest first, a lead time apart, in as many series as the bound allows.
  std::vector<Target> targets;
  for (const std::size_t i : spread_out(options.targets.size(), 4)) targets.push_back(options.targets[i]);
  Examples examples;
  std::vector<float> forecasts;  // [row][level][family], scaled
  std::vector<std::size_t> asked;
  Scratch scratch;
  std::vector<double> combined(width);
  const std::size_t budget = options.most_examples / targets.size();
  const std::size_t origins = std::clamp<std::size_t>(series.empty() ? 1 : budget / series.size(), 1, kMostOrigins);
  const std::size_t origins_if_few = series.empty() ? 1 : std::clamp<std::size_t>(2'000 / series.size(), origins, 60);
  const double stride = std::max(1.0, static_cast<double>(series.size() * origins) / static_cast<double>(std::max<std::size_t>(1, budget)));
  struct Past {
    std::size_t series, origin;
    Target target;
  };
  std::vector<Past> pasts;
  for (double position = 0; position < static_cast<double>(series.size()); position += stride) {
    const auto i = static_cast<std::size_t>(position);
    const std::span<const double> values = series[i].values;
    for (const Target target : targets) {
      const auto reach = static_cast<std::size_t>(target.last);
      const std::size_t apart = std::max<std::size_t>(1, static_cast<std::size_t>(target.steps()));
      for (std::size_t k = 0; k < std::max(origins, origins_if_few); ++k) {
        const std::size_t back = reach + k * apart;
        if (values.size() < back + kLeastHistory || (k > 0 && back * 3 > values.size() * 2)) break;
        pasts.push_back({i, values.size() - back, target});
      }
    }
  }
  for (const Past& past : pasts) {
    const Series& whole = series[past.series];
    double happened = 0, known = 0;
    for (int step = past.target.first; step <= past.target.last; ++step)
      if (const double v = whole.values[past.origin + static_cast<std::size_t>(step) - 1]; !std::isnan(v)) happened += v, known += 1;
    if (known < past.target.steps()) continue;
    pool.load({whole.values.first(past.origin), whole.phase}, scratch);
    const double scale = scratch.reading.mean() * past.target.steps();
    if (scratch.reading.known() < kLeastHistory || !(scale > 0)) continue;
    scratch.families.resize(kFamilies * width);
    scratch.reading.quantiles(past.target, options.levels, scratch.families.data(), scratch.means.data());
    for (std::size_t l = 0; l < width; ++l)
      for (std::size_t k = 0; k < kFamilies; ++k) forecasts.push_back(relative(scratch.families[k * width + l], scale));
    examples.happened.push_back(relative(happened, scale));
    examples.series.push_back(static_cast<std::uint32_t>(past.series));
    if (options.trees) {
      for (double& q : combined) q = 0;
      pool.facts_of(past.target, scratch, combined.data(), scale);
      examples.facts.insert(examples.facts.end(), scratch.facts.begin(), scratch.facts.end());
    }
  }
  pool.learn_weights(forecasts, examples.happened);
  if (!options.trees || examples.rows() == 0) return pool;

  examples.width = Reading::kFeatures + pool.taught_.size() + 3;
  std::vector<float> start(examples.rows());
  const auto combined_at = [&](std::size_t row, std::size_t l) {
    double sum = 0;
    for (std::size_t k = 0; k < kFamilies; ++k) sum += pool.weights_[l * kFamilies + k] * forecasts[(row * width + l) * kFamilies + k];
    return static_cast<float>(sum);
  };
  for (std::size_t r = 0; r < examples.rows(); ++r)
    for (std::size_t j = 0; j < pool.taught_.size(); ++j) examples.facts[r * examples.width + Reading::kFeatures + j] = combined_at(r, pool.taught_[j]);
  const Binned binned(examples);
  pool.trees_.resize(pool.taught_.size());
  for (std::size_t j = 0; j < pool.taught_.size(); ++j) {
    for (std::size_t r = 0; r < examples.rows(); ++r) start[r] = combined_at(r, pool.taught_[j]);
    pool.trees_[j].learn(examples, binned, start, options.levels[pool.taught_[j]], options.most_trees);
  }
  return pool;
}

bool Pool::corrected() const {
  return std::any_of(trees_.begin(), trees_.end(), [](const QuantileTrees& trees) { return trees.trees() > 0; });
}

void Pool::trust_only(Family family) {
  trees_.clear();
  std::fill(weights_.begin(), weights_.end(), 0.0);
  for (std::size_t l = 0; l < options_.levels.size(); ++l) weights_[l * kFamilies + family] = 1;
}

void Pool::trust_equally() {
  trees_.clear();
  std::fill(weights_.begin(), weights_.end(), kEven);
}

void Pool::load(const Series& series, Scratch& scratch) const { scratch.reading.load(series.values, series.phase, options_.season, prior_); }

void Pool::answer(Target target, Scratch& scratch, double* quantiles, double& mean) const {
  const std::size_t width = options_.levels.size();
  scratch.families.resize(kFamilies * width);
  scratch.reading.quantiles(target, options_.levels, scratch.families.data(), scratch.means.data());
  combine(scratch, quantiles);
  mean = 0;
  for (const Family family : kMeans) mean += scratch.means[family] / kMeans.size();
  const double scale = scratch.reading.mean() * target.steps();
  if (corrected() && scale > 0) {
    facts_of(target, scratch, quantiles, scale);
    std::size_t lower = 0;
    double before = 0, after = 0;
    for (std::size_t j = 0; j < taught_.size(); ++j) {
      after = trees_[j].correction(scratch.facts.data()) * scale;
      for (std::size_t l = lower; l < taught_[j]; ++l)
        quantiles[l] += before + (after - before) * (options_.levels[l] - options_.levels[lower - (lower > 0)]) / (options_.levels[taught_[j]] - options_.levels[lower - (lower > 0)]);
      quantiles[taught_[j]] += after;
      lower = taught_[j] + 1;
      before = after;
    }
  }
  for (std::size_t l = 0; l < width; ++l) {
    if (!(quantiles[l] > 0)) quantiles[l] = 0;
    if (l > 0 && quantiles[l] < quantiles[l - 1]) quantiles[l] = quantiles[l - 1];
  }
}

}  // namespace zifa::forecast
