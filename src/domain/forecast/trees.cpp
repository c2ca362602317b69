#include "domain/forecast/trees.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/splitmix.hpp"

namespace zifa::forecast {

namespace {

constexpr std::size_t kSteps = 64;
constexpr double kRate = 0.06;
constexpr double kPatience = 20;     // trees without gain on the series held out
constexpr std::size_t kLeast = 40;   // rows in a leaf
constexpr double kWorthIt = 0.003;   // of the loss, that trees must save; more where few series judge them
constexpr double kFewJudges = 0.3;
constexpr double kDoubt = 20;        // rows that a leaf's own finding has to outweigh

bool held_out(std::uint32_t series) { return SplitMix(series).next() % 4 == 0; }

double pinball(double level, double happened, double forecast) {
  return happened >= forecast ? level * (happened - forecast) : (1 - level) * (forecast - happened);
}

}  // namespace

Binned::Binned(const Examples& examples) : rows_(examples.rows()), bins_(examples.rows() * examples.width), cuts_(examples.width) {
  std::vector<float> sample;
  const std::size_t stride = std::max<std::size_t>(1, rows_ / 10'000);
  for (std::size_t f = 0; f < examples.width; ++f) {
    sample.clear();
    for (std::size_t r = 0; r < rows_; r += stride) sample.push_back(examples.facts[r * examples.width + f]);
    std::sort(sample.begin(), sample.end());
    std::vector<float>& cuts = cuts_[f];
    for (std::size_t i = 1; i < kSteps && !sample.empty(); ++i) {
      const float cut = sample[i * sample.size() / kSteps];
      if ((cuts.empty() || cut > cuts.back()) && cut < sample.back()) cuts.push_back(cut);
    }
    for (std::size_t r = 0; r < rows_; ++r)
      bins_[f * rows_ + r] = static_cast<std::uint8_t>(std::lower_bound(cuts.begin(), cuts.end(), examples.facts[r * examples.width + f]) - cuts.begin());
  }
}

// Grows trees on a changing sample of the rows; keeps its buffers.
class QuantileTrees::Grower {
 public:
  Grower(const Examples& examples, const Binned& binned, double level) : examples_(examples), binned_(binned), level_(level) {
    node_.resize(binned.rows());
  }

  Tree grow(std::span<const std::uint32_t> rows, std::span<const float> forecast, SplitMix& random) {
    Tree tree{};
    rows_.clear();
    for (const std::uint32_t r : rows)
      if (random.next() % 2 == 0) rows_.push_back(r);
    facts_.clear();
    for (std::size_t f = 0; f < binned_.width(); ++f)
      if (!binned_.cuts(f).empty() && random.next() % 2 == 0) facts_.push_back(f);
    for (const std::uint32_t r : rows_) node_[r] = 0;
    for (int depth = 0; depth < kDepth; ++depth) split_nodes(tree, depth, forecast);
    // Each leaf adds the quantile of what is left in it.
    for (std::size_t leaf = 0; leaf < kLeaves; ++leaf) left_[leaf].clear();
    for (const std::uint32_t r : rows_) left_[node_[r] - kInner].push_back(examples_.happened[r] - forecast[r]);
    for (std::size_t leaf = 0; leaf < kLeaves; ++leaf) {
      auto& left = left_[leaf];
      if (left.empty()) continue;
      const auto at = std::min(left.size() - 1, static_cast<std::size_t>(level_ * static_cast<double>(left.size())));
      std::nth_element(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(at), left.end());
      const auto n = static_cast<double>(left.size());
      tree.value[leaf] = static_cast<float>(kRate * left[at] * n / (n + kDoubt));
    }
    return tree;
  }

 private:
  struct Cell {
    double pull = 0;  // sum of gradients
    double rows = 0;
  };

  void split_nodes(Tree& tree, int depth, std::span<const float> forecast) {
    const std::size_t first = (1U << depth) - 1, nodes = 1U << depth;
    best_.assign(nodes, {});
    const auto gain = [](const Cell& c) { return c.pull * c.pull / (c.rows + 1); };
    pull_.resize(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i)
      pull_[i] = static_cast<float>(examples_.happened[rows_[i]] > forecast[rows_[i]] ? level_ : level_ - 1);
    for (const std::size_t fact : facts_) {
      cells_.assign(nodes * kSteps, {});
      const std::uint8_t* const column = binned_.column(fact);
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        const std::uint32_t r = rows_[i];
        Cell& cell = cells_[(node_[r] - first) * kSteps + column[r]];
        cell.pull += pull_[i];
        cell.rows += 1;
      }
      const std::size_t cuts = binned_.cuts(fact).size();
      for (std::size_t n = 0; n < nodes; ++n) {
        Cell all;
        for (std::size_t b = 0; b <= cuts; ++b) all.pull += cells_[n * kSteps + b].pull, all.rows += cells_[n * kSteps + b].rows;
        Cell left;
        for (std::size_t b = 0; b < cuts; ++b) {
          left.pull += cells_[n * kSteps + b].pull, left.rows += cells_[n * kSteps + b].rows;
          const Cell right{all.pull - left.pull, all.rows - left.rows};
          if (left.rows < kLeast || right.rows < kLeast) continue;
          const double worth = gain(left) + gain(right) - gain(all);
          if (worth > best_[n].worth) best_[n] = {worth, fact, b};
        }
      }
    }
    for (std::size_t n = 0; n < nodes; ++n) {
      const Split& split = best_[n];
      const bool none = split.worth <= 1e-9;  // then everything goes left
      tree.fact[first + n] = static_cast<std::uint16_t>(none ? 0 : split.fact);
      tree.step[first + n] = none ? 255 : static_cast<std::uint8_t>(split.step);
      tree.cut[first + n] = none ? std::numeric_limits<float>::infinity() : binned_.cuts(split.fact)[split.step];
    }
    for (const std::uint32_t r : rows_) {
      const std::size_t n = node_[r];
      node_[r] = static_cast<std::uint8_t>(2 * n + (binned_.column(tree.fact[n])[r] <= tree.step[n] ? 1 : 2));
    }
  }

  struct Split {
    double worth = 0;
    std::size_t fact = 0, step = 0;
  };

  const Examples& examples_;
  const Binned& binned_;
  double level_;
  std::vector<std::uint8_t> node_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::size_t> facts_;
  std::vector<float> pull_;
  std::vector<Cell> cells_;
  std::vector<Split> best_;
  std::array<std::vector<float>, kLeaves> left_;
};

void QuantileTrees::learn(const Examples& examples, const Binned& binned, std::span<const float> start, double level, int most_trees) {
  trees_.clear();
  if (examples.rows() < 8 * kLeast) return;
  const auto apply = [&](const Tree& tree, std::vector<float>& forecast) {
    for (std::size_t r = 0; r < binned.rows(); ++r) {
      std::size_t n = 0;
      while (n < kInner) n = 2 * n + (binned.column(tree.fact[n])[r] <= tree.step[n] ? 1 : 2);
      forecast[r] += tree.value[n - kInner];
    }
  };
  std::vector<std::uint32_t> learning, judging, all;
  for (std::uint32_t r = 0; r < examples.rows(); ++r) {
    all.push_back(r);
    (held_out(examples.series[r]) ? judging : learning).push_back(r);
  }
  if (learning.empty() || judging.size() < kLeast) return;

  Grower grower(examples, binned, level);
  std::vector<float> forecast(start.begin(), start.end());
  const auto loss = [&] {
    double sum = 0;
    for (const std::uint32_t r : judging) sum += pinball(level, examples.happened[r], forecast[r]);
    return sum;
  };
  SplitMix random(static_cast<std::uint64_t>(level * 1e6) + 1);
  const double without = loss();
  double least = without;
  int best = 0;
  for (int i = 1; i <= most_trees && i <= best + kPatience; ++i) {
    apply(grower.grow(learning, forecast, random), forecast);
    if (const double now = loss(); now < least) least = now, best = i;
  }
  double judges = 0;
  for (std::size_t i = 0; i < judging.size(); ++i) judges += i == 0 || examples.series[judging[i]] != examples.series[judging[i - 1]] ? 1 : 0;
  if (least > (1 - kWorthIt - kFewJudges / judges) * without) return;
  // As many trees again, now on all rows.
  forecast.assign(start.begin(), start.end());
  random = SplitMix(static_cast<std::uint64_t>(level * 1e6) + 2);
  for (int i = 0; i < best; ++i) {
    trees_.push_back(grower.grow(all, forecast, random));
    apply(trees_.back(), forecast);
  }
}

double QuantileTrees::correction(const float* facts) const {
  double sum = 0;
  for (const Tree& tree : trees_) {
    std::size_t n = 0;
    while (n < kInner) n = 2 * n + (facts[tree.fact[n]] <= tree.cut[n] ? 1 : 2);
    sum += tree.value[n - kInner];
  }
  return sum;
}

}  // namespace zifa::forecast
