#include "domain/packing/blocks.hpp"

#include <algorithm>
#include <unordered_set>

namespace zifa::packing {

namespace {

constexpr std::size_t kMostBlocks = 10'000;
constexpr std::size_t kMostSimpleBlocks = 6'000;
constexpr std::int64_t kLeastFillPercent = 98;

class BlockMaking {
 public:
  BlockMaking(const Task& task, const Box& box, std::span<const int> counts, Meter& meter, std::int64_t work_to_leave)
      : task_(task), box_(box), counts_(counts), meter_(meter), work_to_leave_(work_to_leave) {}

  std::vector<Block> run() {
    add_single_units();
    pile_up();
    join_all();
    return std::move(blocks_);
  }

 private:
  bool may_make_more() { return meter_.spend(20) && meter_.left() > work_to_leave_; }

  void add_single_units() {
    for (std::size_t k = 0; k < counts_.size(); ++k) {
      if (counts_[k] == 0) continue;
      const Kind& mine = task_.kinds[k];
      for (int t = 0; t < mine.turn_count; ++t) {
        const Turned& turned = mine.turns[static_cast<std::size_t>(t)];
        if (!fits_turned(turned, box_) || mine.weight > box_.max_weight) continue;
        Block one;
        one.dx = turned.dx;
        one.dy = turned.dy;
        one.dz = turned.dz;
        one.volume = mine.volume;
        one.weight = mine.weight;
        one.needs = {{static_cast<int>(k), 1}};
        add(std::move(one));
      }
    }
  }

  // Bars, then walls, then blocks of one kind in one orientation.
  void pile_up() {
    const std::size_t singles = blocks_.size();
    const std::size_t share = kMostSimpleBlocks / std::max<std::size_t>(singles, 1);
    for (std::size_t s = 0; s < singles; ++s) {
      const std::size_t from = blocks_.size();
      std::vector<int> row{static_cast<int>(s)};
      for (int axis = 2; axis >= 0; --axis) {
        const std::vector<int> bases = row;
        for (const int base : bases) {
          int last = base;
          Block made;
          while (blocks_.size() - from < share && may_make_more() && joined(last, base, axis, made) && add(std::move(made))) {
            last = static_cast<int>(blocks_.size()) - 1;
            row.push_back(last);
            made = Block();
          }
        }
      }
    }
  }

  // Whatever matches, each with everything before it.
  void join_all() {
    for (std::size_t b = 0; b < blocks_.size() && blocks_.size() < kMostBlocks; ++b)
      for (std::size_t a = 0; a <= b && blocks_.size() < kMostBlocks; ++a)
        for (int axis = 0; axis < 3; ++axis) {
          if (!may_make_more()) return;
          Block made;
          if (joined(static_cast<int>(a), static_cast<int>(b), axis, made)) add(std::move(made));
        }
  }

  // The two side by side, if they match well enough and there are units for it.
  bool joined(int a, int b, int axis, Block& made) const {
    const Block& p = blocks_[static_cast<std::size_t>(a)];
    const Block& q = blocks_[static_cast<std::size_t>(b)];
    made.dx = axis == 0 ? p.dx + q.dx : std::max(p.dx, q.dx);
    made.dy = axis == 1 ? p.dy + q.dy : std::max(p.dy, q.dy);
    made.dz = axis == 2 ? p.dz + q.dz : std::max(p.dz, q.dz);
    if (made.dx > box_.l || made.dy > box_.w || made.dz > box_.h) return false;
    made.volume = p.volume + q.volume;
    if (made.volume * 100 < static_cast<std::int64_t>(made.dx) * made.dy * made.dz * kLeastFillPercent) return false;
    made.weight = p.weight + q.weight;
    if (made.weight > box_.max_weight) return false;
    made.units = p.units + q.units;
    made.needs = p.needs;
    for (const Need& need : q.needs) {
      const auto at = std::find_if(made.needs.begin(), made.needs.end(), [&](const Need& n) { return n.kind == need.kind; });
      if (at == made.needs.end()) made.needs.push_back(need);
      else at->count += need.count;
    }
    std::sort(made.needs.begin(), made.needs.end(), [](const Need& x, const Need& y) { return x.kind < y.kind; });
    for (const Need& need : made.needs)
      if (need.count > counts_[static_cast<std::size_t>(need.kind)]) return false;
    made.first = a;
    made.second = b;
    made.axis = axis;
    return true;
  }

  static std::uint64_t print_of(const Block& b) {
    std::uint64_t h = 1469598103934665603ULL;
    const auto mix = [&](std::uint64_t v) { h = (h ^ v) * 1099511628211ULL; h ^= h >> 29; };
    mix(static_cast<std::uint64_t>(b.dx));
    mix(static_cast<std::uint64_t>(b.dy));
    mix(static_cast<std::uint64_t>(b.dz));
    for (const Need& need : b.needs) mix(static_cast<std::uint64_t>(need.kind) << 32 | static_cast<std::uint64_t>(need.count));
    return h;
  }

  bool add(Block&& block) {
    if (!seen_.insert(print_of(block)).second) return false;
    blocks_.push_back(std::move(block));
    return true;
  }

  const Task& task_;
  const Box& box_;
  std::span<const int> counts_;
  Meter& meter_;
  std::int64_t work_to_leave_;
  std::vector<Block> blocks_;
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace

std::vector<Block> make_blocks(const Task& task, const Box& box, std::span<const int> counts, Meter& meter, std::int64_t work_to_leave) {
  return BlockMaking(task, box, counts, meter, work_to_leave).run();
}

void unfold(const std::vector<Block>& blocks, int block, int x, int y, int z, std::vector<Placed>& units) {
  const Block& b = blocks[static_cast<std::size_t>(block)];
  if (b.first < 0) {
    units.push_back({b.needs[0].kind, x, y, z, b.dx, b.dy, b.dz});
    return;
  }
  const Block& one = blocks[static_cast<std::size_t>(b.first)];
  unfold(blocks, b.first, x, y, z, units);
  unfold(blocks, b.second, x + (b.axis == 0 ? one.dx : 0), y + (b.axis == 1 ? one.dy : 0), z + (b.axis == 2 ? one.dz : 0), units);
}

}  // namespace zifa::packing
