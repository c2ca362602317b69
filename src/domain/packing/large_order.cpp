#include "domain/packing/large_order.hpp"

#include <algorithm>
#include <numeric>

#include "domain/packing/container_load.hpp"
#include "domain/packing/fewer_parcels.hpp"

namespace zifa::packing {

namespace {

__extension__ using Wide = __int128;

class LargeOrder {
 public:
  LargeOrder(const Task& task, Meter& meter) : task_(task), meter_(meter), fitter_(task, meter), least_(least_of(task.kinds)) {}

  Solution greedy(Merit merit) {
    Solution solution;
    std::vector<int> left = all_counts();
    std::vector<std::int64_t> available;
    for (const Box& box : task_.boxes) available.push_back(box.available);
    std::vector<int> order(task_.kinds.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return kind(a).volume > kind(b).volume; });
    std::int64_t units = std::accumulate(left.begin(), left.end(), std::int64_t{0});
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
        const bool better = best.placed.empty() || (takes_all != best_takes_all ? takes_all : takes_all ? score < best.score : denser(score, filling_.volume(), best.score, best_volume));
        if (!better) continue;
        best = {static_cast<int>(b), score, filling_.placed()};
        best_volume = filling_.volume();
        best_takes_all = takes_all;
      }
      if (best.placed.empty()) break;
      for (const Placed& p : best.placed) --left[static_cast<std::size_t>(p.kind)];
      units -= static_cast<std::int64_t>(best.placed.size());
      --available[static_cast<std::size_t>(best.box)];
      solution.score = solution.score + best.score;
      solution.loads.push_back(std::move(best));
    }
    solution.left_over = left;
    for (std::size_t k = 0; k < left.size(); ++k) solution.left_volume += left[k] * task_.kinds[k].volume;
    return solution;
  }

 private:
  const Kind& kind(int k) const { return task_.kinds[static_cast<std::size_t>(k)]; }
  std::vector<int> all_counts() const {
    std::vector<int> counts;
    for (const Kind& k : task_.kinds) counts.push_back(k.count);
    return counts;
  }
  // As many of the units as go in, in the order of kinds given.
  void fill(const Box& box, const std::vector<int>& left, const std::vector<int>& order, Merit merit) {
    filling_.open(box, task_.support, least_);
    for (const int k : order)
      for (int i = 0; i < left[static_cast<std::size_t>(k)]; ++i) {
        if (!filling_.insert(kind(k), k, merit)) break;
        // A heavier parcel may be one that may not be sent.
        if (*task_.price && task_.score(box, filling_.weight(), filling_.volume()) >= kNever) {
          refill_without_last(box, merit);
          break;
        }
      }
    meter_.spend(filling_.take_work());
  }
  void refill_without_last(const Box& box, Merit merit) {
    std::vector<Placed> keep = filling_.placed();
    keep.pop_back();
    filling_.open(box, task_.support, least_);
    for (const Placed& p : keep) filling_.insert(kind(p.kind), p.kind, merit);
  }
  bool denser(const Score& a, std::int64_t a_volume, const Score& b, std::int64_t b_volume) const {
    const Wide left = Wide{a.first} * b_volume, right = Wide{b.first} * a_volume;
    return left != right ? left < right : a.second < b.second;
  }

  const Task& task_;
  Meter& meter_;
  Fitter fitter_;
  Turned least_;
  Filling filling_;
};

bool better(const Solution& a, const Solution& b) { return a.left_volume != b.left_volume ? a.left_volume < b.left_volume : a.score < b.score; }

}  // namespace

Solution pack_large_order(const Task& task, Meter& meter) {
  LargeOrder order(task, meter);
  Solution best = order.greedy(Merit::snug);
  for (const Merit merit : {Merit::low, Merit::wall_x, Merit::wall_y, Merit::tight}) {
    if (meter.done()) break;
    Solution next = order.greedy(merit);
    if (better(next, best)) best = std::move(next);
  }
  if (best.left_volume > 0 && task.boxes.size() == 1 && task.boxes[0].available == 1) {
    std::vector<int> counts;
    for (const Kind& k : task.kinds) counts.push_back(k.count);
    Solution one;
    one.left_over = counts;
    Load load;
    load.placed = load_container(task, task.boxes[0], counts, meter);
    for (const Placed& p : load.placed) --one.left_over[static_cast<std::size_t>(p.kind)];
    for (std::size_t k = 0; k < counts.size(); ++k) one.left_volume += one.left_over[k] * task.kinds[k].volume;
    load.score = task.score(task.boxes[0], 0, 0);
    one.score = load.score;
    one.loads.push_back(std::move(load));
    if (better(one, best)) best = std::move(one);
  }
  if (best.left_volume == 0 && task.objective == Objective::boxes && use_fewer_parcels(task, 1, meter, best.loads)) {
    best.score = {};
    for (const Load& load : best.loads) best.score = best.score + load.score;
  }
  return best;
}

}  // namespace zifa::packing
