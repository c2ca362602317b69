// Tells Amazon that the seller cancelled an order, with the cancellation file sent as a feed.
#pragma once

#include "app/jobs.hpp"

namespace zifa {

Result<Done> run_cancel_at_amazon(Services& services, JobRun& run);

}  // namespace zifa
