// The shortest walk through a block of parallel aisles that passes every stop and returns to the depot.
//
// Aisles stand side by side between a front and a back cross aisle; a picker enters and leaves them at either end and reaches
// both sides of an aisle at once. The walk is provably the shortest: Ratliff and Rosenthal 1983, one aisle after the other, in
// time that grows with the stops only. Lengths are whole millimetres.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace zifa::plan {

struct PickArea {
  int aisles = 1;
  std::int64_t aisle_length_mm = 0;  // from the front to the back cross aisle
  std::int64_t spacing_mm = 0;       // from one aisle to the next
  int depot_aisle = 0;               // the depot is at the front of this aisle
};

struct Stop {
  std::int32_t aisle;  // 0 .. aisles - 1
  std::int32_t at_mm;  // from the front, 0 .. aisle length
  auto operator<=>(const Stop&) const = default;
};

// `stops` in any order, doubles allowed, inside the area.
std::int64_t shortest_walk_mm(const PickArea& area, std::span<const Stop> stops);

// The same for many walks in turn: millions of them are compared when orders are put on carts.
class WalkMeter {
 public:
  explicit WalkMeter(const PickArea& area) : area_(area) {}
  void clear() { keys_.clear(); }
  void add(std::span<const Stop> stops) {
    for (const Stop& stop : stops) keys_.push_back(static_cast<std::uint64_t>(stop.aisle) << 32 | static_cast<std::uint32_t>(stop.at_mm));
  }
  std::int64_t length_mm();

 private:
  PickArea area_;
  std::vector<std::uint64_t> keys_;
};

struct Walk {
  std::int64_t length_mm = 0;
  std::vector<std::uint32_t> visits;  // positions of the stops in the order they are passed
};
Walk shortest_walk(const PickArea& area, std::span<const Stop> stops);

// What pickers do without a plan: through every aisle with a stop, front to back and back to front in turn.
std::int64_t s_shape_walk_mm(const PickArea& area, std::span<const Stop> stops);

}  // namespace zifa::plan
