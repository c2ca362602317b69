#include <doctest/doctest.h>

#include <algorithm>

#include "base/splitmix.hpp"
#include "domain/packing/diagram.hpp"
#include "domain/packing/packing.hpp"
#include "tests/domain/packing_checker.hpp"

using namespace zifa;
using namespace zifa::packing;

namespace {

Carton carton(std::string id, Sides inner, std::int64_t cost = 0) { return {.id = std::move(id), .inner_mm = inner, .outer_mm = {inner.x + 6, inner.y + 6, inner.z + 6}, .cost = cost}; }
Item item(std::string sku, std::int64_t quantity, Sides size, std::int64_t weight_g = 100) { return {.sku = std::move(sku), .quantity = quantity, .size_mm = size, .weight_g = weight_g}; }

// Packs, and stops the test if the answer breaks a rule.
Packing packed(const std::vector<Item>& items, const std::vector<Carton>& cartons, Objective objective = Objective::boxes, const Rules& rules = {},
               const std::optional<Freight>& freight = std::nullopt) {
  const Price price = price_of(cartons, freight);
  auto packing = pack(items, cartons, rules, objective, price, {});
  REQUIRE(packing.has_value());
  const auto wrong = checker::fault(items, cartons, *packing, rules, price);
  REQUIRE_MESSAGE(!wrong, wrong.value_or(""));
  return *packing;
}

std::string refusal(const std::vector<Item>& items, const std::vector<Carton>& cartons, const Rules& rules = {}) {
  const auto packing = pack(items, cartons, rules, Objective::boxes, {}, {});
  return packing ? "" : packing.error().code;
}

std::int64_t total(const Packing& packing) {
  std::int64_t sum = 0;
  for (const Parcel& p : packing.parcels) sum += p.price.value_or(0);
  return sum;
}

}  // namespace

TEST_CASE("an item goes in only when it is turned") {
  const std::vector<Carton> cartons{carton("A", {200, 100, 50})};
  Item one = item("ruler", 1, {50, 100, 200});
  CHECK(packed({one}, cartons).parcels.size() == 1);
  one.turn = Turn::upright;
  CHECK(packed({one}, cartons).refused.at(0).why == Why::too_large);
  one.turn = Turn::fixed;
  CHECK(packed({one}, cartons).parcels.empty());
  one.size_mm = {100, 200, 50};
  CHECK(packed({one}, cartons).parcels.empty());
  one.turn = Turn::upright;
  CHECK(packed({one}, cartons).parcels.size() == 1);
}

TEST_CASE("the sides that may stand upright go before the turn") {
  const std::vector<Carton> cartons{carton("A", {200, 100, 50})};
  Item one = item("bottle", 1, {50, 100, 200});
  one.turn = Turn::fixed;
  one.vertical = {true, false, false};
  CHECK(packed({one}, cartons).parcels.size() == 1);
  one.vertical = {false, true, true};
  CHECK(packed({one}, cartons).parcels.empty());
}

TEST_CASE("three bars that interlock fill their cube, though no straight cut parts them") {
  std::vector<Item> items{item("x", 1, {20, 10, 10}), item("y", 1, {10, 20, 10}), item("z", 1, {10, 10, 20})};
  for (Item& i : items) i.turn = Turn::fixed;
  const Packing answer = packed(items, {carton("cube", {20, 20, 20})});
  CHECK(answer.parcels.size() == 1);
  CHECK(answer.proven);
}

TEST_CASE("four flat bars go round a hole") {
  std::vector<Item> items{item("a", 2, {60, 40, 100}), item("b", 2, {40, 60, 100})};
  for (Item& i : items) i.turn = Turn::fixed;
  CHECK(packed(items, {carton("A", {100, 100, 100})}).parcels.size() == 1);
  CHECK(packed(items, {carton("A", {100, 99, 100})}).parcels.size() == 2);
}

TEST_CASE("contents as heavy as the carton may hold are fine, a gram more is not") {
  Carton strong = carton("A", {100, 100, 100});
  strong.max_weight_g = 1000;
  strong.tare_g = 50;
  CHECK(packed({item("w", 2, {10, 10, 10}, 500)}, {strong}).parcels.size() == 1);
  CHECK(packed({item("w", 2, {10, 10, 10}, 501)}, {strong}).parcels.size() == 2);
  CHECK(packed({item("w", 1, {10, 10, 10}, 1001)}, {strong}).refused.at(0).why == Why::too_heavy);
  CHECK(packed({item("w", 1, {10, 10, 10}, 1000)}, {strong}).parcels.at(0).draft.gross_g == 1050);
}

