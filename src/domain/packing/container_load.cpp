#include "domain/packing/container_load.hpp"

#include <algorithm>

#include "domain/packing/blocks.hpp"

namespace zifa::packing {

namespace {

// Beyond this, the longest rows of units are not worked out.
constexpr std::size_t kMostReachWork = 4'000'000;

// What choosing among blocks needs, close together in memory.
struct Candidate {
  int dx = 0, dy = 0, dz = 0;
  int block = 0;
  int kind = -1;  // of all its units; -1 = several kinds
  int units = 0;
  std::int64_t volume = 0;
};

struct Put {
  int block = 0;
  int x = 0, y = 0, z = 0;
};

struct State {
  std::vector<Space> spaces;
  std::vector<int> left;
  std::vector<Put> puts;
  std::int64_t volume = 0;
  std::int64_t weight = 0;
  std::int64_t promise = 0;  // volume of the quick completion
};

class Loading {
 public:
  Loading(const Task& task, const Box& box, std::span<const int> counts, Meter& meter) : task_(task), box_(box), counts_(counts.begin(), counts.end()), meter_(meter), least_(least_of(task.kinds)) {
    std::int64_t all_weight = 0;
    for (std::size_t k = 0; k < counts_.size(); ++k) {
      all_volume_ += counts_[k] * task.kinds[k].volume;
      all_weight += counts_[k] * task.kinds[k].weight;
    }
    weight_counts_ = all_weight > box.max_weight;
    // Blocks are made for a quarter of the work there is; the search needs the rest.
    blocks_ = make_blocks(task, box, counts_, meter, meter.left() / 4 * 3);
    list_candidates();
    find_reachable();
    while (box_.volume >> shift_ >= std::int64_t{1} << 40) ++shift_;
  }

  void run() {
    State root;
    root.spaces.push_back({0, 0, 0, box_.l, box_.w, box_.h});
    root.left = counts_;
    complete(root, all_candidates_);
    for (int width = 1; width < 5000 && !finished(); width += (width + 1) / 2) beam(root, width);
  }

  std::vector<Placed> placed() const {
    std::vector<Placed> all;
    for (const Put& put : best_.puts) unfold(blocks_, put.block, put.x, put.y, put.z, all);
    return all;
  }

 private:
  bool finished() const { return meter_.done() || best_.volume == all_volume_; }

  // Largest first.
  void list_candidates() {
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const Block& block = blocks_[b];
      all_candidates_.push_back({block.dx, block.dy, block.dz, static_cast<int>(b), block.needs.size() == 1 ? block.needs[0].kind : -1, block.units, block.volume});
    }
    std::stable_sort(all_candidates_.begin(), all_candidates_.end(), [](const Candidate& x, const Candidate& y) { return x.volume > y.volume; });
  }

  // reach_[axis][n] = the longest row of units that fits into n.
  void find_reachable() {
    const int limits[3] = {box_.l, box_.w, box_.h};
    for (int axis = 0; axis < 3; ++axis) {
      std::vector<int>& reach = reach_[axis];
      std::vector<char> sum(static_cast<std::size_t>(limits[axis]) + 1);
      sum[0] = 1;
      const bool too_much = counts_.size() * sum.size() > kMostReachWork;
      if (too_much) std::fill(sum.begin(), sum.end(), char{1});
      for (std::size_t k = 0; k < counts_.size(); ++k) {
        if (counts_[k] == 0 || too_much) continue;
        std::vector<int> sides;
        for (int t = 0; t < task_.kinds[k].turn_count; ++t) {
          const Turned& turned = task_.kinds[k].turns[static_cast<std::size_t>(t)];
          if (fits_turned(turned, box_)) sides.push_back(axis == 0 ? turned.dx : axis == 1 ? turned.dy : turned.dz);
        }
        std::sort(sides.begin(), sides.end());
        sides.erase(std::unique(sides.begin(), sides.end()), sides.end());
        // Used so far of this kind for each sum: the fewest.
        std::vector<int> used(sum.size(), 0);
        for (const int side : sides)
          for (std::size_t n = static_cast<std::size_t>(side); n < sum.size(); ++n) {
            const std::size_t from = n - static_cast<std::size_t>(side);
            if (!sum[n] && sum[from] && used[from] < counts_[k]) {
              sum[n] = 1;
              used[n] = used[from] + 1;
            }
          }
      }
      reach.resize(sum.size());
      int last = 0;
      for (std::size_t n = 0; n < sum.size(); ++n) {
        if (sum[n]) last = static_cast<int>(n);
        reach[n] = last;
      }
    }
  }

  struct Corner {
    std::size_t space = 0;
    bool right = false, back = false, top = false;
  };

