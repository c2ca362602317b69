// The five sets of `bench_forecast`, read from the folder of shared data beside the repository.
#pragma once

#include <string>
#include <vector>

namespace zifa::bench {

struct DemandSet {
  std::string name;
  int lead = 1;                 // steps over which demand is summed
  int season = 0;
  int hidden = 0;               // steps at the end that origins roll over
  std::vector<std::vector<double>> series;
};

// Empty when the folder is not there.
std::vector<DemandSet> demand_sets(const std::string& folder);

}  // namespace zifa::bench
