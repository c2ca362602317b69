#include "app/import_orders.hpp"

#include <algorithm>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Sets `kept` to `told` where the source knows something else; says whether that changed anything.
bool take(std::string& kept, const std::string& told) {
  if (told.empty() || told == kept) return false;
  kept = told;
  return true;
}
template <class T>
bool take(std::optional<T>& kept, const std::optional<T>& told) {
  if (!told || kept == told) return false;
  kept = told;
  return true;
}

bool merge_order(Order& order, const IncomingOrder& in, Instant now) {
  bool changed = false;
  changed |= take(order.marketplace_id, in.marketplace_id);
  if (in.status != AmazonStatus::unknown && in.status != order.amazon_status) {
    // A file downloaded yesterday does not take back what has been seen since.
    const bool back = !in.last_updated_at && (order.amazon_status == AmazonStatus::shipped || order.amazon_status == AmazonStatus::cancelled);
    if (!back) {
      order.amazon_status = in.status;
      changed = true;
    }
  }
  if (in.fulfilled_by_amazon && !order.by_amazon) changed = order.by_amazon = true;
  changed |= take(order.service_level, in.service_level);
  changed |= take(order.earliest_ship, in.earliest_ship);
  changed |= take(order.ship_by, in.ship_by);
  changed |= take(order.earliest_delivery, in.earliest_delivery);
  changed |= take(order.deliver_by, in.deliver_by);
  changed |= take(order.programs, join(in.programs, ","));
  changed |= take(order.total, in.grand_total);
  changed |= take(order.purchase_order_number, in.purchase_order_number);
  if (in.ship_to) changed |= take(order.country, in.ship_to->country);
  if (in.last_updated_at && (!order.amazon_updated_at || *in.last_updated_at > *order.amazon_updated_at)) order.amazon_updated_at = in.last_updated_at;
  if (order.amazon_status == AmazonStatus::cancelled && !order.cancelled_at) {
    order.cancelled_at = in.last_updated_at ? *in.last_updated_at : now;
    changed = true;
  }
  if (order.cancelled_at) {
    const std::string by = lower(in.cancelled_by);
    changed |= take(order.cancelled_by, by == "merchant" ? "seller" : by);
  }
  for (const IncomingItem& item : in.items)
    if (item.cancel_requested && !order.cancel_requested_at) {
      order.cancel_requested_at = now;
      order.cancel_reason = item.cancel_reason;
      changed = true;
    }
  return changed;
}

bool merge_item(OrderItem& item, const IncomingItem& in) {
  bool changed = false;
  changed |= take(item.sku, in.sku);
  changed |= take(item.asin, in.asin);
  changed |= take(item.title, in.title);
  if (in.quantity_ordered > 0 && in.quantity_ordered != item.quantity) {
    item.quantity = in.quantity_ordered;
    changed = true;
  }
  if (in.quantity_shipped && *in.quantity_shipped != item.shipped) {
    item.shipped = *in.quantity_shipped;
    changed = true;
  }
  changed |= take(item.unit_price, in.unit_price);
  changed |= take(item.item_total, in.item_total);
  if (in.gift && !item.gift) changed = item.gift = true;
  changed |= take(item.gift_message, in.gift_message);
  changed |= take(item.customization_url, in.customization_url);
  changed |= take(item.ioss_number, in.ioss_number);
  if (in.cancel_requested && !item.cancel_requested) changed = item.cancel_requested = true;
  if (in.cancelled && !item.cancelled) changed = item.cancelled = true;
  return changed;
}

bool merge_personal(PersonalData& kept, const IncomingOrder& in) {
  bool changed = false;
  changed |= take(kept.buyer_name, in.buyer_name);
  changed |= take(kept.buyer_email, in.buyer_email);
  if (!in.ship_to) return changed;
  const Address& to = *in.ship_to;
  Address& a = kept.ship_to;
  if (to.line1.empty() && to.name.empty()) {
    // City and country without a street (reports without buyers): fills gaps, never replaces an address.
    if (a.city.empty()) changed |= take(a.city, to.city);
    if (a.state.empty()) changed |= take(a.state, to.state);
    if (a.postal_code.empty()) changed |= take(a.postal_code, to.postal_code);
    changed |= take(a.country, to.country);
    return changed;
  }
  // A complete address replaces the whole one: a buyer who moved must not get a mixture.
  Address next = to;
  if (next.phone.empty()) next.phone = a.phone;
  if (next.kind.empty()) next.kind = a.kind;
  if (next == a) return changed;
  a = std::move(next);
  return true;
}

// A package on Amazon's side that is not ours: somebody else confirmed this order.
Result<Done> notice_other_writer(Tx& tx, const Order& order, const IncomingOrder& in, Instant now) {
  if (!in.packages_known || in.packages.empty()) return done;
  const std::vector<Parcel> parcels = TRY(tx.parcels.of_order(order.id));
  for (const IncomingPackage& package : in.packages) {
    const bool ours = std::any_of(parcels.begin(), parcels.end(), [&](const Parcel& p) { return std::to_string(p.id.value()) == package.reference; });
    if (ours) continue;
    for (const Event& event : TRY(tx.work.events(order.id)))
      if (event.kind == "confirmed_by_other") return done;
    return happen(tx, {.account = order.account, .at = now, .kind = "confirmed_by_other", .order = order.id, .actor = "amazon"});
  }
  return done;
}

}  // namespace

