#include "domain/packing/fewer_parcels.hpp"

#include <algorithm>

#include "base/splitmix.hpp"

namespace zifa::packing {

namespace {

constexpr int kMostBins = 5;

class Spreading {
 public:
  Spreading(const Task& task, Meter& meter, std::vector<Load>& loads, std::uint64_t seed) : task_(task), meter_(meter), loads_(loads), least_(least_of(task.kinds)), dice_(seed) {
    const std::size_t kinds = task.kinds.size();
    for (const Kind& k : task.kinds) {
      const Turned& t = k.turns[0];
      const std::int64_t longest = std::max({t.dx, t.dy, t.dz}), shortest = std::min({t.dx, t.dy, t.dz});
      measures_[0].push_back(k.volume);
      measures_[1].push_back(longest * longest * longest);
      measures_[2].push_back(k.volume / shortest * longest);
      measures_[3].push_back(std::int64_t{t.dx} * t.dy * longest);
    }
    key_.resize(kinds);
  }

  // One parcel less, if work allows.
  bool remove_one() {
    take_away_smallest();
    return empty_pool();
  }

  // The least left over that is found.
  void leave_less(std::vector<int>& left_over) {
    pool_.clear();
    for (std::size_t k = 0; k < left_over.size(); ++k) pool_.insert(pool_.end(), static_cast<std::size_t>(left_over[k]), static_cast<int>(k));
    for (const Load& load : loads_) bin_volume_ = std::max(bin_volume_, task_.boxes[static_cast<std::size_t>(load.box)].volume);
    least_loads_ = loads_;
    least_units_ = pool_;
    if (!empty_pool()) {
      loads_ = least_loads_;
      pool_ = least_units_;
    }
    std::fill(left_over.begin(), left_over.end(), 0);
    for (const int unit : pool_) ++left_over[static_cast<std::size_t>(unit)];
  }

 private:
  const Kind& kind(int k) const { return task_.kinds[static_cast<std::size_t>(k)]; }
  std::int64_t volume_of(const std::vector<int>& units) const {
    std::int64_t volume = 0;
    for (const int u : units) volume += kind(u).volume;
    return volume;
  }

  bool empty_pool() {
    std::int64_t pool_volume = volume_of(pool_);
    std::int64_t least_pool = pool_volume;
    std::int64_t units = static_cast<std::int64_t>(pool_.size());
    for (const Load& load : loads_) units += static_cast<std::int64_t>(load.placed.size());
    // A few units are soon settled; the more there are, the later the last improvement comes.
    const std::int64_t patience = 500 + 10 * units + units * units * std::min<std::int64_t>(units, 300) / 6;
    std::int64_t since_better = 0;
    while (!pool_.empty()) {
      if (!meter_.spend(50) || since_better > patience) return false;
      const int bins = choose_bins();
      // Sometimes a step back is taken, a longer one when nothing has got better for long.
      const std::int64_t slack = dice_.between(0, 9) == 0 ? bin_volume_ / 100 * dice_.between(0, since_better > 2000 ? 12 : 4) : 0;
      ++since_better;
      if (!repack(bins, pool_volume + slack)) continue;
      pool_volume = volume_of(pool_);
      if (pool_volume >= least_pool) continue;
      least_pool = pool_volume;
      since_better = 0;
      if (!least_loads_.empty()) {
        least_loads_ = loads_;
        least_units_ = pool_;
      }
    }
    return true;
  }

  void take_away_smallest() {
    std::size_t smallest = 0;
    std::int64_t least = INT64_MAX;
    bin_volume_ = 0;
    for (std::size_t i = 0; i < loads_.size(); ++i) {
      std::int64_t volume = 0;
      for (const Placed& p : loads_[i].placed) volume += kind(p.kind).volume;
      if (volume < least) {
        least = volume;
        smallest = i;
      }
      bin_volume_ = std::max(bin_volume_, task_.boxes[static_cast<std::size_t>(loads_[i].box)].volume);
    }
    pool_.clear();
    for (const Placed& p : loads_[smallest].placed) pool_.push_back(p.kind);
    loads_.erase(loads_.begin() + static_cast<std::ptrdiff_t>(smallest));
  }

  int choose_bins() {
    const auto have = static_cast<int>(loads_.size());
    const auto roll = dice_.between(0, 9);
    const int bins = std::min(have, roll < 2 ? 1 : roll < 6 ? 2 : roll < 9 ? 3 : 4);
    for (int i = 0; i < bins;) {
      const int bin = static_cast<int>(dice_.between(0, have - 1));
      if (std::find(chosen_, chosen_ + i, bin) != chosen_ + i) continue;
      chosen_[i++] = bin;
    }
    return bins;
  }

