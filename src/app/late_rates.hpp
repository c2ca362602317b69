// The late shipment rates of every account and marketplace, as Today shows them: worked out at most once a minute.
#pragma once

#include <mutex>
#include <vector>

#include "app/ports/store.hpp"
#include "domain/health/health.hpp"

namespace zifa {

struct LateRate {
  AccountId account;
  std::string marketplace_id;
  health::Assessment short_window, long_window;  // lsr_10, lsr_30; both have a policy
};

class LateRates {
 public:
  // Marketplaces that set no limit are left out.
  Result<std::vector<LateRate>> current(Tx& tx, Instant now);

 private:
  std::mutex mutex_;
  std::optional<Instant> worked_out_at_;
  std::vector<AccountId> accounts_;
  std::vector<LateRate> rates_;
};

}  // namespace zifa
