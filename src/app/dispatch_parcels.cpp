#include "app/dispatch_parcels.hpp"

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// A parcel may leave when it is packed and labelled and nothing stops its order.
Result<Label> ready_to_leave(Tx& tx, const Parcel& parcel) {
  TRY(may_go_on(TRY(tx.orders.find(parcel.order))));
  if (parcel.state == ParcelState::planned) return refused("handover.not_packed", "Parcel " + parcel.number() + " is not packed and verified yet; take it to the pack station.");
  if (parcel.state == ParcelState::cancelled) return refused("order.cancelled", "Parcel " + parcel.number() + " is cancelled; put the goods back.");
  auto label = TRY(tx.parcels.live_label(parcel.id));
  if (!label) return refused("handover.no_label", "Parcel " + parcel.number() + " has no tracking number; scan or type it before it leaves.");
  return std::move(*label);
}

Result<WorkStore::Handover> open_one(Tx& tx, HandoverId id) {
  WorkStore::Handover handover = TRY(tx.work.handover(id));
  if (handover.state != "open") return conflict("handover.closed", "This hand-over is closed; open another for further parcels.");
  return handover;
}

}  // namespace

Result<HandoverId> open_handover(Tx& tx, WarehouseId warehouse, std::string_view carrier_id, std::string_view actor, Instant now) {
  if (trim(carrier_id).empty()) return invalid("handover.no_carrier", "Name the carrier that collects.");
  return tx.work.insert_handover({.warehouse = warehouse, .carrier_id = std::string(trim(carrier_id)), .opened_at = now, .opened_by = std::string(actor)});
}

Result<Parcel> add_to_handover(Tx& tx, HandoverId id, std::string_view typed, std::string_view, Instant now) {
  const WorkStore::Handover handover = TRY(open_one(tx, id));
  const std::string code(trim(typed));
  std::optional<Parcel> found;
  if (const auto number = parcel_number(code))
    if (auto parcel = tx.parcels.find(*number)) found = std::move(*parcel);
  if (!found)
    if (const std::vector<Label> labels = TRY(tx.parcels.with_tracking_number(code)); !labels.empty()) found = TRY(tx.parcels.find(labels.front().parcel));
  if (!found) return not_found("handover.unknown_code", "No parcel has the number \"" + printable(code, 64) + "\"; scan its label or parcel number.");
  const Label label = TRY(ready_to_leave(tx, *found));
  if (label.carrier_id != handover.carrier_id)
    return refused("handover.wrong_carrier", "Parcel " + found->number() + " goes with " + label.carrier_name + ", not with this carrier; put it on the other pile.");
  if (found->left()) return conflict("handover.left_already", "Parcel " + found->number() + " has left already.");
  if (found->handover != id) {
    found->handover = id;
    found->updated_at = now;
    TRY(tx.parcels.update(*found));
  }
  return std::move(*found);
}

Result<Done> remove_from_handover(Tx& tx, HandoverId id, ParcelId parcel_id, Instant now) {
  TRY(open_one(tx, id));
  Parcel parcel = TRY(tx.parcels.find(parcel_id));
  if (parcel.handover != id || parcel.left()) return conflict("handover.not_in_it", "Parcel " + parcel.number() + " is not in this hand-over.");
  parcel.handover = HandoverId();
  parcel.updated_at = now;
  return tx.parcels.update(parcel);
}

Result<Parcel> dispatch_parcel(Tx& tx, ParcelId id, std::string_view actor, Instant now) {
  Parcel parcel = TRY(tx.parcels.find(id));
  if (parcel.left()) return parcel;
  TRY(ready_to_leave(tx, parcel));
  parcel.state = ParcelState::dispatched;
  parcel.dispatched_at = now;
  parcel.tracking_state = "info_received";
  parcel.confirm_state = "due";
  parcel.updated_at = now;
  TRY(tx.parcels.update(parcel));
  // The reserved units leave: reservations of the parcel's items are closed up to what it holds, the rest of them stays open.
  for (const ParcelItem& item : parcel.items) {
    std::int64_t left = item.units;
    for (const Reservation& reservation : TRY(tx.stock.reservations(parcel.order))) {
      if (left == 0) break;
      if (reservation.state != "open" || reservation.item != item.item) continue;
      TRY(tx.stock.close_reservation(reservation, "issued"));
      if (reservation.quantity > left) {
        Reservation rest = reservation;
        rest.quantity = reservation.quantity - left;
        TRY(tx.stock.reserve(rest));
      }
      left -= std::min(left, reservation.quantity);
    }
    // What left has left, also when the books say there was less: the difference shows up as a negative stock to be counted.
    TRY(tx.stock.move({.at = now, .warehouse = parcel.warehouse, .product = item.product, .kind = "issue", .quantity = -item.units, .parcel = id, .actor = std::string(actor)}, true));
    TRY(quantities_changed(tx, item.product, now));
  }
  TRY(happen(tx, {.account = parcel.account, .at = now, .kind = "parcel_dispatched", .order = parcel.order, .parcel = id, .actor = std::string(actor)}));
  TRY(settle_order(tx, parcel.order, now));
  return parcel;
}

Result<ClosedHandover> close_handover(Tx& tx, HandoverId id, std::string_view actor, Instant now) {
  TRY(open_one(tx, id));
  const std::vector<Parcel> parcels = TRY(tx.parcels.of_handover(id));
  ClosedHandover answer;
  for (const Parcel& parcel : parcels) {
    if (const auto ready = ready_to_leave(tx, parcel); !ready) {
      if (ready.error().kind != ErrorKind::refused) return ready.error();
      answer.stayed.emplace_back(parcel.id, ready.error());
      Parcel stays = parcel;
      stays.handover = HandoverId();
      stays.updated_at = now;
      TRY(tx.parcels.update(stays));
      continue;
    }
    TRY(dispatch_parcel(tx, parcel.id, actor, now));
    answer.left.push_back(parcel.id);
  }
  if (answer.left.empty() && answer.stayed.empty()) return refused("handover.empty", "This hand-over has no parcels; scan them first.");
  if (!answer.left.empty()) TRY(tx.work.close_handover(id, now));
  return answer;
}

}  // namespace zifa
