// What would save late orders: each candidate is planned anew, and only what really saves some is told.
#include <algorithm>

#include "domain/plan/shop.hpp"

namespace zifa::plan {

namespace {

constexpr std::chrono::minutes kStep(15);                 // overtime is agreed in quarters of an hour
constexpr std::chrono::minutes kLongestOvertime(4 * 60);
constexpr std::size_t kMostPickupsTried = 12;
constexpr std::size_t kLargeDay = 50'000;                 // orders; above, fewer candidates are tried

// Candidates are compared by quick plans; what is told is planned in full.
std::size_t late_in(const Workday& day) { return plan_day(day, Effort::quick).late.size(); }
std::size_t late_in_full(const Workday& day) { return plan_day(day).late.size(); }

Workday with_shift(const Workday& day, std::size_t shift, Instant to) {
  Workday changed = day;
  changed.shifts[shift].to = to;
  return changed;
}

// How long a shift can go on: four hours, or until the next one begins.
Instant longest_end(const Workday& day, std::size_t shift) {
  const Shift& extended = day.shifts[shift];
  Instant end = std::max(extended.to, day.now) + kLongestOvertime;
  for (const Shift& other : day.shifts)
    if (other.from >= extended.to && other.from > extended.from) end = std::min(end, other.from);
  return end;
}

std::optional<Repair> best_extension(const Workday& day, std::size_t late) {
  std::optional<Repair> best;
  std::size_t best_shift = 0;
  const std::size_t tried = day.orders.size() > kLargeDay ? 2 : 6;
  // The last shifts first: overtime at the end of a day is the easiest to have.
  std::vector<std::size_t> shifts(day.shifts.size());
  for (std::size_t i = 0; i < shifts.size(); ++i) shifts[i] = i;
  std::sort(shifts.begin(), shifts.end(), [&](std::size_t a, std::size_t b) { return day.shifts[a].to > day.shifts[b].to; });
  if (shifts.size() > tried) shifts.resize(tried);
  for (const std::size_t shift : shifts) {
    const Instant longest = longest_end(day, shift);
    if (longest <= day.shifts[shift].to || longest <= day.now) continue;
    const std::size_t least_late = late_in(with_shift(day, shift, longest));
    if (least_late >= late || (best && least_late >= best->late_after)) continue;
    // The shortest overtime, in steps, that saves as many.
    Instant to = longest;
    for (std::int64_t low = 0, high = (longest - std::max(day.shifts[shift].to, day.now) + kStep - std::chrono::milliseconds(1)) / kStep; low < high;) {
      const std::int64_t middle = (low + high) / 2;
      const Instant end = std::min(longest, std::max(day.shifts[shift].to, day.now) + middle * kStep);
      if (middle > 0 && late_in(with_shift(day, shift, end)) <= least_late) {
        high = middle;
        to = end;
      } else {
        low = middle + 1;
      }
    }
    best = Repair{.kind = Repair::Kind::extend_shift, .late_after = least_late, .shift = {day.shifts[shift].from, to}};
    best_shift = shift;
  }
  if (best) best->late_after = late_in_full(with_shift(day, best_shift, best->shift.to));
  return best;
}

std::optional<Repair> best_station(const Workday& day, std::size_t late) {
  Workday more = day;
  ++more.stations;
  const std::size_t after = late_in_full(more);
  if (after >= late) return std::nullopt;
  return Repair{.kind = Repair::Kind::add_station, .late_after = after, .stations = more.stations};
}

// One more pickup of a carrier, at the moment by which some late orders of that carrier must leave.
std::optional<Repair> best_pickup(const Workday& day, const Plan& plan) {
  if (day.pickups.empty()) return std::nullopt;
  struct Candidate {
    Carrier carrier;
    Instant at;
    std::size_t helped;
  };
  std::vector<Carrier> known;
  for (const Pickup& pickup : day.pickups) known.push_back(pickup.carrier);
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  // Late orders that could leave until each of their ship-by moments, by carrier.
  const DueMoments due(day);
  std::vector<std::pair<Carrier, Instant>> wanted;
  for (const std::uint32_t order : plan.late) {
    const Order& facts = day.orders[order];
    if (facts.ship_by < day.now || due.due(facts) >= facts.ship_by.ms()) continue;
    for (const Carrier carrier : facts.carriers.empty() ? known : facts.carriers) wanted.emplace_back(carrier, facts.ship_by);
  }
  std::sort(wanted.begin(), wanted.end());
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i > 0 && wanted[i] == wanted[i - 1]) continue;
    // A pickup at this moment also helps orders of the carrier that are due later; count those due from here on.
    std::size_t helped = 0;
    for (std::size_t j = i; j < wanted.size() && wanted[j].first == wanted[i].first; ++j) ++helped;
    candidates.push_back({wanted[i].first, wanted[i].second, helped});
    if (candidates.size() > 2'000) break;
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.helped > b.helped; });
  const std::size_t tried = std::min(candidates.size(), day.orders.size() > kLargeDay ? std::size_t{2} : kMostPickupsTried);
  std::optional<Repair> best;
  for (std::size_t i = 0; i < tried; ++i) {
    // Spread over the candidates: those that help the most are not always those that leave the most time.
    const Candidate& candidate = candidates[i * candidates.size() / tried];
    Workday more = day;
    more.pickups.push_back({candidate.carrier, candidate.at});
    const std::size_t after = late_in(more);
    if (after < plan.late.size() && (!best || after < best->late_after))
      best = Repair{.kind = Repair::Kind::extra_pickup, .late_after = after, .carrier = candidate.carrier, .at = candidate.at};
  }
  if (best) {
    Workday more = day;
    more.pickups.push_back({best->carrier, best->at});
    best->late_after = late_in_full(more);
  }
  return best;
}

}  // namespace

std::vector<Repair> repairs(const Workday& day, const Plan& plan) {
  std::vector<Repair> found;
  if (plan.late.empty()) return found;
  if (auto repair = best_station(day, plan.late.size())) found.push_back(*repair);
  if (auto repair = best_extension(day, plan.late.size())) found.push_back(*repair);
  if (auto repair = best_pickup(day, plan)) found.push_back(*repair);
  return found;
}

}  // namespace zifa::plan
