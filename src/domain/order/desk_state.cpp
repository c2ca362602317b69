#include "domain/order/desk_state.hpp"

#include <algorithm>

namespace zifa {

OrderState desk_state(const DeskFacts& facts) {
  const auto all = [&](auto test) { return !facts.parcels.empty() && std::all_of(facts.parcels.begin(), facts.parcels.end(), test); };
  const bool all_left = all([](const ParcelFacts& p) { return p.state != ParcelState::planned && p.state != ParcelState::packed; });
  // What has left the house has left it, whatever is asked afterwards.
  if (all_left) {
    const bool arrived = all([](const ParcelFacts& p) { return p.state != ParcelState::dispatched; });
    return arrived ? OrderState::delivered : OrderState::shipped;
  }
  if (facts.cancelled) return OrderState::cancelled;
  if (facts.by_amazon || facts.shipped_elsewhere) return OrderState::shipped;
  if (facts.amazon_status == AmazonStatus::pending || facts.amazon_status == AmazonStatus::pending_availability) return OrderState::pending;
  if (facts.cancel_open || !facts.exception_code.empty()) return OrderState::exception;
  if (!facts.reviewed) return OrderState::to_review;
  if (facts.parcels.empty()) return facts.short_of_stock ? OrderState::out_of_stock : OrderState::to_plan;
  // The least advanced parcel decides.
  OrderState state = OrderState::to_ship;
  for (const ParcelFacts& parcel : facts.parcels) {
    if (parcel.state != ParcelState::planned && parcel.state != ParcelState::packed) continue;
    const OrderState here = !parcel.labeled ? OrderState::to_label : !parcel.printed ? OrderState::to_print : parcel.state == ParcelState::planned ? OrderState::to_pack : OrderState::to_ship;
    state = std::min(state, here);
  }
  return state;
}

}  // namespace zifa
