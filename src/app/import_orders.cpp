#include "app/import_orders.hpp"

#include <algorithm>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "base/text.hpp"
#include "domain/order/desk_state.hpp"

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
      // Cancelled already: the reason is the one Amazon is told, not what the buyer wrote afterwards.
      if (!order.cancelled_at) order.cancel_reason = item.cancel_reason;
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

namespace {

Event event_of(const Order& order, Instant now, std::string kind, std::string data = "{}") {
  return {.account = order.account, .at = now, .kind = std::move(kind), .order = order.id, .actor = "amazon", .data = std::move(data)};
}

std::int64_t live_units(const std::vector<OrderItem>& items) {
  std::int64_t units = 0;
  for (const OrderItem& item : items)
    if (!item.cancelled) units += item.quantity;
  return units;
}

bool needs_stock(const Order& order) {
  const bool waits = order.amazon_status == AmazonStatus::pending || order.amazon_status == AmazonStatus::pending_availability;
  const bool over = order.cancelled_at || order.amazon_status == AmazonStatus::cancelled || order.amazon_status == AmazonStatus::shipped;
  return !order.by_amazon && !waits && !over;
}

}  // namespace

Result<ImportedOrder> import_order(Tx& tx, AccountId account, const IncomingOrder& in, Instant now) {
  OrderIntake intake(tx, account, now);
  ImportedOrder imported = TRY(intake.import(in));
  TRY(intake.finish());
  return imported;
}

Result<ImportedOrder> OrderIntake::import(const IncomingOrder& in) {
  std::optional<Order> found = TRY(tx_.orders.by_amazon_id(account_, in.amazon_order_id));
  if (!found) return import_new(in);
  return import_known(std::move(*found), in);
}

Result<Done> OrderIntake::finish() {
  std::sort(reserved_.begin(), reserved_.end());
  reserved_.erase(std::unique(reserved_.begin(), reserved_.end()), reserved_.end());
  for (const ProductId product : reserved_) TRY(quantities_changed(tx_, product, now_));
  reserved_.clear();
  return done;
}

