// Which cartons an order travels in, and where every unit lies in them.
//
// Lengths are whole millimetres and weights whole grams: callers round an item's sides and weight up and a carton's
// inner sides down. The third coordinate is vertical. Nothing here reads a clock: time comes in as Effort::keep_going.
//
// Every unit is placed once or refused with a reason. A unit that fits an offered carton alone is refused only when
// the cartons that may be used have run out; the most item volume is placed then.
// Source: docs/guide/en/packing.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace zifa::packing {

struct Sides {
  std::int64_t x = 0, y = 0, z = 0;  // mm
  bool operator==(const Sides&) const = default;
};

enum class Turn {
  any,      // all six orientations
  upright,  // the third side stays vertical: liquids
  fixed,    // exactly as given
};

struct Item {
  std::string sku;
  std::int64_t quantity = 1;
  Sides size_mm;
  std::int64_t weight_g = 0;
  Turn turn = Turn::any;
  // Which of its own sides may stand upright; goes before `turn`. At least one must.
  std::optional<std::array<bool, 3>> vertical;
  bool stackable = true;    // false: nothing lies anywhere above its footprint (fragile)
  bool own_box = false;     // every unit is a parcel by itself, without a carton
  std::uint32_t apart = 0;  // units of different numbers never share a parcel (batteries, dangerous goods)
};

struct Carton {
  std::string id;
  Sides inner_mm;
  Sides outer_mm;
  std::int64_t max_weight_g = INT64_MAX;  // of the contents
  std::int64_t tare_g = 0;
  std::int64_t cost = 0;                  // minor units
  std::optional<std::int64_t> available;  // how many one order may use; nothing = any number
};

// A poly mailer of this flat inner size holds a stack of thickness h on (width - h) x (length - h), so it is offered as
// several rigid cartons, one for each thickness that is a multiple of `step_mm`.
std::vector<Carton> mailer(const Carton& flat, std::int64_t step_mm = 10);

inline constexpr std::size_t kOwnBox = SIZE_MAX;

// What a parcel costs may depend on all of this: freight by weight or size, filler by what stays empty, a carrier's limits
// on the longest side or the girth.
struct Draft {
  std::size_t carton = kOwnBox;
  Sides outer_mm;
  std::int64_t contents_g = 0;
  std::int64_t gross_g = 0;       // contents and tare
  std::int64_t contents_mm3 = 0;
  std::int64_t inner_mm3 = 0;
};

// Carton, filler and freight of one parcel in minor units; nothing if the parcel may not be sent. Once nothing, it stays nothing
// for heavier contents.
using Price = std::function<std::optional<std::int64_t>(const Draft&)>;

// A freight table: the parcel is charged by the larger of its gross weight and ceil(outer volume / divisor), at the first
// step whose weight is not below that. Above the last step it may not be sent.
struct Freight {
  struct Step {
    std::int64_t weight_g = 0;
    std::int64_t cost = 0;
  };
  std::int64_t divisor = 0;  // mm3 per gram; 0 = actual weight only
  std::vector<Step> steps;   // rising weights

  std::int64_t charged_g(const Draft& draft) const;
  std::optional<std::int64_t> cost(const Draft& draft) const;
  bool rises() const;  // no step costs less than one before it
};

// Carton cost, plus freight if there is a table.
Price price_of(std::span<const Carton> cartons, const std::optional<Freight>& freight);

enum class Objective {
  boxes,   // fewest parcels, then least outer volume
  volume,  // least outer volume, then fewest parcels
  cost,    // least price, then fewest parcels
};

struct Rules {
  std::int64_t support_percent = 0;  // of every unit's base, resting on the floor or on tops of other units
  // The price of a parcel never falls when it gets heavier or larger, when more of it stays empty, or when its carton costs or
  // weighs more. False: nothing is taken for granted, which takes longer.
  bool prices_rise = true;
};

struct Placement {
  std::size_t item = 0;  // index into the order's items
  Sides at;              // corner nearest the origin, inner coordinates
  Sides size;            // as turned
};

struct Parcel {
  std::size_t carton = kOwnBox;
  Draft draft;
  std::optional<std::int64_t> price;
  std::vector<Placement> placements;  // in an order in which they can be put in
};

enum class Why { too_large, too_heavy, may_not_be_sent, cartons_used_up };
std::string_view text_of(Why why);

struct Refusal {
  std::size_t item = 0;
  std::int64_t quantity = 0;
  Why why = Why::too_large;
};

struct Packing {
  std::vector<Parcel> parcels;
  std::vector<Refusal> refused;
  bool proven = false;  // no packing is better by the objective
};

// How long to look for something better. The same input and the same work give the same answer on every machine, as long
// as `keep_going` did not say no.
struct Effort {
  std::function<bool()> keep_going;    // asked now and then; nothing = never ends early
  std::int64_t work = 4'000'000;       // about a nanosecond or two each
};

inline constexpr std::int64_t kMostUnits = 10'000;     // of one order
inline constexpr std::int64_t kLongestSide = 50'000;   // mm, of a carton; longer items simply do not fit

// Refuses `packing.bad_carton` (a side below 1 or above kLongestSide, negative weights or cost), `packing.bad_item` (a side or
// quantity below 1, a negative weight, no side that may stand upright), `packing.too_many_units`, `packing.bad_support`.
Result<Packing> pack(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules, Objective objective, const Price& price,
                     const Effort& effort);

// The cheapest packing for each of several services (price lists). What is learned about which units fit which carton is
// shared, so that a further service costs little.
Result<std::vector<Packing>> pack_for_services(std::span<const Item> items, std::span<const Carton> cartons, const Rules& rules,
                                               std::span<const Price> services, const Effort& effort);

}  // namespace zifa::packing