  bool repack(int bins, std::int64_t most_left) {
    units_ = pool_;
    const auto from_pool = units_.size();
    for (int i = 0; i < bins; ++i)
      for (const Placed& p : loads_[static_cast<std::size_t>(chosen_[i])].placed) units_.push_back(p.kind);
    const auto& measure = measures_[static_cast<std::size_t>(dice_.between(0, 3))];
    const std::int64_t noise = 1 + dice_.between(0, 3) * dice_.between(0, 20);
    keyed_.clear();
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const std::int64_t m = measure[static_cast<std::size_t>(units_[i])];
      std::int64_t key = m / 128 * (128 + dice_.between(0, noise)) + m % 128;
      if (i < from_pool) key += key / 4;
      keyed_.push_back({key, units_[i]});
    }
    std::sort(keyed_.begin(), keyed_.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    const auto merit = static_cast<Merit>(dice_.between(0, kMerits - 1));
    for (int i = 0; i < bins; ++i) fillings_[i].open(task_.boxes[static_cast<std::size_t>(loads_[static_cast<std::size_t>(chosen_[i])].box)], task_.support, least_);
    left_.clear();
    std::int64_t left_volume = 0;
    bool hopeless = false;
    for (const auto& [key, unit] : keyed_) {
      bool placed = false;
      for (int i = 0; i < bins && !placed; ++i) placed = fillings_[i].insert(kind(unit), unit, merit);
      if (placed) continue;
      left_.push_back(unit);
      left_volume += kind(unit).volume;
      if (left_volume > most_left) {
        hopeless = true;
        break;
      }
    }
    std::int64_t work = 100;
    for (int i = 0; i < bins; ++i) work += fillings_[i].take_work();
    meter_.spend(work);
    if (hopeless) return false;
    if (*task_.price)
      for (int i = 0; i < bins; ++i)
        if (task_.score(fillings_[i].box(), fillings_[i].weight(), fillings_[i].volume()) >= kNever) return false;
    for (int i = 0; i < bins; ++i) loads_[static_cast<std::size_t>(chosen_[i])].placed = fillings_[i].placed();
    pool_.swap(left_);
    return true;
  }

  const Task& task_;
  Meter& meter_;
  std::vector<Load>& loads_;
  Turned least_;
  SplitMix dice_;
  std::vector<std::int64_t> measures_[4];
  std::vector<std::int64_t> key_;
  std::vector<int> pool_, units_, left_;
  std::vector<std::pair<std::int64_t, int>> keyed_;
  Filling fillings_[kMostBins];
  int chosen_[kMostBins]{};
  std::int64_t bin_volume_ = 0;
  std::vector<Load> least_loads_;
  std::vector<int> least_units_;
};

}  // namespace

namespace {

void weigh(const Task& task, std::vector<Load>& loads) {
  std::erase_if(loads, [](const Load& load) { return load.placed.empty(); });
  for (Load& load : loads) {
    std::int64_t weight = 0, volume = 0;
    for (const Placed& p : load.placed) {
      weight += task.kinds[static_cast<std::size_t>(p.kind)].weight;
      volume += task.kinds[static_cast<std::size_t>(p.kind)].volume;
    }
    load.score = task.score(task.boxes[static_cast<std::size_t>(load.box)], weight, volume);
  }
}

}  // namespace

bool use_fewer_parcels(const Task& task, int floor, Meter& meter, std::vector<Load>& loads) {
  bool lower = false;
  std::int64_t units = 0;
  for (const Kind& kind : task.kinds) units += kind.count;
  const std::uint64_t attempts = units < 40 ? 1 : 4;
  for (std::uint64_t attempt = 0; attempt < attempts && !meter.done() && static_cast<int>(loads.size()) > std::max(floor, 1);) {
    std::vector<Load> fewer = loads;
    if (!Spreading(task, meter, fewer, 20'000 + attempt).remove_one()) {
      ++attempt;
      continue;
    }
    weigh(task, fewer);
    loads = std::move(fewer);
    lower = true;
  }
  return lower;
}

void leave_less_over(const Task& task, Meter& meter, std::vector<Load>& loads, std::vector<int>& left_over) {
  if (loads.empty()) return;
  Spreading(task, meter, loads, 20'000).leave_less(left_over);
  weigh(task, loads);
}

}  // namespace zifa::packing
