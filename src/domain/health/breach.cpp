// The distribution is built by halves: groups of orders one by one, groups folded together in pairs. Every number added is
// positive, so nothing cancels, and only a few dozen roundings lie between an order and the answer. What lies so far out that
// it cannot matter is cut off, which keeps each half as narrow as its spread: the work grows little faster than the orders.
#include "domain/health/breach.hpp"

#include <algorithm>
#include <numeric>

namespace zifa::health {

namespace {

constexpr std::size_t kGroup = 32;
constexpr double kNegligible = 1e-22;  // times a few thousand groups: far below the error promised

// P(first) .. P(first + size - 1); everything outside is negligible.
struct Distribution {
  std::int64_t first = 0;
  std::vector<double> p{1.0};

  void trim() {
    double below = 0, above = 0;
    std::size_t from = 0, to = p.size();
    while (from + 1 < to && below + p[from] < kNegligible) below += p[from++];
    while (to - 1 > from && above + p[to - 1] < kNegligible) above += p[--to];
    if (from == 0 && to == p.size()) return;
    p.assign(p.begin() + static_cast<std::ptrdiff_t>(from), p.begin() + static_cast<std::ptrdiff_t>(to));
    first += static_cast<std::int64_t>(from);
  }
};

double sane(double probability) { return probability >= 0 ? std::min(probability, 1.0) : probability < 0 ? 0.0 : 1.0; }

Distribution of_group(std::span<const double> probabilities) {
  Distribution out;
  out.p.reserve(probabilities.size() + 1);
  for (const double given : probabilities) {
    const double late = sane(given);
    out.p.push_back(0);
    for (std::size_t k = out.p.size() - 1; k > 0; --k) out.p[k] = out.p[k] * (1 - late) + out.p[k - 1] * late;
    out.p[0] *= 1 - late;
  }
  out.trim();
  return out;
}

Distribution fold(const Distribution& a, const Distribution& b) {
  const Distribution& wide = a.p.size() >= b.p.size() ? a : b;
  const Distribution& narrow = a.p.size() >= b.p.size() ? b : a;
  Distribution out{.first = a.first + b.first, .p = std::vector<double>(a.p.size() + b.p.size() - 1)};
  for (std::size_t i = 0; i < narrow.p.size(); ++i) {
    const double factor = narrow.p[i];
    double* into = out.p.data() + i;
    const double* from = wide.p.data();
    for (std::size_t j = 0; j < wide.p.size(); ++j) into[j] += factor * from[j];
  }
  out.trim();
  return out;
}

Distribution distribution_of(std::span<const double> probabilities) {
  if (probabilities.size() <= kGroup) return of_group(probabilities);
  const std::size_t half = (probabilities.size() / 2 + kGroup - 1) / kGroup * kGroup;
  return fold(distribution_of(probabilities.first(half)), distribution_of(probabilities.subspan(half)));
}

double tail(const Distribution& distribution, std::int64_t least) {
  double sum = 0;
  for (std::size_t k = distribution.p.size(); k > 0 && distribution.first + static_cast<std::int64_t>(k) - 1 >= least; --k) sum += distribution.p[k - 1];
  return std::min(sum, 1.0);
}

}  // namespace

double probability_of_late(std::span<const double> late_probability, std::int64_t least) {
  if (least <= 0) return 1;
  if (least > static_cast<std::int64_t>(late_probability.size())) return 0;
  return tail(distribution_of(late_probability), least);
}

Outlook outlook(const Policy& policy, std::int64_t late, std::int64_t orders, std::span<const double> late_probability) {
  const auto open = static_cast<std::int64_t>(late_probability.size());
  // The smallest number that breaks the limit; whether it is broken only grows with that number.
  std::int64_t low = 0, high = open + 1;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (is_met(policy, late + middle, orders).value_or(true)) low = middle + 1;
    else high = middle;
  }
  return {.breaks_at = low, .breach = probability_of_late(late_probability, low)};
}

std::vector<Rescue> rescues(std::span<const double> late_probability, std::int64_t breaks_at) {
  std::vector<Rescue> out(late_probability.size());
  const Distribution all = distribution_of(late_probability);
  const std::int64_t edge = breaks_at - 1;
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    // Saving it helps exactly when the others stop one short of the limit. The distribution of the others is this one with
    // the order taken out again, from the side on which errors shrink.
    const double late = sane(late_probability[i]);
    const auto last = all.first + static_cast<std::int64_t>(all.p.size()) - 1;
    double others = 0;
    if (late <= 0.5) {
      for (std::int64_t k = all.first; k <= std::min(edge, last); ++k) others = std::max(0.0, (all.p[static_cast<std::size_t>(k - all.first)] - late * others) / (1 - late));
      if (edge < all.first || edge > last) others = 0;
    } else {
      // P(all = k + 1) = late P(others = k) + (1 - late) P(others = k + 1)
      for (std::int64_t k = last - 1; k >= std::max(edge, all.first - 1); --k) others = std::max(0.0, (all.p[static_cast<std::size_t>(k + 1 - all.first)] - (1 - late) * others) / late);
      if (edge < all.first - 1 || edge >= last) others = 0;
    }
    out[i] = {.order = i, .gain = late * others};
  }
  std::stable_sort(out.begin(), out.end(), [&](const Rescue& a, const Rescue& b) { return late_probability[a.order] > late_probability[b.order]; });
  return out;
}

std::size_t rescues_needed(std::span<const double> late_probability, std::int64_t breaks_at, double accepted) {
  std::vector<double> rising(late_probability.begin(), late_probability.end());
  for (double& probability : rising) probability = sane(probability);
  std::sort(rising.begin(), rising.end());
  std::size_t low = 0, high = rising.size();
  while (low < high) {
    const std::size_t saved = low + (high - low) / 2;
    if (probability_of_late(std::span(rising).first(rising.size() - saved), breaks_at) <= accepted) high = saved;
    else low = saved + 1;
  }
  return low;
}

}  // namespace zifa::health
