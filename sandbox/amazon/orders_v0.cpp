// Orders API v0: the reading operations. Personal data only under a restricted data token.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/render_order.hpp"
#include "sandbox/amazon/search_window.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::array<std::string_view, 8> kStatuses{"PendingAvailability", "Pending", "Unshipped", "PartiallyShipped", "Shipped", "InvoiceUnconfirmed", "Canceled", "Unfulfillable"};

http::Response payload(json::value value) { return answer(200, json::object{{"payload", std::move(value)}}); }

http::Response no_such_order(const Call& call) { return not_found_answer("Order " + printable(call.path_value("orderId"), 60) + " was not found."); }

}  // namespace

http::Response play::v0_get_orders(Call& call) {
  const std::vector<std::string> marketplaces = call.query.list("MarketplaceIds");
  if (marketplaces.empty()) return invalid_input("MarketplaceIds is required.");
  if (marketplaces.size() > 50) return invalid_input("MarketplaceIds takes at most 50 values.");
  for (const std::string& id : marketplaces)
    if (find_marketplace(id) == nullptr) return invalid_input("Invalid MarketplaceId " + printable(id, 60) + ".");
  const std::optional<int> most = int_parameter(call, "MaxResultsPerPage", 100, 1, 100);
  if (!most) return invalid_input("MaxResultsPerPage must be a number from 1 to 100.");
  const auto in_marketplaces = [&](const Order& order) { return std::find(marketplaces.begin(), marketplaces.end(), order.marketplace->id) != marketplaces.end(); };

  const std::vector<std::string> ids = call.query.list("AmazonOrderIds");
  if (ids.size() > 50) return invalid_input("AmazonOrderIds takes at most 50 values.");
  if (!ids.empty()) {
    json::array orders;
    for (const std::string& id : ids)
      if (const Order* order = call.world.find_order(id); order != nullptr && order->account == call.account && in_marketplaces(*order)) orders.push_back(order_v0(call, *order));
    return payload(json::object{{"Orders", std::move(orders)}, {"CreatedBefore", (call.world.now() - std::chrono::minutes(2)).iso()}});
  }

  SearchWindow window;
  if (auto refusal = read_window(call, {"CreatedAfter", "CreatedBefore", "LastUpdatedAfter", "LastUpdatedBefore"}, window)) return *refusal;
  std::set<std::string> statuses;
  for (std::string& status : call.query.list("OrderStatuses")) {
    if (std::find(kStatuses.begin(), kStatuses.end(), status) == kStatuses.end()) return invalid_input("Invalid OrderStatus " + printable(status, 60) + ".");
    statuses.insert(std::move(status));
  }
  if (statuses.contains("Unshipped") != statuses.contains("PartiallyShipped")) return invalid_input("Unshipped and PartiallyShipped must be used together in OrderStatuses.");
  const std::vector<std::string> channels = call.query.list("FulfillmentChannels");
  for (const std::string& channel : channels)
    if (channel != "MFN" && channel != "AFN") return invalid_input("Invalid FulfillmentChannel " + printable(channel, 60) + ".");
  const std::string_view email = call.query.get("BuyerEmail"), seller_order_id = call.query.get("SellerOrderId");
  const std::string question = question_of(call, "NextToken");
  std::string position;
  if (call.query.has("NextToken")) {
    const std::optional<std::string> token = read_page_token(call, question, call.query.get("NextToken"));
    if (!token) return invalid_input("NextToken is not valid for these parameters.");
    const std::size_t space = token->find(' ');
    window.before = Instant::from_ms(to_int(token->substr(0, space)).value_or(0));
    position = token->substr(space + 1);
  }
  const Found found = find_orders(call, window, position, static_cast<std::size_t>(*most), [&](const Order& order) {
    if (!in_marketplaces(order)) return false;
    if (!channels.empty() && std::find(channels.begin(), channels.end(), "MFN") == channels.end()) return false;
    if (!email.empty() && buyer_email(order) != email) return false;
    if (!seller_order_id.empty() && order.id != seller_order_id) return false;
    return statuses.empty() || statuses.contains(std::string(v0_text_of(order.status())));
  });
  json::array orders;
  for (const Order* order : found.orders) orders.push_back(order_v0(call, *order));
  json::object list{{"Orders", std::move(orders)}};
  if (found.more) list["NextToken"] = page_token(call, question, std::to_string(window.before.ms()) + " " + found.position);
  list[window.by_created ? "CreatedBefore" : "LastUpdatedBefore"] = window.before.iso();
  return payload(std::move(list));
}

http::Response play::v0_get_order(Call& call) {
  const Order* order = order_of(call, "orderId");
  return order == nullptr ? no_such_order(call) : payload(order_v0(call, *order));
}

http::Response play::v0_get_order_buyer_info(Call& call) {
  const Order* order = order_of(call, "orderId");
  if (order == nullptr) return no_such_order(call);
  json::object info{{"AmazonOrderId", order->id}};
  if (shows_address(*order)) {
    info["BuyerEmail"] = buyer_email(*order);
    if (call.may_see("buyerInfo")) info["BuyerName"] = order->buyer().name;
    if (order->business) info["PurchaseOrderNumber"] = "PO-" + order->id.substr(12);
  }
  return payload(std::move(info));
}

http::Response play::v0_get_order_address(Call& call) {
  const Order* order = order_of(call, "orderId");
  if (order == nullptr) return no_such_order(call);
  json::object shown{{"AmazonOrderId", order->id}};
  if (shows_address(*order)) {
    Address address = order->address();
    if (!shows_phone(call.world, *order)) address.phone.clear();
    shown["ShippingAddress"] = address_v0(address, call.may_see("shippingAddress"));
  }
  return payload(std::move(shown));
}

http::Response play::v0_get_order_items(Call& call) {
  const Order* order = order_of(call, "orderId");
  if (order == nullptr) return no_such_order(call);
  json::array items;
  for (const OrderItem& item : order->items) items.push_back(order_item_v0(call, *order, item));
  return payload(json::object{{"AmazonOrderId", order->id}, {"OrderItems", std::move(items)}});
}

http::Response play::v0_get_order_items_buyer_info(Call& call) {
  const Order* order = order_of(call, "orderId");
  if (order == nullptr) return no_such_order(call);
  json::array items;
  for (const OrderItem& item : order->items) {
    json::object shown{{"OrderItemId", item.id}};
    if (item.gift && call.may_see("buyerInfo")) shown["GiftMessageText"] = "Enjoy your gift!", shown["GiftWrapLevel"] = "Classic";
    items.push_back(std::move(shown));
  }
  return payload(json::object{{"AmazonOrderId", order->id}, {"OrderItems", std::move(items)}});
}

}  // namespace zifa::sandbox
