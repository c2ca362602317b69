#include "domain/health/metrics/late_shipment_rate.hpp"

namespace zifa::health {

extern const Metric lsr_10;
const Metric lsr_10{.id = "lsr_10", .place = 10, .needs = kShipping, .read = read_late_shipment};

}  // namespace zifa::health
