#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "base/splitmix.hpp"
#include "domain/forecast/distribution.hpp"
#include "domain/forecast/forecast.hpp"
#include "domain/forecast/known.hpp"

using namespace zifa;
using namespace zifa::forecast;

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
const std::vector<double> kLevels{0.5, 0.9, 0.95, 0.99};

using Values = std::vector<double>;

std::vector<Series> views(const std::vector<Values>& values) {
  std::vector<Series> series;
  for (const Values& v : values) series.push_back({v, 0});
  return series;
}

Answer answer_of(const std::vector<Values>& values, const Question& question, std::size_t which = 0) {
  const auto series = views(values);
  const Forecaster forecaster = Forecaster::learn(series, question);
  Pool::Scratch scratch;
  Answer answer;
  forecaster.answer(series[which], {}, scratch, answer);
  return answer;
}

double uniform(SplitMix& random) { return (static_cast<double>(random.next() >> 11) + 0.5) / 9007199254740992.0; }

// Counts around `mean`, by adding up chances.
double count_around(SplitMix& random, double mean) {
  double left = std::exp(-mean), count = -1, product = 1;
  do product *= uniform(random), ++count;
  while (product > left);
  return count;
}

bool in_order(const Answer& answer, std::size_t width) {
  const auto rising = [&](const std::vector<double>& q) {
    for (std::size_t i = 0; i < q.size(); ++i)
      if (!std::isfinite(q[i]) || q[i] < 0 || (i % width && q[i] < q[i - 1])) return false;
    return true;
  };
  for (std::size_t i = width; i < answer.cumulative.size(); ++i)
    if (answer.cumulative[i] < answer.cumulative[i - width]) return false;
  for (const double mean : answer.mean)
    if (!std::isfinite(mean) || mean < 0) return false;
  return rising(answer.quantile) && rising(answer.cumulative);
}

}  // namespace

TEST_CASE("forecast: the quantiles of known distributions are those of the tables") {
  CHECK(normal_quantile(0.5) == doctest::Approx(0).epsilon(1e-9));
  CHECK(normal_quantile(0.975) == doctest::Approx(1.959963985).epsilon(1e-8));
  CHECK(normal_quantile(0.001) == doctest::Approx(-3.090232306).epsilon(1e-8));
  struct Case { double mean, variance; Values quantiles; };
  const Case counts[]{{2, 2, {2, 4, 5, 6}}, {0.1, 0.1, {0, 0, 1, 1}}, {3, 12, {2, 8, 10, 16}}, {0, 0, {0, 0, 0, 0}}};
  for (const Case& c : counts) {
    CAPTURE(c.mean);
    Values got(4);
    count_quantiles(c.mean, c.variance, kLevels, got.data());
    CHECK(got == c.quantiles);
  }
  // An exponential distribution is a gamma distribution of shape 1.
  Values got(4);
  amount_quantiles(10, 100, kLevels, got.data());
  for (std::size_t i = 0; i < 4; ++i) CHECK(got[i] == doctest::Approx(-10 * std::log(1 - kLevels[i])).epsilon(1e-4));
  amount_quantiles(100, 100, kLevels, got.data());
  CHECK(got[3] == doctest::Approx(124.72).epsilon(0.002));
}

TEST_CASE("forecast: quantiles are never negative and never cross, sums never fall, whatever the history") {
  SplitMix random(7);
  std::vector<Values> histories{{}, {5}, {0}, Values(40, 0.0), Values(40, 3.0), {kUnknown, kUnknown, 4}, {1e12, 0, 1e12}, {1e-6, 1e-6, 2e-6}, Values(30, kUnknown)};
  for (int i = 0; i < 60; ++i) {
    Values values;
    const auto length = static_cast<std::size_t>(random.between(1, 80));
    const double mean = std::exp(static_cast<double>(random.between(-3, 6)));
    for (std::size_t t = 0; t < length; ++t) values.push_back(random.next() % 9 == 0 ? kUnknown : std::floor(-std::log(uniform(random)) * mean));
    histories.push_back(values);
  }
  for (const std::size_t season : {0U, 7U, 12U}) {
    const Question question{.horizon = 15, .season = season, .levels = kLevels, .cumulative = true};
    const auto series = views(histories);
    const Forecaster forecaster = Forecaster::learn(series, question);
    Pool::Scratch scratch;
    Answer answer;
    for (std::size_t i = 0; i < series.size(); ++i) {
      CAPTURE(i);
      forecaster.answer(series[i], {}, scratch, answer);
      CHECK(answer.mean.size() == 15);
      CHECK(in_order(answer, kLevels.size()));
    }
  }
}

TEST_CASE("forecast: a product never sold is forecast at nothing, one sold evenly at just that") {
  const Question question{.horizon = 3, .levels = kLevels, .cumulative = true};
  const Answer none = answer_of({Values(30, 0.0)}, question);
  CHECK(none.quantile == Values(12, 0.0));
  CHECK(none.mean == Values(3, 0.0));
  const Answer even = answer_of({Values(60, 10.0)}, question);
  CHECK(even.mean[0] == doctest::Approx(10).epsilon(0.01));
  CHECK(even.quantile[0] == doctest::Approx(10).epsilon(0.1));
  CHECK(even.cumulative[8] == doctest::Approx(30).epsilon(0.1));
}

