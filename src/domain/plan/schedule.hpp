// Jobs placed in order on stations, all of them on time, with the room left at every place.
//
// Each place knows the earliest moment its job can end and the latest moment at which the station may become free before it,
// so whether one more job fits there is answered without looking at the others.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "domain/plan/shop.hpp"

namespace zifa::plan {

class Schedule {
 public:
  static constexpr int kUnplaced = -1;
  static constexpr std::uint32_t kNoJob = 0xFFFF'FFFF;

  struct Line {  // one station
    std::vector<std::uint32_t> jobs;
    std::vector<Millis> end;     // of the job at each place, each starting as early as it can
    std::vector<Millis> latest;  // one more than jobs: free by then, this job and all behind it end in time
  };
  struct Place {
    int station = kUnplaced;
    std::uint32_t at = 0;
    Millis end = kNever;
  };

  Schedule(const Shop& shop, std::span<const Job> jobs);

  const Line& line(int station) const { return lines_[static_cast<std::size_t>(station)]; }
  int stations() const { return static_cast<int>(lines_.size()); }
  int station_of(std::uint32_t job) const { return station_of_[job]; }
  std::size_t placed() const { return placed_; }
  Millis work_placed() const { return work_placed_; }

  // Where the job would end when put at a place; kNever when it, or one behind it, would not be on time.
  Millis end_at(std::uint32_t job, int station, std::uint32_t at) const {
    const Line& line = lines_[static_cast<std::size_t>(station)];
    const Job& what = jobs_[job];
    const Millis free = at == 0 ? -kNever : line.end[at - 1];
    const Millis end = shop_.earliest_start(free > what.ready ? free : what.ready, what.work) + what.work;
    return end <= what.due && end <= line.latest[at] ? end : kNever;
  }
  // The place where it ends first; station kUnplaced when it fits nowhere.
  Place first_place(std::uint32_t job) const;
  // The place that delays what follows least.
  Place quietest_place(std::uint32_t job) const;

  void insert(std::uint32_t job, int station, std::uint32_t at);
  void remove(std::uint32_t job);
  // Removes the jobs at places [from, to) of a station.
  void remove_range(int station, std::uint32_t from, std::uint32_t to, std::vector<std::uint32_t>& removed);
  // A whole station at once; the order must be on time throughout.
  void set_line(int station, std::vector<std::uint32_t> jobs);
  // Stations that may be changed from here on can be put back as they were.
  void remember();
  void put_back();

 private:
  void recompute(int station);
  void touch(int station);

  const Shop& shop_;
  std::span<const Job> jobs_;
  std::vector<Line> lines_;
  std::vector<int> station_of_;
  std::size_t placed_ = 0;
  Millis work_placed_ = 0;
  bool remembering_ = false;
  std::vector<std::pair<int, Line>> before_;
};

}  // namespace zifa::plan
