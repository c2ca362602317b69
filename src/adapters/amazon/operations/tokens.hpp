// Restricted data tokens: permission to read buyers' data where the seller's own token is not enough.
#pragma once

#include "adapters/amazon/operation.hpp"

namespace zifa::amazon {

struct RestrictedResource {
  std::string method;
  std::string path;                        // literal, or generic with {orderId}; no slash at the end
  std::vector<std::string> data_elements;  // buyerInfo, shippingAddress, buyerTaxInformation: Orders v0 alone
};
struct RestrictedToken {
  std::string token;
  std::int64_t expires_in_s = 0;
};

extern const Operation create_restricted_data_token;
http::Request write_create_restricted_data_token(const std::vector<RestrictedResource>& resources);
Result<RestrictedToken> read_create_restricted_data_token(const http::Response& answer);

}  // namespace zifa::amazon
