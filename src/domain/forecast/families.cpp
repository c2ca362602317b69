#include "domain/forecast/families.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/splitmix.hpp"
#include "domain/forecast/distribution.hpp"

namespace zifa::forecast {

namespace {

constexpr std::array<double, Reading::kRates> kRate{0.01, 0.03, 0.06, 0.1, 0.17, 0.28, 0.45, 0.7};
constexpr std::array<double, 3> kTrendRate{0.08, 0.2, 0.4};
constexpr std::array<double, 3> kTrendSlopeRate{0.02, 0.05, 0.1};
constexpr double kFading = 0.9;
constexpr std::size_t kMostWindows = 400;   // sums looked back on
constexpr double kPriorWindows = 2;         // how many sums of its own outweigh the pool's spread
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// Quantiles of weighted values at rising levels. Half a value's weight lies below it.
void weighted_quantiles(std::vector<std::pair<double, double>>& values, std::span<const double> levels, double* into) {
  std::sort(values.begin(), values.end());
  double total = 0;
  for (const auto& [value, weight] : values) total += weight;
  double below = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    while (at + 1 < values.size() && below + values[at].second < levels[i] * total) below += values[at++].second;
    into[i] = values[at].first;
  }
}

// Sum of fading^first .. fading^last.
double faded(Target target) {
  const auto power = [](int n) { return std::pow(kFading, n); };
  return (power(target.first) - power(target.last + 1)) / (1 - kFading);
}

}  // namespace

void Reading::seasonal_factors(const Prior& prior, std::size_t phase) {
  factor_.assign(season_, 1.0);
  if (season_ < 2) return;
  const bool pooled = prior.seasonal.size() == season_;
  if (pooled) factor_ = prior.seasonal;
  if (count_ < 2 * season_ || !(plain_mean_ > 0)) return;
  // Each position's demand against the moving average of one season around it.
  sorted_.assign(season_ * 4, 0.0);  // demand, average, squared ratio deviations, count
  const std::size_t half = season_ / 2;
  for (int pass = 0; pass < 2; ++pass)
    for (std::size_t t = 0; t < count_; ++t) {
      if (std::isnan(value_[t])) continue;
      std::size_t from = t > half ? t - half : 0;
      if (from + season_ > count_) from = count_ - season_;
      const std::uint32_t known = known_before_[from + season_] - known_before_[from];
      if (known == 0) continue;
      const double around = (sum_before_[from + season_] - sum_before_[from]) / known;
      if (!(around > 0.05 * plain_mean_)) continue;
      const std::size_t at = (phase + t) % season_;
      if (pass == 0) {
        sorted_[at] += value_[t];
        sorted_[season_ + at] += around;
      } else {
        const double off = (value_[t] - around * sorted_[at] / sorted_[season_ + at]) / plain_mean_;
        sorted_[2 * season_ + at] += off * off;
        sorted_[3 * season_ + at] += 1;
      }
    }
  double noise = 0, spread = 0;
  std::size_t positions = 0;
  for (std::size_t p = 0; p < season_; ++p) {
    const double n = sorted_[3 * season_ + p];
    if (n < 2) continue;
    noise += sorted_[2 * season_ + p] / n / (n - 1);
    const double ratio = sorted_[p] / sorted_[season_ + p] - factor_[p];
    spread += ratio * ratio;
    ++positions;
  }
  if (positions == 0) return;
  noise /= static_cast<double>(positions);
  spread = std::max(0.0, spread / static_cast<double>(positions) - noise);
  // What cannot be told from noise is not believed (empirical Bayes).
  const double trust = spread / (spread + noise + 1e-12);
  double sum = 0;
  for (std::size_t p = 0; p < season_; ++p) {
    if (sorted_[3 * season_ + p] >= 2) factor_[p] += trust * (sorted_[p] / sorted_[season_ + p] - factor_[p]);
    factor_[p] = std::clamp(factor_[p], 0.02, 50.0);
    sum += factor_[p];
  }
  for (double& f : factor_) f *= static_cast<double>(season_) / sum;
}

