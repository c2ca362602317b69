// One carton being filled, as the set of its maximal empty spaces: a unit fits somewhere if and only if it fits one of them.
//
// A unit on which nothing may lie takes its whole column up to the ceiling, so the rule holds by construction.
// Private to domain/packing.
#pragma once

#include <vector>

#include "domain/packing/model.hpp"

namespace zifa::packing {

// Which of the possible places is best.
enum class Merit : std::uint8_t {
  low,     // lowest, then rearmost, then leftmost: layers
  wall_x,  // walls along x
  wall_y,  // walls along y
  snug,    // least left over along the best-matching sides
  tight,   // smallest empty space
};
inline constexpr int kMerits = 5;

struct Space {
  int x1, y1, z1, x2, y2, z2;
};

// Takes a box out of the empty spaces and keeps them maximal. Spaces thinner than `least` along an axis are forgotten. `cut` is
// scratch memory. Returns the work done.
std::int64_t occupy(std::vector<Space>& spaces, std::vector<Space>& cut, const Space& taken, Turned least);

class Filling {
 public:
  // `least`: no unit that will come is smaller than this along an axis; thinner spaces are forgotten.
  void open(const Box& box, int support, Turned least);
  // Puts the unit in the best place. Weight is included. False if there is no place.
  bool insert(const Kind& kind, int index, Merit merit);

  const std::vector<Placed>& placed() const { return placed_; }
  std::int64_t volume() const { return volume_; }
  std::int64_t weight() const { return weight_; }
  std::int64_t free_volume() const { return box_.volume - volume_; }
  const Box& box() const { return box_; }
  // Work since the last time this was asked.
  std::int64_t take_work() {
    const std::int64_t work = work_;
    work_ = 0;
    return work;
  }

 private:
  template <Merit M>
  bool find(const Kind& kind, Placed& best);
  void forget_small_spaces();
  bool supported(int x, int y, int z, int dx, int dy) const;

  static constexpr std::ptrdiff_t kMostSpaces = 256;  // a heap of thousands of units has that many only in crumbs

  Box box_;
  int support_ = 0;
  Turned least_;
  std::vector<Space> spaces_;
  std::vector<Space> cut_;
  std::vector<Placed> placed_;
  std::int64_t volume_ = 0, weight_ = 0, work_ = 0;
};

// The smallest side along each axis that any of these kinds can have.
Turned least_of(const std::vector<Kind>& kinds);

}  // namespace zifa::packing
