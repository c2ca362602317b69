// The door of the Selling Partner API: who calls, whether they may, whether something goes wrong, and then the operation.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "sandbox/amazon/faults.hpp"
#include "sandbox/amazon/quotas.hpp"
#include "sandbox/amazon/tokens.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct LoggedCall {
  std::int64_t n = 0;
  Instant at;
  std::string account, operation, method, path;
  int status = 0;
  std::string fault;
};

class Gate {
 public:
  static constexpr std::size_t kKeptCalls = 10'000;

  explicit Gate(World& world);

  // Everything outside the control surface: tokens, consent, documents, operations.
  http::Response handle(const http::Request& request);

  Faults& faults() { return faults_; }
  Quotas& quotas() { return quotas_; }
  Tokens& tokens() { return tokens_; }
  const std::deque<LoggedCall>& calls() const { return calls_; }
  // operation -> status -> how often
  const std::map<std::string, std::map<int, std::int64_t>>& counts() const { return counts_; }

 private:
  http::Response operation_call(const http::Request& request, const Match& match, LoggedCall& log);
  http::Response play(const http::Request& request, const Match& match, const AccessToken& token, const Fault* fault, LoggedCall& log);
  // Lets a fault of a call without operation (`lwa`, `documents`) strike.
  template <class Serve>
  http::Response with_faults(const http::Request& request, LoggedCall& log, Serve serve);
  void finish(http::Response& response, const Operation* operation);
  void keep(LoggedCall log);

  World& world_;
  Tokens tokens_;
  Quotas quotas_;
  Faults faults_;
  std::deque<LoggedCall> calls_;
  std::map<std::string, std::map<int, std::int64_t>> counts_;
  std::int64_t last_n_ = 0;
};

}  // namespace zifa::sandbox
