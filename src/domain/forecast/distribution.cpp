#include "domain/forecast/distribution.hpp"

#include <algorithm>
#include <cmath>

namespace zifa::forecast {

namespace {

constexpr double kMostCounted = 60;

double normal_share_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// ln of the gamma function for positive arguments (Stirling's series after moving up); std::lgamma writes a global sign.
double log_gamma(double x) {
  double moved = 0;
  while (x < 8) moved -= std::log(x++);
  const double inverse = 1 / x, square = inverse * inverse;
  return moved + (x - 0.5) * std::log(x) - x + 0.91893853320467274 + inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
}

// The share of a gamma distribution (scale 1) below x, by its power series or its continued fraction.
double gamma_share_below(double shape, double x, double log_gamma_shape) {
  if (x <= 0) return 0;
  const double front = std::exp(shape * std::log(x) - x - log_gamma_shape);
  if (x < shape + 1) {
    double term = 1 / shape, sum = term;
    for (int i = 1; i < 300 && term > sum * 1e-12; ++i) sum += term *= x / (shape + i);
    return front * sum;
  }
  double b = x + 1 - shape, c = 1e300, d = 1 / b, fraction = d;
  for (int i = 1; i < 300; ++i) {
    const double a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    if (std::abs(d) < 1e-300) d = 1e-300;
    c = b + a / c;
    if (std::abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const double change = d * c;
    fraction *= change;
    if (std::abs(change - 1) < 1e-12) break;
  }
  return 1 - front * fraction;
}

}  // namespace

double normal_quantile(double level) {
  const bool lower = level < 0.5;
  const double t = std::sqrt(-2 * std::log(lower ? level : 1 - level));
  // Abramowitz and Stegun 26.2.23 as the start, made exact by Newton's steps.
  double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  if (lower) z = -z;
  for (int i = 0; i < 2; ++i) {
    const double density = std::exp(-z * z / 2) * 0.3989422804014327;
    if (density < 1e-280) break;
    z -= (normal_share_below(z) - level) / density;
  }
  return z;
}

void amount_quantiles(double mean, double variance, std::span<const double> levels, double* into) {
  if (!(mean > 0)) {
    std::fill_n(into, levels.size(), 0.0);
    return;
  }
  variance = std::max(variance, mean * mean * 1e-12);
  const double shape = mean * mean / variance;
  const double scale = variance / mean;
  if (shape < 1e-3) {  // practically never a sale, rarely a huge one
    for (std::size_t i = 0; i < levels.size(); ++i) into[i] = 0;
    return;
  }
  const double lg = shape < 4 ? log_gamma(shape) : 0;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    // Wilson and Hilferty's cube is exact enough from a shape of 4 on; below, it is where the search begins.
    const double cube = 1 - 1 / (9 * shape) + normal_quantile(levels[i]) / (3 * std::sqrt(shape));
    double x = shape * std::max(0.0, cube) * cube * cube;
    if (shape < 4) {
      double low = 0, high = std::max(2 * x, shape + 8);
      while (gamma_share_below(shape, high, lg) < levels[i] && high < 1e6) high *= 2;
      for (int step = 0; step < 40 && high - low > 1e-6 * high; ++step) {
        const double middle = (low + high) / 2;
        (gamma_share_below(shape, middle, lg) < levels[i] ? low : high) = middle;
      }
      x = high;
    }
    into[i] = x * scale;
  }
}

void count_quantiles(double mean, double variance, std::span<const double> levels, double* into) {
  if (mean > kMostCounted) return amount_quantiles(mean, variance, levels, into);
  if (!(mean > 1e-9)) {
    std::fill_n(into, levels.size(), 0.0);
    return;
  }
  variance = std::max(variance, mean * 1.0001);
  const double size = mean * mean / (variance - mean);
  const double success = mean / variance;  // size / (size + mean)
  double probability = std::exp(size * std::log(success));
  double below = probability, count = 0;
  std::size_t next = 0;
  while (next < levels.size() && count < 20'000) {
    if (below >= levels[next]) {
      into[next++] = count;
      continue;
    }
    probability *= (count + size) / (count + 1) * (1 - success);
    below += probability;
    ++count;
  }
  while (next < levels.size()) into[next++] = count;
}

}  // namespace zifa::forecast
