// bench_pack NAME [--ms N] [--every N] [folder]: runs a packing benchmark; every answer is checked before it is counted.
#include <ctime>
#include <cstdio>
#include <cstring>
#include <map>
#include <set>

#include "adapters/clock/stopwatch.hpp"
#include "pack_cases.hpp"
#include "tests/domain/packing_checker.hpp"

namespace {

using namespace zifa;
using namespace zifa::packing;

struct Call {
  std::int64_t ms = 0;
  std::int64_t work_per_ms = 160'000;
  int every = 1;
  std::string folder;
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

struct Run {
  Packing packing;
  double seconds = 0;
};

Run run(const bench::PackCase& one, Objective objective, const Price& price, const Call& call) {
  const double cpu = cpu_seconds();
  const Effort effort{clock::until_ms_from_now(call.ms), call.ms * call.work_per_ms};
  auto packed = pack(one.items, one.cartons, {}, objective, price, effort);
  const double seconds = cpu_seconds() - cpu;
  if (!packed) {
    std::printf("refused: %s\n", packed.error().message.c_str());
    std::exit(1);
  }
  if (const auto wrong = checker::fault(one.items, one.cartons, *packed, {}, price)) {
    std::printf("INVALID: %s\n", wrong->c_str());
    std::exit(1);
  }
  return {std::move(*packed), seconds};
}

void carton(Call call) {
  if (call.ms == 0) call.ms = 10;
  const auto cases = bench::carton_orders(2000);
  const Price price = bench::carton_price(cases[0].cartons);
  std::int64_t total = 0, proven = 0, parcels = 0, split = 0;
  double seconds = 0, worst = 0;
  std::map<std::int64_t, std::pair<int, double>> by_units;
  for (const auto& one : cases) {
    const Run r = run(one, Objective::cost, price, call);
    for (const Parcel& p : r.packing.parcels) total += *p.price;
    parcels += static_cast<std::int64_t>(r.packing.parcels.size());
    split += r.packing.parcels.size() > 1;
    proven += r.packing.proven;
    seconds += r.seconds;
    worst = std::max(worst, r.seconds);
    std::int64_t units = 0;
    for (const Item& item : one.items) units += item.quantity;
    by_units[units].first++;
    by_units[units].second += r.seconds;
  }
  const auto n = static_cast<double>(cases.size());
  std::printf("carton: mean %.2f cents an order, %.0f orders/s, worst %.2f ms, %lld parcels, %lld orders split, %.1f %% proven best\n", static_cast<double>(total) / n, n / seconds,
              worst * 1e3, static_cast<long long>(parcels), static_cast<long long>(split), 100.0 * static_cast<double>(proven) / n);
  for (const auto& [units, t] : by_units) std::printf("  %lld units: %d orders, %.1f us each\n", static_cast<long long>(units), t.first, t.second / t.first * 1e6);
}

// CARTON-1's orders, each packed for a hundred services at once.
void services(Call call) {
  if (call.ms == 0) call.ms = 10;
  const auto cases = bench::carton_orders(2000);
  const Price base = bench::carton_price(cases[0].cartons);
  std::vector<Price> prices;
  for (std::int64_t s = 0; s < 100; ++s)
    prices.push_back([&base, s](const Draft& draft) -> std::optional<std::int64_t> { return *base(draft) * (50 + s) / 70 + s * draft.gross_g / 1000; });
  double seconds = 0;
  std::int64_t total = 0, proven = 0;
  for (const auto& one : cases) {
    const double cpu = cpu_seconds();
    const auto all = pack_for_services(one.items, one.cartons, {}, prices, {clock::until_ms_from_now(call.ms), call.ms * call.work_per_ms});
    seconds += cpu_seconds() - cpu;
    for (std::size_t s = 0; s < prices.size(); ++s) {
      if (const auto wrong = checker::fault(one.items, one.cartons, (*all)[s], {}, prices[s])) {
        std::printf("INVALID: %s\n", wrong->c_str());
        std::exit(1);
      }
      for (const Parcel& p : (*all)[s].parcels) total += *p.price;
      proven += (*all)[s].proven;
    }
  }
  const auto n = static_cast<double>(cases.size());
  std::printf("services: %.0f orders/s with 100 services each, mean %.2f, %.1f %% proven best\n", n / seconds, static_cast<double>(total) / n / 100, static_cast<double>(proven) / n);
}

void mpv(Call call) {
  if (call.ms == 0) call.ms = 500;
  double sum = 0, seconds = 0;
  for (const int kind : {1, 4, 5, 6, 7, 8}) {
    std::printf("class %d:", kind);
    for (const int n : {50, 100, 150, 200}) {
      int bins = 0, proven = 0, runs = 0;
      for (int v = 1; v <= 10; v += call.every) {
        const Run r = run(bench::bin_packing(kind, n, v), Objective::boxes, {}, call);
        bins += static_cast<int>(r.packing.parcels.size());
        proven += r.packing.proven;
        seconds += r.seconds;
        ++runs;
      }
      sum += static_cast<double>(bins) / runs;
      std::printf("  %d: %.1f (%d proven)", n, static_cast<double>(bins) / runs, proven);
      std::fflush(stdout);
    }
    std::printf("\n");
  }
  std::printf("pack-mpv: sum of class means %.1f, at %lld ms an instance, %.1f s in all\n", sum, static_cast<long long>(call.ms), seconds);
}

void br(Call call) {
  if (call.ms == 0) call.ms = 1000;
  double seconds = 0, all = 0;
  int sets = 0;
  for (int set = 0; set <= 7; ++set) {
    const auto cases = bench::container_loading(call.folder + "/BR" + std::to_string(set) + ".txt");
    if (cases.empty()) continue;
    double used = 0;
    int runs = 0;
    for (std::size_t i = 0; i < cases.size(); i += static_cast<std::size_t>(call.every)) {
      const Run r = run(cases[i], Objective::volume, {}, call);
      std::int64_t placed = 0;
      for (const Parcel& p : r.packing.parcels) placed += p.draft.contents_mm3;
      used += 100.0 * static_cast<double>(placed) / (587.0 * 233 * 220);
      seconds += r.seconds;
      ++runs;
    }
    std::printf("BR%d: %.2f %% of the container used, mean of %d\n", set, used / runs, runs);
    std::fflush(stdout);
    if (set > 0) {
      all += used / runs;
      ++sets;
    }
  }
  std::printf("pack-br: %.2f %% over the sets BR1 and up, at %lld ms, %.1f s in all\n", sets ? all / sets : 0.0, static_cast<long long>(call.ms), seconds);
}

void real(Call call) {
  if (call.ms == 0) call.ms = 10;
  const auto cases = bench::real_orders(call.folder);
  std::int64_t boxes = 0, proven = 0, volume = 0;
  double seconds = 0, worst = 0;
  for (const auto& one : cases) {
    const Run r = run(one, Objective::boxes, {}, call);
    boxes += static_cast<std::int64_t>(r.packing.parcels.size());
    for (const Parcel& p : r.packing.parcels) volume += p.draft.outer_mm.x * p.draft.outer_mm.y * p.draft.outer_mm.z;
    proven += r.packing.proven;
    seconds += r.seconds;
    worst = std::max(worst, r.seconds);
    if (!r.packing.refused.empty()) std::printf("an order has units refused\n");
  }
  const auto n = static_cast<double>(cases.size());
  std::printf("pack-real: %lld boxes for %zu orders, %.1f litres outside, %.0f orders/s, worst %.2f ms, %.1f %% proven best\n", static_cast<long long>(boxes), cases.size(),
              static_cast<double>(volume) / 1e6, n / seconds, worst * 1e3, 100.0 * static_cast<double>(proven) / n);
}

}  // namespace

int main(int argc, char** argv) {
  Call call;
  const std::string name = argc > 1 ? argv[1] : "";
  for (int i = 2; i < argc; ++i) {
    if (std::strcmp(argv[i], "--ms") == 0 && i + 1 < argc) call.ms = std::atoll(argv[++i]);
    else if (std::strcmp(argv[i], "--work-per-ms") == 0 && i + 1 < argc) call.work_per_ms = std::atoll(argv[++i]);
    else if (std::strcmp(argv[i], "--every") == 0 && i + 1 < argc) call.every = std::atoi(argv[++i]);
    else call.folder = argv[i];
  }
  if (name == "carton") carton(call);
  else if (name == "services") services(call);
  else if (name == "mpv") mpv(call);
  else if (name == "br") br(call);
  else if (name == "real") real(call);
  else {
    std::printf("bench_pack carton|services|mpv|br|real [--ms N] [--work-per-ms N] [--every N] [folder]\n");
    return 2;
  }
  return 0;
}
