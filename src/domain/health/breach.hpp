// How likely a limit is broken once the open orders are through, and which of them to save first.
//
// Each open order is late with a probability of its own. How many will be late follows the Poisson-binomial distribution, which
// is summed exactly: near a limit the bell curve is wrong just where it matters. Probabilities are the one place in account
// health where numbers are not whole.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/health/health.hpp"

namespace zifa::health {

// P(at least `least` of the orders are late). Off by less than 1e-12. Probabilities outside 0..1 count as 0 or 1, not-a-number as 1.
double probability_of_late(std::span<const double> late_probability, std::int64_t least);

struct Outlook {
  std::int64_t breaks_at = 0;  // so many of the open orders late break the limit; 0: it is broken whatever happens
  double breach = 0;           // the probability of that
};

// `late` of `orders` in the window once all open orders count; `orders` holds the open ones, `late` none of them.
Outlook outlook(const Policy& policy, std::int64_t late, std::int64_t orders, std::span<const double> late_probability);

struct Rescue {
  std::uint32_t order;  // position among the open orders
  double gain;          // by how much the probability of a breach falls when this one is surely on time
};

// The open orders by what saving them is worth, the most valuable first. When saving costs the same for all, it is always the
// one most likely to be late (proved in docs/rules/account_health.md, "Which order to save first"); divide by the cost where it differs.
std::vector<Rescue> rescues(std::span<const double> late_probability, std::int64_t breaks_at);

// How many of the orders most likely to be late must be saved for a breach to be no likelier than `accepted`.
std::size_t rescues_needed(std::span<const double> late_probability, std::int64_t breaks_at, double accepted);

}  // namespace zifa::health
