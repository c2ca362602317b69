// Scans: every parcel under way is asked after, what is new goes into its timeline, and its state follows.
#pragma once

#include "app/jobs.hpp"

namespace zifa {

// How long after the last question a parcel is asked after again.
inline constexpr std::chrono::minutes kAskAgainAfter{60};

Result<Done> record_scans(Tx& tx, ParcelId parcel, const std::vector<Scan>& scans, Instant now);

Result<Done> run_follow_parcels(Services& services, JobRun& run);

}  // namespace zifa
