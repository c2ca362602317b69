// Labels in Amazon's answers: base64 inside JSON.
#pragma once

#include <boost/json/fwd.hpp>

#include "adapters/amazon/operation.hpp"
#include "app/ports/buy_shipping.hpp"

namespace zifa::amazon {

// One entry of packageDocumentDetails. Refuses `amazon.bad_answer` without a label.
Result<Done> read_documents(const boost::json::value& package, BoughtLabel& into, const Operation& operation, const http::Response& answer);

}  // namespace zifa::amazon
