#include "domain/packing/small_order.hpp"

#include <algorithm>

namespace zifa::packing {

namespace {

constexpr std::int64_t kMostParts = 600;
constexpr int kMostUnitsHere = 24;

// Whether `a` costs no more than `b` for the same contents, whatever the service.
bool no_dearer(const Box& a, const Box& b) {
  return a.cost <= b.cost && a.tare <= b.tare && a.volume <= b.volume && a.outer[0] <= b.outer[0] && a.outer[1] <= b.outer[1] && a.outer[2] <= b.outer[2] &&
         a.available >= kMostUnits;
}

std::size_t at(int i) { return static_cast<std::size_t>(i); }

}  // namespace

bool SmallOrder::suits(const Task& task) {
  std::int64_t parts = 1;
  int units = 0;
  for (const Kind& kind : task.kinds) {
    parts *= kind.count + 1;
    units += kind.count;
    if (parts > kMostParts || units > kMostUnitsHere) return false;
  }
  return true;
}

SmallOrder::SmallOrder(const Task& task, Meter& meter) : task_(&task), meter_(&meter), fitter_(task, meter), kinds_(task.kinds.size()), tried_of_box_(task.boxes.size()) {
  for (const Kind& kind : task.kinds) {
    stride_.push_back(parts_);
    parts_ *= kind.count + 1;
  }
}

void SmallOrder::count_parts() {
  if (counted_) return;
  counted_ = true;
  counts_.resize(at(parts_) * kinds_);
  volume_.assign(at(parts_), 0);
  weight_.assign(at(parts_), 0);
  for (int part = 0; part < parts_; ++part)
    for (std::size_t k = 0; k < kinds_; ++k) {
      const int count = part / stride_[k] % (task_->kinds[k].count + 1);
      counts_[at(part) * kinds_ + k] = count;
      volume_[at(part)] += count * task_->kinds[k].volume;
      weight_[at(part)] += count * task_->kinds[k].weight;
    }
  offers_.resize(at(parts_));
  has_offers_.resize(at(parts_));
}

bool SmallOrder::part_within(int part, int whole) const {
  for (std::size_t k = 0; k < kinds_; ++k)
    if (counts_of(part)[k] > counts_of(whole)[k]) return false;
  return true;
}

// What was found out before about this part, or about a part of it that already did not go in.
const SmallOrder::Tried* SmallOrder::known(int part, int b) const {
  for (const int i : tried_of_box_[at(b)]) {
    const Tried& t = tried_[at(i)];
    if (t.part == part || (t.fit != Fit::yes && counted_ && part_within(t.part, part))) return &t;
  }
  return nullptr;
}

Fit SmallOrder::fit(int part, int b) {
  if (const Tried* t = known(part, b)) return t->fit;
  int units = 0;
  for (const int count : counts_of(part)) units += count;
  Tried now{part, b, Fit::no, {}};
  now.fit = fitter_.fit(counts_of(part), box(b), units <= 4 ? 4 : 100, now.placed);
  tried_of_box_[at(b)].push_back(static_cast<int>(tried_.size()));
  tried_.push_back(std::move(now));
  learn(part, b, tried_.back().fit);
  return tried_.back().fit;
}

std::vector<int>& SmallOrder::offers(int part) {
  std::vector<int>& list = offers_[at(part)];
  if (has_offers_[at(part)]) return list;
  has_offers_[at(part)] = 1;
  for (std::size_t b = 0; b < task_->boxes.size(); ++b) {
    const Box& one = task_->boxes[b];
    if (volume_[at(part)] > one.volume || weight_[at(part)] > one.max_weight) continue;
    bool alone = true;
    for (std::size_t k = 0; k < kinds_ && alone; ++k) alone = counts_of(part)[k] == 0 || fits_alone(task_->kinds[k], one);
    if (alone) list.push_back(static_cast<int>(b));
  }
  return list;
}

// A box that does not take the part is off the list, and so is one that can never be cheaper than a box that does.
void SmallOrder::learn(int part, int b, Fit fit) {
  std::vector<int>& list = offers(part);
  if (fit == Fit::no) std::erase(list, b);
  if (fit == Fit::yes && task_->prices_rise && task_->objective == Objective::cost && box(b).available >= kMostUnits)
    std::erase_if(list, [&](int other) { return other != b && no_dearer(box(b), box(other)); });
}

// The cheapest carton for the whole part, as far as is known; `hopeful`: what was not found may still be there.
SmallOrder::Single SmallOrder::best_single(int part, bool hopeful) {
  Single best;
  for (const int b : offers(part)) {
    const Score score = task_->score(box(b), weight_[at(part)], volume_[at(part)]);
    if (score >= best.score) continue;
    const Tried* t = known(part, b);
    if (t != nullptr && (t->fit == Fit::no || (t->fit == Fit::not_found && !hopeful))) continue;
    best = {score, b};
  }
  return best;
}

// What even the cheapest parcel with anything in it counts for.
Score SmallOrder::least_parcel() const {
  std::int64_t lightest = INT64_MAX;
  for (const Kind& kind : task_->kinds) lightest = std::min(lightest, kind.weight);
  Score least = kNever;
  for (const Box& one : task_->boxes) least = std::min(least, task_->score(one, lightest, one.volume));
  return least;
}

// Most orders go in one parcel that costs less than any two would; the splits need not be looked at then.
std::optional<Solution> SmallOrder::whole_in_one() {
  if (!counted_ && parts_ > 16) {
    // Only the whole order's entries; the others are made when they are needed.
    counts_.assign(at(parts_) * kinds_, 0);
    volume_.assign(at(parts_), 0);
    weight_.assign(at(parts_), 0);
    offers_.resize(at(parts_));
    has_offers_.resize(at(parts_));
    for (std::size_t k = 0; k < kinds_; ++k) {
      counts_[at(parts_ - 1) * kinds_ + k] = task_->kinds[k].count;
      volume_[at(parts_ - 1)] += task_->kinds[k].count * task_->kinds[k].volume;
      weight_[at(parts_ - 1)] += task_->kinds[k].count * task_->kinds[k].weight;
    }
  } else {
    count_parts();
  }
  const int whole = parts_ - 1;
  const bool one_unit = parts_ == 2;
  Score two{};
  if (!one_unit) {
    if (!task_->prices_rise && task_->objective == Objective::cost) return std::nullopt;
    const Score least = least_parcel();
    two = least + least;
  }
  bool doubt = false;
  for (;;) {
    const Single single = best_single(whole, false);
    if (meter_->done() || single.box < 0 || (!one_unit && two < single.score)) return std::nullopt;
    const Fit found = fit(whole, single.box);
    doubt |= found == Fit::not_found;
    if (found != Fit::yes) continue;
    Solution solution;
    solution.loads.push_back({single.box, single.score, known(whole, single.box)->placed});
    solution.left_over.assign(kinds_, 0);
    solution.score = single.score;
    solution.proven = !doubt || best_single(whole, true).score >= single.score;
    return solution;
  }
}

// best_[whole] = the least over the first parcel, which holds a unit of the first kind left, and the best split of the rest.
void SmallOrder::weigh_splits() {
  best_.assign(at(parts_), kNever);
  first_parcel_.assign(at(parts_), 0);
  best_[0] = {};
  std::vector<int> taken(kinds_);
  for (int whole = 1; whole < parts_; ++whole) {
    const auto counts = counts_of(whole);
    std::size_t first = 0;
    while (counts[first] == 0) ++first;
    std::fill(taken.begin(), taken.end(), 0);
    taken[first] = 1;
    int part = stride_[first];
    Score& best = best_[at(whole)];
    for (;;) {
      const Score& one = single_[at(part)].score;
      if (one < best) {
        const Score sum = one + best_[at(whole - part)];
        if (sum < best) {
          best = sum;
          first_parcel_[at(whole)] = part;
        }
      }
      std::size_t k = first;
      while (k < kinds_ && taken[k] == counts[k]) {
        const int floor = k == first ? 1 : 0;
        part -= (taken[k] - floor) * stride_[k];
        taken[k] = floor;
        ++k;
      }
      if (k == kinds_) break;
      ++taken[k];
      part += stride_[k];
    }
  }
  meter_->spend(parts_ * 8);
}

std::optional<Solution> SmallOrder::solve() {
  if (auto one = whole_in_one()) return one;
  count_parts();
  const int whole = parts_ - 1;
  single_.assign(at(parts_), {});
  for (int part = 1; part < parts_; ++part) single_[at(part)] = best_single(part, false);
  // Weigh with what is known, pack the winner in earnest, and weigh again if a part of it does not go in.
  for (bool all_fit = false; !all_fit;) {
    weigh_splits();
    if (best_[at(whole)] >= kNever || meter_->done()) return std::nullopt;
    all_fit = true;
    for (int rest = whole; rest > 0; rest -= first_parcel_[at(rest)]) {
      const int part = first_parcel_[at(rest)];
      Single& single = single_[at(part)];
      while (single.box >= 0 && fit(part, single.box) != Fit::yes) {
        const Score before = single.score;
        single = best_single(part, false);
        all_fit &= single.score == before;
      }
    }
  }
  Solution solution;
  solution.score = best_[at(whole)];
  std::vector<std::int64_t> used(task_->boxes.size());
  for (int rest = whole; rest > 0; rest -= first_parcel_[at(rest)]) {
    const int part = first_parcel_[at(rest)];
    const Single& single = single_[at(part)];
    if (++used[at(single.box)] > box(single.box).available) return std::nullopt;
    solution.loads.push_back({single.box, single.score, known(part, single.box)->placed});
  }
  solution.left_over.assign(kinds_, 0);
  solution.proven = true;
  if (std::any_of(tried_.begin(), tried_.end(), [](const Tried& t) { return t.fit == Fit::not_found; })) {
    for (int part = 1; part < parts_; ++part) single_[at(part)] = best_single(part, true);
    weigh_splits();
    solution.proven = !(best_[at(whole)] < solution.score);
  }
  return solution;
}

}  // namespace zifa::packing
