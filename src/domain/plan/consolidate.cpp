#include "domain/plan/consolidate.hpp"

#include <algorithm>

namespace zifa::plan {

namespace {

constexpr std::size_t kGuestsTried = 6;   // waiting jobs, the shortest first
constexpr std::size_t kPlacesTried = 4;   // for each: those with the least room lacking, one a shift
constexpr std::size_t kMostPartners = 60'000;  // places looked at for a swap
constexpr int kNearest = 4;               // jobs of about the length wanted

struct Spot {
  int station = Schedule::kUnplaced;
  std::uint32_t at = 0;
  std::size_t window = 0;
  Millis lack = kNever;  // room missing; 0 or less: the job fits
};

class Gathering {
 public:
  Gathering(const Shop& shop, std::span<const Job> jobs, Schedule& schedule, std::int64_t& effort)
      : shop_(shop), jobs_(jobs), schedule_(schedule), effort_(effort) {}

  bool place(std::uint32_t guest) {
    std::vector<Spot> spots = spots_for(guest);
    for (std::size_t i = 0; i < std::min(spots.size(), kPlacesTried) && effort_ > 0; ++i) {
      schedule_.remember();
      Spot spot = spots[i];
      while (spot.lack > 0 && effort_ > 0) {
        if (!widen(spot)) break;
        const Spot wider = spot_in(guest, spot.station, spot.window);
        if (wider.lack >= spot.lack) break;
        spot = wider;
      }
      if (spot.lack <= 0) {
        schedule_.insert(guest, spot.station, spot.at);
        return true;
      }
      schedule_.put_back();
    }
    return false;
  }

 private:
  std::size_t window_of(Millis start, Millis end) const {
    for (std::size_t w = 0; w < shop_.windows.size(); ++w)
      if (shop_.windows[w].from <= start && end <= shop_.windows[w].to) return w;
    return shop_.windows.size();
  }

  // The spot in one shift of one station where the guest lacks least.
  Spot spot_in(std::uint32_t guest, int station, std::size_t window) {
    Spot best;
    visit(guest, station, [&](const Spot& spot) {
      if (spot.window == window && spot.lack < best.lack) best = spot;
    });
    return best;
  }

  std::vector<Spot> spots_for(std::uint32_t guest) {
    std::vector<Spot> best(static_cast<std::size_t>(schedule_.stations()) * shop_.windows.size());
    for (int station = 0; station < schedule_.stations(); ++station)
      visit(guest, station, [&](const Spot& spot) {
        Spot& known = best[static_cast<std::size_t>(station) * shop_.windows.size() + spot.window];
        if (spot.lack < known.lack) known = spot;
      });
    std::erase_if(best, [](const Spot& spot) { return spot.lack == kNever; });
    std::sort(best.begin(), best.end(), [](const Spot& a, const Spot& b) { return a.lack < b.lack; });
    return best;
  }

  template <class Take>
  void visit(std::uint32_t guest, int station, Take take) {
    const Schedule::Line& line = schedule_.line(station);
    const Job& job = jobs_[guest];
    effort_ -= static_cast<std::int64_t>(line.jobs.size() * shop_.windows.size());
    Millis free = -kNever;
    for (std::uint32_t at = 0; at <= line.jobs.size(); ++at) {
      // Inside each shift that is open from here on the guest may lack room; without lacking it, it would have been placed.
      for (std::size_t w = 0; w < shop_.windows.size(); ++w) {
        const Window& window = shop_.windows[w];
        const Millis start = std::max({free, job.ready, window.from});
        if (start > window.to) continue;
        const Millis limit = std::min({job.due, line.latest[at], window.to});
        if (limit < start) continue;
        take(Spot{station, at, w, start + job.work - limit});
      }
      if (at < line.jobs.size()) free = line.end[at];
    }
  }

