#include "app/settle_order.hpp"

#include <algorithm>

#include "domain/order/desk_state.hpp"

namespace zifa {

Result<Order> settle_order(Tx& tx, OrderId id, Instant now) {
  Order order = TRY(tx.orders.find(id));
  DeskFacts facts{.by_amazon = order.by_amazon,
                  .amazon_status = order.amazon_status,
                  .cancelled = order.cancelled_at.has_value() || order.amazon_status == AmazonStatus::cancelled,
                  .cancel_open = order.cancel_open(),
                  .reviewed = order.reviewed_at.has_value(),
                  .exception_code = order.exception_code};
  const std::vector<Label> labels = TRY(tx.parcels.labels(id));
  const auto label_of = [&](ParcelId parcel) -> const Label* {
    for (const Label& label : labels)
      if (label.parcel == parcel && label.state == "bought") return &label;
    return nullptr;
  };
  bool all_printed = true;
  std::string confirm = "none";
  std::optional<Instant> confirmed_at;
  std::size_t confirmed = 0, live = 0;
  WarehouseId warehouse;
  ServiceId service;
  for (const Parcel& parcel : TRY(tx.parcels.of_order(id))) {
    if (!parcel.live()) continue;
    ++live;
    const Label* label = label_of(parcel.id);
    const bool printed = label != nullptr && label->print_count > 0;
    all_printed = all_printed && printed;
    facts.parcels.push_back({parcel.state, label != nullptr, printed});
    // What needs a person most is what the order shows.
    const auto rank = [](const std::string& state) { return state == "failed" ? 4 : state == "unsure" ? 3 : state == "due" ? 2 : state == "confirmed" ? 1 : 0; };
    if (rank(parcel.confirm_state) > rank(confirm)) confirm = parcel.confirm_state;
    if (parcel.confirm_state == "confirmed") {
      ++confirmed;
      if (parcel.confirmed_at && (!confirmed_at || *parcel.confirmed_at > *confirmed_at)) confirmed_at = parcel.confirmed_at;
    }
    warehouse = parcel.warehouse;
    service = parcel.service;
  }
  if (live == 0) {
    bool reserved = false;
    for (const Reservation& reservation : TRY(tx.stock.reservations(id)))
      if (reservation.state == "open") {
        reserved = true;
        warehouse = reservation.warehouse;
      }
    facts.reserved = reserved;
    facts.short_of_stock = !reserved;
    facts.shipped_elsewhere = order.amazon_status == AmazonStatus::shipped;
  }
  order.state = desk_state(facts);
  order.printed = live > 0 && all_printed;
  order.confirm_state = confirm;
  // Late or not is decided by the last unit's confirmation; what another program confirmed keeps its own moment.
  if (live > 0) order.confirmed_at = confirmed == live ? confirmed_at : std::nullopt;
  order.warehouse = warehouse;
  order.service = service;
  order.updated_at = now;
  TRY(tx.orders.update(order));
  return order;
}

Result<Order> set_exception(Tx& tx, OrderId id, std::string code, std::string message, Instant now) {
  Order order = TRY(tx.orders.find(id));
  if (order.exception_code != code || order.exception_message != message) {
    order.exception_code = std::move(code);
    order.exception_message = std::move(message);
    TRY(tx.orders.update(order));
  }
  return settle_order(tx, id, now);
}

}  // namespace zifa
