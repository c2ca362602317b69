// One call of an operation, past token and quota; and the answers Amazon gives. Included in .cpp files only: it brings JSON along.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"
#include "base/json.hpp"
#include "sandbox/amazon/operations.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

class Tokens;

struct Call {
  World& world;
  Tokens& tokens;
  const Operation& operation;
  Account* account = nullptr;  // nobody for client credentials
  const http::Request& request;
  std::vector<std::pair<std::string, std::string>> path;
  http::Query query;
  json::value body;            // null when there is none, or none that is JSON
  bool restricted = false;     // came with a restricted data token
  std::vector<std::string> data_elements;  // of that token: buyerInfo, shippingAddress, buyerTaxInformation
  std::int64_t stale_seconds = 0;  // a fault: searches leave out what changed that recently

  std::string_view path_value(std::string_view name) const;
  bool may_see(std::string_view data_element) const;
};

http::Response answer(int status, const json::value& body);
http::Response no_content(int status = 204);
http::Response refuse(int status, std::string_view code, std::string_view message, std::string_view details = "");
http::Response invalid_input(std::string_view message, std::string_view details = "");
http::Response not_found_answer(std::string_view message);

// {"amount":"12.99","currencyCode":"USD"} and the v0 spelling {"CurrencyCode":"USD","Amount":"12.99"}.
json::object money(std::int64_t minor, Currency currency);
json::object v0_money(std::int64_t minor, Currency currency);
std::string amount_text(std::int64_t minor, Currency currency);

// A text of the body: nothing when it is missing, null or of another type.
std::optional<std::string> body_text(const json::value& from, std::string_view path);

// A page token that no client can read or alter unnoticed: it holds where to go on, when it was made and for which question.
std::string page_token(const Call& call, std::string_view question, std::string_view position);
// The position, or nothing when the token is not ours, older than a day, or of another question.
std::optional<std::string> read_page_token(const Call& call, std::string_view question, std::string_view token);
// All query parameters but the token, in one order: what a page token is bound to.
std::string question_of(const Call& call, std::string_view token_name);

// A whole number parameter: its value, the default if absent, nothing when it is no number or out of range.
std::optional<int> int_parameter(const Call& call, std::string_view name, int fallback, int low, int high);

// The order named in the path, if it is this account's.
Order* order_of(Call& call, std::string_view path_name);

}  // namespace zifa::sandbox
