// Which orders go on one cart together, so that all carts together walk as little as possible.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/plan/pick_route.hpp"

namespace zifa::plan {

using Batch = std::vector<std::uint32_t>;  // positions of orders, at most the cart's capacity

// Merges the two batches that save most while any do, then exchanges orders between batches as long as the effort lasts
// (moves tried; a million or two a second). Only orders of one cut-off should be given together.
std::vector<Batch> batch_orders(const PickArea& area, std::span<const std::vector<Stop>> orders, std::size_t capacity, std::int64_t effort);

}  // namespace zifa::plan
