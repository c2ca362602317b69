#include "domain/forecast/forecast.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace zifa::forecast {

namespace {

// Every step up to the eighth, then ever fewer: far ahead one step is like the next but for its season.
std::vector<int> steps_asked(int horizon) {
  std::vector<int> steps;
  for (int step = 1; step < horizon; step = step < 8 ? step + 1 : step * 5 / 4) steps.push_back(step);
  steps.push_back(horizon);
  return steps;
}

}  // namespace

std::size_t usable_season(std::span<const Series> series, std::size_t season) {
  if (season < 2) return 0;
  for (const Series& one : series) {
    std::size_t first = 0;
    while (first < one.values.size() && std::isnan(one.values[first])) ++first;
    if (one.values.size() - first >= 2 * season) return season;
  }
  return 0;
}

Forecaster Forecaster::learn(std::span<const Series> series, const Question& question) {
  check(question.horizon >= 1 && question.horizon <= kMostSteps, "the horizon is bounded");
  Forecaster forecaster;
  forecaster.question_ = question;
  forecaster.question_.season = usable_season(series, question.season);
  forecaster.asked_ = steps_asked(question.horizon);
  PoolOptions options{.season = forecaster.question_.season, .levels = question.levels, .targets = {}, .trees = question.trees};
  for (const int step : forecaster.asked_) options.targets.push_back({step, step});
  if (question.cumulative)
    for (const int step : forecaster.asked_)
      if (step > 1) options.targets.push_back({1, step});
  forecaster.pool_ = Pool::learn(series, options);
  return forecaster;
}

void Forecaster::fill(bool summed, std::span<const double> effect, Pool::Scratch& scratch, std::vector<double>& quantiles, std::vector<double>* means) const {
  const std::size_t width = question_.levels.size();
  quantiles.resize(static_cast<std::size_t>(question_.horizon) * width);
  const auto row = [&](int step) { return quantiles.data() + static_cast<std::size_t>(step - 1) * width; };
  const auto target = [&](int step) { return Target{summed ? 1 : step, step}; };
  const auto mean_at = [&](int step) -> double& { return (*means)[static_cast<std::size_t>(step - 1)]; };

  int before = 0;
  for (const int step : asked_) {
    double mean = 0;
    pool_.answer(target(step), scratch, row(step), mean);
    if (means) mean_at(step) = mean;
    // Between two computed steps: what is left when number of steps and season are taken out changes evenly.
    const auto plain = [&](int at) { return (summed ? at : 1) * std::max(1e-9, scratch.reading.season_factor(target(at))); };
    for (int between = before + 1; between < step; ++between) {
      const double share = static_cast<double>(between - before) / (step - before);
      for (std::size_t l = 0; l < width; ++l)
        row(between)[l] = plain(between) * ((1 - share) * row(before)[l] / plain(before) + share * row(step)[l] / plain(step));
      if (means) mean_at(between) = plain(between) * ((1 - share) * mean_at(before) / plain(before) + share * mean_at(step) / plain(step));
    }
    before = step;
  }
  if (!effect.empty()) {
    double sum = 0;
    for (int step = 1; step <= question_.horizon; ++step) {
      const double factor = effect[static_cast<std::size_t>(step - 1)];
      sum += factor;
      for (std::size_t l = 0; l < width; ++l) row(step)[l] *= summed ? sum / step : factor;
      if (means) mean_at(step) *= factor;
    }
  }
  if (summed)
    for (int step = 2; step <= question_.horizon; ++step)
      for (std::size_t l = 0; l < width; ++l) row(step)[l] = std::max(row(step)[l], row(step - 1)[l]);
}

void Forecaster::answer(const Series& series, std::span<const double> effect, Pool::Scratch& scratch, Answer& answer) const {
  pool_.load(series, scratch);
  answer.mean.resize(static_cast<std::size_t>(question_.horizon));
  fill(false, effect, scratch, answer.quantile, &answer.mean);
  if (question_.cumulative) fill(true, effect, scratch, answer.cumulative, nullptr);
}

}  // namespace zifa::forecast
