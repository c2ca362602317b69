// The packer's own picture of one order: kinds of units and boxes in plain integers, checked, merged and bounded.
// Private to domain/packing.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <vector>

#include "domain/packing/packing.hpp"

namespace zifa::packing {

// An orientation: the sides along x, y and z.
struct Turned {
  int dx = 0, dy = 0, dz = 0;
  auto operator<=>(const Turned&) const = default;
};

// Units that are alike in every respect that packing knows.
struct Kind {
  std::array<Turned, 6> turns{};
  int turn_count = 0;
  bool stackable = true;
  std::int64_t volume = 0;
  std::int64_t weight = 0;
  int count = 0;
  std::vector<std::size_t> items;  // the order's item of each unit

  auto same_as() const { return std::tuple(turns, turn_count, stackable, weight); }
};

struct Box {
  int l = 0, w = 0, h = 0;
  std::int64_t volume = 0;
  std::int64_t outer_volume = 0;
  std::int64_t max_weight = 0;
  std::int64_t tare = 0;
  std::int64_t cost = 0;
  std::array<std::int64_t, 3> outer{};  // longest first
  std::int64_t available = 0;  // kMostUnits when there is no limit
  std::size_t carton = 0;      // the caller's index
};

struct Placed {
  int kind = 0;
  int x = 0, y = 0, z = 0;
  int dx = 0, dy = 0, dz = 0;
};

// Counts work done, so that an answer depends on the input and the amount of work alone.
class Meter {
 public:
  explicit Meter(const Effort& effort) : keep_going_(&effort.keep_going), left_(effort.work) {}

  // True while there is work left.
  bool spend(std::int64_t work) {
    left_ -= work;
    since_asked_ += work;
    if (since_asked_ >= kAskEvery) ask();
    return left_ > 0;
  }
  bool done() const { return left_ <= 0; }
  std::int64_t left() const { return left_; }
  // A meter for one task among several. What it used is paid for by pay().
  Meter part(std::int64_t work) const {
    Meter mine = *this;
    mine.left_ = std::min(work, left_);
    mine.given_ = mine.left_;
    return mine;
  }
  void pay(const Meter& part) { spend(part.given_ - std::max<std::int64_t>(part.left_, 0)); }

 private:
  static constexpr std::int64_t kAskEvery = 50'000;
  void ask() {
    since_asked_ = 0;
    if (*keep_going_ && !(*keep_going_)()) left_ = 0;
  }
  const std::function<bool()>* keep_going_;
  std::int64_t left_;
  std::int64_t given_ = 0;
  std::int64_t since_asked_ = 0;
};

// Smaller is better, first by `first`. Adds up over parcels.
struct Score {
  std::int64_t first = 0, second = 0;
  auto operator<=>(const Score&) const = default;
  friend Score operator+(Score a, Score b) { return {a.first + b.first, a.second + b.second}; }
  friend Score operator-(Score a, Score b) { return {a.first - b.first, a.second - b.second}; }
};
inline constexpr Score kNever{INT64_MAX / 4, 0};

// A filled carton.
struct Load {
  int box = 0;
  Score score;
  std::vector<Placed> placed;
};

struct Solution {
  std::vector<Load> loads;
  std::vector<int> left_over;  // units by kind that found no carton
  std::int64_t left_volume = 0;
  Score score;
  bool proven = false;
};

// One group of units that may travel together, with the cartons offered.
struct Task {
  std::vector<Kind> kinds;
  std::vector<Box> boxes;
  int support = 0;
  bool prices_rise = true;
  Objective objective = Objective::boxes;
  const Price* price = nullptr;
  std::span<const Carton> cartons;

  // What a parcel counts for in the objective; kNever if it may not be sent.
  Score score(const Box& box, std::int64_t contents_g, std::int64_t contents_mm3) const;
};

Draft draft_of(const Box& box, const Carton& carton, std::int64_t contents_g, std::int64_t contents_mm3);

inline bool fits_turned(const Turned& t, const Box& box) { return t.dx <= box.l && t.dy <= box.w && t.dz <= box.h; }
inline bool fits_alone(const Kind& kind, const Box& box) {
  if (kind.weight > box.max_weight) return false;
  for (int t = 0; t < kind.turn_count; ++t)
    if (fits_turned(kind.turns[t], box)) return true;
  return false;
}

}  // namespace zifa::packing
