// One listing tells Amazon how many can be sold. The handling time always travels with the quantity.
#pragma once

#include "app/jobs.hpp"

namespace zifa {

// Sellable units of a listing: what is available in all active warehouses, less the buffer, in units of the listing.
Result<std::int64_t> sellable_quantity(Tx& tx, const Listing& listing);

Result<Done> run_push_quantity(Services& services, JobRun& run);

}  // namespace zifa
