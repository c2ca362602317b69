#include "pack_cases.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "base/splitmix.hpp"

namespace zifa::bench {

using namespace packing;

std::vector<PackCase> carton_orders(int orders) {
  SplitMix dice(20240601);
  std::vector<Item> products;
  for (int i = 0; i < 400; ++i) {
    const auto u = dice.between(1, 100);
    std::array<std::int64_t, 3> d{};
    if (u <= 95) {
      const auto [low, high] = u <= 40 ? std::pair(20, 120) : u <= 75 ? std::pair(60, 220) : std::pair(120, 380);
      for (auto& side : d) side = dice.between(low, high);
    } else {
      d[0] = dice.between(250, 600);
      d[1] = dice.between(150, 400);
      d[2] = dice.between(150, 400);
    }
    std::sort(d.rbegin(), d.rend());
    const auto density = dice.between(80, 900);
    const auto grams = std::min<std::int64_t>(12'000, std::max<std::int64_t>(1, d[0] * d[1] * d[2] * density / 1'000'000));
    products.push_back({.sku = "P" + std::to_string(i), .quantity = 1, .size_mm = {d[0], d[1], d[2]}, .weight_g = grams});
  }
  std::vector<Carton> cartons;
  constexpr int kInches[16][3] = {{6, 4, 4},   {6, 6, 6},    {8, 6, 4},   {8, 8, 8},   {10, 8, 4},   {10, 10, 10}, {12, 9, 3},   {12, 9, 6},
                                  {12, 12, 6}, {12, 12, 12}, {14, 10, 6}, {16, 12, 8}, {18, 12, 10}, {18, 14, 12}, {20, 16, 12}, {24, 18, 18}};
  for (const auto& [a, b, c] : kInches) {
    const std::int64_t s = 2 * (a * b + b * c + a * c);
    Carton carton;
    carton.id = std::to_string(a) + "x" + std::to_string(b) + "x" + std::to_string(c);
    carton.inner_mm = {a * 254 / 10, b * 254 / 10, c * 254 / 10};
    carton.outer_mm = {(a + 1) * 254 / 10, (b + 1) * 254 / 10, (c + 1) * 254 / 10};
    carton.max_weight_g = 22'680;
    carton.tare_g = 30 + 45 * s / 100;
    carton.cost = 10 + (9 * s + 50) / 100;
    cartons.push_back(carton);
  }
  std::vector<PackCase> all;
  constexpr int kUnits[8] = {30, 55, 70, 80, 88, 93, 97, 100};
  for (int o = 0; o < orders; ++o) {
    const auto u = dice.between(1, 100);
    int units = 1;
    while (kUnits[units - 1] < u) ++units;
    PackCase one;
    one.cartons = cartons;
    std::int64_t product = dice.between(0, 399);
    std::vector<std::int64_t> picked{product};
    for (int i = 1; i < units; ++i) {
      if (dice.between(1, 100) <= 60) product = dice.between(0, 399);
      picked.push_back(product);
    }
    for (const std::int64_t p : picked) {
      const Item& item = products[static_cast<std::size_t>(p)];
      const auto at = std::find_if(one.items.begin(), one.items.end(), [&](const Item& i) { return i.sku == item.sku; });
      if (at == one.items.end()) one.items.push_back(item);
      else ++at->quantity;
    }
    all.push_back(std::move(one));
  }
  return all;
}

Price carton_price(const std::vector<Carton>& cartons) {
  std::vector<std::int64_t> dim;
  for (const Carton& carton : cartons) {
    std::int64_t a = 0, b = 0, c = 0;
    char x = 0;
    std::istringstream(carton.id) >> a >> x >> b >> x >> c;
    dim.push_back(((a + 1) * (b + 1) * (c + 1) + 138) / 139);
  }
  std::vector<std::int64_t> costs;
  for (const Carton& carton : cartons) costs.push_back(carton.cost);
  return [dim, costs](const Draft& draft) -> std::optional<std::int64_t> {
    const std::int64_t pounds = (draft.gross_g * 100'000 + 45'359'236) / 45'359'237;
    const std::int64_t b = std::max(pounds, dim[draft.carton]);
    return costs[draft.carton] + (b <= 10 ? 650 + 95 * (b - 1) : 1505 + 70 * (b - 10));
  };
}

namespace {

// 48-bit linear congruential generator.
class Rand48 {
 public:
  explicit Rand48(std::uint32_t seed) : h_(seed), l_(0x330E) {}
  std::int64_t between(std::int64_t a, std::int64_t b) { return a + next() % (b - a + 1); }

 private:
  std::int64_t next() {
    h_ = h_ * 0xDEECE66DU + l_ * 0x5DEECU;
    l_ = l_ * 0xE66DU + 0xBU;
    h_ += l_ >> 16;
    l_ &= 0xFFFFU;
    return static_cast<std::int64_t>(h_ >> 1);
  }
  std::uint32_t h_, l_;
};

}  // namespace

PackCase bin_packing(int kind, int items, int v) {
  Rand48 dice(static_cast<std::uint32_t>(v + items));
  const int side = kind == 6 ? 10 : kind == 7 ? 40 : 100;
  PackCase one;
  Carton bin;
  bin.id = "bin";
  bin.inner_mm = bin.outer_mm = {side, side, side};
  one.cartons.push_back(bin);
  for (int i = 0; i < items; ++i) {
    Item item;
    item.sku = std::to_string(i);
    item.turn = Turn::fixed;
    std::int64_t low[3], high[3];
    const auto set = [&](int axis, std::int64_t a, std::int64_t b) {
      low[axis] = a;
      high[axis] = b;
    };
    if (kind <= 5) {
      const auto t = dice.between(1, 10);
      const int type = t <= 5 ? static_cast<int>(t) : kind;
      for (int axis = 0; axis < 3; ++axis) {
        if (type == 4) set(axis, side / 2, side);
        else if (type == 5) set(axis, 1, side / 2);
        else if (axis == type - 1) set(axis, 1, side / 2);
        else set(axis, 2 * side / 3, side);
      }
    } else {
      for (int axis = 0; axis < 3; ++axis) set(axis, 1, kind == 6 ? 10 : kind == 7 ? 35 : 100);
    }
    item.size_mm.x = dice.between(low[0], high[0]);
    item.size_mm.y = dice.between(low[1], high[1]);
    item.size_mm.z = dice.between(low[2], high[2]);
    one.items.push_back(item);
  }
  return one;
}

std::vector<PackCase> container_loading(const std::string& file) {
  std::ifstream in(file);
  std::vector<PackCase> all;
  int problems = 0;
  in >> problems;
  for (int p = 0; p < problems && in; ++p) {
    std::int64_t number = 0, seed = 0, types = 0;
    PackCase one;
    Carton container;
    container.id = "container";
    in >> number >> seed >> container.inner_mm.x >> container.inner_mm.y >> container.inner_mm.z >> types;
    container.outer_mm = container.inner_mm;
    container.available = 1;
    one.cartons.push_back(container);
    for (std::int64_t t = 0; t < types; ++t) {
      std::int64_t index = 0, flags[3];
      Item item;
      in >> index >> item.size_mm.x >> flags[0] >> item.size_mm.y >> flags[1] >> item.size_mm.z >> flags[2] >> item.quantity;
      item.sku = std::to_string(index);
      item.vertical = {flags[0] == 1, flags[1] == 1, flags[2] == 1};
      one.items.push_back(item);
    }
    if (in) all.push_back(std::move(one));
  }
  return all;
}

namespace {

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> all;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, ',');) all.push_back(field);
  return all;
}

}  // namespace

