#include "domain/plan/list.hpp"

#include <algorithm>
#include <queue>

#include "domain/plan/radix.hpp"
#include "domain/plan/ranks.hpp"

namespace zifa::plan {

namespace {

constexpr int kGroupsLookedAt = 200;  // due moments looked at to fill the end of a shift

// The wanted jobs by due moment, then by work: a rank each. Those ready and not placed are in `ready`.
class ReadyJobs {
 public:
  ReadyJobs(std::span<const Job> jobs, std::span<const std::uint32_t> wanted) : jobs_(jobs), ready_(std::max<std::size_t>(wanted.size(), 1)) {
    const auto count = static_cast<std::uint32_t>(wanted.size());
    const std::vector<std::uint32_t> by_work = sorted_positions(count, [&](std::uint32_t i) { return jobs[wanted[i]].work; });
    const std::vector<std::uint32_t> by_due = sorted_positions(count, [&](std::uint32_t i) { return jobs[wanted[by_work[i]]].due; });
    rank_of_.resize(jobs.size());
    group_of_.resize(count);
    by_rank_.resize(count);
    for (std::uint32_t rank = 0; rank < count; ++rank) {
      by_rank_[rank] = wanted[by_work[by_due[rank]]];
      rank_of_[by_rank_[rank]] = rank;
      if (rank == 0 || jobs[by_rank_[rank]].due != jobs[by_rank_[rank - 1]].due) groups_.push_back(rank);
      group_of_[rank] = static_cast<std::uint32_t>(groups_.size() - 1);
    }
    groups_.push_back(count);
  }

  void add(std::uint32_t job) { ready_.insert(rank_of_[job]); }
  bool empty() const { return ready_.smallest() == RankSet::kNone; }

  // The job for a station free at `now` until `close`; kNone when none of those ready fits. Jobs that have become hopeless
  // (no station is free earlier than this one) are dropped on the way.
  std::uint32_t take(Millis now, Millis close) {
    int looked = 0;
    for (std::uint32_t rank = ready_.smallest(); rank != RankSet::kNone && looked < kGroupsLookedAt; ++looked) {
      const std::uint32_t group = group_of_[rank];
      const Millis due = jobs_[by_rank_[rank]].due;
      const Millis room = std::min(due, close) - now;
      const std::uint32_t longest = longest_within(group, room);
      if (longest != RankSet::kNone) {
        ready_.erase(longest);
        return by_rank_[longest];
      }
      if (due <= close) drop(group, rank);
      rank = ready_.smallest_at_least(groups_[group + 1]);
    }
    return RankSet::kNone;
  }

 private:
  std::uint32_t longest_within(std::uint32_t group, Millis room) const {
    const auto first = by_rank_.begin() + groups_[group];
    const auto last = by_rank_.begin() + groups_[group + 1];
    const auto behind = std::partition_point(first, last, [&](std::uint32_t job) { return jobs_[job].work <= room; });
    if (behind == first) return RankSet::kNone;
    const std::uint32_t found = ready_.largest_at_most(static_cast<std::uint32_t>(behind - by_rank_.begin()) - 1);
    return found == RankSet::kNone || found < groups_[group] ? RankSet::kNone : found;
  }

  void drop(std::uint32_t group, std::uint32_t rank) {
    while (rank != RankSet::kNone && rank < groups_[group + 1]) {
      ready_.erase(rank);
      rank = ready_.smallest_at_least(rank);
    }
  }

  std::span<const Job> jobs_;
  std::vector<std::uint32_t> by_rank_, rank_of_, group_of_, groups_;
  RankSet ready_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> list_jobs(const Shop& shop, std::span<const Job> jobs, std::span<const std::uint32_t> wanted) {
  std::vector<std::vector<std::uint32_t>> lines(static_cast<std::size_t>(shop.stations));
  if (wanted.empty() || shop.windows.empty()) return lines;
  ReadyJobs ready(jobs, wanted);
  std::vector<std::uint32_t> coming = sorted_positions(static_cast<std::uint32_t>(wanted.size()), [&](std::uint32_t i) { return jobs[wanted[i]].ready; });
  for (std::uint32_t& job : coming) job = wanted[job];
  std::size_t next = 0;

  struct Free {
    Millis at;
    int station;
    bool operator>(const Free& other) const { return at != other.at ? at > other.at : station > other.station; }
  };
  std::priority_queue<Free, std::vector<Free>, std::greater<>> stations;
  for (int station = 0; station < shop.stations; ++station) stations.push({shop.windows[0].from, station});
  while (!stations.empty()) {
    const Free free = stations.top();
    stations.pop();
    for (; next < coming.size() && jobs[coming[next]].ready <= free.at; ++next) ready.add(coming[next]);
    // Of overlapping shifts the one that goes on longest.
    const auto coming_shift = std::partition_point(shop.windows.begin(), shop.windows.end(), [&](const Window& w) { return w.from <= free.at; });
    const Millis next_shift = coming_shift == shop.windows.end() ? kNever : coming_shift->from;
    const Millis close = coming_shift == shop.windows.begin() ? -kNever : (coming_shift - 1)->to;
    if (close < free.at) {
      if (next_shift < kNever) stations.push({next_shift, free.station});
      continue;
    }
    const std::uint32_t job = ready.take(free.at, close);
    if (job != RankSet::kNone) {
      lines[static_cast<std::size_t>(free.station)].push_back(job);
      stations.push({free.at + jobs[job].work, free.station});
      continue;
    }
    // Nothing fits now: wait for the next job to become ready, or for the next shift.
    Millis later = next_shift;
    if (next < coming.size()) later = std::min(later, jobs[coming[next]].ready);
    if (later < kNever) stations.push({later, free.station});
  }
  return lines;
}

}  // namespace zifa::plan
