#include "api/order_actions.hpp"

#include <array>

#include "api/fields.hpp"
#include "app/buy_label.hpp"
#include "app/cancel_order.hpp"
#include "app/confirm_shipment.hpp"
#include "app/dispatch_parcels.hpp"
#include "app/plan_shipment.hpp"
#include "app/print_documents.hpp"
#include "app/reactions.hpp"
#include "app/resolve_job.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

Result<std::vector<Parcel>> live_parcels(Tx& tx, OrderId id) {
  std::vector<Parcel> parcels = TRY(tx.parcels.of_order(id));
  std::erase_if(parcels, [](const Parcel& p) { return !p.live(); });
  if (parcels.empty()) {
    const Order order = TRY(tx.orders.find(id));
    return conflict("order.no_parcel", "Order " + order.amazon_order_id + " has no parcel yet; plan it first.");
  }
  return parcels;
}

Result<Done> tell(Tx& tx, const Call& call, OrderId id, std::string kind, std::string data) {
  const Order order = TRY(tx.orders.find(id));
  return happen(tx, {.account = order.account, .at = call.now, .kind = std::move(kind), .order = id, .actor = call.caller.name, .data = std::move(data)});
}

Result<Done> review(Tx& tx, Call& call, const json::value&, OrderId id) {
  TRY(review_order(tx, id, call.caller.name, call.now));
  return done;
}

Result<Done> plan(Tx& tx, Call& call, const json::value& args, OrderId id) {
  ServiceId service;
  WarehouseId warehouse;
  CartonId carton;
  TRY(take_id(args, "service_id", service));
  TRY(take_id(args, "warehouse_id", warehouse));
  TRY(take_id(args, "carton_id", carton));
  PlanWish wish;
  if (service.value() != 0) wish.service = service;
  if (warehouse.value() != 0) wish.warehouse = warehouse;
  if (carton.value() != 0) wish.carton = carton;
  TRY(plan_as_wished(tx, call.desk.services().books, id, wish, call.caller.name, call.now));
  return done;
}

Result<Done> hold(Tx& tx, Call& call, const json::value& args, OrderId id) {
  std::string reason;
  TRY(take_name(args, "reason", 200, reason));
  bool free_stock = false;
  TRY(take_flag(args, "free_stock", free_stock));
  TRY(hold_order(tx, id, reason, free_stock, call.caller.name, call.now));
  return done;
}

Result<Done> unhold(Tx& tx, Call& call, const json::value&, OrderId id) {
  TRY(unhold_order(tx, id, call.caller.name, call.now));
  return done;
}

Result<Done> cancel(Tx& tx, Call& call, const json::value& args, OrderId id) {
  std::string reason;
  TRY(take_name(args, "reason", 60, reason));
  TRY(cancel_order(tx, id, reason, call.caller.name, call.now));
  return done;
}

Result<Done> keep(Tx& tx, Call& call, const json::value&, OrderId id) {
  TRY(keep_order(tx, id, call.caller.name, call.now));
  return done;
}

Result<std::string> tag_of(const json::value& args) {
  std::string tag;
  TRY(take_name(args, "tag", 40, tag));
  return tag;
}

Result<Done> tag(Tx& tx, Call& call, const json::value& args, OrderId id) {
  const std::string name = TRY(tag_of(args));
  TRY(tell(tx, call, id, "tag_added", "{\"tag\":" + json_quoted(name) + "}"));
  return tx.orders.add_tag(id, name);
}

Result<Done> untag(Tx& tx, Call& call, const json::value& args, OrderId id) {
  const std::string name = TRY(tag_of(args));
  TRY(tell(tx, call, id, "tag_removed", "{\"tag\":" + json_quoted(name) + "}"));
  return tx.orders.remove_tag(id, name);
}

