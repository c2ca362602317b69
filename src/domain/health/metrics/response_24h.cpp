// Buyer messages answered within 24 hours. Messages are not among an order's facts, so we never give a verdict; the figure to
// show is Amazon's own report.
// Source: docs/rules/account_health.md, "Message response".
#include "domain/health/health.hpp"

namespace zifa::health {

extern const Metric response_24h;
const Metric response_24h{.id = "response_24h", .place = 90, .needs = kMessages, .read = [](const OrderHistory&, const Question&) { return Reading{}; }};

}  // namespace zifa::health
