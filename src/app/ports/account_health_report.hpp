// What Amazon itself says about an account's health (report GET_V2_SELLER_PERFORMANCE_REPORT), once a day or so.
//
// Used to compare with what we count from orders. The rate is Amazon's own: it need not equal part / whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace zifa {

struct ReportedRate {
  std::string marketplace_id;
  std::string amazon_name;  // lateShipmentRate
  std::string metric;       // ours: lsr_30, cancel_7, odr_60, otdr_14, vtr_30, idr_7; "" for one we do not compute
  std::optional<Instant> from, to;
  std::optional<std::int64_t> part;   // late, cancelled, with defects; of tracking and punctuality: the good ones
  std::optional<std::int64_t> whole;
  std::optional<std::int64_t> rate_ppm;    // millionths
  std::optional<std::int64_t> target_ppm;
  std::string condition;  // LESS_THAN, GREATER_THAN, EQUALS
  std::string status;     // GOOD, BAD, NONE
};

struct ReportedCount {  // policy violations and the like
  std::string marketplace_id, amazon_name, status;
  std::optional<std::int64_t> defects;
};

struct AccountHealthReport {
  struct Account {
    std::string marketplace_id;
    std::string status;  // NORMAL, AT_RISK, DEACTIVATED, SUSPENDED
    std::string rating;  // GREAT, WARNED, ...; "" if not told
  };
  std::vector<Account> accounts;
  std::vector<ReportedRate> rates;
  std::vector<ReportedCount> counts;
  std::vector<std::string> warnings;  // types whose status is not GOOD
};

}  // namespace zifa
