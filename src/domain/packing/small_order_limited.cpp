// Cartons of which there are only so many: parcel by parcel, every part and carton for the first unit left, cut short where even
// unlimited cartons would not be better than what was found.
#include <algorithm>

#include "domain/packing/small_order.hpp"

namespace zifa::packing {

namespace {
std::size_t at(int i) { return static_cast<std::size_t>(i); }
}  // namespace

class SmallOrder::Limited {
 public:
  Limited(SmallOrder& order, Solution& best) : order_(order), best_(best) {
    for (const Box& one : order.task_->boxes) available_.push_back(one.available);
  }

  // False if the work ran out.
  bool run() {
    descend(order_.parts_ - 1, 0, {});
    return !order_.meter_->done();
  }

 private:
  struct Choice {
    Score score;
    int part = 0;
    int box = 0;
  };

  std::int64_t room() const {
    std::int64_t sum = 0;
    for (std::size_t b = 0; b < available_.size(); ++b) {
      const std::int64_t volume = order_.task_->boxes[b].volume;
      if (available_[b] > 0 && volume > (INT64_MAX / 4 - sum) / available_[b]) return INT64_MAX / 4;
      sum += available_[b] * volume;
    }
    return sum;
  }

  void descend(int rest, std::int64_t left_volume, Score score) {
    if (!order_.meter_->spend(20)) return;
    if (rest == 0) {
      if (left_volume < best_.left_volume || (left_volume == best_.left_volume && score < best_.score)) keep(left_volume, score);
      return;
    }
    const std::int64_t must_leave = left_volume + std::max<std::int64_t>(0, order_.volume_[at(rest)] - room());
    if (must_leave > best_.left_volume) return;
    // Whatever is left over from here on makes it worse, so all of it has to be packed.
    if (left_volume == best_.left_volume && !(score + order_.best_[at(rest)] < best_.score)) return;
    const auto counts = order_.counts_of(rest);
    int first = 0;
    while (counts[at(first)] == 0) ++first;

    std::vector<Choice> choices;
    for (int part = 1; part <= rest; ++part) {
      const auto taken = order_.counts_of(part);
      if (taken[at(first)] == 0 || !order_.part_within(part, rest)) continue;
      for (const int b : order_.offers(part)) {
        if (available_[at(b)] == 0) continue;
        const Score one = order_.task_->score(order_.box(b), order_.weight_[at(part)], order_.volume_[at(part)]);
        if (one < kNever) choices.push_back({one, part, b});
      }
    }
    std::sort(choices.begin(), choices.end(), [&](const Choice& a, const Choice& b) {
      const std::int64_t va = order_.volume_[at(a.part)], vb = order_.volume_[at(b.part)];
      if (va != vb) return va > vb;
      return a.score != b.score ? a.score < b.score : a.box < b.box;
    });
    for (const Choice& choice : choices) {
      if (order_.meter_->done()) return;
      if (left_volume == best_.left_volume && !(score + choice.score + order_.best_[at(rest - choice.part)] < best_.score)) continue;
      if (order_.fit(choice.part, choice.box) != Fit::yes) continue;
      --available_[at(choice.box)];
      path_.push_back(choice);
      descend(rest - choice.part, left_volume, score + choice.score);
      path_.pop_back();
      ++available_[at(choice.box)];
    }
    descend(rest - order_.stride_[at(first)], left_volume + order_.task_->kinds[at(first)].volume, score);
  }

  void keep(std::int64_t left_volume, Score score) {
    best_.loads.clear();
    best_.left_volume = left_volume;
    best_.score = score;
    for (std::size_t k = 0; k < order_.kinds_; ++k) best_.left_over[k] = order_.task_->kinds[k].count;
    for (const Choice& choice : path_) {
      best_.loads.push_back({choice.box, choice.score, order_.known(choice.part, choice.box)->placed});
      const auto counts = order_.counts_of(choice.part);
      for (std::size_t k = 0; k < order_.kinds_; ++k) best_.left_over[k] -= counts[k];
    }
  }

  SmallOrder& order_;
  Solution& best_;
  std::vector<std::int64_t> available_;
  std::vector<Choice> path_;
};

Solution SmallOrder::solve_limited(Solution best) {
  count_parts();
  single_.assign(at(parts_), {});
  for (int part = 1; part < parts_; ++part) single_[at(part)] = best_single(part, true);
  weigh_splits();
  const bool finished = Limited(*this, best).run();
  best.proven = finished && std::none_of(tried_.begin(), tried_.end(), [](const Tried& t) { return t.fit == Fit::not_found; });
  return best;
}

}  // namespace zifa::packing
