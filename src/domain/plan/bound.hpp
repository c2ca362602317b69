// How many jobs are late in any plan, at least: what the best plan is measured against.
#pragma once

#include <span>

#include "domain/plan/shop.hpp"

namespace zifa::plan {

std::size_t fewest_late_bound(const Shop& shop, std::span<const Job> jobs);

}  // namespace zifa::plan
