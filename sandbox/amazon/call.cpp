#include "sandbox/amazon/call.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/text.hpp"

namespace zifa::sandbox {

std::string_view Call::path_value(std::string_view name) const {
  for (const auto& [key, value] : path)
    if (key == name) return value;
  return {};
}

bool Call::may_see(std::string_view data_element) const {
  return restricted && (data_elements.empty() || std::find(data_elements.begin(), data_elements.end(), data_element) != data_elements.end());
}

http::Response answer(int status, const json::value& body) { return http::Response::json(status, json::text(body)); }

http::Response no_content(int status) { return {.status = status, .headers = {}, .body = ""}; }

http::Response refuse(int status, std::string_view code, std::string_view message, std::string_view details) {
  http::Response response = answer(status, json::object{{"errors", json::array{json::object{{"code", code}, {"message", message}, {"details", details}}}}});
  response.headers.set("x-amzn-ErrorType", std::string(code) + "Exception");
  return response;
}

http::Response invalid_input(std::string_view message, std::string_view details) { return refuse(400, "InvalidInput", message, details); }

http::Response not_found_answer(std::string_view message) { return refuse(404, "NotFound", message); }

std::string amount_text(std::int64_t minor, Currency currency) { return Money(minor, currency).amount(); }

json::object money(std::int64_t minor, Currency currency) { return {{"amount", amount_text(minor, currency)}, {"currencyCode", currency.code()}}; }

json::object v0_money(std::int64_t minor, Currency currency) { return {{"CurrencyCode", currency.code()}, {"Amount", amount_text(minor, currency)}}; }

std::optional<std::string> body_text(const json::value& from, std::string_view path) {
  const json::value* found = json::find(from, path);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(found->get_string());
}

namespace {

std::string seal_of(const Call& call, std::string_view text) {
  const std::uint64_t seal = mix(mix(call.world.options().seed, "page token"), text);
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>((seal >> (8 * i)) & 0xFF);
  return bytes;
}

std::string bound_to(const Call& call, std::string_view question) {
  return std::string(call.operation.id) + '\n' + (call.account == nullptr ? "" : call.account->seller_id) + '\n' + std::string(question);
}

}  // namespace

std::string page_token(const Call& call, std::string_view question, std::string_view position) {
  const std::string content = std::to_string(call.world.now().ms()) + '\n' + std::string(position);
  return to_base64(seal_of(call, bound_to(call, question) + '\n' + content) + content);
}

std::optional<std::string> read_page_token(const Call& call, std::string_view question, std::string_view token) {
  const std::optional<std::string> bytes = from_base64(token);
  if (!bytes || bytes->size() < 10) return std::nullopt;
  const std::string content = bytes->substr(8);
  if (seal_of(call, bound_to(call, question) + '\n' + content) != bytes->substr(0, 8)) return std::nullopt;
  const std::size_t line = content.find('\n');
  if (line == std::string::npos) return std::nullopt;
  const std::optional<std::int64_t> made = to_int(content.substr(0, line));
  if (!made || call.world.now() - Instant::from_ms(*made) > std::chrono::hours(24)) return std::nullopt;
  return content.substr(line + 1);
}

std::string question_of(const Call& call, std::string_view token_name) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : call.query.fields())
    if (name != token_name) parts.push_back(percent_encode(name) + "=" + percent_encode(value));
  std::sort(parts.begin(), parts.end());
  return join(parts, "&");
}

std::optional<int> int_parameter(const Call& call, std::string_view name, int fallback, int low, int high) {
  if (!call.query.has(name)) return fallback;
  const std::optional<std::int64_t> value = to_int(call.query.get(name));
  if (!value || *value < low || *value > high) return std::nullopt;
  return static_cast<int>(*value);
}

Order* order_of(Call& call, std::string_view path_name) {
  Order* order = call.world.find_order(call.path_value(path_name));
  return order != nullptr && order->account == call.account ? order : nullptr;
}

}  // namespace zifa::sandbox
