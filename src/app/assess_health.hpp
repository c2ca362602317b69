// Account health from our own orders, beside what Amazon itself reports.
#pragma once

#include "app/jobs.hpp"
#include "domain/health/health.hpp"

namespace zifa {

struct AccountHealth {
  std::string marketplace;  // code, "US"
  std::vector<health::OrderFacts> facts;
  std::vector<OrderId> orders;  // beside facts
  std::vector<health::Assessment> assessments;
  std::optional<WorkStore::HealthReport> reported;
};

// One marketplace of one account, by its code or Amazon's id. Refuses `marketplace.unknown`.
Result<AccountHealth> assess_health(Tx& tx, AccountId account, std::string_view marketplace, health::Basis basis, int days_ahead, Instant as_of);

Result<Done> run_fetch_health_report(Services& services, JobRun& run);

}  // namespace zifa
