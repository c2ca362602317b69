// AWS Signature Version 4, for the seller's own queue. (The Selling Partner API itself needs no signature any more.)
// Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, read 2026-11-25.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/time.hpp"

namespace zifa::amazon {

struct AwsKeys {
  std::string access_key;
  std::string secret_key;
  std::string region;   // us-east-1
  std::string service;  // sqs
};

// Adds x-amz-date and Authorization. `host` is what the Host header will say; every header already set is signed. The
// target's query must be in order and encoded already.
void sign(http::Request& request, std::string_view host, const AwsKeys& keys, Instant now);

}  // namespace zifa::amazon
