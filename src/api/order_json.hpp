// Orders as the API shows them: a row of the list, and everything about one.
#pragma once

#include "api/resource.hpp"

namespace zifa::api {

json::object order_row_json(const OrderRow& row);

// One row, or null for an order that is not there.
Result<json::value> order_row_json(Tx& tx, OrderId id);
// Rows of these orders by their ids, in a fixed number of queries.
Result<std::unordered_map<std::int64_t, json::object>> order_rows_json(Tx& tx, const std::vector<OrderId>& ids);

// Not_found `order.unknown`. Warehouse people see neither the buyer nor the street.
Result<json::object> order_detail_json(Tx& tx, OrderId id, const Caller& caller);

// What can be done with the order now by somebody of this role; the use cases have the last word.
std::vector<std::string_view> allowed_actions(const Order& order, bool has_tags, Role role);

// A buyer's address for people who need not know it: initials, no street, the last two digits of the telephone.
json::object address_json(const Address& address, bool masked);

}  // namespace zifa::api