TEST_CASE("forecast: out of stock is not taken for no demand") {
  Values sold(40, 8.0), zeros(40, 8.0);
  for (std::size_t t = 25; t < 40; ++t) sold[t] = kUnknown, zeros[t] = 0;
  const Question question{.horizon = 1, .levels = kLevels};
  CHECK(answer_of({sold}, question).mean[0] == doctest::Approx(8).epsilon(0.02));
  CHECK(answer_of({zeros}, question).mean[0] < 4);
}

TEST_CASE("forecast: a weekday that sells more is forecast to sell more; a season longer than half the history is ignored") {
  SplitMix random(3);
  Values values;
  for (int t = 0; t < 140; ++t) values.push_back(count_around(random, t % 7 == 5 ? 40 : 10));
  const Answer weekly = answer_of({values}, {.horizon = 7, .season = 7, .levels = kLevels});
  CHECK(weekly.mean[5] > 2.5 * weekly.mean[4]);  // day 145 is a 5th one
  const Question plain{.horizon = 7, .levels = kLevels};
  Question longer = plain;
  longer.season = 71;
  CHECK(answer_of({values}, longer).quantile == answer_of({values}, plain).quantile);
}

TEST_CASE("forecast: nine of ten days lie below the 0.9 quantile, and lead times below that of the sum") {
  SplitMix random(11);
  std::vector<Values> histories;
  std::vector<Values> later;
  for (int i = 0; i < 400; ++i) {
    const double mean = 0.3 + 6 * uniform(random);
    Values values, after;
    for (int t = 0; t < 60; ++t) values.push_back(count_around(random, mean));
    for (int t = 0; t < 4; ++t) after.push_back(count_around(random, mean));
    histories.push_back(values);
    later.push_back(after);
  }
  const Question question{.horizon = 4, .levels = kLevels, .cumulative = true};
  const auto series = views(histories);
  const Forecaster forecaster = Forecaster::learn(series, question);
  Pool::Scratch scratch;
  Answer answer;
  double step = 0, sum = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    forecaster.answer(series[i], {}, scratch, answer);
    step += later[i][0] <= answer.quantile[1] ? 1 : 0;
    sum += std::accumulate(later[i].begin(), later[i].end(), 0.0) <= answer.cumulative[3 * 4 + 1] ? 1 : 0;
  }
  // Sums of independent steps are narrower than sums of quantiles: above 0.97 would be a spread added up blindly.
  CHECK(step / 400 > 0.85);
  CHECK(step / 400 < 0.98);
  CHECK(sum / 400 > 0.85);
  CHECK(sum / 400 < 0.96);
}

TEST_CASE("forecast: a new product borrows its spread from the others") {
  SplitMix random(5);
  std::vector<Values> histories;
  for (int i = 0; i < 100; ++i) {
    Values values;
    for (int t = 0; t < 50; ++t) values.push_back(count_around(random, 5));
    histories.push_back(values);
  }
  histories.push_back({5});
  const Answer fresh = answer_of(histories, {.horizon = 1, .levels = kLevels}, 100);
  CHECK(fresh.quantile[3] >= 8);
  CHECK(fresh.quantile[3] <= 16);
}

TEST_CASE("forecast: a promotion known beforehand lifts the days it is on") {
  SplitMix random(9);
  std::vector<Values> histories, known;
  for (int i = 0; i < 20; ++i) {
    Values values, rows;
    for (int t = 0; t < 104; ++t) {
      const bool on = t % 9 == 2 || t == 102;
      rows.push_back(on ? 1 : 0);
      if (t < 100) values.push_back(count_around(random, on ? 30 : 10));
    }
    histories.push_back(values);
    known.push_back(rows);
  }
  const auto series = views(histories);
  const KnownEffects effects = KnownEffects::learn(series, known, 1);
  for (std::size_t i = 0; i < series.size(); ++i) CHECK(std::exp(effects.of(i)[0]) == doctest::Approx(3).epsilon(0.25));
  Values factors;
  effects.factors(0, known[0], factors);
  CHECK(factors.size() == 104);
  CHECK(factors[102] == doctest::Approx(3).epsilon(0.25));
  CHECK(factors[100] == 1);
}

TEST_CASE("forecast: the same input gives the same answer") {
  SplitMix random(21);
  std::vector<Values> histories;
  for (int i = 0; i < 300; ++i) {
    Values values;
    for (int t = 0; t < 40; ++t) values.push_back(count_around(random, 0.2 + (i % 7)));
    histories.push_back(values);
  }
  const Question question{.horizon = 3, .season = 4, .levels = kLevels, .cumulative = true};
  const Answer once = answer_of(histories, question, 17), again = answer_of(histories, question, 17);
  CHECK(once.quantile == again.quantile);
  CHECK(once.cumulative == again.cumulative);
  CHECK(once.mean == again.mean);
}
