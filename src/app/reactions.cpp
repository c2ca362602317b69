#include "app/reactions.hpp"

#include <algorithm>
#include <array>

namespace zifa {

namespace {

enum class KeyOf { order, parcel };

struct Reaction {
  std::string_view event;
  std::string_view job;
  KeyOf key;
};

constexpr std::array kReactions{
    Reaction{"order_reserved", "plan_shipment", KeyOf::order},
    Reaction{"parcel_dispatched", "confirm_shipment", KeyOf::parcel},
    Reaction{"label_replaced", "confirm_shipment", KeyOf::parcel},
};

// Sellers may wait for the carrier's first scan before they confirm. A scan that does not come must not make the order late.
constexpr std::chrono::hours kBeforeShipBy{3};

Result<Instant> latest_confirmation(Tx& tx, const Event& event) {
  const Order order = TRY(tx.orders.find(event.order));
  return order.ship_by ? std::max(*order.ship_by - kBeforeShipBy, event.at) : event.at;
}

}  // namespace

Result<Done> enqueue(Tx& tx, std::string_view kind, std::string key, Instant now, std::int64_t priority, OrderId order) {
  return tx.work.enqueue({.kind = std::string(kind), .key = std::move(key), .priority = priority, .run_at = now, .order = order, .created_at = now});
}

Result<Done> happen(Tx& tx, const Event& event, const Order* known) {
  TRY(tx.work.append(event));
  for (const Reaction& reaction : kReactions) {
    if (reaction.event != event.kind) continue;
    // Deadline first: the order's ship-by is the job's priority.
    std::int64_t priority = 0;
    if (event.order.value() != 0) {
      const std::optional<Instant> ship_by = known != nullptr ? known->ship_by : TRY(tx.orders.find(event.order)).ship_by;
      priority = ship_by ? ship_by->ms() : event.at.ms();
    }
    Instant run_at = event.at;
    if (event.kind == "parcel_dispatched" && TRY(tx.setup.setting("confirm_on", "handover")) == "scan") run_at = TRY(latest_confirmation(tx, event));
    const std::int64_t key = reaction.key == KeyOf::order ? event.order.value() : event.parcel.value();
    TRY(enqueue(tx, reaction.job, std::to_string(key), run_at, priority, event.order));
  }
  return done;
}

Result<Done> quantities_changed(Tx& tx, ProductId product, Instant now) {
  for (const Listing& listing : TRY(tx.stock.listings_of_product(product)))
    if (listing.channel == "fbm") TRY(enqueue(tx, "push_quantity", std::to_string(listing.id.value()), now, now.ms()));
  return done;
}

}  // namespace zifa
