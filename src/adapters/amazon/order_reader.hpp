// One order of Amazon's as ours. Nothing but the ids is required; words we do not know are kept as they are.
#pragma once

#include <boost/json/fwd.hpp>

#include <optional>
#include <string_view>

#include "domain/order/incoming.hpp"

namespace zifa::amazon {

// An order object of Orders 2026-01-01. Nothing if it has no order id.
std::optional<IncomingOrder> read_order(const boost::json::value& order);

// An order object of Orders v0, whose items come apart; and one of those items (nothing without an id).
std::optional<IncomingOrder> read_order_v0(const boost::json::value& order);
std::optional<IncomingItem> read_item_v0(const boost::json::value& item);

// {"amount": "12.99", "currencyCode": "USD"}, in either version's spelling; nothing if it is not an amount.
std::optional<Money> read_money(const boost::json::value* money);
// Texts only; anything else in the list is passed over.
std::vector<std::string> read_texts(const boost::json::value& from, std::string_view path);

}  // namespace zifa::amazon
