#include "domain/packing/large_order.hpp"

#include <algorithm>
#include <numeric>

#include "domain/packing/bounds.hpp"
#include "domain/packing/cheaper_parcels.hpp"
#include "domain/packing/container_load.hpp"
#include "domain/packing/fewer_parcels.hpp"

namespace zifa::packing {

namespace {

__extension__ using Wide = __int128;

bool better(const Solution& a, const Solution& b) { return a.left_volume != b.left_volume ? a.left_volume < b.left_volume : a.score < b.score; }

constexpr int kMostMisses = 400;  // in a row, before a carton counts as full

class LargeOrder {
 public:
  LargeOrder(const Task& task, Meter& meter) : task_(task), meter_(meter), fitter_(task, meter), least_(least_of(task.kinds)) {
    for (const Kind& k : task.kinds) {
      all_.push_back(k.count);
      units_ += k.count;
      volume_ += k.volume * k.count;
      weight_ += k.weight * k.count;
    }
  }

  Solution run() {
    best_.left_volume = INT64_MAX;
    one_parcel();
    const Score floor = lower_bound(task_);
    if (best_.left_volume == 0 && !(floor < best_.score)) return proven();
    if (task_.objective == Objective::boxes && best_.left_volume == 0) {
      // One parcel: only its size can still change, and that was looked for.
      return std::move(best_);
    }
    for (const Merit merit : {Merit::snug, Merit::low, Merit::wall_x, Merit::wall_y, Merit::tight}) {
      keep(greedy(merit));
      if (meter_.done() || (best_.left_volume == 0 && !(floor < best_.score))) break;
    }
    if (best_.left_volume > 0) {
      fill_what_there_is();
    } else {
      if (task_.objective == Objective::boxes && use_fewer_parcels(task_, static_cast<int>(floor.first), meter_, best_.loads)) add_up(best_);
      if (use_cheaper_parcels(task_, meter_, best_.loads)) add_up(best_);
    }
    best_.proven = best_.left_volume == 0 && !(floor < best_.score);
    return std::move(best_);
  }

 private:
  const Kind& kind(int k) const { return task_.kinds[static_cast<std::size_t>(k)]; }
  void keep(Solution next) {
    if (better(next, best_)) best_ = std::move(next);
  }
  Solution proven() {
    best_.proven = true;
    return std::move(best_);
  }
  void add_up(Solution& solution) const {
    solution.score = {};
    for (const Load& load : solution.loads) solution.score = solution.score + load.score;
  }
  void count_left(Solution& solution) const {
    solution.left_over = all_;
    for (const Load& load : solution.loads)
      for (const Placed& p : load.placed) --solution.left_over[static_cast<std::size_t>(p.kind)];
    solution.left_volume = 0;
    for (std::size_t k = 0; k < all_.size(); ++k) solution.left_volume += solution.left_over[k] * task_.kinds[k].volume;
  }

  // The whole order in the best carton that takes it.
  void one_parcel() {
    std::vector<std::pair<Score, int>> order;
    for (std::size_t b = 0; b < task_.boxes.size(); ++b) {
      const Box& box = task_.boxes[b];
      if (box.available == 0 || box.volume < volume_ || box.max_weight < weight_) continue;
      const Score score = task_.score(box, weight_, volume_);
      if (score < kNever) order.push_back({score, static_cast<int>(b)});
    }
    std::sort(order.begin(), order.end());
    for (const auto& [score, b] : order) {
      Load load{b, score, {}};
      const Box& box = task_.boxes[static_cast<std::size_t>(b)];
      const Fit fit = fitter_.fit(all_, box, units_ > 200 ? 0 : 20, load.placed);
      if (fit != Fit::yes) continue;
      Solution one;
      one.loads.push_back(std::move(load));
      one.score = score;
      count_left(one);
      keep(std::move(one));
      return;
    }
  }

  Solution greedy(Merit merit) {
    Solution solution;
    std::vector<int> left = all_;
    std::vector<std::int64_t> available;
    for (const Box& box : task_.boxes) available.push_back(box.available);
    std::vector<int> order(task_.kinds.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return kind(a).volume > kind(b).volume; });
    std::int64_t units = units_;
    while (units > 0) {
      Load best;
      std::int64_t best_volume = 0;
      bool best_takes_all = false;
      for (std::size_t b = 0; b < task_.boxes.size(); ++b) {
        if (available[b] == 0) continue;
        const Box& box = task_.boxes[b];
        fill(box, left, order, merit);
        if (filling_.placed().empty()) continue;
        const Score score = task_.score(box, filling_.weight(), filling_.volume());
        if (score >= kNever) continue;
        const bool takes_all = static_cast<std::int64_t>(filling_.placed().size()) == units;
        const bool wins = best.placed.empty() || (takes_all != best_takes_all ? takes_all : takes_all ? score < best.score : denser(score, filling_.volume(), best.score, best_volume));
        if (!wins) continue;
        best = {static_cast<int>(b), score, filling_.placed()};
        best_volume = filling_.volume();
        best_takes_all = takes_all;
      }
      if (best.placed.empty()) break;
      // The same again while there are units for it.
      for (std::int64_t times = repeats(best, left, available[static_cast<std::size_t>(best.box)]); times > 0; --times) {
        for (const Placed& p : best.placed) --left[static_cast<std::size_t>(p.kind)];
        units -= static_cast<std::int64_t>(best.placed.size());
        --available[static_cast<std::size_t>(best.box)];
        solution.score = solution.score + best.score;
        solution.loads.push_back(best);
      }
    }
    alone(solution, left, available);
    count_left(solution);
    return solution;
  }

