// Late shipment rate, read the same for its 10-day and its 30-day window.
//
// An order counts once it is confirmed or its ship-by has passed, unless it was cancelled before being confirmed. It is late when
// confirmed after its ship-by (equal is in time). An overdue open order counts and is not late: it turns late when confirmed, or
// into a cancellation defect when Amazon cancels it. A cancellation after the confirmation changes nothing.
// Source: docs/rules/account_health.md, "Late shipment rate".
#pragma once

#include "domain/health/health.hpp"

namespace zifa::health {

inline Moment late_shipment_day(const OrderHistory& seen, const Question& question) {
  switch (question.basis) {
    case Basis::ordered: return seen.purchased_at;
    case Basis::confirmed: return seen.confirmed_at;
    case Basis::ship_by: break;
  }
  return seen.ship_by;
}

inline Reading read_late_shipment(const OrderHistory& order, const Question& question) {
  OrderHistory seen = order;
  if (seen.cancelled_at < seen.confirmed_at || !seen.ship_by) return {};
  const bool overdue = !seen.confirmed_at && seen.ship_by < Moment(question.as_of);
  if (overdue && question.open_overdue_is_late) seen.confirmed_at = question.as_of;
  return {.day = late_shipment_day(seen, question),
          .counts_past = seen.confirmed_at ? Moment() : seen.ship_by,
          .fails = seen.confirmed_at && seen.confirmed_at > seen.ship_by};
}

}  // namespace zifa::health
