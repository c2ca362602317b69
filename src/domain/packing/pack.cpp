#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include "domain/packing/checks.hpp"
#include "domain/packing/large_order.hpp"
#include "domain/packing/packing.hpp"
#include "domain/packing/small_order.hpp"

namespace zifa::packing {

namespace {

// All distinct orientations allowed, in a fixed order.
void set_turns(const Item& item, Kind& kind) {
  const auto clamp = [](std::int64_t side) { return static_cast<int>(std::min(side, kLongestSide + 1)); };
  const std::array<int, 3> s{clamp(item.size_mm.x), clamp(item.size_mm.y), clamp(item.size_mm.z)};
  std::vector<Turned> turns;
  const auto add_upright = [&](int up) {
    const int a = s[static_cast<std::size_t>(up == 0 ? 1 : 0)], b = s[static_cast<std::size_t>(up == 2 ? 1 : 2)], c = s[static_cast<std::size_t>(up)];
    turns.push_back({a, b, c});
    turns.push_back({b, a, c});
  };
  if (item.vertical) {
    for (int up = 0; up < 3; ++up)
      if ((*item.vertical)[static_cast<std::size_t>(up)]) add_upright(up);
  } else if (item.turn == Turn::any) {
    for (int up = 2; up >= 0; --up) add_upright(up);
  } else if (item.turn == Turn::upright) {
    add_upright(2);
  } else {
    turns.push_back({s[0], s[1], s[2]});
  }
  std::sort(turns.begin(), turns.end());
  turns.erase(std::unique(turns.begin(), turns.end()), turns.end());
  kind.turn_count = static_cast<int>(turns.size());
  std::copy(turns.begin(), turns.end(), kind.turns.begin());
}

Kind kind_of(const Item& item) {
  Kind kind;
  set_turns(item, kind);
  kind.stackable = item.stackable;
  kind.weight = item.weight_g;
  kind.volume = static_cast<std::int64_t>(kind.turns[0].dx) * kind.turns[0].dy * kind.turns[0].dz;
  return kind;
}

std::vector<Box> boxes_of(std::span<const Carton> cartons) {
  std::vector<Box> boxes;
  for (std::size_t c = 0; c < cartons.size(); ++c) {
    const Carton& carton = cartons[c];
    const Sides in = carton.inner_mm, out = carton.outer_mm;
    Box box;
    box.l = static_cast<int>(in.x);
    box.w = static_cast<int>(in.y);
    box.h = static_cast<int>(in.z);
    box.volume = in.x * in.y * in.z;
    box.outer_volume = out.x * out.y * out.z;
    box.max_weight = carton.max_weight_g;
    box.tare = carton.tare_g;
    box.cost = carton.cost;
    box.outer = {out.x, out.y, out.z};
    std::sort(box.outer.rbegin(), box.outer.rend());
    box.available = std::min(carton.available.value_or(kMostUnits), kMostUnits);
    box.carton = c;
    boxes.push_back(box);
  }
  return boxes;
}

// Units that travel without a carton: their own box is the parcel.
void send_alone(const Item& item, std::size_t index, const Price& price, Packing& packing) {
  Draft draft{kOwnBox, item.size_mm, item.weight_g, item.weight_g, 0, 0};
  const Kind kind = kind_of(item);
  draft.contents_mm3 = draft.inner_mm3 = kind.volume;
  const auto cost = price ? price(draft) : std::optional<std::int64_t>(0);
  if (!cost) {
    packing.refused.push_back({index, item.quantity, Why::may_not_be_sent});
    return;
  }
  for (std::int64_t i = 0; i < item.quantity; ++i) packing.parcels.push_back({kOwnBox, draft, cost, {{index, {}, item.size_mm}}});
}

// One set of units that may share parcels, and what has been learned about it.
class Group {
 public:
  Group(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules, std::uint32_t apart) : items_(items), cartons_(cartons) {
    all_.boxes = boxes_of(cartons);
    all_.support = static_cast<int>(rules.support_percent);
    all_.prices_rise = rules.prices_rise;
    all_.cartons = cartons;
    using Key = decltype(std::declval<Kind>().same_as());
    std::map<Key, std::size_t> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].own_box || items[i].apart != apart) continue;
      Kind kind = kind_of(items[i]);
      const auto [at, is_new] = seen.emplace(kind.same_as(), all_.kinds.size());
      if (is_new) all_.kinds.push_back(std::move(kind));
      Kind& mine = all_.kinds[at->second];
      mine.count += static_cast<int>(items[i].quantity);
      mine.items.insert(mine.items.end(), static_cast<std::size_t>(items[i].quantity), i);
    }
  }

  // Adds its parcels and refusals, and takes the cartons it uses from `available`.
  void pack(Objective objective, const Price& price, Meter& meter, std::vector<std::int64_t>& available, Packing& packing) {
    all_.objective = objective;
    all_.price = &price;
    std::vector<bool> taken;
    for (const Kind& kind : all_.kinds) {
      const auto why = refusal(kind, available);
      taken.push_back(!why);
      if (why) refuse(kind, kind.count, *why, packing);
    }
    if (std::find(taken.begin(), taken.end(), true) == taken.end()) return;
    // What was learned for one price list holds for the next, if it is about the same units and cartons.
    if (!learned_ || learned_->taken != taken || learned_->available != available) learned_ = std::make_unique<Learned>(task_of(taken, available), std::move(taken), available, meter);
    Task& task = learned_->task;
    task.objective = objective;
    task.price = &price;
    Solution solution;
    auto exact = learned_->small ? learned_->small->solve() : std::nullopt;
    if (exact) {
      solution = std::move(*exact);
    } else {
      Task lighter = task;
      limit_weights(lighter);
      solution = pack_large_order(lighter, meter);
      if (learned_->small) solution = learned_->small->solve_limited(std::move(solution));
    }
    packing.proven &= solution.proven;
    write(task, solution, available, packing);
  }

 private:
  // A parcel too heavy to be sent is too heavy for its carton: the limit is lowered to what the price allows.
  static void limit_weights(Task& task) {
    if (!*task.price) return;
    std::int64_t all = 0;
    for (const Kind& kind : task.kinds) all += kind.weight * kind.count;
    for (Box& box : task.boxes) {
      box.max_weight = std::min(box.max_weight, all);
      if (task.score(box, box.max_weight, box.volume) < kNever) continue;
      std::int64_t may = -1, may_not = box.max_weight;
      while (may_not - may > 1) {
        const std::int64_t middle = may + (may_not - may) / 2;
        (task.score(box, middle, box.volume) < kNever ? may : may_not) = middle;
      }
      box.max_weight = may;
    }
  }

  Task task_of(const std::vector<bool>& taken, const std::vector<std::int64_t>& available) const {
    Task task = all_;
    std::size_t k = 0;
    std::erase_if(task.kinds, [&](const Kind&) { return !taken[k++]; });
    std::erase_if(task.boxes, [&](const Box& box) { return available[box.carton] == 0; });
    for (Box& box : task.boxes) box.available = available[box.carton];
    return task;
  }

  std::optional<Why> refusal(const Kind& kind, const std::vector<std::int64_t>& available) const {
    Why why = Why::too_large;
    for (const Box& box : all_.boxes) {
      bool fits = false;
      for (int t = 0; t < kind.turn_count; ++t) fits |= fits_turned(kind.turns[static_cast<std::size_t>(t)], box);
      if (!fits) continue;
      if (kind.weight > box.max_weight) {
        why = std::max(why, Why::too_heavy);
      } else if (all_.score(box, kind.weight, kind.volume) >= kNever) {
        why = std::max(why, Why::may_not_be_sent);
      } else if (available[box.carton] == 0) {
        why = Why::cartons_used_up;
      } else {
        return std::nullopt;
      }
    }
    return why;
  }

  void refuse(const Kind& kind, int count, Why why, Packing& packing) const {
    // The last units of a kind are the ones left over; the first ones were packed.
    std::map<std::size_t, std::int64_t> by_item;
    for (std::size_t i = kind.items.size() - static_cast<std::size_t>(count); i < kind.items.size(); ++i) ++by_item[kind.items[i]];
    for (const auto& [item, quantity] : by_item) packing.refused.push_back({item, quantity, why});
  }

  void write(const Task& task, const Solution& solution, std::vector<std::int64_t>& available, Packing& packing) const {
    std::vector<std::size_t> next(task.kinds.size());
    for (const Load& load : solution.loads) {
      const Box& box = task.boxes[static_cast<std::size_t>(load.box)];
      Parcel parcel;
      parcel.carton = box.carton;
      std::int64_t weight = 0, volume = 0;
      for (const Placed& p : load.placed) {
        const auto k = static_cast<std::size_t>(p.kind);
        weight += task.kinds[k].weight;
        volume += task.kinds[k].volume;
        parcel.placements.push_back({task.kinds[k].items[next[k]++], {p.x, p.y, p.z}, {p.dx, p.dy, p.dz}});
      }
      std::stable_sort(parcel.placements.begin(), parcel.placements.end(),
                       [](const Placement& a, const Placement& b) { return std::tie(a.at.z, a.at.y, a.at.x) < std::tie(b.at.z, b.at.y, b.at.x); });
      parcel.draft = draft_of(box, cartons_[box.carton], weight, volume);
      if (*task.price) parcel.price = (*task.price)(parcel.draft);
      if (cartons_[box.carton].available) --available[box.carton];
      packing.parcels.push_back(std::move(parcel));
    }
    for (std::size_t k = 0; k < task.kinds.size(); ++k)
      if (solution.left_over[k] > 0) refuse(task.kinds[k], solution.left_over[k], Why::cartons_used_up, packing);
  }

  struct Learned {
    Learned(Task&& of, std::vector<bool>&& those, const std::vector<std::int64_t>& number, Meter& meter) : task(std::move(of)), taken(std::move(those)), available(number) {
      if (SmallOrder::suits(task)) small.emplace(task, meter);
    }
    Task task;
    std::vector<bool> taken;
    std::vector<std::int64_t> available;
    std::optional<SmallOrder> small;
  };

  std::span<const Item> items_;
  std::span<const Carton> cartons_;
  Task all_;
  std::unique_ptr<Learned> learned_;
};

}  // namespace

