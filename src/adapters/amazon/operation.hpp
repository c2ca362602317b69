// One file in operations/ is one operation of Amazon's Selling Partner API: a function that writes the question and a
// function that reads the answer. Neither knows sockets, tokens, quotas or the time; the sender does all of that.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"
#include "base/result.hpp"

namespace zifa::amazon {

// What a call does at Amazon, and so whether it may be sent again after no answer came.
enum class Effect {
  reads,           // nothing: may always be repeated
  repeats_safely,  // something, but twice is the same as once
  once,            // something that twice may do twice, or that Amazon answers differently the second time
};

// Arguments for trying out every operation. What is not known stays at the value of Amazon's own sandbox case.
struct CheckArguments {
  std::string seller_id = "A1EXAMPLE";
  std::string marketplace_id = "ATVPDKIKX0DER";
  std::string now = "2026-01-01T00:00:00Z";
  std::string order_id;
  std::string sku;
  std::string report_id;
  std::string report_document_id;
  std::string feed_id;
  std::string feed_document_id;
  std::string destination_id;
};

struct Operation {
  std::string_view name;  // Amazon's operationId; "V0" is added where two versions share one
  Effect effect = Effect::reads;
  std::string_view scope = "";  // of an operation without a seller (grantless); empty: the seller's own token
  // A well-formed call; null for one that cannot be tried without spending money.
  http::Request (*sample)(const CheckArguments& arguments) = nullptr;
  Result<Done> (*understands)(const http::Response& answer) = nullptr;
  // What the sample asks about. While the account has nothing of the kind, an answer "unknown" to it says nothing.
  std::string CheckArguments::* subject = nullptr;
};

std::span<const Operation* const> operations();

// Adapts a reader to `Operation::understands`.
template <auto read>
Result<Done> understood(const http::Response& answer) {
  auto result = read(answer);
  if (!result.has_value()) return std::move(result).error();
  return done;
}

}  // namespace zifa::amazon
