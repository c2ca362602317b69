#include "adapters/amazon/account_health_report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

struct Known {
  std::string_view amazon;
  std::string_view ours;
  std::string_view part;
  std::string_view whole;
};

constexpr std::array kRates{
    Known{"lateShipmentRate", "lsr_30", "lateShipmentCount", "orderCount"},
    Known{"preFulfillmentCancellationRate", "cancel_7", "cancellationCount", "orderCount"},
    Known{"prefulfillmentCancelRate", "cancel_7", "cancellationCount", "orderCount"},
    Known{"orderDefectRate.mfn", "odr_60", "orderWithDefects.count", "orderCount"},
    Known{"orderDefectRate.afn", "", "orderWithDefects.count", "orderCount"},
    Known{"onTimeDeliveryRate", "otdr_14", "onTimeDeliveryCount", "shipmentCountWithValidTracking"},
    Known{"unitOnTimeDeliveryRate", "otdr_14", "unitOnTimeDeliveryCount", "totalUnitCount"},
    Known{"validTrackingRate", "vtr_30", "validTrackingCount", "shipmentCount"},
    Known{"invoiceDefectRate", "idr_7", "invoiceDefect.count", "orderCount"},
};

std::optional<std::int64_t> ppm(const json::value* number) {
  if (number == nullptr || !number->is_number()) return std::nullopt;
  const double value = number->to_number<double>();
  if (!(std::abs(value) < 1e9)) return std::nullopt;
  return std::llround(value * 1e6);
}

std::optional<Instant> instant_at(const json::value& from, std::string_view path) {
  const auto at = Instant::parse(json::get_text(from, path));
  return at.has_value() ? std::optional(*at) : std::nullopt;
}

ReportedRate rate_of(const json::value& from, std::string_view marketplace_id, std::string_view name) {
  const auto known = std::find_if(kRates.begin(), kRates.end(), [&](const Known& k) { return k.amazon == name; });
  ReportedRate rate;
  rate.marketplace_id = marketplace_id;
  rate.amazon_name = name;
  if (known != kRates.end()) {
    rate.metric = known->ours;
    rate.part = json::get_int(from, known->part);
    rate.whole = json::get_int(from, known->whole);
  }
  rate.from = instant_at(from, "reportingDateRange.reportingDateFrom");
  rate.to = instant_at(from, "reportingDateRange.reportingDateTo");
  rate.rate_ppm = ppm(json::find(from, "rate"));
  rate.target_ppm = ppm(json::find(from, "targetValue"));
  rate.condition = json::get_text(from, "targetCondition");
  rate.status = json::get_text(from, "status");
  return rate;
}

void read_entry(AccountHealthReport& report, const json::value& entry, const std::string& marketplace_id, const std::string& name) {
  if (const json::array* warnings = entry.if_array()) {
    for (const json::value& warning : *warnings)
      if (const std::string type = json::get_text(warning, "warningType"); !type.empty() && json::get_text(warning, "status") != "GOOD") report.warnings.push_back(type);
    return;
  }
  if (!entry.is_object()) return;
  if (name == "orderDefectRate") {
    for (const char* channel : {"mfn", "afn"})
      if (const json::value* part = json::find(entry, channel); part != nullptr && part->is_object()) report.rates.push_back(rate_of(*part, marketplace_id, name + "." + channel));
    return;
  }
  if (name == "accountHealthRating") {
    for (auto& account : report.accounts)
      if (account.marketplace_id == marketplace_id) account.rating = json::get_text(entry, "ahrStatus");
    return;
  }
  const bool known = std::any_of(kRates.begin(), kRates.end(), [&](const Known& k) { return k.amazon == name; });
  if (known || json::find(entry, "rate") != nullptr) {
    report.rates.push_back(rate_of(entry, marketplace_id, name));
  } else if (const auto defects = json::get_int(entry, "defectsCount")) {
    report.counts.push_back({marketplace_id, name, json::get_text(entry, "status"), defects});
  }
}

}  // namespace

Result<AccountHealthReport> read_account_health_report(std::string_view text) {
  const auto bad = [](const std::string& why) { return corrupt("amazon.bad_health_report", "Amazon's account health report cannot be read: " + why + "."); };
  const auto body = json::parse(text);
  if (!body.has_value()) return bad("it is not JSON");
  const json::array* statuses = json::find_array(*body, "accountStatuses");
  const json::array* metrics = json::find_array(*body, "performanceMetrics");
  if (statuses == nullptr && metrics == nullptr) return bad("it holds neither account statuses nor metrics");
  AccountHealthReport report;
  if (statuses != nullptr)
    for (const json::value& status : *statuses)
      if (std::string id = json::get_text(status, "marketplaceId"); !id.empty()) report.accounts.push_back({std::move(id), json::get_text(status, "status"), ""});
  if (metrics != nullptr)
    for (const json::value& metric : *metrics) {
      const json::object* entries = metric.if_object();
      if (entries == nullptr) continue;
      const std::string marketplace_id = json::get_text(metric, "marketplaceId");
      for (const auto& [name, entry] : *entries) read_entry(report, entry, marketplace_id, std::string(name));
    }
  return report;
}

}  // namespace zifa::amazon
