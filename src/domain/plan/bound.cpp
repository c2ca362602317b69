// Three facts hold in every plan, for the jobs that become ready at or after any moment:
//   * the work of those on time and due by a moment fits into the time all stations have between the two moments;
//   * of the first few due, no more work and no more jobs are on time than when there were no others (tried exhaustively).
// These limits nest: each holds for all jobs due so far. Taking the jobs by due moment and giving up the longest whenever a limit
// breaks therefore gives up the fewest, as with Moore and Hodgson, and no plan can do with fewer.
#include "domain/plan/bound.hpp"

#include <algorithm>
#include <queue>

#include "domain/plan/exact.hpp"

namespace zifa::plan {

namespace {

constexpr std::size_t kMostReleases = 24;    // moments from which on the bound is computed
constexpr std::size_t kMostProbed = 20'000;  // jobs; above, only the first fact is used and only from the start

std::size_t late_since(const Shop& shop, std::span<const Job> by_due, Millis since) {
  std::vector<Job> jobs;
  for (const Job& job : by_due)
    if (job.ready >= since) jobs.push_back(job);
  const std::size_t probed = std::min(jobs.size(), kMostPrefix);
  const PrefixMost most = most_of_prefixes(shop, std::span(jobs).first(probed));
  const Millis before = shop.capacity_until(since);
  std::priority_queue<Millis> kept;
  Millis total = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    kept.push(jobs[i].work);
    total += jobs[i].work;
    Millis capacity = shop.capacity_until(jobs[i].due) - before;
    std::size_t count = jobs.size();
    if (i < probed) {
      capacity = std::min(capacity, most.work[i]);
      count = most.jobs[i];
    }
    while (total > capacity || kept.size() > count) {
      total -= kept.top();
      kept.pop();
    }
  }
  return jobs.size() - kept.size();
}

std::vector<Millis> release_moments(std::span<const Job> jobs) {
  std::vector<Millis> moments;
  for (const Job& job : jobs) moments.push_back(job.ready);
  std::sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  if (moments.size() <= kMostReleases) return moments;
  std::vector<Millis> some;
  for (std::size_t i = 0; i < kMostReleases; ++i) some.push_back(moments[i * moments.size() / kMostReleases]);
  return some;
}

}  // namespace

std::size_t fewest_late_bound(const Shop& shop, std::span<const Job> jobs) {
  if (jobs.size() > kMostProbed) return 0;
  std::vector<Job> by_due(jobs.begin(), jobs.end());
  std::sort(by_due.begin(), by_due.end(), [](const Job& a, const Job& b) { return a.due != b.due ? a.due < b.due : a.work < b.work; });
  std::size_t bound = 0;
  for (const Millis since : release_moments(jobs)) bound = std::max(bound, late_since(shop, by_due, since));
  return bound;
}

}  // namespace zifa::plan
