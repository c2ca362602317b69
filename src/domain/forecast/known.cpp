#include "domain/forecast/known.hpp"

#include <algorithm>
#include <cmath>

namespace zifa::forecast {

namespace {

constexpr double kMostEffect = 3;   // a factor of twenty
constexpr double kAllTogether = 4;  // expected units, in means of the series, that the effect of all outweighs
constexpr std::size_t kAround = 10; // steps on both sides that make the usual demand
constexpr int kRounds = 6;

struct Lean {
  double pull = 0, weight = 0;
};

double factor(std::span<const double> row, std::span<const double> effect, std::span<const double> size) {
  double sum = 0;
  for (std::size_t k = 0; k < effect.size(); ++k) sum += effect[k] * row[k] / size[k];
  return std::exp(std::clamp(sum, -kMostEffect, kMostEffect));
}

}  // namespace

KnownEffects KnownEffects::learn(std::span<const Series> series, std::span<const std::vector<double>> known, std::size_t things) {
  KnownEffects effects;
  effects.things_ = things;
  effects.size_.assign(things, 1e-12);
  for (const auto& rows : known)
    for (std::size_t i = 0; i < rows.size(); ++i) effects.size_[i % things] = std::max(effects.size_[i % things], std::abs(rows[i]));
  effects.effects_.assign(series.size() * things, 0.0);

  std::vector<double> together(things, 0.0), own(things), factors, usual;
  std::vector<Lean> lean(things);
  // How far demand of series i leans towards each thing, given `effect`: one step of Newton's method on a Poisson likelihood,
  // with the usual demand taken from the neighbours after the effects are divided out.
  const auto add_lean = [&](std::size_t i, std::span<const double> effect) {
    const std::span<const double> values = series[i].values;
    double total = 0, count = 0;
    for (const double v : values)
      if (!std::isnan(v)) total += v, count += 1;
    if (!(total > 0)) return;
    const double mean = total / count;
    factors.resize(values.size());
    usual.assign(2 * (values.size() + 1), 0.0);  // running sums of demand and of factors
    for (std::size_t t = 0; t < values.size(); ++t) {
      factors[t] = factor(std::span(known[i]).subspan(t * things, things), effect, effects.size_);
      const bool there = !std::isnan(values[t]);
      usual[2 * t + 2] = usual[2 * t] + (there ? values[t] : 0);
      usual[2 * t + 3] = usual[2 * t + 1] + (there ? factors[t] : 0);
    }
    for (std::size_t t = 0; t < values.size(); ++t) {
      if (std::isnan(values[t])) continue;
      const std::size_t from = t > kAround ? t - kAround : 0, to = std::min(values.size(), t + kAround + 1);
      const double weights = usual[2 * to + 1] - usual[2 * from + 1];
      const double expected = factors[t] * (usual[2 * to] - usual[2 * from]) / weights;
      const double share = 1 - factors[t] / weights;  // its own part in the usual demand says nothing
      for (std::size_t k = 0; k < things; ++k) {
        const double x = known[i][t * things + k] / effects.size_[k];
        lean[k].pull += x * (values[t] - expected) / mean;
        lean[k].weight += x * x * expected / mean * std::max(0.05, share);
      }
    }
  };
  const auto step = [&](std::vector<double>& effect, std::span<const double> towards, double hold) {
    for (std::size_t k = 0; k < things; ++k) {
      const double change = (lean[k].pull - hold * (effect[k] - towards[k])) / (lean[k].weight + hold);
      effect[k] = std::clamp(effect[k] + std::clamp(change, -1.0, 1.0), -kMostEffect, kMostEffect);
    }
  };
  const std::vector<double> nothing(things, 0.0);
  const std::size_t stride = std::max<std::size_t>(1, series.size() / 2'000);
  for (int round = 0; round < kRounds; ++round) {
    lean.assign(things, {});
    for (std::size_t i = 0; i < series.size(); i += stride) add_lean(i, together);
    step(together, nothing, kAllTogether);
  }
  for (std::size_t i = 0; i < series.size(); ++i) {
    own = together;
    for (int round = 0; round < kRounds / 2; ++round) {
      lean.assign(things, {});
      add_lean(i, own);
      step(own, together, kAllTogether);
    }
    std::copy(own.begin(), own.end(), effects.effects_.begin() + static_cast<std::ptrdiff_t>(i * things));
  }
  return effects;
}

void KnownEffects::factors(std::size_t series, std::span<const double> known, std::vector<double>& into) const {
  into.clear();
  for (std::size_t at = 0; at + things_ <= known.size(); at += things_) into.push_back(factor(known.subspan(at, things_), of(series), size_));
}

}  // namespace zifa::forecast
