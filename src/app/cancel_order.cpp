#include "app/cancel_order.hpp"

#include <algorithm>
#include <array>

#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {
// Source: docs/rules/flat_files.md, "Order cancellation".
constexpr std::array<std::string_view, 11> kReasons{"NoInventory", "ShippingAddressUndeliverable", "CustomerExchange", "BuyerCanceled", "GeneralAdjustment", "CarrierCreditDecision", "RiskAssessmentInformationNotValid",
                                                    "CarrierCoverageFailure", "CustomerReturn", "MerchandiseNotReceived", "PricingError"};

Result<Done> tell(Tx& tx, const Order& order, std::string_view kind, std::string_view actor, Instant now, std::string data = "{}") {
  return happen(tx, {.account = order.account, .at = now, .kind = std::string(kind), .order = order.id, .actor = std::string(actor), .data = std::move(data)});
}

}  // namespace

Result<Done> may_go_on(const Order& order) {
  const std::string& id = order.amazon_order_id;
  if (order.cancelled_at) return refused("order.cancelled", "Order " + id + " is cancelled; put the goods back and throw the label away.");
  if (order.cancel_open())
    return refused("order.cancel_requested", "The buyer of order " + id + " asks to cancel" + (order.cancel_reason.empty() ? "" : " (" + order.cancel_reason + ")") + ". Cancel the order, or decide to ship it all the same.");
  if (order.on_hold) return refused("order.on_hold", "Order " + id + " is on hold" + (order.hold_reason.empty() ? "" : ": " + order.hold_reason) + ". Release it first.");
  return done;
}

namespace {

// The order was cancelled while its parcel was on its way out. There is nothing left to confirm; the goods are to be got back.
Result<Done> call_back(Tx& tx, Parcel parcel, Instant now) {
  if (parcel.confirm_state == "confirmed" || parcel.confirm_state == "none") return done;
  parcel.confirm_state = "none";
  parcel.confirm_error = "The order was cancelled after parcel " + parcel.number() + " had left; ask the carrier to bring it back.";
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  return happen(tx, {.account = parcel.account, .at = now, .kind = "parcel_to_call_back", .order = parcel.order, .parcel = parcel.id, .actor = std::string(kProgram)});
}

}  // namespace

Result<Order> stop_order(Tx& tx, OrderId id, Instant now) {
  for (Parcel parcel : TRY(tx.parcels.of_order(id))) {
    if (!parcel.live()) continue;
    if (parcel.left()) {
      TRY(call_back(tx, std::move(parcel), now));
      continue;
    }
    if (auto label = TRY(tx.parcels.live_label(parcel.id))) {
      label->state = "voided";
      label->voided_at = now;
      TRY(tx.parcels.update_label(*label));
      TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "label_voided", .order = id, .parcel = parcel.id, .actor = std::string(kProgram)}));
    }
    // A packed parcel must be found and opened: the event is what Today and the pack station show.
    if (parcel.state == ParcelState::packed) TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "parcel_to_unpack", .order = id, .parcel = parcel.id, .actor = std::string(kProgram)}));
    parcel.state = ParcelState::cancelled;
    parcel.handover = HandoverId();
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
  }
  TRY(release_stock(tx, id, now));
  return settle_order(tx, id, now);
}

Result<Order> cancel_order(Tx& tx, OrderId id, std::string_view reason, std::string_view actor, Instant now) {
  Order order = TRY(tx.orders.find(id));
  if (std::find(kReasons.begin(), kReasons.end(), reason) == kReasons.end())
    return invalid("order.bad_cancel_reason", "\"" + printable(reason, 40) + "\" is not one of Amazon's cancellation reasons; use NoInventory, BuyerCanceled, ShippingAddressUndeliverable or another of its list.");
  if (order.cancelled_at) return conflict("order.already_cancelled", "Order " + order.amazon_order_id + " is cancelled already.");
  if (order.amazon_status == AmazonStatus::pending || order.amazon_status == AmazonStatus::pending_availability)
    return conflict("order.pending", "Order " + order.amazon_order_id + " is not paid for yet, and Amazon lets nobody but the buyer cancel it; wait until Amazon releases it.");
  for (const Parcel& parcel : TRY(tx.parcels.of_order(id)))
    if (parcel.left()) return conflict("order.already_shipped", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " has left; refund the buyer instead of cancelling.");
  order.cancelled_at = now;
  order.cancelled_by = order.cancel_requested_at || reason == "BuyerCanceled" ? "buyer" : "seller";
  order.cancel_reason = reason;
  TRY(tx.orders.update(order));
  TRY(tell(tx, order, "order_cancelled", actor, now, "{\"by\":\"" + order.cancelled_by + "\",\"reason\":" + json_quoted(reason) + "}"));
  TRY(enqueue(tx, "cancel_at_amazon", std::to_string(id.value()), now, now.ms(), id));
  return stop_order(tx, id, now);
}

