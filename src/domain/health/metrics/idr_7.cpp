// Invoice defect rate of business orders. Whether an invoice went out is not among an order's facts, so we never give a verdict;
// the figure to show is Amazon's own report.
// Source: docs/rules/account_health.md, "Invoice defect rate".
#include "domain/health/health.hpp"

namespace zifa::health {

extern const Metric idr_7;
const Metric idr_7{.id = "idr_7", .place = 80, .needs = kInvoices, .read = [](const OrderHistory&, const Question&) { return Reading{}; }};

}  // namespace zifa::health
