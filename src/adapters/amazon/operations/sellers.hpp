// The seller's account.
#pragma once

#include "adapters/amazon/operation.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

extern const Operation get_marketplace_participations;
http::Request write_get_marketplace_participations();
Result<std::vector<Participation>> read_get_marketplace_participations(const http::Response& answer);

}  // namespace zifa::amazon