Result<Order> keep_order(Tx& tx, OrderId id, std::string_view actor, Instant now) {
  Order order = TRY(tx.orders.find(id));
  if (!order.cancel_open()) return conflict("order.no_cancel_request", "The buyer of order " + order.amazon_order_id + " has not asked to cancel.");
  order.cancel_answered_at = now;
  TRY(tx.orders.update(order));
  TRY(tell(tx, order, "cancel_request_declined", actor, now));
  return reserve_stock(tx, id, now);
}

Result<Order> hold_order(Tx& tx, OrderId id, std::string_view reason, bool free_stock, std::string_view actor, Instant now) {
  Order order = TRY(tx.orders.find(id));
  if (order.state == OrderState::shipped || order.state == OrderState::delivered || order.state == OrderState::cancelled)
    return conflict("order.too_late_to_hold", "Order " + order.amazon_order_id + " is " + std::string(name_of(order.state)) + "; it cannot be held any more.");
  order.on_hold = true;
  order.hold_reason = (free_stock ? "free:" : "") + utf8_prefix(reason, 500);
  TRY(tx.orders.update(order));
  TRY(tell(tx, order, "order_held", actor, now, "{\"reason\":" + json_quoted(reason) + "}"));
  if (!free_stock) return settle_order(tx, id, now);
  for (const Parcel& parcel : TRY(tx.parcels.of_order(id)))
    if (parcel.live()) return conflict("order.planned", "Order " + order.amazon_order_id + " has a planned parcel; hold it with its stock, or cancel the parcel first.");
  TRY(release_stock(tx, id, now));
  return settle_order(tx, id, now);
}

Result<Order> unhold_order(Tx& tx, OrderId id, std::string_view actor, Instant now) {
  Order order = TRY(tx.orders.find(id));
  if (!order.on_hold) return conflict("order.not_on_hold", "Order " + order.amazon_order_id + " is not on hold.");
  order.on_hold = false;
  order.hold_reason.clear();
  TRY(tx.orders.update(order));
  TRY(tell(tx, order, "order_released", actor, now));
  const Order settled = TRY(reserve_stock(tx, id, now));
  if (settled.state == OrderState::to_plan) TRY(enqueue(tx, "plan_shipment", std::to_string(id.value()), now, settled.ship_by ? settled.ship_by->ms() : now.ms(), id));
  return settled;
}

Result<Order> review_order(Tx& tx, OrderId id, std::string_view actor, Instant now) {
  Order order = TRY(tx.orders.find(id));
  if (order.reviewed_at && order.exception_code.empty()) return conflict("order.reviewed", "Order " + order.amazon_order_id + " is reviewed already.");
  order.reviewed_at = now;
  // What stopped it is looked at again; it stops again if it still holds.
  order.exception_code.clear();
  order.exception_message.clear();
  TRY(tx.orders.update(order));
  TRY(tell(tx, order, "order_reviewed", actor, now));
  const Order settled = TRY(reserve_stock(tx, id, now));
  if (settled.state == OrderState::to_plan) TRY(enqueue(tx, "plan_shipment", std::to_string(id.value()), now, settled.ship_by ? settled.ship_by->ms() : now.ms(), id));
  return settled;
}

Result<Order> note_order(Tx& tx, OrderId id, std::string_view text, std::string_view actor, Instant now) {
  Order order = TRY(tx.orders.find(id));
  order.note = utf8_prefix(trim(text), 2'000);
  order.updated_at = now;
  TRY(tx.orders.update(order));
  TRY(tell(tx, order, "order_noted", actor, now));
  return order;
}

}  // namespace zifa
