// GET_V2_SELLER_PERFORMANCE_REPORT, in the shape of accountHealthReport-2020-11-18.
#pragma once

#include <string>
#include <vector>

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

std::string health_report(const World& world, const Account& account, const std::vector<std::string>& marketplaces, Instant as_of);

}  // namespace zifa::sandbox
