// `pick`: metres walked for 400 orders on carts of 8 and 16, against first-in batches walked aisle by aisle.
#include <cstdio>
#include <ctime>
#include <vector>

#include "base/splitmix.hpp"
#include "domain/plan/pick_batches.hpp"

using namespace zifa;
using namespace zifa::plan;

namespace {

const PickArea kArea{.aisles = 10, .aisle_length_mm = 46'000, .spacing_mm = 5'000};

std::vector<std::vector<Stop>> day_of(std::uint64_t seed) {
  SplitMix random(seed);
  std::vector<std::vector<Stop>> orders(400);
  for (auto& order : orders) {
    const auto share = random.next() % 100;
    const int lines = share < 60 ? 1 : share < 85 ? 2 : share < 95 ? 3 : 4;
    for (int i = 0; i < lines; ++i) {
      const auto aisle = static_cast<std::int32_t>(random.next() % 10);
      order.push_back({aisle, static_cast<std::int32_t>(1 + random.next() % 45) * 1'000});
    }
  }
  return orders;
}

std::vector<Stop> stops_of(const std::vector<std::vector<Stop>>& orders, const Batch& batch) {
  std::vector<Stop> stops;
  for (const std::uint32_t order : batch) stops.insert(stops.end(), orders[order].begin(), orders[order].end());
  return stops;
}

}  // namespace

int main() {
  bool valid = true;
  for (const std::size_t cart : {8U, 16U}) {
    double plain = 0, planned = 0, ms = 0;
    for (std::uint64_t seed = 1000; seed < 1005; ++seed) {
      const auto orders = day_of(seed);
      for (std::uint32_t from = 0; from < orders.size(); from += static_cast<std::uint32_t>(cart)) {
        Batch batch;
        for (std::uint32_t i = from; i < from + cart; ++i) batch.push_back(i);
        plain += static_cast<double>(s_shape_walk_mm(kArea, stops_of(orders, batch))) / 1000;
      }
      const std::clock_t begun = std::clock();
      const auto batches = batch_orders(kArea, orders, cart, 1'200'000);
      ms += static_cast<double>(std::clock() - begun) * 1000 / CLOCKS_PER_SEC;
      std::vector<int> seen(orders.size());
      for (const Batch& batch : batches) {
        valid = valid && batch.size() <= cart;
        for (const std::uint32_t order : batch) valid = valid && ++seen[order] == 1;
        const auto stops = stops_of(orders, batch);
        const Walk walk = shortest_walk(kArea, stops);
        valid = valid && walk.visits.size() == stops.size();
        planned += static_cast<double>(walk.length_mm) / 1000;
      }
      for (const int times : seen) valid = valid && times == 1;
    }
    std::printf("pick 400 orders, cart of %2zu: first in, aisle by aisle %7.0f m  planned %7.0f m  ratio %.3f  %.0f ms%s\n", cart, plain / 5, planned / 5, planned / plain, ms / 5,
                valid ? "" : "  INVALID");
  }
  return valid ? 0 : 1;
}