TEST_CASE("nothing lies above a fragile item, not even on a bridge over it") {
  Item vase = item("vase", 1, {100, 100, 40});
  vase.turn = Turn::fixed;
  vase.stackable = false;
  Item book = item("book", 1, {100, 100, 40});
  book.turn = Turn::fixed;
  // The vase goes on top of the book.
  const Packing two = packed({vase, book}, {carton("A", {100, 100, 80})});
  REQUIRE(two.parcels.size() == 1);
  CHECK(two.parcels[0].placements[1].item == 0);
  vase.quantity = 2;
  CHECK(packed({vase}, {carton("A", {100, 100, 80})}).parcels.size() == 2);
  CHECK(packed({vase}, {carton("A", {200, 100, 80})}).parcels.size() == 1);
}

TEST_CASE("a base must rest on as much as was asked") {
  Item plate = item("plate", 1, {100, 100, 10});
  Item foot = item("foot", 1, {79, 100, 10});
  plate.turn = foot.turn = Turn::fixed;
  foot.weight_g = 900;
  const std::vector<Carton> cartons{carton("A", {100, 100, 20})};
  CHECK(packed({plate, foot}, cartons, Objective::boxes, {0}).parcels.size() == 1);
  // The foot may stand on the plate.
  CHECK(packed({plate, foot}, cartons, Objective::boxes, {100}).parcels.size() == 1);
  Item wide = item("wide", 1, {100, 50, 10}), deep = item("deep", 1, {50, 100, 10});
  wide.turn = deep.turn = Turn::fixed;
  CHECK(packed({wide, deep}, cartons, Objective::boxes, {50}).parcels.size() == 1);
  CHECK(packed({wide, deep}, cartons, Objective::boxes, {51}).parcels.size() == 2);
}

TEST_CASE("fewest parcels, then the smallest") {
  const std::vector<Carton> cartons{carton("large", {300, 300, 300}), carton("small", {100, 100, 100}), carton("middle", {200, 100, 100})};
  const Packing one = packed({item("a", 2, {100, 100, 100})}, cartons, Objective::boxes);
  REQUIRE(one.parcels.size() == 1);
  CHECK(one.parcels[0].carton == 2);
  CHECK(one.proven);
}

TEST_CASE("two small parcels beat one that is charged by volume") {
  const std::vector<Carton> cartons{carton("small", {100, 100, 100}, 10), carton("large", {400, 400, 400}, 50)};
  const Freight freight{5000, {{1000, 500}, {5000, 900}, {20000, 2000}}};
  const Packing answer = packed({item("a", 2, {100, 100, 100})}, cartons, Objective::cost, {}, freight);
  CHECK(answer.parcels.size() == 2);
  CHECK(total(answer) == 1020);
  CHECK(packed({item("a", 2, {100, 100, 100})}, cartons, Objective::boxes, {}, freight).parcels.size() == 1);
}

TEST_CASE("freight is charged by the larger of weight and volume, up to the step's own weight") {
  const Freight freight{1000, {{100, 1}, {200, 2}}};
  Draft draft{.outer_mm = {100, 10, 100}, .gross_g = 50};
  CHECK(freight.charged_g(draft) == 100);
  CHECK(freight.cost(draft) == 1);
  draft.outer_mm.z = 101;
  CHECK(freight.charged_g(draft) == 101);
  CHECK(freight.cost(draft) == 2);
  draft.gross_g = 201;
  CHECK(!freight.cost(draft));
  CHECK(Freight{0, {{100, 1}}}.charged_g(draft) == 201);
}

TEST_CASE("what may not be sent together goes in two parcels, what may not be sent at all is refused") {
  const std::vector<Carton> cartons{carton("A", {100, 100, 100}, 5)};
  const Freight freight{0, {{1000, 500}}};
  const Packing answer = packed({item("a", 3, {10, 10, 10}, 400), item("b", 1, {10, 10, 10}, 1001)}, cartons, Objective::boxes, {}, freight);
  CHECK(answer.parcels.size() == 2);
  REQUIRE(answer.refused.size() == 1);
  CHECK(answer.refused[0].item == 1);
  CHECK(answer.refused[0].why == Why::may_not_be_sent);
}

