#include "domain/packing/fit.hpp"

#include <algorithm>
#include <array>

#include "base/splitmix.hpp"

namespace zifa::packing {

bool Fitter::try_order(const Box& box, Merit merit) {
  filling_.open(box, task_->support, least_);
  bool all = true;
  for (const int unit : units_)
    if (!filling_.insert(task_->kinds[static_cast<std::size_t>(unit)], unit, merit)) {
      all = false;
      break;
    }
  meter_->spend(filling_.take_work() + 20);
  return all;
}

namespace {

int longest(const Kind& k) { return std::max({k.turns[0].dx, k.turns[0].dy, k.turns[0].dz}); }
int shortest(const Kind& k) { return std::min({k.turns[0].dx, k.turns[0].dy, k.turns[0].dz}); }
std::int64_t face(const Kind& k) { return k.volume / shortest(k); }

constexpr int kMostForPairs = 64;

// Two units that cannot share the box whatever lies beside them.
bool pair_excluded(const Kind& a, const Kind& b, const Box& box) {
  for (int i = 0; i < a.turn_count; ++i) {
    if (!fits_turned(a.turns[i], box)) continue;
    for (int j = 0; j < b.turn_count; ++j) {
      if (!fits_turned(b.turns[j], box)) continue;
      if (a.turns[i].dx + b.turns[j].dx <= box.l || a.turns[i].dy + b.turns[j].dy <= box.w) return false;
      if (a.turns[i].dz + b.turns[j].dz <= box.h && (a.stackable || b.stackable)) return false;
    }
  }
  return true;
}

}  // namespace

bool all_supported(const Task& task, const std::vector<Placed>& placed) {
  if (task.support == 0) return true;
  for (const Placed& p : placed) {
    if (p.z == 0) continue;
    std::int64_t area = 0;
    for (const Placed& q : placed) {
      if (q.z + q.dz != p.z) continue;
      const int w = std::min(p.x + p.dx, q.x + q.dx) - std::max(p.x, q.x);
      const int d = std::min(p.y + p.dy, q.y + q.dy) - std::max(p.y, q.y);
      if (w > 0 && d > 0) area += static_cast<std::int64_t>(w) * d;
    }
    if (area * 100 < static_cast<std::int64_t>(p.dx) * p.dy * task.support) return false;
  }
  return true;
}

Fit Fitter::fit(std::span<const int> counts, const Box& box, int tries, std::vector<Placed>& placed) {
  const auto& kinds = task_->kinds;
  units_.clear();
  std::int64_t volume = 0, weight = 0;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (counts[k] == 0) continue;
    volume += kinds[k].volume * counts[k];
    weight += kinds[k].weight * counts[k];
    if (volume > box.volume || weight > box.max_weight || !fits_alone(kinds[k], box)) return Fit::no;
    units_.insert(units_.end(), static_cast<std::size_t>(counts[k]), static_cast<int>(k));
  }
  const int n = static_cast<int>(units_.size());
  if (n == 1) {  // whatever work is left: a unit that fits alone always finds a place
    const Kind& kind = kinds[static_cast<std::size_t>(units_[0])];
    int t = 0;
    while (!fits_turned(kind.turns[static_cast<std::size_t>(t)], box)) ++t;
    const Turned& turned = kind.turns[static_cast<std::size_t>(t)];
    placed.assign(1, {units_[0], 0, 0, 0, turned.dx, turned.dy, turned.dz});
    return Fit::yes;
  }
  for (std::size_t a = 0; a < kinds.size() && n <= kMostForPairs; ++a)
    for (std::size_t b = a; b < kinds.size() && counts[a] > 0; ++b)
      if (counts[b] > (a == b ? 1 : 0) && pair_excluded(kinds[a], kinds[b], box)) return Fit::no;

  const auto by = [&](auto measure) {
    std::stable_sort(units_.begin(), units_.end(), [&](int a, int b) { return measure(kinds[static_cast<std::size_t>(a)]) > measure(kinds[static_cast<std::size_t>(b)]); });
  };
  const auto tried = [&](Merit merit) {
    if (meter_->done() || !try_order(box, merit)) return false;
    placed = filling_.placed();
    return true;
  };
  by([](const Kind& k) { return k.volume; });
  if (tried(Merit::snug) || tried(Merit::low)) return Fit::yes;
  if (n <= kMostExact) {
    const Fit exact = fit_exactly(*task_, units_, box, n <= 4 ? 100'000 : n <= 6 ? 40'000 : 20'000, *meter_, placed);
    if (exact == Fit::no || (exact == Fit::yes && all_supported(*task_, placed))) return exact;
  }
  if (tried(Merit::wall_x) || tried(Merit::wall_y) || tried(Merit::tight)) return Fit::yes;
  by([](const Kind& k) { return longest(k); });
  if (tried(Merit::snug) || tried(Merit::low) || tried(Merit::wall_x)) return Fit::yes;
  by([](const Kind& k) { return face(k); });
  if (tried(Merit::snug) || tried(Merit::low) || tried(Merit::wall_y)) return Fit::yes;
  SplitMix dice(0x5EED);
  for (int i = 0; i < tries && !meter_->done(); ++i) {
    // Neighbours in the order change places, mostly large before small.
    by([](const Kind& k) { return k.volume; });
    for (int pass = 0; pass < 1 + i % 3; ++pass)
      for (int j = 0; j + 1 < n; ++j) {
        const int other = static_cast<int>(dice.between(j, std::min(n - 1, j + 3)));
        std::swap(units_[static_cast<std::size_t>(j)], units_[static_cast<std::size_t>(other)]);
      }
    if (tried(static_cast<Merit>(i % kMerits))) return Fit::yes;
  }
  return Fit::not_found;
}

namespace {

class PairSearch {
 public:
  PairSearch(const Task& task, std::span<const int> units, const Box& box, std::int64_t most_nodes)
      : task_(task), units_(units), n_(static_cast<int>(units.size())), limits_{box.l, box.w, box.h}, nodes_left_(most_nodes) {
    bool all_stackable = true;
    for (const int u : units) all_stackable &= kind(u).stackable;
    // A mirror image is as good, unless something may not be turned upside down in the pile.
    mirror_ = n_ >= 2 && all_stackable && std::count(units.begin(), units.end(), units[0]) == 1 && std::count(units.begin(), units.end(), units[1]) == 1;
  }

