#include "domain/packing/cheaper_parcels.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/splitmix.hpp"

namespace zifa::packing {

namespace {

__extension__ using Wide = __int128;

constexpr int kMostBins = 4;

class Repricing {
 public:
  Repricing(const Task& task, Meter& meter, std::vector<Load>& loads)
      : task_(task), meter_(meter), loads_(loads), fitter_(task, meter), least_(least_of(task.kinds)), counts_(task.kinds.size()), used_(task.boxes.size()) {
    for (const Load& load : loads) ++used_[static_cast<std::size_t>(load.box)];
    for (const Kind& k : task.kinds) units_in_all_ += k.count;
  }

  bool run() {
    bool lower = false;
    for (std::size_t i = 0; i < loads_.size() && !meter_.done(); ++i) lower |= shrink_in_place(loads_[i]);
    const std::int64_t patience = 60 + 10 * std::min<std::int64_t>(units_in_all_, 100);
    for (std::int64_t idle = 0; idle < patience && meter_.spend(100); ++idle)
      if (try_once()) {
        lower = true;
        idle = 0;
      }
    return lower;
  }

 private:
  const Kind& kind(int k) const { return task_.kinds[static_cast<std::size_t>(k)]; }
  const Box& box(int b) const { return task_.boxes[static_cast<std::size_t>(b)]; }

  bool shrink_in_place(Load& load) {
    --used_[static_cast<std::size_t>(load.box)];
    const Score before = load.score;
    shrink(load);
    ++used_[static_cast<std::size_t>(load.box)];
    return load.score < before;
  }

  // The same contents in the best carton found for them.
  void shrink(Load& load) {
    std::fill(counts_.begin(), counts_.end(), 0);
    std::int64_t weight = 0, volume = 0;
    std::uint64_t print = 0;
    for (const Placed& p : load.placed) {
      ++counts_[static_cast<std::size_t>(p.kind)];
      weight += kind(p.kind).weight;
      volume += kind(p.kind).volume;
    }
    for (const int c : counts_) print = (print ^ static_cast<std::uint64_t>(c)) * 0x9E3779B97F4A7C15ULL + (print >> 31);
    std::vector<std::pair<Score, int>> better;
    for (std::size_t b = 0; b < task_.boxes.size(); ++b) {
      const Box& other = task_.boxes[b];
      if (static_cast<int>(b) == load.box || volume > other.volume || weight > other.max_weight || used_[b] >= other.available) continue;
      const Score score = task_.score(other, weight, volume);
      if (score < load.score) better.push_back({score, static_cast<int>(b)});
    }
    std::sort(better.begin(), better.end());
    for (const auto& [score, b] : better) {
      const std::uint64_t key = print * 1000003 + static_cast<std::uint64_t>(b);
      const auto known = not_found_.find(key);
      if (known != not_found_.end()) continue;
      if (fitter_.fit(counts_, box(b), 2, placed_) == Fit::yes) {
        load.box = b;
        load.score = score;
        load.placed = placed_;
        return;
      }
      not_found_.emplace(key, true);
      if (meter_.done()) return;
    }
  }

