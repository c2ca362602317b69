// Demand of many series over the coming steps: expected, at quantiles, and summed over the steps so far.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "domain/forecast/pool.hpp"

namespace zifa::forecast {

struct Question {
  int horizon = 1;
  std::size_t season = 0;      // steps; ignored where it is longer than half of every history
  std::vector<double> levels;  // rising, strictly between 0 and 1
  bool cumulative = false;
  bool trees = true;
};

// By step: [step - 1], quantiles at [(step - 1) * levels + level].
struct Answer {
  std::vector<double> mean, quantile, cumulative;
};

class Forecaster {
 public:
  static constexpr int kMostSteps = 1'000;

  static Forecaster learn(std::span<const Series> series, const Question& question);

  // `effect`: factors of the coming steps that are known beforehand (promotions, holidays), empty = all 1; the history is
  // then one without them. A series of which nothing is known is answered with what is usual among the others.
  void answer(const Series& series, std::span<const double> effect, Pool::Scratch& scratch, Answer& answer) const;

 private:
  void fill(bool summed, std::span<const double> effect, Pool::Scratch& scratch, std::vector<double>& quantiles, std::vector<double>* means) const;

  Question question_;
  std::vector<int> asked_;  // steps that are computed; those between are interpolated
  Pool pool_;
};

// The season if at least one series holds it twice, else 0.
std::size_t usable_season(std::span<const Series> series, std::size_t season);

}  // namespace zifa::forecast