// What a new order comes to is worked out before it is written, so that every row is written once.
Result<ImportedOrder> OrderIntake::import_new(const IncomingOrder& in) {
  ImportedOrder answer{.order = ImportOutcome::created};
  Order order{.account = account_, .amazon_order_id = in.amazon_order_id, .purchased_at = in.purchased_at, .imported_at = now_, .updated_at = now_};
  merge_order(order, in, now_);
  PersonalData personal;
  merge_personal(personal, in);
  order.has_address = !personal.ship_to.line1.empty() || !personal.ship_to.postal_code.empty();
  if (!in.fulfilled_by_amazon && TRY(reviews_itself())) order.reviewed_at = now_;
  std::vector<OrderItem> items;
  for (const IncomingItem& incoming : in.items) {
    const auto known = std::find_if(items.begin(), items.end(), [&](const OrderItem& i) { return i.amazon_item_id == incoming.amazon_item_id; });
    if (known != items.end()) {
      answer.items.push_back(merge_item(*known, incoming) ? ImportOutcome::updated : ImportOutcome::unchanged);
      continue;
    }
    OrderItem item{.amazon_item_id = incoming.amazon_item_id};
    merge_item(item, incoming);
    items.push_back(std::move(item));
    answer.items.push_back(ImportOutcome::created);
  }
  order.shape = shape_of(items);
  order.units = live_units(items);

  std::vector<Reservation> reservations;  // `item` is the place in `items` until they have ids
  if (needs_stock(order)) {
    std::vector<std::string> unmapped;
    for (OrderItem& item : items) {
      if (item.cancelled || item.quantity <= item.shipped) continue;
      const Link link = TRY(link_of(order.marketplace_id, item.sku));
      if (link.product.value() == 0) {
        unmapped.push_back(item.sku);
        continue;
      }
      item.product = link.product;
      item.units_per = link.units_per;
    }
    if (unmapped.empty()) {
      reservations = TRY(reserve_for(order, items));
    } else {
      const Error error = unmapped_skus(unmapped);
      order.exception_code = error.code;
      order.exception_message = error.message;
    }
  }
  if (!reservations.empty()) order.warehouse = reservations.front().warehouse;
  order.state = desk_state({.by_amazon = order.by_amazon,
                            .amazon_status = order.amazon_status,
                            .cancelled = order.cancelled_at.has_value() || order.amazon_status == AmazonStatus::cancelled,
                            .cancel_open = order.cancel_open(),
                            .reviewed = order.reviewed_at.has_value(),
                            .exception_code = order.exception_code,
                            .reserved = !reservations.empty(),
                            .short_of_stock = reservations.empty(),
                            .shipped_elsewhere = order.amazon_status == AmazonStatus::shipped});
  order.id = TRY(tx_.orders.insert(order, personal));
  answer.id = order.id;
  for (OrderItem& item : items) {
    item.order = order.id;
    item.id = TRY(tx_.orders.insert_item(item));
  }
  for (Reservation& reservation : reservations) {
    reservation.order = order.id;
    reservation.item = items[static_cast<std::size_t>(reservation.item.value())].id;
    TRY(tx_.stock.reserve(reservation));
    for (StockItem& item : stock_[reservation.product])
      if (item.warehouse == reservation.warehouse) item.reserved += reservation.quantity;
    reserved_.push_back(reservation.product);
  }
  TRY(happen(tx_, event_of(order, now_, "order_imported"), &order));
  TRY(notice_other_writer(tx_, order, in, now_));
  if (order.cancel_open()) TRY(happen(tx_, event_of(order, now_, "cancel_requested"), &order));
  if (order.cancelled_at) TRY(happen(tx_, event_of(order, now_, "order_cancelled", "{\"by\":\"" + order.cancelled_by + "\"}"), &order));
  if (!reservations.empty()) {
    Event reserved = event_of(order, now_, "order_reserved");
    reserved.actor = kProgram;
    TRY(happen(tx_, reserved, &order));
  }
  return answer;
}

Result<bool> OrderIntake::reviews_itself() {
  if (!reviews_itself_) reviews_itself_ = TRY(tx_.setup.setting("auto_review", "1")) == "1";
  return *reviews_itself_;
}

Result<OrderIntake::Link> OrderIntake::link_of(const std::string& marketplace_id, const std::string& sku) {
  const std::string key = marketplace_id + '\x1F' + sku;
  if (const auto known = links_.find(key); known != links_.end()) return known->second;
  Link link;
  if (const auto found = TRY(stock_link(tx_, account_, marketplace_id, sku))) link = {found->product, found->units_per};
  links_.emplace(key, link);
  return link;
}

Result<const std::vector<StockItem>*> OrderIntake::stock_of(ProductId product) {
  const auto known = stock_.find(product);
  if (known != stock_.end()) return &known->second;
  return &stock_.emplace(product, TRY(tx_.stock.of_product(product))).first->second;
}

Result<std::vector<Reservation>> OrderIntake::reserve_for(const Order& order, const std::vector<OrderItem>& items) {
  if (!warehouses_) warehouses_ = TRY(tx_.setup.warehouses());
  std::vector<StockNeed> needs;
  std::vector<StockItem> stock;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const OrderItem& item = items[i];
    if (item.cancelled || item.quantity <= item.shipped) continue;
    if (std::none_of(needs.begin(), needs.end(), [&](const StockNeed& need) { return need.product == item.product; }))
      for (const StockItem& at : *TRY(stock_of(item.product))) stock.push_back(at);
    needs.push_back({OrderItemId(static_cast<std::int64_t>(i)), item.product, (item.quantity - item.shipped) * item.units_per});
  }
  if (needs.empty()) return std::vector<Reservation>();
  return allocate(needs, warehouses_to_take_from(*warehouses_, order.country), stock).reservations;
}