Result<ImportedOrder> import_order(Tx& tx, AccountId account, const IncomingOrder& in, Instant now) {
  ImportedOrder answer;
  std::optional<Order> found = TRY(tx.orders.by_amazon_id(account, in.amazon_order_id));
  const bool is_new = !found;
  Order order = found ? std::move(*found) : Order{.account = account, .amazon_order_id = in.amazon_order_id, .purchased_at = in.purchased_at, .imported_at = now};
  if (!is_new && in.last_updated_at && order.amazon_updated_at && *in.last_updated_at < *order.amazon_updated_at) {
    answer.id = order.id;
    answer.items.assign(in.items.size(), ImportOutcome::unchanged);
    return answer;
  }

  const bool cancel_was_open = order.cancel_open();
  const bool was_cancelled = order.cancelled_at.has_value();
  const AmazonStatus status_before = order.amazon_status;
  const std::optional<Instant> ship_by_before = order.ship_by;
  bool order_changed = merge_order(order, in, now);
  PersonalData personal = is_new ? PersonalData{} : TRY(tx.orders.personal(order.id));
  const PersonalData personal_before = personal;
  const bool personal_changed = merge_personal(personal, in);
  order.has_address = !personal.ship_to.line1.empty() || !personal.ship_to.postal_code.empty();
  order_changed |= personal_changed;
  if (is_new) {
    order.updated_at = now;
    if (!in.fulfilled_by_amazon && TRY(tx.setup.setting("auto_review", "1")) == "1") order.reviewed_at = now;
    order.id = TRY(tx.orders.insert(order));
  }
  answer.id = order.id;
  if (personal_changed) TRY(tx.orders.set_personal(order.id, personal));

  std::vector<OrderItem> items = is_new ? std::vector<OrderItem>() : TRY(tx.orders.items(order.id));
  bool items_changed = false;
  for (const IncomingItem& incoming : in.items) {
    const auto known = std::find_if(items.begin(), items.end(), [&](const OrderItem& i) { return i.amazon_item_id == incoming.amazon_item_id; });
    if (known == items.end()) {
      OrderItem item{.order = order.id, .amazon_item_id = incoming.amazon_item_id};
      merge_item(item, incoming);
      item.id = TRY(tx.orders.insert_item(item));
      items.push_back(std::move(item));
      answer.items.push_back(ImportOutcome::created);
      items_changed = true;
    } else if (merge_item(*known, incoming)) {
      TRY(tx.orders.update_item(*known));
      answer.items.push_back(ImportOutcome::updated);
      items_changed = true;
    } else {
      answer.items.push_back(ImportOutcome::unchanged);
    }
  }
  // What changed of the order itself counts for its known lines.
  if (order_changed && !is_new)
    for (ImportOutcome& item : answer.items)
      if (item == ImportOutcome::unchanged) item = ImportOutcome::updated;
  answer.order = is_new ? ImportOutcome::created : order_changed || items_changed ? ImportOutcome::updated : ImportOutcome::unchanged;
  TRY(notice_other_writer(tx, order, in, now));
  if (answer.order == ImportOutcome::unchanged) return answer;

  order.shape = shape_of(items);
  order.units = 0;
  for (const OrderItem& item : items)
    if (!item.cancelled) order.units += item.quantity;
  if (order.amazon_status == AmazonStatus::shipped && !order.confirmed_at && !is_new && status_before != AmazonStatus::shipped) order.confirmed_at = in.last_updated_at;
  TRY(tx.orders.update(order));

  const Event event{.account = account, .at = now, .order = order.id, .actor = "amazon"};
  const auto tell = [&](std::string kind, std::string data = "{}") -> Result<Done> {
    Event next = event;
    next.kind = std::move(kind);
    next.data = std::move(data);
    return happen(tx, next);
  };
  if (is_new) TRY(tell("order_imported"));
  if (!cancel_was_open && order.cancel_open()) TRY(tell("cancel_requested"));
  if (!is_new && ship_by_before && order.ship_by != ship_by_before) TRY(tell("ship_by_changed", "{\"from\":\"" + ship_by_before->iso() + "\",\"to\":\"" + order.ship_by->iso() + "\"}"));
  if (!is_new && personal_changed && !(personal.ship_to == personal_before.ship_to) && !personal_before.ship_to.line1.empty()) TRY(tell("address_changed"));
  if (!was_cancelled && order.cancelled_at) {
    TRY(tell("order_cancelled", "{\"by\":\"" + order.cancelled_by + "\"}"));
    TRY(stop_order(tx, order.id, now));
    return answer;
  }
  TRY(reserve_stock(tx, order.id, now));
  return answer;
}

}  // namespace zifa
