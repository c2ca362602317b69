#include "domain/plan/fewest_late.hpp"

#include "domain/plan/radix.hpp"
#include "domain/plan/ranks.hpp"

namespace zifa::plan {

FewestLate fewest_late(std::span<const Demand> jobs) {
  FewestLate out;
  if (jobs.empty()) return out;
  const auto count = static_cast<std::uint32_t>(jobs.size());
  // Signed numbers keep their order when the sign bit is turned.
  const auto key = [](std::int64_t value) { return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63); };
  std::vector<Keyed> by_work(count), by_capacity(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    by_work[i] = {key(jobs[i].work), i};
    by_capacity[i] = {key(jobs[i].capacity), i};
  }
  sort_by_key(by_work);
  sort_by_key(by_capacity);
  std::vector<std::uint32_t> rank(count);
  for (std::uint32_t r = 0; r < count; ++r) rank[by_work[r].position] = r;

  RankSet kept(count);
  std::int64_t total = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Demand& job = jobs[by_capacity[i].position];
    kept.insert(rank[by_capacity[i].position]);
    total += job.work;
    // Jobs of equal capacity are taken together before one is given up.
    if (i + 1 < count && by_capacity[i + 1].key == by_capacity[i].key) continue;
    while (total > job.capacity) {
      const std::uint32_t longest = kept.largest();
      if (longest == RankSet::kNone) break;  // a capacity below zero: nothing fits
      kept.erase(longest);
      total -= jobs[by_work[longest].position].work;
      out.given_up.push_back(by_work[longest].position);
    }
  }
  out.kept.reserve(count - out.given_up.size());
  for (const Keyed& item : by_capacity)
    if (kept.contains(rank[item.position])) out.kept.push_back(item.position);
  return out;
}

}  // namespace zifa::plan
