// What can be done with many orders at once: the table of actions, and one order at a time.
#pragma once

#include <span>

#include "api/resource.hpp"

namespace zifa::api {

struct OrderAction {
  std::string_view name;
  Role role;
  // In a transaction of its own, so that one order's refusal never stops another.
  Result<Done> (*run)(Tx& tx, Call& call, const json::value& args, OrderId id);
};

std::span<const OrderAction> order_actions();
const OrderAction* order_action(std::string_view name);

}  // namespace zifa::api
