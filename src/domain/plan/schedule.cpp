#include "domain/plan/schedule.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace zifa::plan {

Schedule::Schedule(const Shop& shop, std::span<const Job> jobs)
    : shop_(shop), jobs_(jobs), lines_(static_cast<std::size_t>(shop.stations)), station_of_(jobs.size(), kUnplaced) {
  for (Line& line : lines_) line.latest.assign(1, kNever);
}

void Schedule::recompute(int station) {
  Line& line = lines_[static_cast<std::size_t>(station)];
  const std::size_t count = line.jobs.size();
  line.end.resize(count);
  line.latest.resize(count + 1);
  Millis free = -kNever;
  for (std::size_t i = 0; i < count; ++i) {
    const Job& job = jobs_[line.jobs[i]];
    free = shop_.earliest_start(std::max(free, job.ready), job.work) + job.work;
    line.end[i] = free;
    check(free <= job.due, "a job in the plan became late");
  }
  line.latest[count] = kNever;
  for (std::size_t i = count; i-- > 0;) {
    const Job& job = jobs_[line.jobs[i]];
    line.latest[i] = shop_.latest_start(std::min(job.due, line.latest[i + 1]), job.work);
  }
}

void Schedule::touch(int station) {
  if (!remembering_) return;
  for (const auto& [saved, line] : before_)
    if (saved == station) return;
  before_.emplace_back(station, lines_[static_cast<std::size_t>(station)]);
}

void Schedule::remember() {
  remembering_ = true;
  before_.clear();
}

void Schedule::put_back() {
  for (const auto& [station, line] : before_)
    for (const std::uint32_t job : lines_[static_cast<std::size_t>(station)].jobs) {
      station_of_[job] = kUnplaced;
      work_placed_ -= jobs_[job].work;
      --placed_;
    }
  for (auto& [station, line] : before_) {
    for (const std::uint32_t job : line.jobs) {
      station_of_[job] = station;
      work_placed_ += jobs_[job].work;
      ++placed_;
    }
    lines_[static_cast<std::size_t>(station)] = std::move(line);
  }
  before_.clear();
}

void Schedule::insert(std::uint32_t job, int station, std::uint32_t at) {
  touch(station);
  Line& line = lines_[static_cast<std::size_t>(station)];
  line.jobs.insert(line.jobs.begin() + at, job);
  station_of_[job] = station;
  ++placed_;
  work_placed_ += jobs_[job].work;
  recompute(station);
}

void Schedule::remove(std::uint32_t job) {
  const int station = station_of_[job];
  touch(station);
  Line& line = lines_[static_cast<std::size_t>(station)];
  line.jobs.erase(std::find(line.jobs.begin(), line.jobs.end(), job));
  station_of_[job] = kUnplaced;
  --placed_;
  work_placed_ -= jobs_[job].work;
  recompute(station);
}

void Schedule::remove_range(int station, std::uint32_t from, std::uint32_t to, std::vector<std::uint32_t>& removed) {
  touch(station);
  Line& line = lines_[static_cast<std::size_t>(station)];
  for (std::uint32_t i = from; i < to; ++i) {
    removed.push_back(line.jobs[i]);
    station_of_[line.jobs[i]] = kUnplaced;
    work_placed_ -= jobs_[line.jobs[i]].work;
  }
  placed_ -= to - from;
  line.jobs.erase(line.jobs.begin() + from, line.jobs.begin() + to);
  recompute(station);
}

void Schedule::set_line(int station, std::vector<std::uint32_t> jobs) {
  touch(station);
  Line& line = lines_[static_cast<std::size_t>(station)];
  for (const std::uint32_t job : line.jobs) {
    station_of_[job] = kUnplaced;
    work_placed_ -= jobs_[job].work;
  }
  placed_ -= line.jobs.size();
  line.jobs = std::move(jobs);
  for (const std::uint32_t job : line.jobs) {
    station_of_[job] = station;
    work_placed_ += jobs_[job].work;
  }
  placed_ += line.jobs.size();
  recompute(station);
}

Schedule::Place Schedule::first_place(std::uint32_t job) const {
  Place best;
  for (int station = 0; station < stations(); ++station) {
    const auto places = static_cast<std::uint32_t>(line(station).jobs.size());
    for (std::uint32_t at = 0; at <= places; ++at) {
      if (at > 0 && line(station).end[at - 1] >= best.end) break;  // ends only grow along a station
      if (const Millis end = end_at(job, station, at); end < best.end) {
        best = {station, at, end};
        break;
      }
    }
  }
  return best;
}

Schedule::Place Schedule::quietest_place(std::uint32_t job) const {
  Place best;
  Millis least = kNever;
  for (int station = 0; station < stations(); ++station) {
    const Line& here = line(station);
    for (std::uint32_t at = 0; at <= here.jobs.size(); ++at) {
      const Millis end = end_at(job, station, at);
      if (end == kNever) continue;
      // How far the room behind this place shrinks: the less is left, the better it is filled.
      const Millis left = std::min(jobs_[job].due, here.latest[at]) - end;
      if (left < least) {
        least = left;
        best = {station, at, end};
      }
    }
  }
  return best;
}

}  // namespace zifa::plan
