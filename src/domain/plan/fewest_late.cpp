#include "domain/plan/fewest_late.hpp"

#include "domain/plan/radix.hpp"
#include "domain/plan/ranks.hpp"

namespace zifa::plan {

FewestLate fewest_late(std::span<const Demand> jobs) {
  FewestLate out;
  if (jobs.empty()) return out;
  const auto count = static_cast<std::uint32_t>(jobs.size());
  const std::vector<std::uint32_t> by_work = sorted_positions(count, [&](std::uint32_t i) { return jobs[i].work; });
  const std::vector<std::uint32_t> by_capacity = sorted_positions(count, [&](std::uint32_t i) { return jobs[i].capacity; });
  std::vector<std::uint32_t> rank(count);
  for (std::uint32_t r = 0; r < count; ++r) rank[by_work[r]] = r;

  RankSet kept(count);
  std::int64_t total = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i + 16 < count) __builtin_prefetch(&jobs[by_capacity[i + 16]]);
    const Demand& job = jobs[by_capacity[i]];
    kept.insert(rank[by_capacity[i]]);
    total += job.work;
    // Jobs of equal capacity are taken together before one is given up.
    if (i + 1 < count && jobs[by_capacity[i + 1]].capacity == job.capacity) continue;
    while (total > job.capacity) {
      const std::uint32_t longest = kept.largest();
      if (longest == RankSet::kNone) break;  // a capacity below zero: nothing fits
      kept.erase(longest);
      total -= jobs[by_work[longest]].work;
      out.given_up.push_back(by_work[longest]);
    }
  }
  out.kept.reserve(count - out.given_up.size());
  for (const std::uint32_t position : by_capacity)
    if (kept.contains(rank[position])) out.kept.push_back(position);
  return out;
}

}  // namespace zifa::plan
