// On-time delivery rate: of the units delivered whose promised day lies in the window, those delivered by that promise.
// Without a delivery scan a unit is not in the figure at all.
// Source: docs/rules/account_health.md, "On-time delivery rate".
#include "domain/health/health.hpp"

namespace zifa::health {

extern const Metric otdr_14;
const Metric otdr_14{
    .id = "otdr_14",
    .place = 60,
    .needs = kDeliveries,
    .read =
        [](const OrderHistory& seen, const Question&) {
          if (!seen.delivered_at) return Reading{};
          return Reading{.day = seen.deliver_by, .fails = seen.delivered_at > seen.deliver_by, .units = seen.units};
        },
};

}  // namespace zifa::health