TEST_CASE("when cartons run out the most item volume is placed") {
  Carton only = carton("A", {100, 100, 100});
  only.available = 1;
  Packing answer = packed({item("small", 1, {60, 60, 60}), item("large", 1, {90, 90, 90})}, {only});
  REQUIRE(answer.parcels.size() == 1);
  CHECK(answer.parcels[0].placements[0].item == 1);
  CHECK(answer.refused.at(0).item == 0);
  CHECK(answer.refused.at(0).why == Why::cartons_used_up);
  only.available = 0;
  CHECK(packed({item("small", 1, {60, 60, 60})}, {only}).refused.at(0).why == Why::cartons_used_up);
  only.available = 2;
  CHECK(packed({item("small", 3, {60, 60, 60})}, {only}).parcels.size() == 2);
  // Fours and threes apart fill both; mixed they would not.
  CHECK(packed({item("four", 2, {100, 100, 50}), item("three", 3, {100, 100, 33})}, {only}).refused.empty());
}

TEST_CASE("an item in its own box is a parcel by itself") {
  Item fridge = item("fridge", 2, {600, 600, 1800}, 60'000);
  fridge.own_box = true;
  const Packing answer = packed({fridge, item("mug", 1, {90, 90, 90})}, {carton("A", {100, 100, 100}, 7)});
  CHECK(answer.parcels.size() == 3);
  CHECK(answer.refused.empty());
}

TEST_CASE("batteries travel apart from the rest") {
  Item battery = item("battery", 2, {20, 20, 20});
  battery.apart = 1;
  const Packing answer = packed({item("mug", 1, {90, 90, 90}), battery}, {carton("A", {200, 200, 200})});
  CHECK(answer.parcels.size() == 2);
}

TEST_CASE("a mailer takes a flat stack, and a thicker one only if it is narrower") {
  Carton flat = carton("mailer", {240, 320, 1}, 3);
  flat.outer_mm = {250, 350, 20};
  const auto shapes = mailer(flat);
  REQUIRE(!shapes.empty());
  for (const Carton& c : shapes) {
    CHECK(c.id == "mailer");
    CHECK(c.inner_mm.x + c.inner_mm.z <= 240);
    CHECK(c.inner_mm.y + c.inner_mm.z <= 320);
  }
  CHECK(packed({item("shirt", 2, {200, 280, 15})}, shapes).parcels.size() == 1);
  CHECK(packed({item("shirt", 3, {200, 280, 15})}, shapes).parcels.size() == 2);
  CHECK(mailer(flat, 0).empty());
}

TEST_CASE("each service gets its own cheapest packing") {
  const std::vector<Carton> cartons{carton("small", {100, 100, 100}, 10), carton("large", {400, 400, 400}, 50)};
  const std::vector<Price> services{price_of(cartons, Freight{5000, {{1000, 500}, {5000, 900}, {20000, 2000}}}), price_of(cartons, Freight{0, {{30000, 700}}}),
                                    price_of(cartons, Freight{0, {{50, 700}}})};
  const std::vector<Item> items{item("a", 2, {100, 100, 100})};
  const auto answers = pack_for_services(items, cartons, {}, services, {});
  REQUIRE(answers.has_value());
  REQUIRE(answers->size() == 3);
  CHECK((*answers)[0].parcels.size() == 2);
  CHECK((*answers)[1].parcels.size() == 1);
  CHECK((*answers)[2].refused.at(0).why == Why::may_not_be_sent);
}

TEST_CASE("the steps at the packing table can be done from above, one after the other") {
  const std::vector<Item> items{item("mug", 4, {95, 95, 120}), item("socks", 3, {180, 90, 20}), item("book", 2, {150, 200, 30})};
  const std::vector<Carton> cartons{carton("A", {200, 200, 260})};
  const Packing answer = packed(items, cartons);
  REQUIRE(answer.parcels.size() == 1);
  const auto all = steps(answer.parcels[0], items);
  REQUIRE(all.size() == 9);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].number == i + 1);
    CHECK(all[i].on_floor == (all[i].at.z == 0));
    // Nothing that went in before lies above.
    for (std::size_t j = 0; j < i; ++j) {
      const bool over = checker::common(all[i].at.x, all[i].size.x, all[j].at.x, all[j].size.x) > 0 && checker::common(all[i].at.y, all[i].size.y, all[j].at.y, all[j].size.y) > 0;
      CHECK((!over || all[j].at.z + all[j].size.z <= all[i].at.z));
    }
    const std::string svg = diagram(answer.parcels[0], cartons, i + 1);
    CHECK(svg.starts_with("<svg"));
    CHECK(svg.ends_with("</svg>"));
    CHECK(svg.find(">" + std::to_string(i + 1) + "</text>") != std::string::npos);
    CHECK(svg.find(">" + std::to_string(i + 2) + "</text>") == std::string::npos);
  }
  CHECK(diagram(answer.parcels[0], cartons, 0).empty());
  CHECK(diagram(Parcel{}, cartons, 1).empty());
}