void Reading::load(std::span<const double> values, std::size_t phase, std::size_t season, const Prior& prior) {
  std::size_t skipped = 0;
  while (skipped < values.size() && std::isnan(values[skipped])) ++skipped;
  if (values.size() - skipped > kMostSteps) skipped = values.size() - kMostSteps;
  values = values.subspan(skipped);
  season_ = season < 2 ? 0 : season;
  phase = season_ ? (phase + skipped) % season_ : 0;
  prior_ = &prior;
  count_ = values.size();
  phase_ = season_ ? (phase + count_) % season_ : 0;

  value_.assign(values.begin(), values.end());
  sum_before_.resize(count_ + 1);
  known_before_.resize(count_ + 1);
  const auto add_up = [&] {
    sum_before_[0] = 0;
    known_before_[0] = 0;
    for (std::size_t t = 0; t < count_; ++t) {
      const bool known = !std::isnan(value_[t]);
      sum_before_[t + 1] = sum_before_[t] + (known ? value_[t] : 0);
      known_before_[t + 1] = known_before_[t] + (known ? 1 : 0);
    }
  };
  add_up();
  known_ = known_before_[count_];
  plain_mean_ = known_ ? sum_before_[count_] / static_cast<double>(known_) : prior.like_sum;
  whole_ = true;
  for (const double v : values) whole_ = whole_ && (std::isnan(v) || v == std::floor(v));
  seasonal_factors(prior, phase);
  if (season_) {
    for (std::size_t t = 0, p = phase; t < count_; ++t, p = p + 1 == season_ ? 0 : p + 1) value_[t] /= factor_[p];
    add_up();
  }
  mean_ = known_ ? sum_before_[count_] / static_cast<double>(known_) : prior.like_sum;

  for (auto& path : level_) path.resize(count_ + 1);
  for (std::size_t j = 0; j < kTrends; ++j) {
    trend_level_[j].resize(count_ + 1);
    trend_slope_[j].resize(count_ + 1);
  }
  often_.resize(count_ + 1);
  often_croston_.resize(count_ + 1);
  size_.resize(count_ + 1);
  // Before anything is known the level is unknown too; the first values are averaged, so that no one of them starts the series.
  std::array<double, kRates> level{};
  std::array<double, kTrends> trend_level{}, trend_slope{};
  double often = 0, size = 0, interval = 1, croston = 0;  // the interval counts known steps only
  std::size_t seen = 0, sales = 0, waited = 0;
  double size_sum = 0, size_squares = 0, sum_t = 0, sum_tt = 0, sum_ty = 0, sum_y = 0;
  for (std::size_t t = 0; t <= count_; ++t) {
    for (std::size_t j = 0; j < kRates; ++j) level_[j][t] = level[j];
    for (std::size_t j = 0; j < kTrends; ++j) {
      trend_level_[j][t] = trend_level[j];
      trend_slope_[j][t] = trend_slope[j];
    }
    often_[t] = often;
    size_[t] = size;
    often_croston_[t] = croston;
    if (t == count_) break;
    const double y = value_[t];
    if (std::isnan(y)) continue;
    ++waited;
    ++seen;
    const double start = 1 / static_cast<double>(seen);
    for (std::size_t j = 0; j < kRates; ++j) level[j] += std::max(kRate[j], start) * (y - level[j]);
    for (std::size_t j = 0; j < kTrends; ++j) {
      const double before = trend_level[j];
      const double expected = before + kFading * trend_slope[j];
      trend_level[j] = expected + std::max(kTrendRate[j], start) * (y - expected);
      trend_slope[j] = seen < 3 ? 0 : kFading * trend_slope[j] + kTrendSlopeRate[j] * (trend_level[j] - before - kFading * trend_slope[j]);
    }
    often += std::max(0.06, start) * ((y > 0 ? 1 : 0) - often);
    if (y > 0) {
      ++sales;
      const double rate = std::max(0.1, 1 / static_cast<double>(sales));
      size += rate * (y - size);
      interval += rate * (static_cast<double>(waited) - interval);
      // Syntetos and Boylan's correction, which fades as sales come in every step.
      croston = (1 - 0.05 * (1 - 1 / interval)) / interval;
      waited = 0;
      size_sum += y;
      size_squares += y * y;
    }
    const auto x = static_cast<double>(t);
    sum_t += x, sum_tt += x * x, sum_ty += x * y, sum_y += y;
  }
  since_sale_ = waited;
  const auto n = static_cast<double>(seen);
  zero_share_ = seen ? 1 - static_cast<double>(sales) / n : 0;
  size_mean_ = sales ? size_sum / static_cast<double>(sales) : 0;
  size_variance_ = sales > 1 ? std::max(0.0, size_squares / static_cast<double>(sales) - size_mean_ * size_mean_) : size_mean_ * size_mean_ * 0.25;
  // The long-run slope, as far as it stands out from chance.
  slope_ = 0;
  if (seen > 4) {
    const double tt = sum_tt - sum_t * sum_t / n, ty = sum_ty - sum_t * sum_y / n;
    double squares = 0;
    for (const double v : value_)
      if (!std::isnan(v)) squares += (v - mean_) * (v - mean_);
    const double left = std::max(0.0, squares - ty * ty / tt) / (n - 2);
    const double strength = ty * ty / tt / (left + 1e-12);
    slope_ = ty / tt * strength / (strength + 4);
  }
}