  bool try_once() {
    const auto have = static_cast<int>(loads_.size());
    const int bins = std::min({have, kMostBins, 1 + static_cast<int>(dice_.between(0, 5) + 1) / 2});
    int chosen[kMostBins];
    for (int i = 0; i < bins;) {
      const int bin = static_cast<int>(dice_.between(0, have - 1));
      if (std::find(chosen, chosen + i, bin) == chosen + i) chosen[i++] = bin;
    }
    units_.clear();
    Score before;
    std::int64_t volume = 0;
    for (int i = 0; i < bins; ++i) {
      const Load& load = loads_[static_cast<std::size_t>(chosen[i])];
      before = before + load.score;
      --used_[static_cast<std::size_t>(load.box)];
      for (const Placed& p : load.placed) {
        units_.push_back(p.kind);
        volume += kind(p.kind).volume;
      }
    }
    const bool better = rebuild(before, volume);
    for (int i = 0; i < bins; ++i) {
      const Load& load = loads_[static_cast<std::size_t>(chosen[i])];
      ++used_[static_cast<std::size_t>(load.box)];
    }
    if (!better) return false;
    Score after;
    for (const Load& load : made_) after = after + load.score;
    std::sort(chosen, chosen + bins, std::greater<>());
    for (int i = 0; i < bins; ++i) {
      --used_[static_cast<std::size_t>(loads_[static_cast<std::size_t>(chosen[i])].box)];
      loads_.erase(loads_.begin() + chosen[i]);
    }
    for (Load& load : made_) {
      ++used_[static_cast<std::size_t>(load.box)];
      loads_.push_back(std::move(load));
    }
    return after < before;
  }

  // Spreads units_ over new parcels into made_. True if they count for no more than `before`.
  bool rebuild(Score before, std::int64_t volume) {
    made_.clear();
    Score sum;
    keyed_.clear();
    const std::int64_t noise = dice_.between(0, 3) * dice_.between(0, 40);
    for (const int u : units_) keyed_.push_back({kind(u).volume * (64 + dice_.between(0, noise)), u});
    std::sort(keyed_.begin(), keyed_.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    bool fine = true;
    while (!keyed_.empty() && fine) {
      // A carton at random; the better of two where it is not clear.
      Load best;
      std::int64_t best_volume = 0;
      const int looks = 1 + static_cast<int>(dice_.between(0, 1));
      for (int look = 0; look < looks; ++look) {
        const int b = static_cast<int>(dice_.between(0, static_cast<std::int64_t>(task_.boxes.size()) - 1));
        const Box& other = box(b);
        if (used_[static_cast<std::size_t>(b)] >= other.available) continue;
        filling_.open(other, task_.support, least_);
        const auto merit = static_cast<Merit>(dice_.between(0, kMerits - 1));
        int failed = -1;
        for (const auto& [key, u] : keyed_)
          if (u != failed && !filling_.insert(kind(u), u, merit)) failed = u;
        meter_.spend(filling_.take_work());
        if (filling_.placed().empty()) continue;
        const Score score = task_.score(other, filling_.weight(), filling_.volume());
        if (score >= kNever) continue;
        if (!best.placed.empty() && Wide{score.first} * best_volume >= Wide{best.score.first} * filling_.volume()) continue;
        best = {b, score, filling_.placed()};
        best_volume = filling_.volume();
      }
      if (best.placed.empty()) {
        fine = false;
        break;
      }
      shrink(best);
      sum = sum + best.score;
      volume -= best_volume;
      fine = !(before < sum) && (volume == 0 || sum < before);
      ++used_[static_cast<std::size_t>(best.box)];
      for (const Placed& p : best.placed)
        keyed_.erase(std::find_if(keyed_.begin(), keyed_.end(), [&](const auto& k) { return k.second == p.kind; }));
      made_.push_back(std::move(best));
    }
    for (const Load& load : made_) --used_[static_cast<std::size_t>(load.box)];
    return fine;
  }

  const Task& task_;
  Meter& meter_;
  std::vector<Load>& loads_;
  Fitter fitter_;
  Turned least_;
  SplitMix dice_{7};
  Filling filling_;
  std::vector<int> counts_;
  std::vector<std::int64_t> used_;
  std::vector<Placed> placed_;
  std::vector<int> units_;
  std::vector<std::pair<std::int64_t, int>> keyed_;
  std::vector<Load> made_;
  std::unordered_map<std::uint64_t, bool> not_found_;
  std::int64_t units_in_all_ = 0;
};

}  // namespace

bool use_cheaper_parcels(const Task& task, Meter& meter, std::vector<Load>& loads) { return Repricing(task, meter, loads).run(); }

}  // namespace zifa::packing
