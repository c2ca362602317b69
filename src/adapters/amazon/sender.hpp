// Sends the calls of one account: token, quota, headers, retries. The only file of this folder that knows all of them.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "adapters/amazon/operation.hpp"
#include "adapters/amazon/quotas.hpp"
#include "adapters/amazon/services.hpp"
#include "adapters/amazon/tokens.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

class Sender {
 public:
  Sender(Services services, AccountAccess access, SenderOptions options);

  // Sends a request whose target is a path. The answer comes back whatever its status; what could be cured by trying
  // again has been tried, within `longest_wait_ms`:
  //   429 and 503, and anything when it is certain that nothing was sent: every operation;
  //   500, 502, 504 and no answer: all but operations of Effect::once, which may have happened;
  //   401 and 403: once more with a new token.
  // `restricted_token` is sent instead of the seller's.
  //
  // Errors: `amazon.quota` (throttled; nothing was sent), those of the token, those of the HTTP client. Of an operation
  // that only reads, no answer is `unavailable`, not `unknown`.
  Result<http::Response> send(const Operation& operation, http::Request request, std::string_view restricted_token = {});

  // Documents lie elsewhere, behind links that carry their own permission: no token travels there.
  Result<http::Response> download(const std::string& url);
  Result<http::Response> upload(const std::string& url, const std::string& content_type, std::string body);

  std::int64_t sent() const { return sent_; }
  const AccountAccess& access() const { return access_; }
  const Services& services() const { return services_; }

 private:
  bool pause(int attempt, int& waited_ms) const;
  Result<http::Response> transfer(http::Request request, std::string_view what);

  Services services_;
  AccountAccess access_;
  SenderOptions options_;
  std::atomic<std::int64_t> sent_ = 0;
  Quotas quotas_;
  Tokens tokens_;
};

}  // namespace zifa::amazon