std::vector<PackCase> real_orders(const std::string& folder) {
  std::vector<Carton> cartons;
  std::ifstream boxes(folder + "/boxes.csv");
  std::string line;
  std::getline(boxes, line);
  while (std::getline(boxes, line)) {
    const auto f = fields(line);
    if (f.size() < 9) continue;
    const auto n = [&](int i) { return std::stoll(f[static_cast<std::size_t>(i)]); };
    Carton carton;
    carton.id = f[0];
    carton.outer_mm = {n(1), n(2), n(3)};
    carton.tare_g = n(4);
    carton.inner_mm = {n(5), n(6), n(7)};
    carton.max_weight_g = n(8) - n(4);  // the limit there is of the whole parcel
    cartons.push_back(carton);
  }
  std::ifstream items(folder + "/items.csv");
  std::map<std::string, std::size_t> seen;
  std::vector<PackCase> all;
  std::getline(items, line);
  while (std::getline(items, line)) {
    const auto f = fields(line);
    if (f.size() < 7) continue;
    const auto n = [&](int i) { return std::stoll(f[static_cast<std::size_t>(i)]); };
    const auto [at, is_new] = seen.emplace(f[0], all.size());
    if (is_new) all.push_back({{}, cartons});
    all[at->second].items.push_back({.sku = f[2], .quantity = n(1), .size_mm = {n(3), n(4), n(5)}, .weight_g = n(6)});
  }
  return all;
}

}  // namespace zifa::bench
