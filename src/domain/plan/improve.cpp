// Ruin and recreate. Progress between two placements is measured by the job that is closest to fitting: how much room it lacks.
#include "domain/plan/improve.hpp"

#include <algorithm>

#include "base/splitmix.hpp"

namespace zifa::plan {

namespace {

constexpr std::size_t kClosestTried = 4;  // jobs whose lack of room is measured: the shortest ones

class Search {
 public:
  Search(const Shop& shop, std::span<const Job> jobs, Schedule& schedule, std::int64_t effort)
      : shop_(shop), jobs_(jobs), schedule_(schedule), effort_(effort) {}

  void run(std::size_t most) {
    for (const Job& job : jobs_) average_work_ += job.work;
    average_work_ /= static_cast<Millis>(jobs_.size());
    collect_waiting();
    place_all(waiting_);
    collect_waiting();
    Millis lack = least_lack();
    while (schedule_.placed() < most && effort_ > 0 && !waiting_.empty() && schedule_.placed() > 0) {
      const std::size_t placed = schedule_.placed();
      schedule_.remember();
      std::vector<std::uint32_t> out;
      ruin(out);
      recreate(out);
      collect_waiting();
      const Millis lack_now = schedule_.placed() >= placed ? least_lack() : kNever;
      const bool keep = schedule_.placed() > placed || (schedule_.placed() == placed && lack_now <= lack + tolerance());
      if (keep) {
        lack = lack_now;
      } else {
        schedule_.put_back();
        collect_waiting();
      }
    }
  }

 private:
  // A little worse is allowed now and then, or the search sticks.
  Millis tolerance() { return random_.between(0, 8) == 0 ? random_.between(0, average_work_ / 4) : 0; }

  void collect_waiting() {
    waiting_.clear();
    for (std::uint32_t job = 0; job < jobs_.size(); ++job)
      if (schedule_.station_of(job) == Schedule::kUnplaced) waiting_.push_back(job);
    std::sort(waiting_.begin(), waiting_.end(), [&](std::uint32_t a, std::uint32_t b) { return jobs_[a].work != jobs_[b].work ? jobs_[a].work < jobs_[b].work : a < b; });
  }

  void place_all(const std::vector<std::uint32_t>& jobs) {
    for (const std::uint32_t job : jobs) {
      if (effort_ <= 0) return;
      place(job, false);
    }
  }

  bool place(std::uint32_t job, bool first) {
    effort_ -= static_cast<std::int64_t>(schedule_.placed()) + schedule_.stations();
    const Schedule::Place place = first ? schedule_.first_place(job) : schedule_.quietest_place(job);
    if (place.station == Schedule::kUnplaced) return false;
    schedule_.insert(job, place.station, place.at);
    return true;
  }

  void ruin(std::vector<std::uint32_t>& out) {
    const int times = static_cast<int>(random_.between(1, schedule_.stations() > 1 ? 3 : 2));
    for (int i = 0; i < times; ++i) {
      const auto station = static_cast<int>(random_.between(0, schedule_.stations() - 1));
      const auto length = static_cast<std::int64_t>(schedule_.line(station).jobs.size());
      if (length == 0) continue;
      const std::int64_t from = random_.between(0, length - 1);
      const std::int64_t to = std::min(length, from + random_.between(1, 6));
      schedule_.remove_range(station, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), out);
    }
  }

  void recreate(std::vector<std::uint32_t>& out) {
    // Some of the shortest waiting jobs compete with those taken out.
    const std::size_t guests = std::min<std::size_t>(waiting_.size(), static_cast<std::size_t>(random_.between(1, 8)));
    for (std::size_t i = 0; i < guests; ++i) {
      const std::uint32_t guest = waiting_[random_.between(0, 1) == 0 ? i : static_cast<std::size_t>(random_.between(0, static_cast<std::int64_t>(waiting_.size()) - 1))];
      if (std::find(out.begin(), out.end(), guest) == out.end()) out.push_back(guest);
    }
    const std::int64_t rule = random_.between(0, 3);
    std::vector<std::pair<Millis, std::uint32_t>> keyed;
    for (const std::uint32_t job : out) {
      const Job& what = jobs_[job];
      const Millis noise = random_.between(0, std::max<Millis>(what.work / 4, 1));
      keyed.emplace_back(rule == 0 ? -what.work + noise : rule == 1 ? what.work + noise : rule == 2 ? what.due + noise : random_.between(0, 1'000'000), job);
    }
    std::sort(keyed.begin(), keyed.end());
    const bool first = random_.between(0, 3) == 0;
    for (const auto& [key, job] : keyed) place(job, first);
    // What was left out may still fit somewhere, shortest first.
    for (const std::uint32_t job : waiting_)
      if (schedule_.station_of(job) == Schedule::kUnplaced && !place(job, false)) break;
  }

  // How much room the waiting job closest to fitting lacks at its best place.
  Millis least_lack() {
    Millis least = kNever;
    for (std::size_t i = 0; i < std::min(waiting_.size(), kClosestTried); ++i) {
      const Job& job = jobs_[waiting_[i]];
      effort_ -= static_cast<std::int64_t>(schedule_.placed()) + schedule_.stations();
      for (int station = 0; station < schedule_.stations(); ++station) {
        const Schedule::Line& line = schedule_.line(station);
        Millis free = -kNever;
        for (std::size_t at = 0; at <= line.jobs.size(); ++at) {
          const Millis start = shop_.earliest_start(std::max(free, job.ready), job.work);
          if (start < kNever) least = std::min(least, start + job.work - std::min(job.due, line.latest[at]));
          if (at < line.jobs.size()) free = line.end[at];
        }
      }
    }
    return least;
  }

  const Shop& shop_;
  std::span<const Job> jobs_;
  Schedule& schedule_;
  std::int64_t effort_;
  Millis average_work_ = 0;
  SplitMix random_{20261125};
  std::vector<std::uint32_t> waiting_;
};

}  // namespace

void improve(const Shop& shop, std::span<const Job> jobs, Schedule& schedule, std::size_t most, std::int64_t effort) {
  if (schedule.placed() >= most) return;
  Search(shop, jobs, schedule, effort).run(most);
}

}  // namespace zifa::plan
