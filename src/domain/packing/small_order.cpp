#include "domain/packing/small_order.hpp"

#include <algorithm>

namespace zifa::packing {

namespace {
constexpr std::int64_t kMostParts = 600;
constexpr int kMostUnitsHere = 24;
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

SmallOrder::SmallOrder(const Task& task, Meter& meter) : task_(&task), meter_(&meter), fitter_(task, meter) { count_parts(); }

void SmallOrder::count_parts() {
  const std::size_t kinds = task_->kinds.size();
  stride_.resize(kinds);
  for (std::size_t k = 0; k < kinds; ++k) {
    stride_[k] = parts_;
    parts_ *= task_->kinds[k].count + 1;
  }
  counts_.resize(static_cast<std::size_t>(parts_) * kinds);
  volume_.resize(static_cast<std::size_t>(parts_));
  weight_.resize(static_cast<std::size_t>(parts_));
  for (int part = 0; part < parts_; ++part)
    for (std::size_t k = 0; k < kinds; ++k) {
      const int count = part / stride_[k] % (task_->kinds[k].count + 1);
      counts_[static_cast<std::size_t>(part) * kinds + k] = count;
      volume_[static_cast<std::size_t>(part)] += count * task_->kinds[k].volume;
      weight_[static_cast<std::size_t>(part)] += count * task_->kinds[k].weight;
    }
  tried_of_box_.resize(task_->boxes.size());
}

bool SmallOrder::part_within(int part, int whole) const {
  for (std::size_t k = 0; k < task_->kinds.size(); ++k)
    if (counts_at(part, k) > counts_at(whole, k)) return false;
  return true;
}

// What was found out before about this part, or about a part of it that already did not go in.
const SmallOrder::Tried* SmallOrder::known(int part, int box) const {
  for (const int i : tried_of_box_[static_cast<std::size_t>(box)]) {
    const Tried& t = tried_[static_cast<std::size_t>(i)];
    if (t.part == part || (t.fit != Fit::yes && part_within(t.part, part))) return &t;
  }
  return nullptr;
}

Fit SmallOrder::fit(int part, int box) {
  if (const Tried* t = known(part, box)) return t->fit;
  Tried now{part, box, Fit::no, {}};
  const std::size_t kinds = task_->kinds.size();
  int units = 0;
  for (std::size_t k = 0; k < kinds; ++k) units += counts_at(part, k);
  now.fit = fitter_.fit({counts_.data() + static_cast<std::size_t>(part) * kinds, kinds}, task_->boxes[static_cast<std::size_t>(box)], units <= 4 ? 4 : 24, now.placed);
  tried_.push_back(std::move(now));
  tried_of_box_[static_cast<std::size_t>(box)].push_back(static_cast<int>(tried_.size()) - 1);
  return tried_.back().fit;
}

// The cheapest carton for the whole part, as far as is known; `hopeful`: what was not found may still be there.
SmallOrder::Single SmallOrder::best_single(int part, bool hopeful) const {
  Single best;
  for (std::size_t b = 0; b < task_->boxes.size(); ++b) {
    const Box& box = task_->boxes[b];
    if (volume_[static_cast<std::size_t>(part)] > box.volume || weight_[static_cast<std::size_t>(part)] > box.max_weight) continue;
    bool alone = true;
    for (std::size_t k = 0; k < task_->kinds.size() && alone; ++k) alone = counts_at(part, k) == 0 || fits_alone(task_->kinds[k], box);
    if (!alone) continue;
    const Score score = task_->score(box, weight_[static_cast<std::size_t>(part)], volume_[static_cast<std::size_t>(part)]);
    if (score >= best.score) continue;
    const Tried* t = known(part, static_cast<int>(b));
    if (t != nullptr && (t->fit == Fit::no || (t->fit == Fit::not_found && !hopeful))) continue;
    best = {score, static_cast<int>(b)};
  }
  return best;
}

// best_[whole] = the least over the first parcel, which holds a unit of the first kind left, and the best split of the rest.
void SmallOrder::weigh_splits() {
  const std::size_t kinds = task_->kinds.size();
  best_.assign(static_cast<std::size_t>(parts_), kNever);
  first_parcel_.assign(static_cast<std::size_t>(parts_), 0);
  best_[0] = {};
  std::vector<int> taken(kinds);
  for (int whole = 1; whole < parts_; ++whole) {
    std::size_t first = 0;
    while (counts_at(whole, first) == 0) ++first;
    std::fill(taken.begin(), taken.end(), 0);
    taken[first] = 1;
    int part = stride_[first];
    Score& best = best_[static_cast<std::size_t>(whole)];
    for (;;) {
      const Score& one = single_[static_cast<std::size_t>(part)].score;
      if (one < best) {
        const Score sum = one + best_[static_cast<std::size_t>(whole - part)];
        if (sum < best) {
          best = sum;
          first_parcel_[static_cast<std::size_t>(whole)] = part;
        }
      }
      std::size_t k = first;
      while (k < kinds && taken[k] == counts_at(whole, k)) {
        const int floor = k == first ? 1 : 0;
        part -= (taken[k] - floor) * stride_[k];
        taken[k] = floor;
        ++k;
      }
      if (k == kinds) break;
      ++taken[k];
      part += stride_[k];
    }
  }
  meter_->spend(parts_ * 8);
}

std::optional<Solution> SmallOrder::solve() {
  const int whole = parts_ - 1;
  single_.assign(static_cast<std::size_t>(parts_), {});
  for (int part = 1; part < parts_; ++part) single_[static_cast<std::size_t>(part)] = best_single(part, false);
  for (;;) {
    weigh_splits();
    if (best_[static_cast<std::size_t>(whole)] >= kNever) return std::nullopt;
    bool all_fit = true;
    for (int rest = whole; rest > 0; rest -= first_parcel_[static_cast<std::size_t>(rest)]) {
      const int part = first_parcel_[static_cast<std::size_t>(rest)];
      Single& single = single_[static_cast<std::size_t>(part)];
      while (single.box >= 0 && fit(part, single.box) != Fit::yes) {
        all_fit = false;
        const Score before = single.score;
        single = best_single(part, false);
        if (before < single.score) break;
      }
    }
    if (all_fit) break;
  }
  Solution solution;
  solution.score = best_[static_cast<std::size_t>(whole)];
  std::vector<std::int64_t> used(task_->boxes.size());
  for (int rest = whole; rest > 0; rest -= first_parcel_[static_cast<std::size_t>(rest)]) {
    const int part = first_parcel_[static_cast<std::size_t>(rest)];
    const Single& single = single_[static_cast<std::size_t>(part)];
    if (++used[static_cast<std::size_t>(single.box)] > task_->boxes[static_cast<std::size_t>(single.box)].available) return std::nullopt;
    solution.loads.push_back({single.box, single.score, known(part, single.box)->placed});
  }
  solution.left_over.assign(task_->kinds.size(), 0);
  const bool doubt = std::any_of(tried_.begin(), tried_.end(), [](const Tried& t) { return t.fit == Fit::not_found; });
  solution.proven = true;
  if (doubt) {
    for (int part = 1; part < parts_; ++part) single_[static_cast<std::size_t>(part)] = best_single(part, true);
    weigh_splits();
    solution.proven = !(best_[static_cast<std::size_t>(whole)] < solution.score);
  }
  return solution;
}

}  // namespace zifa::packing