  // One swap that gives the spot as much of the room it lacks as can be had at once.
  bool widen(const Spot& spot) {
    const Schedule::Line& here = schedule_.line(spot.station);
    std::vector<std::uint32_t> by_work;  // places in the spot's shift
    for (std::uint32_t a = 0; a < here.jobs.size(); ++a)
      if (window_of(here.end[a] - jobs_[here.jobs[a]].work, here.end[a]) == spot.window) by_work.push_back(a);
    const auto work_at = [&](std::uint32_t a) { return jobs_[here.jobs[a]].work; };
    std::sort(by_work.begin(), by_work.end(), [&](std::uint32_t a, std::uint32_t b) { return work_at(a) < work_at(b); });

    Millis gained = 0;
    std::uint32_t give = 0, take_at = 0;
    int take_from = Schedule::kUnplaced;
    const std::size_t stride = std::max<std::size_t>(1, schedule_.placed() / kMostPartners);
    for (int station = 0; station < schedule_.stations() && gained < spot.lack; ++station) {
      const Schedule::Line& there = schedule_.line(station);
      effort_ -= static_cast<std::int64_t>(there.jobs.size() / stride);
      for (std::size_t b = station % stride; b < there.jobs.size() && gained < spot.lack; b += stride) {
        const Job& partner = jobs_[there.jobs[b]];
        const Millis room = std::min(spot.lack, there.latest[b + 1] - there.end[b]);
        if (room <= gained) continue;
        auto near = std::partition_point(by_work.begin(), by_work.end(), [&](std::uint32_t a) { return work_at(a) <= partner.work + room; });
        for (int tried = 0; tried < kNearest && near != by_work.begin(); ++tried) {
          const std::uint32_t a = *--near;
          const Millis gain = work_at(a) - partner.work;
          if (gain <= gained) break;
          if (station == spot.station && window_of(there.end[b] - partner.work, there.end[b]) == spot.window) break;
          if (!can_stand(here.jobs[a], station, b) || !can_stand(there.jobs[b], spot.station, a)) continue;
          if (station == spot.station && !can_swap_on(station, a, b)) continue;
          gained = gain;
          give = a;
          take_from = station;
          take_at = static_cast<std::uint32_t>(b);
          break;
        }
      }
    }
    if (take_from == Schedule::kUnplaced) return false;
    swap(spot.station, give, take_from, take_at);
    return true;
  }

  // Whether a job can take the place of another with all behind it still on time.
  bool can_stand(std::uint32_t job, int station, std::size_t at) const {
    const Schedule::Line& line = schedule_.line(station);
    const Job& what = jobs_[job];
    const Millis free = at == 0 ? -kNever : line.end[at - 1];
    const Millis end = shop_.earliest_start(std::max(free, what.ready), what.work) + what.work;
    return end <= what.due && end <= line.latest[at + 1];
  }

  // On one station each of the two moves the other: only walking through it tells.
  bool can_swap_on(int station, std::size_t a, std::size_t b) {
    const std::vector<std::uint32_t>& line = schedule_.line(station).jobs;
    effort_ -= static_cast<std::int64_t>(line.size());
    Millis free = -kNever;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Job& job = jobs_[line[i == a ? b : i == b ? a : i]];
      free = shop_.earliest_start(std::max(free, job.ready), job.work) + job.work;
      if (free > job.due) return false;
    }
    return true;
  }

  void swap(int station_a, std::uint32_t a, int station_b, std::uint32_t b) {
    std::vector<std::uint32_t> line_a = schedule_.line(station_a).jobs;
    if (station_a == station_b) {
      std::swap(line_a[a], line_a[b]);
      schedule_.set_line(station_a, std::move(line_a));
      return;
    }
    std::vector<std::uint32_t> line_b = schedule_.line(station_b).jobs;
    std::swap(line_a[a], line_b[b]);
    schedule_.set_line(station_a, {});
    schedule_.set_line(station_b, std::move(line_b));
    schedule_.set_line(station_a, std::move(line_a));
  }

  const Shop& shop_;
  std::span<const Job> jobs_;
  Schedule& schedule_;
  std::int64_t& effort_;
};

}  // namespace

void consolidate(const Shop& shop, std::span<const Job> jobs, Schedule& schedule, std::size_t most, std::int64_t& effort) {
  Gathering gathering(shop, jobs, schedule, effort);
  while (schedule.placed() < most && effort > 0) {
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t job = 0; job < jobs.size(); ++job)
      if (schedule.station_of(job) == Schedule::kUnplaced) waiting.push_back(job);
    const std::size_t tried = std::min(waiting.size(), kGuestsTried);
    std::partial_sort(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(tried), waiting.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return jobs[a].work != jobs[b].work ? jobs[a].work < jobs[b].work : jobs[a].due > jobs[b].due; });
    bool placed = false;
    for (std::size_t i = 0; i < tried && !placed; ++i) {
      // Of two equally long ones the later due was tried already.
      if (i > 0 && jobs[waiting[i]].work == jobs[waiting[i - 1]].work && jobs[waiting[i]].due == jobs[waiting[i - 1]].due) continue;
      placed = gathering.place(waiting[i]);
    }
    if (!placed) return;
  }
}

}  // namespace zifa::plan
