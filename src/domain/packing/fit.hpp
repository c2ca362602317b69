// Do these units go into this carton together? By rules of thumb first, then, for a few units, by an exact search.
// Private to domain/packing.
#pragma once

#include <span>
#include <vector>

#include "domain/packing/filling.hpp"

namespace zifa::packing {

enum class Fit {
  yes,
  no,         // proven: there is no way
  not_found,  // none was found
};

class Fitter {
 public:
  Fitter(const Task& task, Meter& meter) : task_(&task), meter_(&meter), least_(least_of(task.kinds)) {}
  // `counts` by kind. `tries`: how many shuffled orders to try beyond the fixed ones.
  Fit fit(std::span<const int> counts, const Box& box, int tries, std::vector<Placed>& placed);

 private:
  bool try_order(const Box& box, Merit merit);

  const Task* task_;
  Meter* meter_;
  Turned least_;
  Filling filling_;
  std::vector<int> units_;
};

inline constexpr int kMostExact = 8;

// Exact for up to kMostExact units, apart from support, which it does not ask for: `yes` may then be unsupported.
// Goes through the ways in which each pair can lie beside, behind or above one another, and the longest chains that result.
Fit fit_exactly(const Task& task, std::span<const int> units, const Box& box, std::int64_t most_nodes, Meter& meter, std::vector<Placed>& placed);

// Whether every placed unit has the support that the task asks for.
bool all_supported(const Task& task, const std::vector<Placed>& placed);

}  // namespace zifa::packing