  bool run() { return next_unit(0); }
  bool gave_up() const { return nodes_left_ <= 0; }
  std::int64_t nodes_left() const { return nodes_left_; }
  void read(std::vector<Placed>& placed) const {
    placed.clear();
    for (int i = 0; i < n_; ++i)
      placed.push_back({units_[static_cast<std::size_t>(i)], s_.low[i][0], s_.low[i][1], s_.low[i][2], size_[i][0], size_[i][1], size_[i][2]});
  }

 private:
  struct State {
    int low[kMostExact][3];
    std::uint8_t after[3][kMostExact];  // bit j of after[a][i]: unit j lies wholly beyond unit i along axis a
  };

  const Kind& kind(int u) const { return task_.kinds[static_cast<std::size_t>(u)]; }

  bool next_unit(int k) {
    if (k == n_) return true;
    const Kind& mine = kind(units_[static_cast<std::size_t>(k)]);
    const State before = s_;
    for (int t = 0; t < mine.turn_count; ++t) {
      size_[k][0] = mine.turns[t].dx;
      size_[k][1] = mine.turns[t].dy;
      size_[k][2] = mine.turns[t].dz;
      if (size_[k][0] > limits_[0] || size_[k][1] > limits_[1] || size_[k][2] > limits_[2]) continue;
      for (int a = 0; a < 3; ++a) {
        s_.low[k][a] = 0;
        s_.after[a][k] = 0;
      }
      if (next_pair(k, 0)) return true;
      s_ = before;
      if (gave_up()) return false;
    }
    return false;
  }

  bool next_pair(int k, int j) {
    if (j == k) return next_unit(k + 1);
    if (--nodes_left_ <= 0) return false;
    for (int a = 0; a < 3; ++a)
      if ((s_.after[a][j] >> k & 1) || (s_.after[a][k] >> j & 1)) return next_pair(k, j + 1);
    const bool twins = j == k - 1 && units_[static_cast<std::size_t>(j)] == units_[static_cast<std::size_t>(k)];
    const bool one_way = twins || (mirror_ && k == 1);
    const State before = s_;
    for (int a = 0; a < 3; ++a) {
      if (size_[j][a] + size_[k][a] > limits_[a]) continue;
      for (int way = 0; way < (one_way ? 1 : 2); ++way) {
        const int first = way == 0 ? j : k, second = way == 0 ? k : j;
        if (a == 2 && !kind(units_[static_cast<std::size_t>(first)]).stackable) continue;
        if (put(a, first, second, k) && next_pair(k, j + 1)) return true;
        s_ = before;
        if (gave_up()) return false;
      }
    }
    return false;
  }

  // Unit v beyond unit u along axis a, with all that follows. False if a chain becomes too long.
  bool put(int a, int u, int v, int last) {
    std::uint8_t* after = s_.after[a];
    const auto gained = static_cast<std::uint8_t>(after[v] | 1U << v);
    if (gained >> u & 1) return false;
    for (int i = 0; i <= last; ++i)
      if (i == u || (after[i] >> u & 1)) after[i] = static_cast<std::uint8_t>(after[i] | gained);
    return push(a, u, last);
  }
  bool push(int a, int u, int last) {
    const int end = s_.low[u][a] + size_[u][a];
    for (int i = 0; i <= last; ++i) {
      if (!(s_.after[a][u] >> i & 1) || s_.low[i][a] >= end) continue;
      s_.low[i][a] = end;
      if (end + size_[i][a] > limits_[a] || !push(a, i, last)) return false;
    }
    return true;
  }

  const Task& task_;
  std::span<const int> units_;
  int n_;
  std::array<int, 3> limits_;
  std::int64_t nodes_left_;
  bool mirror_ = false;
  State s_{};
  int size_[kMostExact][3]{};
};

}  // namespace

Fit fit_exactly(const Task& task, std::span<const int> units, const Box& box, std::int64_t most_nodes, Meter& meter, std::vector<Placed>& placed) {
  PairSearch search(task, units, box, most_nodes);
  const bool found = search.run();
  meter.spend((most_nodes - search.nodes_left()) * 10);
  if (found) {
    search.read(placed);
    return Fit::yes;
  }
  return search.gave_up() ? Fit::not_found : Fit::no;
}

}  // namespace zifa::packing
