// Asking Amazon what is new: orders, listings.
#pragma once

#include "app/jobs.hpp"

namespace zifa {

// Reading overlaps the last reading by this much, because Amazon shows changes late; what was seen already changes nothing.
inline constexpr std::chrono::minutes kOverlap{5};

struct SyncedOrders {
  std::int64_t read = 0, created = 0, updated = 0;
  // The orders came, though not the way they should: Amazon's current API failed and its older one answered.
  std::optional<Error> trouble;
};
// One round: all pages since the last complete round, stored page by page. The mark moves only when the last page is in.
Result<SyncedOrders> sync_orders(Services& services, AccountId account);

// Listings of every marketplace of the account; new SKUs are linked to the product of the same SKU where there is one.
// `only`: these marketplaces; empty = all.
Result<std::int64_t> sync_listings(Services& services, AccountId account, const std::vector<std::string>& only = {});

Result<Done> run_sync_orders(Services& services, JobRun& run);
Result<Done> run_sync_listings(Services& services, JobRun& run);

// Periodic work: what is due for every active account is enqueued. Called often; does nothing where a run is waiting already.
Result<Done> schedule_due(Services& services);

}  // namespace zifa