Result<Done> note(Tx& tx, Call& call, const json::value& args, OrderId id) {
  std::string text;
  TRY(take_text(args, "text", 2'000, text));
  TRY(note_order(tx, id, text, call.caller.name, call.now));
  return done;
}

Result<Done> label(Tx& tx, Call& call, const json::value& args, OrderId id) {
  std::string number;
  TRY(take_text(args, "tracking_number", 100, number));
  const std::vector<Parcel> parcels = TRY(live_parcels(tx, id));
  if (!number.empty() && parcels.size() > 1) {
    const Order order = TRY(tx.orders.find(id));
    return invalid("label.which_parcel", "Order " + order.amazon_order_id + " has " + std::to_string(parcels.size()) + " parcels; give each its own tracking number on the order's page.");
  }
  for (const Parcel& parcel : parcels) TRY(buy_label(tx, {.parcel = parcel.id, .tracking_number = number}, call.caller.name, call.now));
  return done;
}

Result<Done> drop_label(Tx& tx, Call& call, const json::value&, OrderId id) {
  bool any = false;
  for (const Parcel& parcel : TRY(live_parcels(tx, id))) {
    if (!TRY(tx.parcels.live_label(parcel.id))) continue;
    TRY(void_label(tx, parcel.id, call.caller.name, call.now));
    any = true;
  }
  if (any) return done;
  const Order order = TRY(tx.orders.find(id));
  return conflict("label.none", "Order " + order.amazon_order_id + " has no label.");
}

Result<Done> printed(Tx& tx, Call& call, const json::value&, OrderId id) {
  std::vector<ParcelId> ids;
  for (const Parcel& parcel : TRY(live_parcels(tx, id))) {
    if (!TRY(tx.parcels.live_label(parcel.id))) return refused("label.none", "Parcel " + parcel.number() + " has no label yet; get its tracking number first.");
    ids.push_back(parcel.id);
  }
  return mark_printed(tx, ids, call.caller.name, call.now);
}

Result<Done> dispatch(Tx& tx, Call& call, const json::value&, OrderId id) {
  for (const Parcel& parcel : TRY(live_parcels(tx, id))) TRY(dispatch_parcel(tx, parcel.id, call.caller.name, call.now));
  return done;
}

// Amazon is told now instead of when the job's turn comes; what failed is tried again.
Result<Done> confirm(Tx& tx, Call& call, const json::value&, OrderId id) {
  const Order order = TRY(tx.orders.find(id));
  bool any = false;
  for (Parcel& parcel : TRY(live_parcels(tx, id))) {
    if (parcel.confirm_state == "none" || parcel.confirm_state == "confirmed") continue;
    if (parcel.confirm_state != "due") {
      parcel.confirm_state = "due";
      parcel.confirm_error.clear();
      parcel.updated_at = call.now;
      TRY(tx.parcels.update(parcel));
    }
    TRY(run_now(tx, "confirm_shipment", std::to_string(parcel.id.value()), call.now));
    any = true;
  }
  if (!any) return conflict("confirmation.nothing_due", "Order " + order.amazon_order_id + " has nothing to confirm: no parcel has left, or all are confirmed.");
  TRY(settle_order(tx, id, call.now));
  return done;
}

constexpr std::array kActions{
    OrderAction{"review", Role::operations, review},
    OrderAction{"plan", Role::operations, plan},
    OrderAction{"hold", Role::operations, hold},
    OrderAction{"unhold", Role::operations, unhold},
    OrderAction{"cancel", Role::operations, cancel},
    OrderAction{"keep", Role::operations, keep},
    OrderAction{"tag", Role::warehouse, tag},
    OrderAction{"untag", Role::warehouse, untag},
    OrderAction{"note", Role::warehouse, note},
    OrderAction{"buy_label", Role::operations, label},
    OrderAction{"void_label", Role::operations, drop_label},
    OrderAction{"mark_printed", Role::warehouse, printed},
    OrderAction{"dispatch", Role::warehouse, dispatch},
    OrderAction{"confirm", Role::operations, confirm},
    OrderAction{"retry_confirm", Role::operations, confirm},
};

}  // namespace

std::span<const OrderAction> order_actions() { return kActions; }

const OrderAction* order_action(std::string_view name) {
  for (const OrderAction& action : kActions)
    if (action.name == name) return &action;
  return nullptr;
}

}  // namespace zifa::api
