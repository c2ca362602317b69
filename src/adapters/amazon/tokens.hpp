// Access tokens of one account from Login with Amazon, kept until shortly before they expire.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/amazon/services.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

class Tokens {
 public:
  // `pause(attempt)` waits before another attempt; false: do not try again. `count` is told of every call sent.
  Tokens(Services services, AccountAccess access, std::function<bool(int)> pause, std::function<void()> count);

  // The seller's token (scope "") or a grantless one. A new one is fetched five minutes ahead of the end; while that
  // fails, the old one serves to its end.
  //
  // Refuses `amazon.lwa_refused` (kind unauthorized): authorise the account again, or renew the client secret.
  Result<std::string> token(std::string_view scope);

  // Amazon did not accept this token: forget it, so that the next call fetches a new one. True if it was old enough, or
  // Amazon's words pointed at it, for another attempt to make sense.
  bool reject(std::string_view scope, const std::string& token, std::string_view words);

 private:
  struct Kept {
    std::string token;
    Instant issued;
    Instant expires;
  };
  Result<Kept> fetch(std::string_view scope);

  Services services_;
  AccountAccess access_;
  std::function<bool(int)> pause_;
  std::function<void()> count_;
  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;
};

// The two pure halves of a token call.
http::Request write_token(const AccountAccess& access, std::string_view scope);
struct TokenAnswer {
  std::string token;
  std::int64_t expires_in_s = 3'600;
};
Result<TokenAnswer> read_token(const http::Response& answer, const std::string& account_name);

}  // namespace zifa::amazon
