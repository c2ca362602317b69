// Order defect rate: of the orders bought in the window, those with one or two stars, an A-to-z claim or a chargeback.
// An order with two defects fails once.
// Source: docs/rules/account_health.md, "Order defect rate".
#include "domain/health/health.hpp"

namespace zifa::health {

extern const Metric odr_60;
const Metric odr_60{
    .id = "odr_60",
    .place = 70,
    .needs = kShipping,
    .fails_by = kDefects,
    .read =
        [](const OrderHistory& seen, const Question&) {
          const bool bad_feedback = seen.feedback == 1 || seen.feedback == 2;
          return Reading{.day = seen.purchased_at, .fails = bad_feedback || seen.a_to_z || seen.chargeback};
        },
};

}  // namespace zifa::health
