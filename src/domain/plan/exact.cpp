// For every set of jobs: the earliest moment one station can have done them all in time (the last job is each in turn), then which
// sets two, three, ... stations can share. Sets are bits of a number; every subset of a set that can be done can be done too.
#include "domain/plan/exact.hpp"

#include <algorithm>
#include <bit>

#include "base/check.hpp"

namespace zifa::plan {

namespace {

constexpr std::size_t kMostAlone = 19;  // 2^19 sets, each extended by 19 jobs

// 3^n pairs of a set and a part of it for every further station: about twenty million at most.
std::size_t most_shared(int stations) { return stations <= 3 ? 15 : stations <= 9 ? 14 : 13; }

using Set = std::uint32_t;

struct OneStation {
  std::vector<Millis> end;          // kNever: not all on time
  std::vector<std::uint8_t> last;   // the job done last
};

OneStation one_station(const Shop& shop, std::span<const Job> jobs) {
  const Set all = (Set{1} << jobs.size()) - 1;
  OneStation out{.end = std::vector<Millis>(std::size_t{all} + 1, kNever), .last = std::vector<std::uint8_t>(std::size_t{all} + 1)};
  out.end[0] = -kNever;
  for (Set set = 1; set <= all; ++set)
    for (Set rest = set; rest != 0; rest &= rest - 1) {
      const auto job = static_cast<std::uint8_t>(std::countr_zero(rest));
      const Millis free = out.end[set & ~(Set{1} << job)];
      if (free == kNever) continue;
      const Millis end = shop.earliest_start(std::max(free, jobs[job].ready), jobs[job].work) + jobs[job].work;
      if (end <= jobs[job].due && end < out.end[set]) {
        out.end[set] = end;
        out.last[set] = job;
      }
    }
  return out;
}

std::vector<std::uint32_t> sequence(const OneStation& alone, Set set) {
  std::vector<std::uint32_t> jobs;
  for (; set != 0; set &= ~(Set{1} << jobs.back())) jobs.push_back(alone.last[set]);
  std::reverse(jobs.begin(), jobs.end());
  return jobs;
}

// Of each set: the part that the last of `stations` does, so that the others can do the rest; 0 where they cannot.
// The last station may be taken to do the set's first job, since stations are alike.
std::vector<Set> share(const OneStation& alone, const std::vector<bool>& fewer, std::vector<bool>& possible) {
  std::vector<Set> part(alone.end.size(), 0);
  possible.assign(alone.end.size(), false);
  possible[0] = true;
  for (Set set = 1; set < alone.end.size(); ++set) {
    const Set first = set & (~set + 1);
    const Set others = set & ~first;
    for (Set taken = others;; taken = (taken - 1) & others) {
      if (alone.end[taken | first] != kNever && fewer[others & ~taken]) {
        part[set] = taken | first;
        possible[set] = true;
        break;
      }
      if (taken == 0) break;
    }
  }
  return part;
}

struct AllStations {
  OneStation alone;
  std::vector<bool> possible;           // sets that all stations together can do in time
  std::vector<std::vector<Set>> parts;  // of the second, third, ... station
};

AllStations all_stations(const Shop& shop, std::span<const Job> jobs) {
  AllStations out{.alone = one_station(shop, jobs), .possible = {}, .parts = {}};
  out.possible.resize(out.alone.end.size());
  for (std::size_t set = 0; set < out.possible.size(); ++set) out.possible[set] = out.alone.end[set] != kNever;
  for (int k = 2; k <= std::min(shop.stations, static_cast<int>(jobs.size())) && !out.possible.back(); ++k) {
    std::vector<bool> shared;
    out.parts.push_back(share(out.alone, out.possible, shared));
    out.possible = std::move(shared);
  }
  return out;
}

}  // namespace

bool place_exactly(const Shop& shop, std::span<const Job> jobs, Schedule& schedule) {
  if (jobs.size() > (shop.stations == 1 ? kMostAlone : most_shared(shop.stations))) return false;
  if (jobs.empty() || shop.stations == 0) return true;
  const auto [alone, possible, parts] = all_stations(shop, jobs);
  Set best = 0;
  for (Set set = 1; set < possible.size(); ++set)
    if (possible[set] && std::popcount(set) > std::popcount(best)) best = set;
  for (int station = static_cast<int>(parts.size()); station >= 0 && best != 0; --station) {
    const Set own = station == 0 ? best : parts[static_cast<std::size_t>(station) - 1][best];
    schedule.set_line(station, sequence(alone, own));
    best &= ~own;
  }
  return true;
}

PrefixMost most_of_prefixes(const Shop& shop, std::span<const Job> jobs) {
  check(jobs.size() <= kMostPrefix, "a prefix too long to try every set of");
  PrefixMost out{.jobs = std::vector<std::size_t>(jobs.size()), .work = std::vector<Millis>(jobs.size())};
  if (jobs.empty() || shop.stations == 0) return out;
  const AllStations all = all_stations(shop, jobs);
  for (Set set = 1; set < all.possible.size(); ++set) {
    if (!all.possible[set]) continue;
    Millis work = 0;
    for (Set rest = set; rest != 0; rest &= rest - 1) work += jobs[static_cast<std::size_t>(std::countr_zero(rest))].work;
    // It counts for its longest job's prefix, and below for all longer ones.
    const auto last = static_cast<std::size_t>(std::bit_width(set)) - 1;
    out.jobs[last] = std::max(out.jobs[last], static_cast<std::size_t>(std::popcount(set)));
    out.work[last] = std::max(out.work[last], work);
  }
  for (std::size_t i = 1; i < jobs.size(); ++i) {
    out.jobs[i] = std::max(out.jobs[i], out.jobs[i - 1]);
    out.work[i] = std::max(out.work[i], out.work[i - 1]);
  }
  return out;
}

}  // namespace zifa::plan
