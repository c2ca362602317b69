// A walk is a set of passages that can be walked in one round: every crossing is entered as often as left, and all is connected.
// Going from the first aisle to the last, all that matters of what lies behind is whether the front and the back crossing of the
// current aisle were entered an odd, even or no number of times, and whether the parts hang together: seven states. Each aisle adds one
// of six ways to walk it, and one of four ways to go on to the next.
#include "domain/plan/pick_route.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.hpp"

namespace zifa::plan {

namespace {

// Odd-odd; front even; back even; both even and connected; both even, two parts; nothing yet.
enum State : std::uint8_t { odd, front, back, both, apart, nothing, kStates };
enum Way : std::uint8_t { through, from_front, from_back, from_both, there_and_back, skip, kWays };
enum Cross : std::uint8_t { one_each, front_twice, back_twice, all_twice, kCrossings };

constexpr State kImpossible = kStates;
constexpr std::int64_t kTooLong = std::numeric_limits<std::int64_t>::max() / 8;

//                                                       odd    front   back   both   apart  nothing
constexpr State kAfterWay[kWays][kStates] = {
    /* through        */ {both, odd, odd, odd, odd, odd},
    /* from_front     */ {odd, front, apart, both, apart, front},
    /* from_back      */ {odd, apart, back, both, apart, back},
    /* from_both      */ {odd, apart, apart, both, apart, apart},
    /* there_and_back */ {odd, both, both, both, both, both},
    /* skip           */ {odd, front, back, both, apart, nothing},
};
constexpr State kAfterCross[kCrossings][kStates] = {
    /* one_each    */ {odd, kImpossible, kImpossible, kImpossible, kImpossible, kImpossible},
    /* front_twice */ {kImpossible, front, kImpossible, front, kImpossible, kImpossible},
    /* back_twice  */ {kImpossible, kImpossible, back, back, kImpossible, kImpossible},
    /* all_twice   */ {kImpossible, apart, apart, both, apart, kImpossible},
};

struct Aisle {
  std::int64_t first = -1, last = -1;     // stops nearest to the front and to the back; -1: none
  std::int64_t gap_from = 0, gap_to = 0;  // the longest stretch between two neighbouring stops
  std::array<std::int64_t, kWays> cost(std::int64_t length) const {
    if (last < 0) return {length, kTooLong, kTooLong, kTooLong, 2 * length, 0};
    const bool gap = gap_to > gap_from;
    return {length, 2 * last, 2 * (length - first), gap ? 2 * (length - (gap_to - gap_from)) : kTooLong, 2 * length, kTooLong};
  }
};

// The aisles between the depot and the farthest stops on both sides.
struct Stretch {
  int first = 0;
  std::vector<Aisle> aisles;
};

Stretch stretch_of(const PickArea& area, std::span<const Stop> sorted) {
  Stretch out{.first = area.depot_aisle, .aisles = {}};
  int last = area.depot_aisle;
  if (!sorted.empty()) {
    out.first = std::min(out.first, static_cast<int>(sorted.front().aisle));
    last = std::max(last, static_cast<int>(sorted.back().aisle));
  }
  out.aisles.resize(static_cast<std::size_t>(last - out.first) + 1);
  const auto add = [&](int aisle, std::int64_t at) {
    Aisle& here = out.aisles[static_cast<std::size_t>(aisle - out.first)];
    if (here.last < 0) {
      here.first = here.last = at;
      return;
    }
    if (at - here.last > here.gap_to - here.gap_from) {
      here.gap_from = here.last;
      here.gap_to = at;
    }
    here.last = at;
  };
  // The depot is a stop at the front of its aisle, before all others there.
  bool depot = false;
  for (const Stop& stop : sorted) {
    if (!depot && stop.aisle >= area.depot_aisle) {
      add(area.depot_aisle, 0);
      depot = true;
    }
    add(stop.aisle, stop.at_mm);
  }
  if (!depot) add(area.depot_aisle, 0);
  return out;
}

struct Choice {
  State before = kImpossible;
  Way way = skip;
  Cross cross = one_each;
};

// The length, and how each state at each aisle was reached when `choices` is given.
std::int64_t solve(const PickArea& area, const Stretch& stretch, std::vector<std::array<Choice, kStates>>* choices, State& end) {
  std::array<std::int64_t, kStates> at;
  at.fill(kTooLong);
  at[nothing] = 0;
  for (std::size_t i = 0; i < stretch.aisles.size(); ++i) {
    const bool last = i + 1 == stretch.aisles.size();
    const auto cost = stretch.aisles[i].cost(area.aisle_length_mm);
    std::array<std::int64_t, kStates> walked;
    walked.fill(kTooLong);
    std::array<Choice, kStates> how{};
    for (std::uint8_t state = 0; state < kStates; ++state) {
      if (at[state] == kTooLong) continue;
      for (std::uint8_t way = 0; way < kWays; ++way) {
        if (cost[way] == kTooLong) continue;
        const State after = kAfterWay[way][state];
        if (at[state] + cost[way] >= walked[after]) continue;
        walked[after] = at[state] + cost[way];
        how[after] = {static_cast<State>(state), static_cast<Way>(way), one_each};
      }
    }
    if (last) {
      if (choices != nullptr) choices->push_back(how);
      end = both;
      for (const State state : {front, back})
        if (walked[state] < walked[end]) end = state;
      return walked[end];
    }
    const std::array<std::int64_t, kCrossings> crossing{2 * area.spacing_mm, 2 * area.spacing_mm, 2 * area.spacing_mm, 4 * area.spacing_mm};
    std::array<std::int64_t, kStates> next;
    next.fill(kTooLong);
    std::array<Choice, kStates> crossed{};
    for (std::uint8_t state = 0; state < kStates; ++state) {
      if (walked[state] == kTooLong) continue;
      for (std::uint8_t cross = 0; cross < kCrossings; ++cross) {
        const State after = kAfterCross[cross][state];
        if (after == kImpossible || walked[state] + crossing[cross] >= next[after]) continue;
        next[after] = walked[state] + crossing[cross];
        crossed[after] = how[state];
        crossed[after].cross = static_cast<Cross>(cross);
      }
    }
    if (choices != nullptr) choices->push_back(crossed);
    at = next;
  }
  return 0;
}

std::vector<Stop> in_order(std::span<const Stop> stops) {
  std::vector<Stop> sorted(stops.begin(), stops.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// Places on the way (crossings and stops) and passages between neighbours, walked in one round (Hierholzer).
class Round {
 public:
  explicit Round(std::size_t places) : passages_(places) {}

  void passage(std::size_t a, std::size_t b, int times) {
    for (; times > 0; --times) {
      passages_[a].push_back({b, walked_.size()});
      passages_[b].push_back({a, walked_.size()});
      walked_.push_back(false);
    }
  }

  std::vector<std::size_t> walk(std::size_t start) {
    std::vector<std::size_t> stack{start}, round;
    while (!stack.empty()) {
      auto& from = passages_[stack.back()];
      while (!from.empty() && walked_[from.back().second]) from.pop_back();
      if (from.empty()) {
        round.push_back(stack.back());
        stack.pop_back();
      } else {
        walked_[from.back().second] = true;
        stack.push_back(from.back().first);
      }
    }
    return round;
  }

 private:
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> passages_;
  std::vector<bool> walked_;
};

}  // namespace

std::int64_t shortest_walk_mm(const PickArea& area, std::span<const Stop> stops) {
  WalkMeter meter(area);
  meter.add(stops);
  return meter.length_mm();
}

std::int64_t WalkMeter::length_mm() {
  // The depot is a stop at the front of its aisle.
  keys_.push_back(static_cast<std::uint64_t>(area_.depot_aisle) << 32);
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    const std::uint64_t key = keys_[i];
    std::size_t at = i;
    for (; at > 0 && keys_[at - 1] > key; --at) keys_[at] = keys_[at - 1];
    keys_[at] = key;
  }
  // The tables above, written out: per state the cheapest way to reach it.
  const std::int64_t length = area_.aisle_length_mm, across = 2 * area_.spacing_mm;
  const auto least = [](std::int64_t value, auto... more) {
    ((value = more < value ? more : value), ...);
    return value;
  };
  std::int64_t odd_at = kTooLong, front_at = kTooLong, back_at = kTooLong, both_at = kTooLong, apart_at = kTooLong, nothing_at = 0;
  for (std::size_t i = 0; i < keys_.size();) {
    const std::uint64_t aisle = keys_[i] >> 32;
    const auto first = static_cast<std::int64_t>(keys_[i] & 0xFFFF'FFFF);
    std::int64_t last = first, gap = 0;
    for (++i; i < keys_.size() && keys_[i] >> 32 == aisle; ++i) {
      const auto at = static_cast<std::int64_t>(keys_[i] & 0xFFFF'FFFF);
      gap = at - last > gap ? at - last : gap;
      last = at;
    }
    const std::int64_t by_front = 2 * last, by_back = 2 * (length - first), by_both = 2 * (length - gap), twice = 2 * length;
    const std::int64_t any = least(by_front, by_back, by_both, twice);
    const std::int64_t odd_now = least(odd_at + any, least(front_at, back_at, both_at, apart_at, nothing_at) + length);
    const std::int64_t both_now = least(odd_at + length, both_at + any, least(front_at, back_at, apart_at, nothing_at) + twice);
    const std::int64_t apart_now = least(apart_at + least(by_front, by_back, by_both), front_at + least(by_back, by_both), back_at + least(by_front, by_both), nothing_at + by_both);
    const std::int64_t front_now = least(front_at, nothing_at) + by_front;
    const std::int64_t back_now = least(back_at, nothing_at) + by_back;
    if (i == keys_.size()) return least(front_now, back_now, both_now);
    odd_at = odd_now, both_at = both_now, apart_at = apart_now, front_at = front_now, back_at = back_now, nothing_at = kTooLong;
    for (std::uint64_t gone = aisle; gone < keys_[i] >> 32; ++gone) {
      if (gone > aisle) {  // an aisle without stops is passed, or walked through
        const std::int64_t through_odd = least(front_at, back_at, both_at, apart_at) + length;
        const std::int64_t joined = least(odd_at + length, least(front_at, back_at, apart_at) + twice);
        odd_at = least(odd_at, through_odd);
        both_at = least(both_at, joined);
      }
      apart_at = least(front_at, back_at, apart_at) + 2 * across;
      front_at = least(front_at, both_at) + across;
      back_at = least(back_at, both_at) + across;
      both_at += 2 * across;
      odd_at += across;
      odd_at = least(odd_at, kTooLong), both_at = least(both_at, kTooLong), apart_at = least(apart_at, kTooLong), front_at = least(front_at, kTooLong), back_at = least(back_at, kTooLong);
    }
  }
  return 0;
}

Walk shortest_walk(const PickArea& area, std::span<const Stop> stops) {
  std::vector<std::uint32_t> order(stops.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return stops[a] < stops[b]; });
  std::vector<Stop> sorted;
  for (const std::uint32_t i : order) sorted.push_back(stops[i]);
  const Stretch stretch = stretch_of(area, sorted);
  std::vector<std::array<Choice, kStates>> choices;
  State state = both;
  Walk walk{.length_mm = solve(area, stretch, &choices, state), .visits = {}};

  // Places: the stops as sorted, then the front and back crossing of each aisle.
  const auto crossing = [&](std::size_t aisle, bool at_back) { return sorted.size() + 2 * aisle + (at_back ? 1 : 0); };
  Round round(sorted.size() + 2 * stretch.aisles.size());
  for (std::size_t i = stretch.aisles.size(); i-- > 0;) {
    const Choice& choice = choices[i][state];
    if (i + 1 < stretch.aisles.size()) {
      const int front_times = choice.cross == one_each ? 1 : choice.cross == back_twice ? 0 : 2;
      const int back_times = choice.cross == one_each ? 1 : choice.cross == front_twice ? 0 : 2;
      round.passage(crossing(i, false), crossing(i + 1, false), front_times);
      round.passage(crossing(i, true), crossing(i + 1, true), back_times);
    }
    const auto number = static_cast<std::int32_t>(i) + stretch.first;
    std::vector<std::size_t> along{crossing(i, false)};
    std::vector<std::int64_t> heights{0};
    for (std::size_t s = 0; s < sorted.size(); ++s)
      if (sorted[s].aisle == number) {
        along.push_back(s);
        heights.push_back(sorted[s].at_mm);
      }
    along.push_back(crossing(i, true));
    heights.push_back(area.aisle_length_mm);
    const Aisle& aisle = stretch.aisles[i];
    for (std::size_t k = 0; k + 1 < along.size(); ++k) {
      int times = 0;
      switch (choice.way) {
        case through: times = 1; break;
        case there_and_back: times = 2; break;
        case from_front: times = heights[k + 1] <= aisle.last && k + 2 < along.size() ? 2 : 0; break;
        case from_back: times = heights[k] >= aisle.first && k > 0 ? 2 : number == area.depot_aisle ? 2 : 0; break;
        case from_both: times = heights[k] == aisle.gap_from && heights[k + 1] == aisle.gap_to ? 0 : 2; break;
        default: break;
      }
      round.passage(along[k], along[k + 1], times);
    }
    state = choice.before;
  }
  std::vector<bool> seen(sorted.size());
  for (const std::size_t place : round.walk(crossing(static_cast<std::size_t>(area.depot_aisle - stretch.first), false)))
    if (place < sorted.size() && !seen[place]) {
      seen[place] = true;
      walk.visits.push_back(order[place]);
    }
  check(walk.visits.size() == stops.size(), "a walk misses a stop");
  return walk;
}

std::int64_t s_shape_walk_mm(const PickArea& area, std::span<const Stop> stops) {
  const std::vector<Stop> sorted = in_order(stops);
  std::int64_t length = 0;
  int aisles = 0;
  int left = area.depot_aisle, right = area.depot_aisle;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    left = std::min(left, static_cast<int>(sorted[i].aisle));
    right = std::max(right, static_cast<int>(sorted[i].aisle));
    const bool last_of_aisle = i + 1 == sorted.size() || sorted[i + 1].aisle != sorted[i].aisle;
    if (!last_of_aisle) continue;
    ++aisles;
    const bool last_aisle = i + 1 == sorted.size();
    // The last aisle, when it begins at the front, is left where it was entered.
    length += last_aisle && aisles % 2 == 1 ? 2 * sorted[i].at_mm : area.aisle_length_mm;
  }
  return length + 2 * (right - left) * area.spacing_mm;
}

}  // namespace zifa::plan
