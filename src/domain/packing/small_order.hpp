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
  // Nothing if the cartons' numbers stand in the way, or no split was found.
  std::optional<Solution> solve();

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

  void count_parts();
  Single best_single(int part, bool hopeful) const;
  Fit fit(int part, int box);
  const Tried* known(int part, int box) const;
  void weigh_splits();
  bool part_within(int part, int whole) const;
  int counts_at(int part, std::size_t kind) const { return counts_[static_cast<std::size_t>(part) * task_->kinds.size() + kind]; }

  const Task* task_;
  Meter* meter_;
  Fitter fitter_;
  int parts_ = 1;                 // number of different sub-orders, the empty one included
  std::vector<int> stride_;       // part index = sum of counts x stride
  std::vector<int> counts_;       // parts x kinds
  std::vector<std::int64_t> volume_, weight_;
  std::vector<Tried> tried_;
  std::vector<std::vector<int>> tried_of_box_;
  std::vector<Single> single_;    // by part
  std::vector<Score> best_;       // by part
  std::vector<int> first_parcel_; // by part
};

}  // namespace zifa::packing