std::string_view text_of(Why why) {
  switch (why) {
    case Why::too_large: return "larger than every carton offered";
    case Why::too_heavy: return "heavier than any carton that it fits may hold";
    case Why::may_not_be_sent: return "no freight step covers the parcel it would make";
    case Why::cartons_used_up: return "the cartons that it fits are used up";
  }
  return "";
}

namespace {

// An order's groups, kept from one price list to the next.
class Order {
 public:
  Order(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules, const Effort& effort) : items_(items), cartons_(cartons), meter_(effort) {
    std::vector<std::uint32_t> numbers;
    for (const Item& item : items)
      if (!item.own_box && std::find(numbers.begin(), numbers.end(), item.apart) == numbers.end()) numbers.push_back(item.apart);
    for (const std::uint32_t apart : numbers) groups_.emplace_back(items, cartons, rules, apart);
  }

  Packing pack(Objective objective, const Price& price) {
    Packing packing;
    packing.proven = true;
    std::vector<std::int64_t> available;
    for (const Carton& carton : cartons_) available.push_back(std::min(carton.available.value_or(kMostUnits), kMostUnits));
    for (std::size_t i = 0; i < items_.size(); ++i)
      if (items_[i].own_box) send_alone(items_[i], i, price, packing);
    for (Group& group : groups_) group.pack(objective, price, meter_, available, packing);
    const bool limited = std::any_of(cartons_.begin(), cartons_.end(), [](const Carton& c) { return c.available.has_value(); });
    if (groups_.size() > 1 && limited) packing.proven = false;  // one group may have taken what another needed more
    std::stable_sort(packing.refused.begin(), packing.refused.end(), [](const Refusal& a, const Refusal& b) { return a.item < b.item; });
    return packing;
  }

 private:
  std::span<const Item> items_;
  std::span<const Carton> cartons_;
  Meter meter_;
  std::vector<Group> groups_;
};

}  // namespace

Result<Packing> pack(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules, Objective objective, const Price& price,
                     const Effort& effort) {
  TRY(check_input(items, cartons, rules));
  return Order(items, cartons, rules, effort).pack(objective, price);
}

Result<std::vector<Packing>> pack_for_services(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules,
                                               std::span<const Price> services, const Effort& effort) {
  TRY(check_input(items, cartons, rules));
  Order order(items, cartons, rules, effort);
  std::vector<Packing> all;
  for (const Price& price : services) all.push_back(order.pack(Objective::cost, price));
  return all;
}

}  // namespace zifa::packing
