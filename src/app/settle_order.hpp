// Brings an order's state on the desk in line with its facts; called after whatever changed them.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

Result<Order> settle_order(Tx& tx, OrderId id, Instant now);

// Puts a named exception on the order, or takes it off with an empty code, and settles it.
Result<Order> set_exception(Tx& tx, OrderId id, std::string code, std::string message, Instant now);

}  // namespace zifa
