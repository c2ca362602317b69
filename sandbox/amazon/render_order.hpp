// Orders as Amazon writes them: the 2026-01-01 spelling and the v0 one. Included in .cpp files only.
#pragma once

#include <set>
#include <string>

#include "base/json.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

// `included`: BUYER, RECIPIENT, PROCEEDS, EXPENSE, PROMOTION, CANCELLATION, FULFILLMENT, PACKAGES, TAX, PAYMENT.
json::object order_2026(const World& world, const Order& order, const std::set<std::string>& included);

json::object order_v0(const Call& call, const Order& order);
json::object order_item_v0(const Call& call, const Order& order, const OrderItem& item);
json::object address_v0(const Address& address, bool with_personal_data);

std::string buyer_email(const Order& order);
// Amazon shows no address of orders that are not paid, or cancelled.
bool shows_address(const Order& order);
// The phone number disappears from shipped orders after the promised delivery.
bool shows_phone(const World& world, const Order& order);

}  // namespace zifa::sandbox
