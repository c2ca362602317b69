#include "domain/health/metrics/late_shipment_rate.hpp"

namespace zifa::health {

extern const Metric lsr_30;
const Metric lsr_30{.id = "lsr_30", .place = 30, .needs = kShipping, .read = read_late_shipment};

}  // namespace zifa::health