  // The corner of the space that is nearest a corner of the container.
  Corner corner_of(const Space& s, std::size_t index) const { return {index, s.x1 > box_.l - s.x2, s.y1 > box_.w - s.y2, s.z1 > box_.h - s.z2}; }

  // The space nearest a corner of the container, and which corner.
  bool nearest(const State& state, Corner& best) const {
    std::int64_t least = INT64_MAX, most_volume = 0;
    for (std::size_t i = 0; i < state.spaces.size(); ++i) {
      const Space& s = state.spaces[i];
      int d[3] = {std::min(s.x1, box_.l - s.x2), std::min(s.y1, box_.w - s.y2), std::min(s.z1, box_.h - s.z2)};
      if (d[0] > d[1]) std::swap(d[0], d[1]);
      if (d[1] > d[2]) std::swap(d[1], d[2]);
      if (d[0] > d[1]) std::swap(d[0], d[1]);
      const std::int64_t distance = static_cast<std::int64_t>(d[0]) << 34 | static_cast<std::int64_t>(d[1]) << 17 | d[2];
      const std::int64_t volume = static_cast<std::int64_t>(s.x2 - s.x1) * (s.y2 - s.y1) * (s.z2 - s.z1);
      if (distance > least || (distance == least && volume <= most_volume)) continue;
      least = distance;
      most_volume = volume;
      best = corner_of(s, i);
    }
    return !state.spaces.empty();
  }

  bool possible(const State& state, const Candidate& c) const {
    if (c.kind >= 0 && c.units > state.left[static_cast<std::size_t>(c.kind)]) return false;
    if (c.kind >= 0 && !weight_counts_) return true;
    const Block& b = blocks_[static_cast<std::size_t>(c.block)];
    if (state.weight + b.weight > box_.max_weight) return false;
    for (const Need& need : b.needs)
      if (need.count > state.left[static_cast<std::size_t>(need.kind)]) return false;
    return true;
  }

  // The share of the block's surface, as 20 binary digits, that would lie close to the walls or to other blocks.
  std::int64_t contact(const State& state, const Candidate& c, const Space& s) {
    const Corner corner = corner_of(s, 0);
    const int x = corner.right ? s.x2 - c.dx : s.x1, y = corner.back ? s.y2 - c.dy : s.y1, z = corner.top ? s.z2 - c.dz : s.z1;
    const int x2 = x + c.dx, y2 = y + c.dy, z2 = z + c.dz;
    const int near_x = c.dx / 25, near_y = c.dy / 25, near_z = c.dz / 25;
    const std::int64_t ax = static_cast<std::int64_t>(c.dy) * c.dz, ay = static_cast<std::int64_t>(c.dx) * c.dz, az = static_cast<std::int64_t>(c.dx) * c.dy;
    std::int64_t area = ax * ((x <= near_x) + (box_.l - x2 <= near_x)) + ay * ((y <= near_y) + (box_.w - y2 <= near_y)) + az * ((z <= near_z) + (box_.h - z2 <= near_z));
    for (const Put& p : state.puts) {
      const Block& b = blocks_[static_cast<std::size_t>(p.block)];
      const int ox = std::min(x2, p.x + b.dx) - std::max(x, p.x), oy = std::min(y2, p.y + b.dy) - std::max(y, p.y), oz = std::min(z2, p.z + b.dz) - std::max(z, p.z);
      if (ox > 0 && oy > 0 && -oz <= near_z) area += static_cast<std::int64_t>(ox) * oy;
      else if (ox > 0 && oz > 0 && -oy <= near_y) area += static_cast<std::int64_t>(ox) * oz;
      else if (oy > 0 && oz > 0 && -ox <= near_x) area += static_cast<std::int64_t>(oy) * oz;
    }
    meter_.spend(static_cast<std::int64_t>(state.puts.size()));
    const std::int64_t surface = 2 * (ax + ay + az);
    return surface < std::int64_t{1} << 42 ? (area << 20) / surface : area / (surface >> 20);
  }