  std::int64_t repeats(const Load& load, const std::vector<int>& left, std::int64_t most) const {
    std::vector<int> need(left.size());
    for (const Placed& p : load.placed) ++need[static_cast<std::size_t>(p.kind)];
    for (std::size_t k = 0; k < left.size(); ++k)
      if (need[k] > 0) most = std::min<std::int64_t>(most, left[k] / need[k]);
    return most;
  }

  // Whatever the filling refused for another reason than room goes by itself.
  void alone(Solution& solution, std::vector<int>& left, std::vector<std::int64_t>& available) {
    for (std::size_t k = 0; k < left.size(); ++k)
      while (left[k] > 0) {
        Load best;
        best.score = kNever;
        std::vector<int> one(left.size());
        one[k] = 1;
        for (std::size_t b = 0; b < task_.boxes.size(); ++b) {
          const Box& box = task_.boxes[b];
          if (available[b] == 0 || !fits_alone(task_.kinds[k], box)) continue;
          const Score score = task_.score(box, task_.kinds[k].weight, task_.kinds[k].volume);
          if (score < best.score) best = {static_cast<int>(b), score, {}};
        }
        if (best.score >= kNever || fitter_.fit(one, task_.boxes[static_cast<std::size_t>(best.box)], 0, best.placed) != Fit::yes) break;
        --left[k];
        --available[static_cast<std::size_t>(best.box)];
        solution.score = solution.score + best.score;
        solution.loads.push_back(std::move(best));
      }
  }

  // As many of the units as go in, in the order of kinds given.
  void fill(const Box& box, const std::vector<int>& left, const std::vector<int>& order, Merit merit) {
    filling_.open(box, task_.support, least_);
    int misses = 0;
    for (const int k : order)
      for (int i = 0; i < left[static_cast<std::size_t>(k)] && misses < kMostMisses; ++i) {
        if (filling_.insert(kind(k), k, merit)) {
          misses = 0;
          continue;
        }
        ++misses;
        break;
      }
    meter_.spend(filling_.take_work());
  }
  bool denser(const Score& a, std::int64_t a_volume, const Score& b, std::int64_t b_volume) const {
    const Wide left = Wide{a.first} * b_volume, right = Wide{b.first} * a_volume;
    return left != right ? left < right : a.second < b.second;
  }

  // The cartons run out: the most volume that goes into them.
  void fill_what_there_is() {
    const bool plain = task_.support == 0 && std::all_of(task_.kinds.begin(), task_.kinds.end(), [](const Kind& k) { return k.stackable; });
    if (plain) keep(loaded_one_by_one());
    leave_less_over(task_, meter_, best_.loads, best_.left_over);
    count_left(best_);
    if (use_cheaper_parcels(task_, meter_, best_.loads)) count_left(best_);
    add_up(best_);
  }

  // The largest cartons first, each as full as it gets.
  Solution loaded_one_by_one() {
    std::vector<int> order(task_.boxes.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return task_.boxes[static_cast<std::size_t>(a)].volume > task_.boxes[static_cast<std::size_t>(b)].volume; });
    std::int64_t cartons = 0;
    for (const Box& box : task_.boxes) cartons += box.available;
    Solution all;
    std::vector<int> left = all_;
    for (const int b : order) {
      const Box& box = task_.boxes[static_cast<std::size_t>(b)];
      for (std::int64_t i = 0; i < box.available; ++i, --cartons) {
        Meter mine = meter_.part(meter_.left() / std::max<std::int64_t>(cartons, 1));
        Load load{b, {}, load_container(task_, box, left, mine)};
        meter_.pay(mine);
        std::int64_t weight = 0, volume = 0;
        for (const Placed& p : load.placed) {
          weight += kind(p.kind).weight;
          volume += kind(p.kind).volume;
        }
        load.score = task_.score(box, weight, volume);
        if (load.placed.empty() || load.score >= kNever) break;
        for (const Placed& p : load.placed) --left[static_cast<std::size_t>(p.kind)];
        all.loads.push_back(std::move(load));
      }
    }
    add_up(all);
    count_left(all);
    return all;
  }

  const Task& task_;
  Meter& meter_;
  Fitter fitter_;
  Turned least_;
  Filling filling_;
  Solution best_;
  std::vector<int> all_;
  std::int64_t units_ = 0, volume_ = 0, weight_ = 0;
};

}  // namespace

Solution pack_large_order(const Task& task, Meter& meter) { return LargeOrder(task, meter).run(); }

}  // namespace zifa::packing
