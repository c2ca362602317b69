// Pre-fulfilment cancel rate: of the orders bought in the window, those the seller, or Amazon in the seller's place, cancelled
// before the shipment was confirmed. The buyer's own cancellations stay in the whole and do not fail.
// Source: docs/rules/account_health.md, "Cancel rate".
#include "domain/health/health.hpp"

namespace zifa::health {

extern const Metric cancel_7;
const Metric cancel_7{
    .id = "cancel_7",
    .place = 40,
    .needs = kShipping | kCancellations,
    .read =
        [](const OrderHistory& seen, const Question&) {
          const bool by_seller = seen.cancelled_by == CancelledBy::seller || seen.cancelled_by == CancelledBy::amazon;
          return Reading{.day = seen.purchased_at, .fails = by_seller && seen.cancelled_at < seen.confirmed_at};
        },
};

}  // namespace zifa::health
