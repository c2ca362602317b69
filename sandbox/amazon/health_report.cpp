#include "sandbox/amazon/health_report.hpp"

#include "base/json.hpp"
#include "sandbox/world/health.hpp"

namespace zifa::sandbox {

namespace {

json::object range(const Marketplace& marketplace, Instant as_of, int days, int ends_days_ago) {
  const Day last = marketplace.zone.day_of(as_of) - ends_days_ago;
  return {{"reportingDateFrom", (last - (days - 1)).iso() + "T00:00Z"}, {"reportingDateTo", last.iso() + "T23:59Z"}};
}

double rate(std::int64_t part, std::int64_t whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole); }

// `limit_permille`: the rate must stay below it (failing shares) or above it (good ones).
json::object metric(json::object counts, std::int64_t part, std::int64_t whole, int limit_permille, bool below, json::object when) {
  const bool good = below ? part * 1000 < limit_permille * whole : part * 1000 > limit_permille * whole;
  counts["reportingDateRange"] = std::move(when);
  counts["status"] = whole == 0 ? "NONE" : good ? "GOOD" : "BAD";
  counts["rate"] = rate(part, whole);
  counts["targetValue"] = static_cast<double>(limit_permille) / 1000;
  counts["targetCondition"] = below ? "LESS_THAN" : "GREATER_THAN";
  return counts;
}

json::object no_defects(const Marketplace& marketplace, Instant as_of) {
  return {{"reportingDateRange", range(marketplace, as_of, 180, 0)}, {"defectsCount", 0}, {"status", "GOOD"}, {"targetValue", 0}, {"targetCondition", "EQUALS"}};
}

json::object order_defects(const HealthCounts& counts, std::string_view kind, const Marketplace& marketplace, Instant as_of) {
  const bool mfn = kind == "mfn";
  const auto part = [&](std::int64_t count) { return json::object{{"count", mfn ? count : 0}, {"status", "NONE"}}; };
  json::object shown{{"orderCount", mfn ? counts.odr_60.orders : 0},
                     {"orderWithDefects", json::object{{"count", mfn ? counts.odr_60.late : 0}, {"status", mfn && counts.odr_60.late * 100 >= counts.odr_60.orders && counts.odr_60.orders > 0 ? "BAD" : "GOOD"}}},
                     {"claims", part(counts.odr_claims)},
                     {"chargebacks", part(counts.odr_chargebacks)},
                     {"negativeFeedback", part(counts.odr_feedback)},
                     {"fulfillmentType", kind}};
  return metric(std::move(shown), mfn ? counts.odr_60.late : 0, mfn ? counts.odr_60.orders : 0, 10, true, range(marketplace, as_of, 60, 15));
}

}  // namespace

std::string health_report(const World& world, const Account& account, const std::vector<std::string>& ids, Instant as_of) {
  json::array statuses, metrics;
  for (const std::string& id : ids) {
    const Marketplace* marketplace = find_marketplace(id);
    if (marketplace == nullptr) continue;
    const HealthCounts counts = count_health(world, account, id, as_of);
    const bool at_risk = counts.lsr_30.orders > 0 && counts.lsr_30.late * 25 >= counts.lsr_30.orders;
    statuses.push_back(json::object{{"marketplaceId", id}, {"status", at_risk ? "AT_RISK" : "NORMAL"}});
    const auto none = [&] { return no_defects(*marketplace, as_of); };
    const std::int64_t valid = counts.vtr_30.orders - counts.vtr_30.late, on_time = counts.otdr_14.orders - counts.otdr_14.late;
    json::object shown{{"marketplaceId", id}};
    shown["lateShipmentRate"] = metric({{"orderCount", counts.lsr_30.orders}, {"lateShipmentCount", counts.lsr_30.late}}, counts.lsr_30.late, counts.lsr_30.orders, 40, true, range(*marketplace, as_of, 30, 0));
    shown["preFulfillmentCancellationRate"] = metric({{"orderCount", counts.cancel_7.orders}, {"cancellationCount", counts.cancel_7.late}}, counts.cancel_7.late, counts.cancel_7.orders, 25, true, range(*marketplace, as_of, 7, 1));
    shown["validTrackingRate"] = metric({{"shipmentCount", counts.vtr_30.orders}, {"validTrackingCount", valid}}, valid, counts.vtr_30.orders, 950, false, range(*marketplace, as_of, 30, 11));
    shown["onTimeDeliveryRate"] = metric({{"shipmentCountWithValidTracking", counts.otdr_14.orders}, {"onTimeDeliveryCount", on_time}}, on_time, counts.otdr_14.orders, 900, false, range(*marketplace, as_of, 14, 8));
    shown["unitOnTimeDeliveryRate"] = metric({{"totalUnitCount", counts.otdr_14.orders}, {"unitOnTimeDeliveryCount", on_time}}, on_time, counts.otdr_14.orders, 900, false, range(*marketplace, as_of, 14, 8));
    shown["invoiceDefectRate"] = metric({{"orderCount", 0}, {"invoiceDefect", json::object{{"count", 0}, {"status", "GOOD"}}}, {"missingInvoice", json::object{{"count", 0}, {"status", "NONE"}}}, {"lateInvoice", json::object{{"count", 0}, {"status", "NONE"}}}},
                                        0, 0, 50, true, range(*marketplace, as_of, 7, 14));
    shown["orderDefectRate"] = json::object{{"mfn", order_defects(counts, "mfn", *marketplace, as_of)}, {"afn", order_defects(counts, "afn", *marketplace, as_of)}};
    shown["accountHealthRating"] = json::object{{"ahrStatus", "GREAT"}, {"accountHealthRatingStatus", "GREAT"}, {"reportingDateRange", range(*marketplace, as_of, 180, 0)}};
    for (const char* name : {"listingPolicyViolations", "productAuthenticityCustomerComplaints", "productConditionCustomerComplaints", "productSafetyCustomerComplaints", "receivedIntellectualPropertyComplaints",
                             "restrictedProductPolicyViolations", "suspectedIntellectualPropertyViolations", "foodAndProductSafetyIssues", "otherPolicyViolations", "documentRequests"})
      shown[name] = none();
    shown["warningStates"] = json::array{};
    metrics.push_back(std::move(shown));
  }
  return json::text(json::object{{"accountStatuses", std::move(statuses)}, {"performanceMetrics", std::move(metrics)}});
}

}  // namespace zifa::sandbox
