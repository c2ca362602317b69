// The best packing of an order with few units: every way to split it over parcels is weighed, and only those splits that could
// be best are packed in earnest. Proven best whenever each "does not fit" on the way was proven.
// Private to domain/packing.
#pragma once

#include <vector>

#include "domain/packing/fit.hpp"

namespace zifa::packing {

class SmallOrder {
 public:
  // Whether the order has few enough different parts.
  static bool suits(const Task& task);

  SmallOrder(const Task& task, Meter& meter);
  // For the task's present objective and price; may be called again after these have changed.
  // Nothing if the numbers of cartons stand in the way, or the work ran out.
  std::optional<Solution> solve();
  // The same within the numbers of cartons, leaving over the least volume. Starts from a solution that keeps to them.
  Solution solve_limited(Solution start);

 private:
  struct Tried {
    int part = 0;
    int box = 0;
    Fit fit = Fit::no;
    std::vector<Placed> placed;
  };
  struct Single {
    Score score = kNever;
    int box = -1;
  };
  class Limited;

  std::optional<Solution> whole_in_one();
  Score least_parcel() const;
  void count_parts();
  void weigh_splits();
  Single best_single(int part, bool hopeful);
  Fit fit(int part, int box);
  const Tried* known(int part, int box) const;
  std::vector<int>& offers(int part);
  void learn(int part, int box, Fit fit);
  bool part_within(int part, int whole) const;
  std::span<const int> counts_of(int part) const { return {counts_.data() + static_cast<std::size_t>(part) * kinds_, kinds_}; }
  const Box& box(int b) const { return task_->boxes[static_cast<std::size_t>(b)]; }

  const Task* task_;
  Meter* meter_;
  Fitter fitter_;
  std::size_t kinds_;
  int parts_ = 1;             // number of different sub-orders, the empty one included; the last is the whole order
  std::vector<int> stride_;   // part index = sum of counts x stride
  bool counted_ = false;      // until then, only the whole order's entries are there
  std::vector<int> counts_;   // parts x kinds
  std::vector<std::int64_t> volume_, weight_;
  std::vector<std::vector<int>> offers_;  // by part: the boxes that may yet be best for it
  std::vector<char> has_offers_;
  std::vector<Tried> tried_;
  std::vector<std::vector<int>> tried_of_box_;
  std::vector<Single> single_;     // by part
  std::vector<Score> best_;        // by part
  std::vector<int> first_parcel_;  // by part
};

}  // namespace zifa::packing
