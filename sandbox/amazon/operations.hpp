// Every operation of the Selling Partner API that the sandbox knows: its path, its quota, the token it takes, who plays it.
// Quotas: the models' default usage plans (docs/rules/spapi_sandbox.md, "Quotas").
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.hpp"

namespace zifa::sandbox {

struct Call;
using Player = http::Response (*)(Call&);

enum class TokenKind {
  seller,         // an access token got with a seller's refresh token
  notifications,  // client credentials, scope sellingpartnerapi::notifications
  rotation,       // client credentials, scope sellingpartnerapi::client_credential:rotation
};

struct Operation {
  std::string_view id;
  std::string_view method;
  std::string_view path;      // template: /orders/v0/orders/{orderId}
  int rate_per_10000_s;       // requests in ten thousand seconds: 56 is 0.0056 a second
  int burst;
  Player play = nullptr;      // nothing: answered from Amazon's static cases
  TokenKind token = TokenKind::seller;
  // Personal data: the operation wants a restricted data token, or answers without them under a plain one.
  enum class Restricted { no, optional, required } restricted = Restricted::no;
};

std::span<const Operation> operations();
const Operation* find_operation(std::string_view id);

struct Match {
  const Operation* operation = nullptr;
  std::vector<std::pair<std::string, std::string>> path;  // name and decoded value
};
// The operation that a method and an encoded path name, if there is one. `empty_values`: a path parameter may be empty,
// as in one of Amazon's static cases.
std::optional<Match> match_operation(std::string_view method, std::string_view path, bool empty_values = false);

}  // namespace zifa::sandbox