  // The best `most` of the candidates for the space, best first. Candidates come largest first.
  void rank(const State& state, const std::vector<Candidate>& candidates, const Space& s, std::size_t most, std::vector<std::pair<std::int64_t, int>>& best) {
    best.clear();
    const int sx = s.x2 - s.x1, sy = s.y2 - s.y1, sz = s.z2 - s.z1;
    const std::int64_t room = static_cast<std::int64_t>(sx) * sy * sz;
    const std::int64_t scaled_room = std::max<std::int64_t>(room >> shift_, 1);
    const auto from = std::partition_point(candidates.begin(), candidates.end(), [&](const Candidate& c) { return c.volume > room; });
    std::int64_t looked = 10;
    for (auto it = from; it != candidates.end(); ++it) {
      ++looked;
      const Candidate& c = *it;
      if (best.size() == most && c.volume >> shift_ << 20 <= best.back().first) break;
      if (c.dx > sx || c.dy > sy || c.dz > sz) continue;
      looked += 3;
      const std::int64_t usable = static_cast<std::int64_t>(c.dx + reach_[0][static_cast<std::size_t>(sx - c.dx)]) * (c.dy + reach_[1][static_cast<std::size_t>(sy - c.dy)]) *
                                  (c.dz + reach_[2][static_cast<std::size_t>(sz - c.dz)]);
      // The share of the space that can still be used counts with its sixth power.
      std::int64_t share = ((usable >> shift_) << 20) / scaled_room;
      const std::int64_t square = share * share >> 20;
      share = square * square >> 20;
      share = share * square >> 20;
      std::int64_t value = (c.volume >> shift_) * share;
      if ((best.size() == most && value <= best.back().first) || !possible(state, c)) continue;
      value = (value >> 20) * contact(state, c, s);
      if (best.size() == most && value <= best.back().first) continue;
      const auto place = std::upper_bound(best.begin(), best.end(), value, [](std::int64_t v, const auto& p) { return v > p.first; });
      best.insert(place, {value, c.block});
      if (best.size() > most) best.pop_back();
    }
    meter_.spend(looked / 2);
  }

  void put(State& state, const Corner& corner, int block) {
    const Space s = state.spaces[corner.space];
    const Block& b = blocks_[static_cast<std::size_t>(block)];
    const int x = corner.right ? s.x2 - b.dx : s.x1, y = corner.back ? s.y2 - b.dy : s.y1, z = corner.top ? s.z2 - b.dz : s.z1;
    state.puts.push_back({block, x, y, z});
    state.volume += b.volume;
    state.weight += b.weight;
    for (const Need& need : b.needs) state.left[static_cast<std::size_t>(need.kind)] -= need.count;
    meter_.spend(occupy(state.spaces, cut_, {x, y, z, x + b.dx, y + b.dy, z + b.dz}, least_));
  }

  void keep_if_best(const State& state) {
    if (state.volume > best_.volume) best_ = state;
  }

  // Fills up by always taking the best block; the volume reached.
  std::int64_t complete(const State& from, const std::vector<Candidate>& candidates) {
    scratch_ = from;
    Corner corner;
    while (!meter_.done() && nearest(scratch_, corner)) {
      rank(scratch_, candidates, scratch_.spaces[corner.space], 1, one_);
      if (one_.empty()) {
        forget(scratch_, corner);
        continue;
      }
      put(scratch_, corner, one_[0].second);
    }
    keep_if_best(scratch_);
    return scratch_.volume;
  }

  static void forget(State& state, const Corner& corner) {
    state.spaces[corner.space] = state.spaces.back();
    state.spaces.pop_back();
  }

  void beam(const State& root, int width) {
    std::vector<State> level{root};
    std::vector<Candidate> candidates;
    while (!level.empty() && !finished()) {
      std::vector<State> next;
      for (State& state : level) {
        candidates.clear();
        for (const Candidate& c : all_candidates_)
          if (possible(state, c)) candidates.push_back(c);
        meter_.spend(static_cast<std::int64_t>(all_candidates_.size()));
        Corner corner;
        many_.clear();
        while (many_.empty() && nearest(state, corner)) {
          rank(state, candidates, state.spaces[corner.space], static_cast<std::size_t>(width), many_);
          if (many_.empty()) forget(state, corner);
        }
        for (const auto& [value, block] : many_) {
          State child = state;
          put(child, corner, block);
          child.promise = complete(child, candidates);
          if (finished()) return;
          next.push_back(std::move(child));
        }
      }
      std::stable_sort(next.begin(), next.end(), [](const State& a, const State& b) { return a.promise != b.promise ? a.promise > b.promise : a.volume > b.volume; });
      // Two ways to the same place are one.
      next.erase(std::unique(next.begin(), next.end(), [](const State& a, const State& b) { return a.promise == b.promise && a.volume == b.volume; }), next.end());
      if (next.size() > static_cast<std::size_t>(width)) next.resize(static_cast<std::size_t>(width));
      level = std::move(next);
    }
  }

  const Task& task_;
  Box box_;
  std::vector<int> counts_;
  Meter& meter_;
  Turned least_;
  std::int64_t all_volume_ = 0;
  bool weight_counts_ = false;
  int shift_ = 0;
  std::vector<Block> blocks_;
  std::vector<Candidate> all_candidates_;
  std::vector<int> reach_[3];
  std::vector<Space> cut_;
  State scratch_, best_;
  std::vector<std::pair<std::int64_t, int>> one_, many_;
};

}  // namespace

std::vector<Placed> load_container(const Task& task, const Box& box, std::span<const int> counts, Meter& meter) {
  Loading loading(task, box, counts, meter);
  loading.run();
  return loading.placed();
}

}  // namespace zifa::packing