TEST_CASE("bad cartons, items and settings are refused by name") {
  const Carton good = carton("A", {100, 100, 100});
  const Item fine = item("x", 1, {10, 10, 10});
  const auto with = [&](auto change) {
    Item i = fine;
    change(i);
    return refusal({i}, {good});
  };
  const auto with_carton = [&](auto change) {
    Carton c = good;
    change(c);
    return refusal({fine}, {c});
  };
  CHECK(refusal({fine}, {good}) == "");
  CHECK(with([](Item& i) { i.quantity = 0; }) == "packing.bad_item");
  CHECK(with([](Item& i) { i.quantity = -1; }) == "packing.bad_item");
  CHECK(with([](Item& i) { i.size_mm.y = 0; }) == "packing.bad_item");
  CHECK(with([](Item& i) { i.weight_g = -1; }) == "packing.bad_item");
  CHECK(with([](Item& i) { i.weight_g = INT64_MAX; }) == "packing.bad_item");
  CHECK(with([](Item& i) { i.vertical = {false, false, false}; }) == "packing.bad_item");
  CHECK(with([](Item& i) { i.quantity = 1'000'000; }) == "packing.too_many_units");
  CHECK(with([](Item& i) { i.quantity = INT64_MAX; }) == "packing.too_many_units");
  CHECK(with([](Item& i) { i.size_mm = {INT64_MAX, INT64_MAX, INT64_MAX}; }) == "");
  CHECK(with_carton([](Carton& c) { c.inner_mm.x = 0; }) == "packing.bad_carton");
  CHECK(with_carton([](Carton& c) { c.outer_mm.x = INT64_MAX; }) == "packing.bad_carton");
  CHECK(with_carton([](Carton& c) { c.max_weight_g = -1; }) == "packing.bad_carton");
  CHECK(with_carton([](Carton& c) { c.tare_g = -1; }) == "packing.bad_carton");
  CHECK(with_carton([](Carton& c) { c.cost = INT64_MAX; }) == "packing.bad_carton");
  CHECK(with_carton([](Carton& c) { c.available = -1; }) == "packing.bad_carton");
  CHECK(refusal({fine}, {good}, {101}) == "packing.bad_support");
  CHECK(refusal({fine}, {good}, {-1}) == "packing.bad_support");
}

TEST_CASE("no work left still gives an answer that keeps the rules") {
  const std::vector<Item> items{item("a", 40, {30, 40, 50}), item("b", 30, {20, 20, 90})};
  const std::vector<Carton> cartons{carton("A", {100, 100, 100})};
  const Price price = price_of(cartons, std::nullopt);
  const auto answer = pack(items, cartons, {}, Objective::cost, price, {[] { return false; }, 1});
  REQUIRE(answer.has_value());
  CHECK(!checker::fault(items, cartons, *answer, {}, price));
  CHECK(answer->refused.empty());
}

