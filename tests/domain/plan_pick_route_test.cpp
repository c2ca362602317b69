#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/splitmix.hpp"
#include "domain/plan/pick_batches.hpp"

using namespace zifa;
using namespace zifa::plan;

namespace {

std::int64_t distance(const PickArea& area, const Stop& a, const Stop& b) {
  if (a.aisle == b.aisle) return std::abs(a.at_mm - b.at_mm);
  const std::int64_t across = std::abs(a.aisle - b.aisle) * area.spacing_mm;
  return across + std::min<std::int64_t>(a.at_mm + b.at_mm, 2 * area.aisle_length_mm - a.at_mm - b.at_mm);
}

std::int64_t round_length(const PickArea& area, const std::vector<Stop>& stops, const std::vector<std::uint32_t>& visits) {
  Stop at{area.depot_aisle, 0};
  std::int64_t length = 0;
  for (const std::uint32_t visit : visits) {
    length += distance(area, at, stops[visit]);
    at = stops[visit];
  }
  return length + distance(area, at, {area.depot_aisle, 0});
}

// Every order of the stops.
std::int64_t shortest_of_all(const PickArea& area, const std::vector<Stop>& stops) {
  std::vector<std::uint32_t> visits(stops.size());
  for (std::uint32_t i = 0; i < visits.size(); ++i) visits[i] = i;
  std::int64_t best = std::numeric_limits<std::int64_t>::max();
  do best = std::min(best, round_length(area, stops, visits));
  while (std::next_permutation(visits.begin(), visits.end()));
  return best;
}

std::vector<Stop> random_stops(SplitMix& random, const PickArea& area, std::int64_t count) {
  std::vector<Stop> stops;
  for (; count > 0; --count)
    stops.push_back({static_cast<std::int32_t>(random.between(0, area.aisles - 1)), static_cast<std::int32_t>(random.between(0, area.aisle_length_mm))});
  return stops;
}

}  // namespace

TEST_CASE("a walk through the aisles is the shortest of all") {
  SplitMix random(1983);
  for (int i = 0; i < 4'000; ++i) {
    PickArea area{.aisles = static_cast<int>(random.between(1, 6)), .aisle_length_mm = random.between(1, 30), .spacing_mm = random.between(0, 12)};
    area.depot_aisle = static_cast<int>(random.between(0, area.aisles - 1));
    const std::vector<Stop> stops = random_stops(random, area, random.between(0, i % 20 == 0 ? 7 : 5));
    const Walk walk = shortest_walk(area, stops);
    REQUIRE(walk.length_mm == shortest_of_all(area, stops));
    REQUIRE(shortest_walk_mm(area, stops) == walk.length_mm);
    REQUIRE(s_shape_walk_mm(area, stops) >= walk.length_mm);
  }
}

TEST_CASE("the stops are told in an order that walks no farther than the length told") {
  SplitMix random(2);
  for (int i = 0; i < 2'000; ++i) {
    PickArea area{.aisles = static_cast<int>(random.between(1, 12)), .aisle_length_mm = 46'000, .spacing_mm = 5'000};
    area.depot_aisle = static_cast<int>(random.between(0, area.aisles - 1));
    const std::vector<Stop> stops = random_stops(random, area, random.between(0, 60));
    const Walk walk = shortest_walk(area, stops);
    std::vector<std::uint32_t> sorted = walk.visits;
    std::sort(sorted.begin(), sorted.end());
    REQUIRE(sorted.size() == stops.size());
    for (std::uint32_t k = 0; k < sorted.size(); ++k) REQUIRE(sorted[k] == k);
    REQUIRE(round_length(area, stops, walk.visits) == walk.length_mm);
  }
}

TEST_CASE("nothing to pick is no walk, and one stop is there and back") {
  const PickArea area{.aisles = 10, .aisle_length_mm = 46'000, .spacing_mm = 5'000};
  CHECK(shortest_walk_mm(area, {}) == 0);
  CHECK(shortest_walk_mm(area, std::vector<Stop>{{3, 10'000}}) == 2 * (15'000 + 10'000));
}

TEST_CASE("every order is in one batch, no cart carries more than it holds, and batches walk less than the orders alone") {
  SplitMix random(4);
  const PickArea area{.aisles = 10, .aisle_length_mm = 46'000, .spacing_mm = 5'000};
  for (const std::size_t count : {1U, 7U, 60U, 1'600U}) {
    std::vector<std::vector<Stop>> orders(count);
    for (auto& order : orders) order = random_stops(random, area, random.between(1, 4));
    const std::vector<Batch> batches = batch_orders(area, orders, 8, 2'000);
    std::vector<int> seen(count);
    std::int64_t together = 0, alone = 0;
    for (const Batch& batch : batches) {
      CHECK(batch.size() <= 8);
      CHECK_FALSE(batch.empty());
      std::vector<Stop> stops;
      for (const std::uint32_t order : batch) {
        ++seen[order];
        stops.insert(stops.end(), orders[order].begin(), orders[order].end());
      }
      together += shortest_walk_mm(area, stops);
    }
    for (const auto& order : orders) alone += shortest_walk_mm(area, order);
    CHECK(std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; }));
    CHECK(together <= alone);
  }
  CHECK(batch_orders(area, {}, 8, 10).empty());
}
