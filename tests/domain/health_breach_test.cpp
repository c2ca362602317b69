#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/splitmix.hpp"
#include "domain/health/breach.hpp"

using namespace zifa;
using namespace zifa::health;

namespace {

std::vector<double> open_orders(SplitMix& random, std::size_t n, double most = 0.12) {
  std::vector<double> p(n);
  for (double& value : p) {
    const double u = static_cast<double>(random.next() >> 11) * 0x1p-53;
    value = most * u * u * u;
  }
  return p;
}

// Order by order, in long doubles.
long double plain_tail(const std::vector<double>& p, std::int64_t least) {
  std::vector<long double> at(static_cast<std::size_t>(least) + 1);
  at[0] = 1;
  for (const double late : p) {
    at[static_cast<std::size_t>(least)] += at[static_cast<std::size_t>(least) - 1] * late;
    for (auto k = static_cast<std::size_t>(least) - 1; k > 0; --k) at[k] = at[k] * (1 - static_cast<long double>(late)) + at[k - 1] * late;
    at[0] *= 1 - static_cast<long double>(late);
  }
  return at[static_cast<std::size_t>(least)];
}

const Policy kBelow4{.metric = "lsr_30", .comparison = Comparison::below, .limit = {1, 25}, .limit_text = "<0.04"};

}  // namespace

TEST_CASE("the probability of a breach is exact to twelve decimals") {
  SplitMix random(26);
  for (const std::size_t n : {1U, 2U, 31U, 33U, 64U, 500U, 2'000U, 3'001U}) {
    for (const double most : {0.12, 0.9, 1.0}) {
      const std::vector<double> p = open_orders(random, n, most);
      const double mean = static_cast<double>(n) * most / 4;
      for (const double shift : {0.5, 1.0, 1.3, 2.0}) {
        const auto least = std::max<std::int64_t>(1, static_cast<std::int64_t>(mean * shift));
        CHECK(std::abs(static_cast<double>(plain_tail(p, least) - static_cast<long double>(probability_of_late(p, least)))) <= 1e-12);
      }
    }
  }
}

TEST_CASE("certain and impossible lateness") {
  CHECK(probability_of_late({}, 0) == 1);
  CHECK(probability_of_late({}, 1) == 0);
  const std::vector<double> sure{1, 1, 0, 1};
  CHECK(probability_of_late(sure, 3) == 1);
  CHECK(probability_of_late(sure, 4) == 0);
  CHECK(probability_of_late(sure, -5) == 1);
  const std::vector<double> odd{-1, 2, std::numeric_limits<double>::quiet_NaN()};
  CHECK(probability_of_late(odd, 2) == 1);
  CHECK(probability_of_late(odd, 3) == 0);
}

TEST_CASE("the limit breaks at the number of late orders that makes it four percent") {
  // 80 of 4,000 late now, 2,000 of the 4,000 open: 80 more make 160 = 4 %, which is not under.
  SplitMix random(2);
  const std::vector<double> p = open_orders(random, 2'000);
  CHECK(outlook(kBelow4, 80, 4'000, p).breaks_at == 80);
  CHECK(outlook(kBelow4, 160, 4'000, p).breaks_at == 0);
  CHECK(outlook(kBelow4, 160, 4'000, p).breach == 1);
  CHECK(outlook(kBelow4, 0, 1'000'000, p).breach == 0);
}

TEST_CASE("saving the order most likely to be late lowers the risk the most, by exactly the gain told") {
  SplitMix random(11);
  for (int round = 0; round < 40; ++round) {
    const std::vector<double> p = open_orders(random, static_cast<std::size_t>(random.between(1, 40)), 1.0);
    const std::int64_t breaks_at = random.between(1, static_cast<std::int64_t>(p.size()));
    const double now = probability_of_late(p, breaks_at);
    const std::vector<Rescue> ranked = rescues(p, breaks_at);
    double last = 2;
    for (const Rescue& rescue : ranked) {
      std::vector<double> saved = p;
      saved[rescue.order] = 0;
      const double gain = now - probability_of_late(saved, breaks_at);
      CHECK(std::abs(gain - rescue.gain) <= 1e-11);
      CHECK(gain <= last + 1e-12);
      last = gain;
    }
    const std::size_t needed = rescues_needed(p, breaks_at, 0.05);
    std::vector<double> rising = p;
    std::sort(rising.begin(), rising.end());
    rising.resize(rising.size() - needed);
    CHECK(probability_of_late(rising, breaks_at) <= 0.05);
    if (needed > 0) {
      std::vector<double> one_less = p;
      std::sort(one_less.begin(), one_less.end());
      one_less.resize(one_less.size() - needed + 1);
      CHECK(probability_of_late(one_less, breaks_at) > 0.05);
    }
  }
}
