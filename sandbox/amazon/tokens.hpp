// Login with Amazon: credentials become access tokens, and access tokens are recognised.
// Tokens and authorization codes run on the machine's time, because clients count by theirs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/http.hpp"
#include "sandbox/amazon/operations.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct RestrictedResource {
  std::string method, path;
  std::vector<std::string> data_elements;
};

struct AccessToken {
  Account* account = nullptr;  // nobody for client credentials
  TokenKind kind = TokenKind::seller;
  std::vector<RestrictedResource> restricted;  // of a restricted data token
  Instant expires;
  std::uint64_t generation = 0;
};

class Tokens {
 public:
  static constexpr int kLifetimeSeconds = 3600;

  explicit Tokens(World& world) : world_(world) {}

  // POST /auth/o2/token, as a form or as JSON.
  http::Response token_endpoint(const http::Request& request);
  // GET /apps/authorize/consent: the seller's page, and with `seller_id` in the query its answer.
  http::Response consent_page(const http::Request& request);

  struct Checked {
    const AccessToken* token = nullptr;
    std::string_view problem;  // the `details` of Amazon's refusal, when there is no token
  };
  Checked check(std::string_view presented) const;

  std::string restricted_token(Account* account, std::vector<RestrictedResource> resources);
  // Every token issued so far is dead.
  void kill_all() { ++generation_; }
  // A new client secret; the old one stops working.
  std::string rotate_secret();

 private:
  std::string issue(AccessToken token, std::string_view prefix);
  http::Response grant(Account* account, TokenKind kind, bool with_refresh_token);

  World& world_;
  std::unordered_map<std::string, AccessToken> tokens_;
  struct Code {
    Account* account;
    Instant expires;
  };
  std::unordered_map<std::string, Code> codes_;
  std::uint64_t generation_ = 0, issued_ = 0;
};

// The endpoints of the token service answer in OAuth's words.
inline constexpr std::string_view kTokenPath = "/auth/o2/token";
inline constexpr std::string_view kConsentPath = "/apps/authorize/consent";

}  // namespace zifa::sandbox