TEST_CASE("ten thousand units are packed in bounded work") {
  const Packing answer = packed({item("a", 10'000, {30, 40, 50})}, {carton("A", {100, 100, 100}), carton("B", {300, 300, 300})});
  CHECK(answer.refused.empty());
}

TEST_CASE("cases that packers get wrong: sides that fit only turned, units that never fit together") {
  // From the tests of fontanf/packingsolver (MIT), in our words.
  const struct {
    const char* about;
    Sides carton, unit;
    std::int64_t quantity;
    bool turns_flat;  // the first two sides may change places, the third stays upright
    std::size_t parcels;
  } cases[] = {
      {"longer than the carton's other side", {24400, 12200, 100}, {16200, 820, 100}, 14, true, 1},
      {"two side by side once turned", {200, 100, 100}, {55, 70, 100}, 2, true, 1},
      {"four do not go in however turned flat", {200, 100, 100}, {55, 70, 100}, 4, true, 2},
      {"two cubes of more than half", {100, 100, 100}, {60, 60, 60}, 2, true, 2},
      {"twenty fill a fifth of it", {100, 30, 20}, {20, 15, 10}, 20, false, 1},
  };
  for (const auto& c : cases) {
    CAPTURE(c.about);
    Item unit = item("unit", c.quantity, c.unit);
    unit.turn = c.turns_flat ? Turn::upright : Turn::fixed;
    CHECK(packed({unit}, {carton("A", c.carton)}).parcels.size() == c.parcels);
  }
}

namespace {

// A random order, small enough to be judged and nasty enough to meet every rule.
struct Random {
  std::vector<Item> items;
  std::vector<Carton> cartons;
  Rules rules;
  std::optional<Freight> freight;
  Objective objective = Objective::boxes;
};

Random random_order(std::uint64_t seed, int most_lines, int most_quantity) {
  SplitMix dice(seed);
  Random r;
  const auto lines = dice.between(1, most_lines);
  const auto scale = dice.between(5, 60);
  for (int i = 0; i < lines; ++i) {
    Item one = item("S" + std::to_string(i), dice.between(1, most_quantity), {dice.between(1, scale), dice.between(1, scale), dice.between(1, scale)}, dice.between(0, 500));
    one.turn = static_cast<Turn>(dice.between(0, 2));
    one.stackable = dice.between(0, 4) > 0;
    if (dice.between(0, 3) == 0) {
      one.vertical = {dice.between(0, 1) == 1, dice.between(0, 1) == 1, false};
      if (!(*one.vertical)[0] && !(*one.vertical)[1]) (*one.vertical)[2] = true;
    }
    if (dice.between(0, 15) == 0) one.apart = 1;
    if (dice.between(0, 30) == 0) one.own_box = true;
    r.items.push_back(one);
  }
  const auto kinds = dice.between(0, 5);
  for (int i = 0; i < kinds; ++i) {
    Carton c = carton("C" + std::to_string(i), {dice.between(10, 100), dice.between(10, 100), dice.between(10, 100)}, dice.between(0, 100));
    c.tare_g = dice.between(0, 100);
    if (dice.between(0, 2) == 0) c.max_weight_g = dice.between(0, 3000);
    if (dice.between(0, 3) == 0) c.available = dice.between(0, 3);
    r.cartons.push_back(c);
  }
  if (dice.between(0, 2) == 0) r.rules.support_percent = dice.between(0, 100);
  if (dice.between(0, 1) == 0) {
    r.freight.emplace();
    r.freight->divisor = dice.between(0, 3) == 0 ? 0 : dice.between(50, 2000);
    std::int64_t weight = 0, cost = 0;
    for (auto n = dice.between(1, 6); n > 0; --n) r.freight->steps.push_back({weight += dice.between(50, 2000), cost += dice.between(0, 300)});
  }
  r.objective = static_cast<Objective>(dice.between(0, 2));
  return r;
}

void check_random(const Random& r, std::uint64_t seed) {
  const Price price = price_of(r.cartons, r.freight);
  const auto answer = pack(r.items, r.cartons, r.rules, r.objective, price, {{}, 300'000});
  REQUIRE(answer.has_value());
  const auto wrong = checker::fault(r.items, r.cartons, *answer, r.rules, price);
  REQUIRE_MESSAGE(!wrong, "seed " << seed << ": " << wrong.value_or(""));
  const auto again = pack(r.items, r.cartons, r.rules, r.objective, price, {{}, 300'000});
  REQUIRE(again->parcels.size() == answer->parcels.size());
  for (std::size_t p = 0; p < answer->parcels.size(); ++p) {
    REQUIRE(again->parcels[p].carton == answer->parcels[p].carton);
    REQUIRE(again->parcels[p].placements.size() == answer->parcels[p].placements.size());
    for (std::size_t i = 0; i < answer->parcels[p].placements.size(); ++i) REQUIRE(again->parcels[p].placements[i].at == answer->parcels[p].placements[i].at);
  }
  // A unit is refused for want of cartons only where every carton it fits is limited and all of those are used.
  for (const Refusal& refused : answer->refused) {
    if (refused.why != Why::cartons_used_up) continue;
    bool limited = false;
    for (const Carton& c : r.cartons) limited |= c.available.has_value();
    REQUIRE_MESSAGE(limited, "seed " << seed);
  }
}

}  // namespace

namespace {

// Whether the units from `next` on go in beside what lies there, by trying every place and turn.
bool goes_in(const std::vector<Item>& units, std::size_t next, const Sides& inner, std::vector<checker::Block>& blocks) {
  if (next == units.size()) return true;
  const Item& unit = units[next];
  const std::int64_t own[3] = {unit.size_mm.x, unit.size_mm.y, unit.size_mm.z};
  const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  std::vector<Sides> done;
  for (const auto& o : orders) {
    const Sides size{own[o[0]], own[o[1]], own[o[2]]};
    if (!checker::turned_as_allowed(unit, size) || std::find(done.begin(), done.end(), size) != done.end()) continue;
    done.push_back(size);
    for (std::int64_t x = 0; x + size.x <= inner.x; ++x)
      for (std::int64_t y = 0; y + size.y <= inner.y; ++y)
        for (std::int64_t z = 0; z + size.z <= inner.z; ++z) {
          const checker::Block mine{x, y, z, size.x, size.y, size.z, unit.stackable};
          bool free = true;
          for (const checker::Block& b : blocks) {
            const bool over = checker::common(x, size.x, b.x, b.dx) > 0 && checker::common(y, size.y, b.y, b.dy) > 0;
            if (!over) continue;
            const bool touches = checker::common(z, size.z, b.z, b.dz) > 0;
            free &= !touches && (b.stackable || z < b.z) && (unit.stackable || z > b.z);
          }
          if (!free) continue;
          blocks.push_back(mine);
          if (goes_in(units, next + 1, inner, blocks)) return true;
          blocks.pop_back();
        }
  }
  return false;
}

}  // namespace

TEST_CASE("what is said not to fit does not fit, by trying every place") {
  int fit = 0, fit_not = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    SplitMix dice(seed);
    const Sides inner{dice.between(3, 5), dice.between(3, 5), dice.between(3, 5)};
    std::vector<Item> items;
    std::int64_t volume = 0;
    const auto count = static_cast<std::size_t>(dice.between(2, 4));
    while (items.size() < count) {
      Item one = item("S", 1, {dice.between(1, 4), dice.between(1, 4), dice.between(1, 4)});
      one.turn = items.size() < 2 && dice.between(0, 2) == 0 ? Turn::any : Turn::fixed;
      one.stackable = dice.between(0, 4) > 0;
      items.push_back(one);
      volume += one.size_mm.x * one.size_mm.y * one.size_mm.z;
    }
    if (volume > inner.x * inner.y * inner.z) continue;
    const std::vector<Carton> cartons{carton("A", inner)};
    const Packing answer = packed(items, cartons);
    if (!answer.refused.empty()) continue;
    REQUIRE(answer.proven);
    std::vector<checker::Block> blocks;
    const bool truth = goes_in(items, 0, inner, blocks);
    REQUIRE_MESSAGE((answer.parcels.size() == 1) == truth, "seed " << seed);
    (truth ? fit : fit_not)++;
  }
  CHECK(fit > 100);
  CHECK(fit_not > 100);
}

namespace {

struct Judged {
  std::int64_t left_volume = INT64_MAX;
  std::pair<std::int64_t, std::int64_t> score;
  auto operator<=>(const Judged&) const = default;
};

std::int64_t volume_of(const Sides& s) { return s.x * s.y * s.z; }

// The best over every way to deal the units out to the cartons there are; `in` holds a carton's number or -1 for each unit.
void deal(const std::vector<Item>& units, const std::vector<Carton>& each, std::vector<int>& in, Objective objective, const Price& price, const std::vector<Carton>& cartons, Judged& best) {
  if (in.size() < units.size()) {
    for (int c = -1; c < static_cast<int>(each.size()); ++c) {
      in.push_back(c);
      deal(units, each, in, objective, price, cartons, best);
      in.pop_back();
    }
    return;
  }
  Judged now;
  now.left_volume = 0;
  now.score = {0, 0};
  for (int c = -1; c < static_cast<int>(each.size()); ++c) {
    std::vector<Item> here;
    for (std::size_t u = 0; u < units.size(); ++u)
      if (in[u] == c) here.push_back(units[u]);
    if (here.empty()) continue;
    if (c < 0) {
      for (const Item& item : here) now.left_volume += volume_of(item.size_mm);
      continue;
    }
    Carton one = each[static_cast<std::size_t>(c)];
    one.available = 1;
    const auto packing = pack(here, std::vector<Carton>{one}, {}, Objective::boxes, {}, {});
    if (packing->parcels.size() != 1 || !packing->refused.empty()) return;
    const auto id = std::find_if(cartons.begin(), cartons.end(), [&](const Carton& x) { return x.id == one.id; }) - cartons.begin();
    Draft draft = packing->parcels[0].draft;
    draft.carton = static_cast<std::size_t>(id);
    const auto cost = price(draft);
    if (!cost) return;
    const std::int64_t outer = volume_of(one.outer_mm);
    now.score.first += objective == Objective::boxes ? 1 : objective == Objective::volume ? outer : *cost;
    now.score.second += objective == Objective::boxes ? outer : 1;
  }
  best = std::min(best, now);
}

}  // namespace

TEST_CASE("small orders are packed best, with few cartons or many, by dealing the units out in every way") {
  for (std::uint64_t seed = 1; seed <= 250; ++seed) {
    SplitMix dice(seed + 7000);
    std::vector<Item> items;
    for (auto n = dice.between(2, 4); n > 0; --n) items.push_back(item("S" + std::to_string(n), 1, {dice.between(2, 9), dice.between(2, 9), dice.between(2, 9)}, dice.between(1, 400)));
    std::vector<Carton> cartons, each;
    const bool limited = dice.between(0, 2) > 0;
    for (int c = 0; c < 2; ++c) {
      Carton one = carton("C" + std::to_string(c), {dice.between(8, 14), dice.between(8, 12), dice.between(8, 12)}, dice.between(5, 40));
      one.max_weight_g = dice.between(400, 1500);
      if (limited) one.available = dice.between(0, 2);
      for (std::int64_t i = 0; i < one.available.value_or(static_cast<std::int64_t>(items.size())); ++i) each.push_back(one);
      cartons.push_back(one);
    }
    if (each.size() > 5) each.resize(5);
    if (!limited && items.size() > 3) items.resize(3);
    if (!limited) {
      each.clear();
      for (const Carton& c : cartons) each.insert(each.end(), items.size(), c);
    }
    const Freight freight{30, {{200, 100}, {400, 150}, {700, 260}, {1500, 300}}};
    const Price price = price_of(cartons, freight);
    const auto objective = static_cast<Objective>(seed % 3);
    const Packing answer = packed(items, cartons, objective, {}, freight);
    Judged mine;
    mine.left_volume = 0;
    mine.score = {0, 0};
    for (const Refusal& r : answer.refused) mine.left_volume += volume_of(items[r.item].size_mm);
    for (const Parcel& p : answer.parcels) {
      const std::int64_t outer = volume_of(cartons[p.carton].outer_mm);
      mine.score.first += objective == Objective::boxes ? 1 : objective == Objective::volume ? outer : *p.price;
      mine.score.second += objective == Objective::boxes ? outer : 1;
    }
    Judged best;
    std::vector<int> in;
    deal(items, each, in, objective, price, cartons, best);
    CAPTURE(seed);
    CHECK(mine.left_volume == best.left_volume);
    CHECK(mine.score == best.score);
    CHECK(answer.proven);
  }
}

TEST_CASE("random small orders keep every rule and are the same each time") {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) check_random(random_order(seed, 4, 3), seed);
}

TEST_CASE("random large orders keep every rule and are the same each time") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) check_random(random_order(seed + 100'000, 12, 30), seed);
}