// Scaled up where a few of the steps are not known; unknown where more than a third are.
double Reading::window(std::size_t origin, Target target) const {
  const std::size_t from = origin + static_cast<std::size_t>(target.first) - 1, to = origin + static_cast<std::size_t>(target.last);
  const double known = known_before_[to] - known_before_[from], steps = target.steps();
  if (known == 0 || known * 3 < steps * 2) return kUnknown;
  return (sum_before_[to] - sum_before_[from]) * steps / known;
}

double Reading::season_factor(Target target) const {
  if (!season_) return 1;
  double sum = 0;
  for (int i = target.first; i <= target.last; ++i) sum += factor_[(phase_ + static_cast<std::size_t>(i) - 1) % season_];
  return sum / target.steps();
}

void Reading::quantiles(Target target, std::span<const double> levels, double* into, double* means) {
  const std::size_t width = levels.size();
  const double steps = target.steps(), season = season_factor(target);
  const auto reach = static_cast<std::size_t>(target.last);
  const std::size_t end = count_ >= reach ? count_ - reach + 1 : 0;  // origins whose sum is history
  const std::size_t begin = end > kMostWindows ? end - kMostWindows : 0;
  const double floor = 0.2 * mean_ * steps + 1e-12;

  const auto parametric = [&](Family family, double mean, double squares, double expected) {
    mean = std::max(0.0, mean) * season;
    const double believed = mean + prior_->overdispersion * mean * mean / std::sqrt(steps);
    const double variance = mean * (squares + kPriorWindows * believed) / (expected + kPriorWindows * mean + 1e-12);
    means[family] = mean;
    if (whole_) count_quantiles(mean, variance, levels, into + family * width);
    else amount_quantiles(mean, variance, levels, into + family * width);
  };

  // One walk over the past origins: the squared errors of every family, and the sums themselves.
  std::array<double, kRates> squares{}, expected{};
  std::array<double, kTrends> trend_squares{}, trend_expected{};
  double often_squares = 0, often_expected = 0, croston_squares = 0, croston_expected = 0;
  const double fade = faded(target);
  weighted_.clear();
  std::size_t tried = 0;
  const std::size_t warm = std::min<std::size_t>(4, end / 3);
  for (std::size_t s = begin; s < end; ++s) {
    const double sum = window(s, target);
    if (std::isnan(sum)) continue;
    weighted_.emplace_back(sum, 1.0);
    if (s < 1 || s < warm || known_before_[s] == 0) continue;
    ++tried;
    for (std::size_t j = 0; j < kRates; ++j) {
      const double m = steps * level_[j][s], e = sum - m;
      squares[j] += e * e;
      expected[j] += m;
    }
    for (std::size_t j = 0; j < kTrends; ++j) {
      const double m = std::max(0.0, steps * trend_level_[j][s] + fade * trend_slope_[j][s]), e = sum - m;
      trend_squares[j] += e * e;
      trend_expected[j] += m;
    }
    double m = steps * often_[s] * size_[s], e = sum - m;
    often_squares += e * e, often_expected += m;
    m = steps * often_croston_[s] * size_[s], e = sum - m;
    croston_squares += e * e, croston_expected += m;
  }

  // Sums as they were.
  if (weighted_.empty()) {
    parametric(empirical, steps * mean_, 0, 0);
    parametric(empirical_recent, steps * mean_, 0, 0);
  } else {
    double total = 0, weight = 1, weights = 0;
    const double fading = std::pow(0.5, 1 / std::max(8.0, static_cast<double>(weighted_.size()) / 3));
    for (std::size_t i = weighted_.size(); i-- > 0;) {
      weighted_[i].second = weight;
      total += weight * weighted_[i].first;
      weights += weight;
      weight *= fading;
    }
    sorted_.resize(weighted_.size());
    for (std::size_t i = 0; i < weighted_.size(); ++i) sorted_[i] = weighted_[i].first;
    std::sort(sorted_.begin(), sorted_.end());
    means[empirical] = steps * mean_ * season;
    means[empirical_recent] = total / weights * season;
    for (std::size_t i = 0; i < width; ++i)
      into[empirical * width + i] = season * sorted_[std::min(sorted_.size() - 1, static_cast<std::size_t>(std::ceil(levels[i] * static_cast<double>(sorted_.size()) - 1e-9)) - (levels[i] > 0 ? 1 : 0))];
    weighted_quantiles(weighted_, levels, into + empirical_recent * width);
    for (std::size_t i = 0; i < width; ++i) into[empirical_recent * width + i] *= season;
  }

  // Steps drawn one by one; what was not known is not drawn.
  means[drawn] = steps * mean_ * season;
  if (known_ < 2) {
    std::copy_n(into + empirical * width, width, into + drawn * width);
  } else {
    sorted_.resize(static_cast<std::size_t>(std::clamp(20'000.0 / steps, 60.0, 240.0)));
    SplitMix random(count_);
    for (double& sum : sorted_) {
      sum = 0;
      for (int i = 0; i < target.steps();) {
        // The high half of a product instead of a remainder: several times as fast.
        const double y = value_[static_cast<std::size_t>((random.next() >> 32) * count_ >> 32)];
        if (std::isnan(y)) continue;
        sum += y;
        ++i;
      }
    }
    std::sort(sorted_.begin(), sorted_.end());
    for (std::size_t i = 0; i < width; ++i) into[drawn * width + i] = season * sorted_[std::min(sorted_.size() - 1, static_cast<std::size_t>(levels[i] * static_cast<double>(sorted_.size())))];
  }

  // Smoothing: the best constant, and all of them by how well they did.
  const std::size_t best = static_cast<std::size_t>(std::min_element(squares.begin(), squares.end()) - squares.begin());
  parametric(smoothing, steps * level_[best][count_], squares[best], expected[best]);
  std::array<double, kRates> share{};
  double shares = 0, average = 0, average_squares = 0, average_expected = 0;
  const double sharpness = 0.25 * std::min<double>(static_cast<double>(tried), 60) / steps;
  for (std::size_t j = 0; j < kRates; ++j) shares += share[j] = std::pow((squares[best] + 1e-9) / (squares[j] + 1e-9), sharpness);
  for (std::size_t j = 0; j < kRates; ++j) {
    share[j] /= shares;
    average += share[j] * steps * level_[j][count_];
    average_squares += share[j] * squares[j];
    average_expected += share[j] * expected[j];
  }
  parametric(smoothing_average, average, average_squares, average_expected);

  const std::size_t trend = static_cast<std::size_t>(std::min_element(trend_squares.begin(), trend_squares.end()) - trend_squares.begin());
  parametric(damped_trend, steps * trend_level_[trend][count_] + fade * trend_slope_[trend][count_], trend_squares[trend], trend_expected[trend]);

  const double middle_step = (target.first + target.last) / 2.0;
  const double drift = 0.5 * slope_ * steps * std::min(middle_step + 1 / std::max(0.1, kRate[best]), static_cast<double>(count_) / 2);
  parametric(theta, std::clamp(average + drift, 0.3 * average, 3 * average), average_squares, average_expected);

  parametric(croston, steps * often_croston_[count_] * size_[count_], croston_squares, croston_expected);

  // Hurdle: no sale at all, or a positive sum with the moments left over.
  {
    const double often = known_ ? std::clamp(often_[count_], 0.0, 1.0) : 0.5;
    const double size = known_ ? size_[count_] : mean_ * 2;
    const double mean = steps * often * size * season;
    const double spread = often_expected > 0 ? often_squares / often_expected : 0;
    const double compound = steps * season * season * (often * size_variance_ + often * (1 - often) * size * size);
    const double variance = 0.5 * compound + 0.5 * (spread > 0 ? spread * mean : compound);
    means[intermittent] = mean;
    double* const out = into + intermittent * width;
    const double none = std::pow(1 - often, steps);
    const double some = 1 - none;
    if (!(some > 1e-9) || !(mean > 0)) {
      std::fill_n(out, width, 0.0);
    } else {
      const double positive_mean = mean / some;
      const double positive_variance = std::max(positive_mean * 0.05, (variance + mean * mean) / some - positive_mean * positive_mean);
      const double one = whole_ ? std::min(1.0, positive_mean) : 0;
      for (std::size_t i = 0; i < width; ++i) {
        if (levels[i] <= none) { out[i] = 0; continue; }
        const double inner[1]{(levels[i] - none) / some};
        if (whole_) count_quantiles(positive_mean - one, positive_variance, inner, out + i);
        else amount_quantiles(positive_mean, positive_variance, inner, out + i);
        out[i] += one;
      }
    }
  }

  // What came against what was forecast, as a ratio, times what is forecast now.
  weighted_.clear();
  for (std::size_t s = std::max(begin, std::max<std::size_t>(1, warm)); s < end; ++s) {
    const double sum = window(s, target);
    if (std::isnan(sum) || known_before_[s] == 0) continue;
    double m = 0;
    for (std::size_t j = 0; j < kRates; ++j) m += share[j] * level_[j][s];
    weighted_.emplace_back(sum / std::max(floor, m * steps), 1.0);
  }
  if (weighted_.size() < 3) {
    std::copy_n(into + smoothing_average * width, width, into + scaled_past * width);
    means[scaled_past] = means[smoothing_average];
  } else {
    double total = 0;
    for (const auto& [ratio, weight] : weighted_) total += ratio;
    const double scale = std::max(floor, average) * season;
    means[scaled_past] = scale * total / static_cast<double>(weighted_.size());
    weighted_quantiles(weighted_, levels, into + scaled_past * width);
    for (std::size_t i = 0; i < width; ++i) into[scaled_past * width + i] *= scale;
  }
}

void Reading::features(Target target, float* into) const {
  const double mean = mean_ > 0 ? mean_ : 1;
  const auto put = [&into](double x) { *into++ = static_cast<float>(std::isfinite(x) ? std::clamp(x, -1e6, 1e6) : 0); };
  const auto recent = [&](std::size_t steps) {
    const std::size_t from = count_ > steps ? count_ - steps : 0;
    const double known = known_before_[count_] - known_before_[from];
    return known > 0 ? (sum_before_[count_] - sum_before_[from]) / known / mean : 0;
  };
  double last = 0, most = 0, products = 0, squares = 0, before = kUnknown, near_zero = 0, near = 0;
  for (std::size_t t = 0; t < count_; ++t) {
    const double y = value_[t];
    if (std::isnan(y)) { before = y; continue; }
    last = y;
    most = std::max(most, y);
    squares += (y - mean) * (y - mean);
    if (!std::isnan(before)) products += (y - mean) * (before - mean);
    before = y;
    if (t + 12 >= count_) near += 1, near_zero += y > 0 ? 0 : 1;
  }
  const std::size_t half = count_ / 2;
  const double older = known_before_[half] ? sum_before_[half] / known_before_[half] : mean;
  put(std::log(mean));
  put(std::log1p(static_cast<double>(known_)));
  put(level_[3][count_] / mean);
  put(level_[5][count_] / mean);
  put(level_[1][count_] / mean);
  put(last / mean);
  put(recent(static_cast<std::size_t>(target.steps())));
  put(recent(12));
  put(zero_share_);
  put(near > 0 ? near_zero / near : 0);
  put(static_cast<double>(since_sale_) * (1 - zero_share_));
  put(size_mean_ > 0 ? size_variance_ / (size_mean_ * size_mean_) : 0);
  put(most / mean);
  put(older / mean);
  put(squares > 0 ? products / squares : 0);
  put(known_ ? squares / static_cast<double>(known_) / (mean * mean) : 0);
  put(std::log(target.steps()));
  put(target.first);
  put(season_factor(target));
  // The same steps one season ago.
  double ago = 0;
  if (season_ && count_ >= season_ && target.last <= static_cast<int>(season_)) {
    const double sum = window(count_ - season_, target);
    ago = std::isnan(sum) ? 1 : sum / target.steps() / mean;
  }
  put(ago);
}

}  // namespace zifa::forecast
