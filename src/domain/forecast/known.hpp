// What is known beforehand and moves demand: promotions, holidays, price changes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "domain/forecast/pool.hpp"

namespace zifa::forecast {

// By how much each known thing multiplies demand: exp(sum of effect * value). Every series has its own effects, held near those
// of all series together as far as its own history is too thin to tell.
class KnownEffects {
 public:
  // `known[i]`: rows of `things` numbers, one per step of series i and then per coming step. A number not known is 0.
  static KnownEffects learn(std::span<const Series> series, std::span<const std::vector<double>> known, std::size_t things);

  // Factors of every step of `known`, coming ones included.
  void factors(std::size_t series, std::span<const double> known, std::vector<double>& into) const;
  std::span<const double> of(std::size_t series) const { return {effects_.data() + series * things_, things_}; }

 private:
  std::size_t things_ = 0;
  std::vector<double> size_;     // each thing is measured in its largest value
  std::vector<double> effects_;  // [series][thing]
};

}  // namespace zifa::forecast