// An order that is known already: what changed of it follows its own way.
Result<ImportedOrder> OrderIntake::import_known(Order order, const IncomingOrder& in) {
  ImportedOrder answer{.id = order.id};
  if (in.last_updated_at && order.amazon_updated_at && *in.last_updated_at < *order.amazon_updated_at) {
    answer.items.assign(in.items.size(), ImportOutcome::unchanged);
    return answer;
  }
  const bool cancel_was_open = order.cancel_open();
  const bool was_cancelled = order.cancelled_at.has_value();
  const AmazonStatus status_before = order.amazon_status;
  const std::optional<Instant> ship_by_before = order.ship_by;
  bool order_changed = merge_order(order, in, now_);
  PersonalData personal = TRY(tx_.orders.personal(order.id));
  const PersonalData personal_before = personal;
  const bool personal_changed = merge_personal(personal, in);
  order.has_address = !personal.ship_to.line1.empty() || !personal.ship_to.postal_code.empty();
  order_changed |= personal_changed;
  if (personal_changed) TRY(tx_.orders.set_personal(order.id, personal));

  std::vector<OrderItem> items = TRY(tx_.orders.items(order.id));
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < items.size(); ++i) place.emplace(items[i].amazon_item_id, i);
  bool items_changed = false;
  for (const IncomingItem& incoming : in.items) {
    const auto [found, is_new] = place.try_emplace(incoming.amazon_item_id, items.size());
    OrderItem* const known = is_new ? nullptr : &items[found->second];
    if (known == nullptr) {
      OrderItem item{.order = order.id, .amazon_item_id = incoming.amazon_item_id};
      merge_item(item, incoming);
      item.id = TRY(tx_.orders.insert_item(item));
      items.push_back(std::move(item));
      answer.items.push_back(ImportOutcome::created);
      items_changed = true;
    } else if (merge_item(*known, incoming)) {
      TRY(tx_.orders.update_item(*known));
      answer.items.push_back(ImportOutcome::updated);
      items_changed = true;
    } else {
      answer.items.push_back(ImportOutcome::unchanged);
    }
  }
  // What changed of the order itself counts for its known lines.
  if (order_changed)
    for (ImportOutcome& item : answer.items)
      if (item == ImportOutcome::unchanged) item = ImportOutcome::updated;
  answer.order = order_changed || items_changed ? ImportOutcome::updated : ImportOutcome::unchanged;
  TRY(notice_other_writer(tx_, order, in, now_));
  if (answer.order == ImportOutcome::unchanged) return answer;

  order.shape = shape_of(items);
  order.units = live_units(items);
  if (order.amazon_status == AmazonStatus::shipped && !order.confirmed_at && status_before != AmazonStatus::shipped) order.confirmed_at = in.last_updated_at;
  TRY(tx_.orders.update(order));
  // From here on others read and change stock: what we remember of it may no longer be so.
  stock_.clear();
  if (!cancel_was_open && order.cancel_open()) TRY(happen(tx_, event_of(order, now_, "cancel_requested")));
  if (ship_by_before && order.ship_by != ship_by_before) TRY(happen(tx_, event_of(order, now_, "ship_by_changed", "{\"from\":\"" + ship_by_before->iso() + "\",\"to\":\"" + order.ship_by->iso() + "\"}")));
  if (personal_changed && !(personal.ship_to == personal_before.ship_to) && !personal_before.ship_to.line1.empty()) TRY(happen(tx_, event_of(order, now_, "address_changed")));
  if (!was_cancelled && order.cancelled_at) {
    TRY(happen(tx_, event_of(order, now_, "order_cancelled", "{\"by\":\"" + order.cancelled_by + "\"}")));
    TRY(stop_order(tx_, order.id, now_));
    return answer;
  }
  TRY(reserve_stock(tx_, order.id, now_));
  return answer;
}

}  // namespace zifa
