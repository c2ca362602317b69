// Orders API 2026-01-01: searchOrders and getOrder.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/render_order.hpp"
#include "sandbox/amazon/search_window.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::array<std::string_view, 11> kIncludedData{"BUYER", "RECIPIENT", "PROCEEDS", "EXPENSE", "PROMOTION", "CANCELLATION", "FULFILLMENT", "PACKAGES", "TAX", "PAYMENT", "FULFILLMENT_ORDERS"};
constexpr std::array<std::string_view, 7> kStatuses{"PENDING_AVAILABILITY", "PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED", "UNFULFILLABLE"};
constexpr std::array<std::string_view, 2> kFulfilledBy{"MERCHANT", "AMAZON"};

// The values of a list parameter, or a refusal naming the first one that the model does not know.
template <std::size_t N>
std::optional<http::Response> read_list(const Call& call, std::string_view name, const std::array<std::string_view, N>& known, std::set<std::string>& values) {
  for (std::string& value : call.query.list(name)) {
    if (std::find(known.begin(), known.end(), value) == known.end()) return invalid_input("Invalid Input", std::string(name) + " does not know the value " + printable(value, 60) + ".");
    values.insert(std::move(value));
  }
  return std::nullopt;
}

}  // namespace

http::Response play::search_orders(Call& call) {
  SearchWindow window;
  if (auto refusal = read_window(call, {"createdAfter", "createdBefore", "lastUpdatedAfter", "lastUpdatedBefore"}, window)) return *refusal;
  std::set<std::string> included, statuses, fulfilled_by;
  if (auto refusal = read_list(call, "includedData", kIncludedData, included)) return *refusal;
  if (auto refusal = read_list(call, "fulfillmentStatuses", kStatuses, statuses)) return *refusal;
  if (auto refusal = read_list(call, "fulfilledBy", kFulfilledBy, fulfilled_by)) return *refusal;
  const std::vector<std::string> marketplaces = call.query.list("marketplaceIds");
  if (marketplaces.size() > 50) return invalid_input("Invalid Input", "marketplaceIds takes at most 50 values.");
  for (const std::string& id : marketplaces)
    if (find_marketplace(id) == nullptr) return invalid_input("Invalid Input", "marketplaceIds does not know the value " + printable(id, 60) + ".");
  const std::optional<int> most = int_parameter(call, "maxResultsPerPage", 100, 1, 100);
  if (!most) return invalid_input("Invalid Input", "maxResultsPerPage must be a number from 1 to 100.");
  const std::string question = question_of(call, "paginationToken");
  std::string position;
  if (call.query.has("paginationToken")) {
    const std::optional<std::string> token = read_page_token(call, question, call.query.get("paginationToken"));
    if (!token) return invalid_input("Invalid Input", "paginationToken is not valid for these parameters; repeat those of the first call unchanged.");
    const std::size_t space = token->find(' ');
    window.before = Instant::from_ms(to_int(token->substr(0, space)).value_or(0));
    position = token->substr(space + 1);
  }
  const Found found = find_orders(call, window, position, static_cast<std::size_t>(*most), [&](const Order& order) {
    if (!fulfilled_by.empty() && !fulfilled_by.contains("MERCHANT")) return false;
    if (!marketplaces.empty() && std::find(marketplaces.begin(), marketplaces.end(), order.marketplace->id) == marketplaces.end()) return false;
    return statuses.empty() || statuses.contains(std::string(text_of(order.status())));
  });
  json::array orders;
  orders.reserve(found.orders.size());
  for (const Order* order : found.orders) orders.push_back(order_2026(call.world, *order, included));
  json::object body{{"orders", std::move(orders)}};
  if (found.more) body["pagination"] = json::object{{"nextToken", page_token(call, question, std::to_string(window.before.ms()) + " " + found.position)}};
  body[window.by_created ? "createdBefore" : "lastUpdatedBefore"] = window.before.iso();
  return answer(200, body);
}

http::Response play::get_order(Call& call) {
  std::set<std::string> included;
  if (auto refusal = read_list(call, "includedData", kIncludedData, included)) return *refusal;
  const Order* order = order_of(call, "orderId");
  if (order == nullptr) return not_found_answer("Order " + printable(call.path_value("orderId"), 60) + " was not found.");
  return answer(200, json::object{{"order", order_2026(call.world, *order, included)}});
}

}  // namespace zifa::sandbox
