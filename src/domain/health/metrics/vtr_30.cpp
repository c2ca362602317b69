// Valid tracking rate: of the confirmed orders promised in the window, those with a number that belongs to its carrier and at
// least one physical scan. Amazon also judges it per category, and closes only the category that falls short.
// Source: docs/rules/account_health.md, "Valid tracking rate".
#include "domain/health/health.hpp"

namespace zifa::health {

extern const Metric vtr_30;
const Metric vtr_30{
    .id = "vtr_30",
    .place = 50,
    .needs = kShipping | kTracking,
    .per_category = true,
    .read =
        [](const OrderHistory& seen, const Question&) {
          if (!seen.confirmed_at) return Reading{};
          return Reading{.day = seen.deliver_by, .fails = !(seen.tracking_valid && seen.first_scan_at)};
        },
};

}  // namespace zifa::health
