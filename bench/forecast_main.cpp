// `forecast`: demand over the lead time on five real data sets, against the empirical distribution of each history.
//
// Origins roll over the hidden end of each set, a lead time apart; at each one everything is learned from what lies before it.
// Loss = pinball(q, sum over the lead time) / (lead time x mean of the history), averaged over series, origins and q in
// .5 .9 .95 .99; lower is better. `--before` hides the end altogether and rolls over what lies before it: for choosing methods,
// so that the reported end is looked at for reporting alone.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>

#include "domain/forecast/pool.hpp"
#include "forecast_cases.hpp"

using namespace zifa;
using namespace zifa::forecast;

namespace {

const std::vector<double> kLevels{0.5, 0.9, 0.95, 0.99};

double cpu_s(std::clock_t begun) { return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC; }

double pinball(double level, double happened, double forecast) {
  return happened >= forecast ? level * (happened - forecast) : (1 - level) * (forecast - happened);
}

struct Score {
  double loss = 0, cases = 0;
  std::vector<double> at_level = std::vector<double>(kLevels.size()), covered = std::vector<double>(kLevels.size());
  double seconds = 0, asked = 0, learning = 0;
};

enum Method { families = 0, equal = kFamilies, local, pooled, kMethods };

struct Origin {
  std::vector<Series> series;
  std::vector<double> happened, scale;
};

// The series known at an origin `back` steps before the end, and what came after.
Origin origin_of(const bench::DemandSet& set, int back) {
  Origin origin;
  for (const auto& values : set.series) {
    if (static_cast<int>(values.size()) < back + 3) continue;
    const std::size_t end = values.size() - static_cast<std::size_t>(back);
    double sum = 0, known = 0, happened = 0;
    for (std::size_t t = 0; t < end; ++t)
      if (!std::isnan(values[t])) sum += values[t], known += 1;
    bool whole = true;
    for (int i = 0; i < set.lead; ++i) happened += values[end + static_cast<std::size_t>(i)], whole = whole && !std::isnan(values[end + static_cast<std::size_t>(i)]);
    if (!whole || known < 3 || !(sum > 0)) continue;
    origin.series.push_back({std::span(values).first(end), 0});
    origin.happened.push_back(happened);
    origin.scale.push_back(sum / known * set.lead);
  }
  return origin;
}

bool judge(const Origin& origin, const Pool& pool, Target target, Score& score) {
  Pool::Scratch scratch;
  std::vector<double> quantiles(kLevels.size());
  double mean = 0;
  const std::clock_t begun = std::clock();
  for (std::size_t i = 0; i < origin.series.size(); ++i) {
    pool.load(origin.series[i], scratch);
    pool.answer(target, scratch, quantiles.data(), mean);
    for (std::size_t l = 0; l < kLevels.size(); ++l) {
      if (!(quantiles[l] >= 0) || (l > 0 && quantiles[l] < quantiles[l - 1])) return false;
      const double loss = pinball(kLevels[l], origin.happened[i], quantiles[l]) / origin.scale[i];
      score.loss += loss;
      score.at_level[l] += loss;
      score.covered[l] += origin.happened[i] <= quantiles[l] ? 1 : 0;
    }
  }
  score.seconds += cpu_s(begun);
  score.asked += static_cast<double>(origin.series.size());
  score.cases += static_cast<double>(origin.series.size() * kLevels.size());
  return true;
}

}  // namespace

int main(int count, char** words) {
  bool before = false, quick = false;
  std::string folder = "../shared/data";
  for (int i = 1; i < count; ++i) {
    if (!std::strcmp(words[i], "--before")) before = true;
    else if (!std::strcmp(words[i], "--quick")) quick = true;
    else folder = words[i];
  }
  auto sets = bench::demand_sets(folder);
  if (sets.empty()) {
    std::printf("forecast skipped: no ../shared (or no zstd)\n");
    return 0;
  }
  bool valid = true;
  std::vector<double> logs(kMethods);
  const auto method_name = [](int m) -> const char* { return m < static_cast<int>(kFamilies) ? kFamilyNames[static_cast<std::size_t>(m)] : m == equal ? "average, equal weights" : m == local ? "average, learned weights (local)" : "with the model over all series"; };
  for (auto& set : sets) {
    if (before)
      for (auto& values : set.series) values.resize(values.size() > static_cast<std::size_t>(set.hidden) ? values.size() - static_cast<std::size_t>(set.hidden) : 0);
    if (quick) {
      std::vector<std::vector<double>> some;
      const std::size_t stride = std::max<std::size_t>(1, set.series.size() / 600);
      for (std::size_t i = 0; i < set.series.size(); i += stride) some.push_back(set.series[i]);
      set.series = some;
    }
    const Target target{1, set.lead};
    std::vector<Score> scores(kMethods);
    for (int back = set.hidden; back >= set.lead; back -= set.lead) {
      const Origin origin = origin_of(set, back);
      if (origin.series.empty()) continue;
      PoolOptions options{.season = static_cast<std::size_t>(set.season), .levels = kLevels, .targets = {target}, .trees = false};
      std::clock_t begun = std::clock();
      const Pool plain = Pool::learn(origin.series, options);
      scores[local].learning += cpu_s(begun);
      for (std::size_t f = 0; f < kFamilies; ++f) {
        Pool alone = plain;
        alone.trust_only(static_cast<Family>(f));
        valid = judge(origin, alone, target, scores[f]) && valid;
      }
      Pool even = plain;
      even.trust_equally();
      valid = judge(origin, even, target, scores[equal]) && valid;
      valid = judge(origin, plain, target, scores[local]) && valid;
      options.trees = true;
      begun = std::clock();
      const Pool full = Pool::learn(origin.series, options);
      scores[pooled].learning += cpu_s(begun);
      valid = judge(origin, full, target, scores[pooled]) && valid;
    }
    const double base = scores[empirical].loss / scores[empirical].cases;
    std::printf("\nforecast %s: lead time %d, %.0f forecasts; loss of the empirical distribution %.4f\n", set.name.c_str(), set.lead, scores[0].asked, base);
    for (int m = 0; m < kMethods; ++m) {
      const Score& s = scores[static_cast<std::size_t>(m)];
      const double relative = s.loss / s.cases / base;
      logs[static_cast<std::size_t>(m)] += std::log(relative);
      std::printf("  %-34s %.4f   at .5 %.3f .9 %.3f .95 %.3f .99 %.3f  covered %.3f %.3f %.3f %.3f", method_name(m), relative, s.at_level[0] / scores[0].at_level[0], s.at_level[1] / scores[0].at_level[1],
                  s.at_level[2] / scores[0].at_level[2], s.at_level[3] / scores[0].at_level[3], s.covered[0] / s.asked, s.covered[1] / s.asked, s.covered[2] / s.asked, s.covered[3] / s.asked);
      if (m >= local) std::printf("  %6.0f series/s, %6.0f with learning", s.asked / s.seconds, s.asked / (s.seconds + s.learning));
      std::printf("\n");
    }
  }
  std::printf("\nforecast, geometric mean over the five sets (goal 0.90; best single method measured elsewhere 0.950, quantile average 0.92, with a global model 0.89)\n");
  for (int m = 0; m < kMethods; ++m) std::printf("  %-34s %.4f\n", method_name(m), std::exp(logs[static_cast<std::size_t>(m)] / static_cast<double>(sets.size())));
  if (!valid) std::printf("forecast INVALID: a quantile is negative or crosses another\n");
  return valid ? 0 : 1;
}
