// A listing of Amazon's as ours, and the answer to a change of one.
#pragma once

#include <boost/json/fwd.hpp>

#include "adapters/amazon/operation.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

// Of several marketplaces in the answer the first one's summary and offer are taken: we ask for one at a time.
std::optional<ListingSnapshot> read_listing(const boost::json::value& item);

Result<Submission> read_submission(const http::Response& answer, const Operation& operation);

}  // namespace zifa::amazon
