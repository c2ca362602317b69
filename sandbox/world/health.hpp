// Amazon's count of how a seller does: the second opinion that the product's own figures are checked against.
// Source: docs/rules/spapi_sandbox.md, "Health".
#pragma once

#include <cstdint>
#include <string_view>

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct Count {
  std::int64_t late = 0;  // what fails the metric
  std::int64_t orders = 0;  // what it counts: orders, packages or units
};

struct HealthCounts {
  Count lsr_30, lsr_10, cancel_7, vtr_30, otdr_14, odr_60;
  std::int64_t odr_claims = 0, odr_chargebacks = 0, odr_feedback = 0;
};

// An order is late once its last unit was confirmed after its ship-by moment; being open and overdue is not being late yet.
bool is_late(const Order& order);

HealthCounts count_health(const World& world, const Account& account, std::string_view marketplace, Instant as_of);

// The first instant of the first day and the last of the last day of a window that ends `ends_days_ago` days before as_of's day.
struct Window {
  Instant from, to;
};
Window window_of(const Marketplace& marketplace, Instant as_of, int days, int ends_days_ago);

}  // namespace zifa::sandbox
