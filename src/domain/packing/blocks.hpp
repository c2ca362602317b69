// Units piled into cuboids with hardly any gaps, from which a container is built up quickly.
// Private to domain/packing.
#pragma once

#include <span>
#include <vector>

#include "domain/packing/model.hpp"

namespace zifa::packing {

struct Need {
  int kind = 0;
  int count = 0;
};

struct Block {
  int dx = 0, dy = 0, dz = 0;
  int units = 1;
  std::int64_t volume = 0;  // of the units
  std::int64_t weight = 0;
  std::vector<Need> needs;
  // Either one unit as turned, or two blocks side by side along an axis.
  int first = -1, second = -1, axis = 0;
};

// Single units first, then bars, walls and blocks of one kind, then whatever matches. Stops making more when only `work_to_leave` is left.
std::vector<Block> make_blocks(const Task& task, const Box& box, std::span<const int> counts, Meter& meter, std::int64_t work_to_leave);

// The units of a block that lies there.
void unfold(const std::vector<Block>& blocks, int block, int x, int y, int z, std::vector<Placed>& units);

}  // namespace zifa::packing
