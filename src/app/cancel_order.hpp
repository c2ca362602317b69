// Stopping an order, whoever asked for it and wherever it stands.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

// Frees stock, cancels what has not left the house and voids its labels. What has left stays as it is.
Result<Order> stop_order(Tx& tx, OrderId id, Instant now);

// The seller cancels. Refuses `order.already_shipped` once a parcel has left, `order.already_cancelled`, `order.pending`.
// `reason`: one of Amazon's codes (NoInventory, BuyerCanceled, ...). Amazon is told through the cancellation file or feed.
Result<Order> cancel_order(Tx& tx, OrderId id, std::string_view reason, std::string_view actor, Instant now);

// The buyer asked to cancel and a person decided to ship all the same. Refuses `order.no_cancel_request`.
Result<Order> keep_order(Tx& tx, OrderId id, std::string_view actor, Instant now);

// On hold nothing is planned, packed or handed over; the stock stays reserved unless `free_stock`.
Result<Order> hold_order(Tx& tx, OrderId id, std::string_view reason, bool free_stock, std::string_view actor, Instant now);
Result<Order> unhold_order(Tx& tx, OrderId id, std::string_view actor, Instant now);

Result<Order> review_order(Tx& tx, OrderId id, std::string_view actor, Instant now);
Result<Order> note_order(Tx& tx, OrderId id, std::string_view text, std::string_view actor, Instant now);

// Whether work on the order may go on: refuses `order.on_hold`, `order.cancel_requested`, `order.cancelled`, each with what to do.
Result<Done> may_go_on(const Order& order);

}  // namespace zifa
