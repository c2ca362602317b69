#include "api/order_json.hpp"

#include <algorithm>
#include <array>

#include "api/fields.hpp"
#include "api/parcel_json.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

// Facts of the log under the names that the screens have words for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kEventNames{{
    {"order_released", "order_unheld"},
    {"cancel_request_declined", "order_kept"},
    {"order_reserved", "stock_reserved"},
    {"parcel_planned", "order_planned"},
    {"confirmation_failed", "confirm_failed"},
    {"order_noted", "note_added"},
    {"label_reprinted", "label_printed"},
    {"parcel_packed_by_override", "parcel_packed"},
}};

std::string_view shown_kind(std::string_view kind) {
  for (const auto& [ours, shown] : kEventNames)
    if (ours == kind) return shown;
  return kind;
}

// The particulars of an event in one line: "1Z… · UPS Ground".
std::string event_text(const Event& event) {
  const auto data = json::parse(event.data);
  if (!data) return {};
  std::string text;
  for (const std::string_view name : {"tag", "number", "service", "why", "reason", "by", "from", "to", "sku"})
    if (const std::string part = json::get_text(*data, name); !part.empty()) text += (text.empty() ? "" : " · ") + part;
  if (const auto wave = json::get_int(*data, "wave")) text += (text.empty() ? "W" : " · W") + std::to_string(*wave);
  return text;
}

std::string initials(std::string_view name) {
  std::string out;
  for (const std::string_view word : split(name, ' ')) {
    if (word.empty()) continue;
    std::size_t length = 1;
    while (length < word.size() && (static_cast<unsigned char>(word[length]) & 0xC0) == 0x80) ++length;
    out += (out.empty() ? "" : " ") + std::string(word.substr(0, length)) + ".";
  }
  return out;
}

std::string last_digits(std::string_view phone) {
  std::string digits;
  for (const char c : phone)
    if (c >= '0' && c <= '9') digits += c;
  return digits.size() < 4 ? std::string() : "•••" + digits.substr(digits.size() - 2);
}

json::array events_json(const std::vector<Event>& events) {
  json::array out;
  for (const Event& event : events)
    out.push_back(json::object{{"id", id_text(event.id)}, {"at", event.at.iso()}, {"kind", shown_kind(event.kind)}, {"text", event_text(event)}, {"actor", event.actor == "zifa" ? json::value(nullptr) : text_or_null(event.actor)}});
  return out;
}

Result<json::array> items_json(Tx& tx, const OrderRow& row, bool masked) {
  std::vector<ProductId> ids;
  for (const OrderItem& item : row.items)
    if (item.product.value() != 0) ids.push_back(item.product);
  const std::vector<Product> products = TRY(tx.stock.products_of(ids));
  const std::vector<StockItem> stock = TRY(tx.stock.of_products(ids));
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  const std::vector<Reservation> reservations = TRY(tx.stock.reservations(row.order.id));
  json::array out;
  for (std::size_t i = 0; i < row.items.size(); ++i) {
    const OrderItem& item = row.items[i];
    const auto product = std::find_if(products.begin(), products.end(), [&](const Product& p) { return p.id == item.product; });
    std::int64_t reserved = 0;
    for (const Reservation& reservation : reservations)
      if (reservation.item == item.id && reservation.state == "open") reserved += reservation.quantity;
    json::array bins;
    for (const StockItem& at : stock) {
      if (at.product != item.product) continue;
      const auto warehouse = std::find_if(warehouses.begin(), warehouses.end(), [&](const Warehouse& w) { return w.id == at.warehouse; });
      bins.push_back(json::object{{"warehouse", warehouse == warehouses.end() ? "" : warehouse->name}, {"bin", at.bin}, {"on_hand", at.on_hand}});
    }
    out.push_back(json::object{{"id", id_text(item.id)},
                               {"amazon_item_id", item.amazon_item_id},
                               {"sku", item.sku},
                               {"asin", item.asin},
                               {"title", item.title},
                               {"image_url", text_or_null(i < row.image_urls.size() ? row.image_urls[i] : "")},
                               {"quantity", item.quantity},
                               {"shipped", item.shipped},
                               {"unit_price", to_json(item.unit_price)},
                               {"item_total", to_json(item.item_total)},
                               {"gift", item.gift},
                               {"gift_message", masked ? json::value(nullptr) : text_or_null(item.gift_message)},
                               {"customization_url", text_or_null(item.customization_url)},
                               {"cancel_requested", item.cancel_requested},
                               {"product_id", id_or_null(item.product)},
                               {"product_sku", product == products.end() ? json::value(nullptr) : json::value(product->sku)},
                               {"units_per", item.units_per},
                               {"reserved", reserved},
                               {"bins", std::move(bins)}});
  }
  return out;
}

json::array programs_json(const std::string& programs) {
  json::array out;
  for (const std::string_view program : split(programs, ','))
    if (!program.empty()) out.emplace_back(program);
  return out;
}

Result<std::optional<OrderRow>> find_row(Tx& tx, OrderId id) {
  OrderFilter only;
  only.ids = {id};
  Page<OrderRow> page = TRY(tx.orders.list(only, "", 1));
  if (page.rows.empty()) return std::optional<OrderRow>();
  return std::optional(std::move(page.rows.front()));
}

}  // namespace

json::object address_json(const Address& a, bool masked) {
  const auto hidden = [&](const std::string& text) { return masked ? json::value(nullptr) : text_or_null(text); };
  return {{"name", masked ? text_or_null(initials(a.name)) : text_or_null(a.name)},
          {"company", hidden(a.company)},
          {"line1", hidden(a.line1)},
          {"line2", hidden(a.line2)},
          {"line3", hidden(a.line3)},
          {"city", text_or_null(a.city)},
          {"district", text_or_null(a.district)},
          {"state", text_or_null(a.state)},
          {"postal_code", text_or_null(a.postal_code)},
          {"country", text_or_null(a.country)},
          {"phone", masked ? text_or_null(last_digits(a.phone)) : text_or_null(a.phone)},
          {"masked", masked}};
}

json::object order_row_json(const OrderRow& row) {
  const Order& o = row.order;
  const MarketplaceFacts* market = find_marketplace(o.marketplace_id);
  bool gift = false;
  json::array lines;
  for (std::size_t i = 0; i < row.items.size(); ++i) {
    const OrderItem& item = row.items[i];
    gift = gift || item.gift;
    lines.push_back(json::object{{"sku", item.sku}, {"title", item.title}, {"quantity", item.quantity}, {"image_url", text_or_null(i < row.image_urls.size() ? row.image_urls[i] : "")}});
  }
  json::array tags, numbers;
  for (const std::string& tag : row.tags) tags.emplace_back(tag);
  for (const std::string& number : row.tracking_numbers) numbers.emplace_back(number);
  return {{"id", id_text(o.id)},
          {"amazon_order_id", o.amazon_order_id},
          {"account_id", id_text(o.account)},
          {"account", row.account_name},
          {"marketplace", marketplace_name(o.marketplace_id)},
          {"marketplace_id", o.marketplace_id},
          {"state", name_of(o.state)},
          {"on_hold", o.on_hold},
          {"hold_reason", text_or_null(o.hold_reason.starts_with("free:") ? std::string_view(o.hold_reason).substr(5) : std::string_view(o.hold_reason))},
          {"exception", o.exception_code.empty() ? json::value(nullptr) : json::value(json::object{{"code", o.exception_code}, {"message", o.exception_message}})},
          {"cancel_requested", o.cancel_open()},
          {"cancel_reason", text_or_null(o.cancel_reason)},
          {"purchased_at", o.purchased_at.iso()},
          {"ship_by", to_json(o.ship_by)},
          {"deliver_by", to_json(o.deliver_by)},
          {"marketplace_zone", market == nullptr ? std::string("UTC") : market->zone},
          {"country", o.country},
          {"shape", o.shape},
          {"units", o.units},
          {"is_prime", o.has_program("PRIME")},
          {"is_business", o.has_program("AMAZON_BUSINESS")},
          {"gift", gift},
          {"service_level", o.service_level},
          {"lines", std::move(lines)},
          {"total", to_json(o.total)},
          {"tags", std::move(tags)},
          {"note", text_or_null(o.note)},
          {"warehouse", text_or_null(row.warehouse_name)},
          {"service", text_or_null(row.service_name)},
          {"carrier", text_or_null(row.carrier_name)},
          {"tracking_numbers", std::move(numbers)},
          {"printed", o.printed},
          {"confirm", o.confirm_state},
          {"updated_at", o.updated_at.iso()}};
}

Result<json::value> order_row_json(Tx& tx, OrderId id) {
  const auto row = TRY(find_row(tx, id));
  if (!row) return json::value(nullptr);
  return json::value(order_row_json(*row));
}

Result<std::unordered_map<std::int64_t, json::object>> order_rows_json(Tx& tx, const std::vector<OrderId>& ids) {
  std::unordered_map<std::int64_t, json::object> out;
  if (ids.empty()) return out;
  OrderFilter only;
  only.ids = ids;
  const Page<OrderRow> page = TRY(tx.orders.list(only, "", static_cast<int>(ids.size())));
  for (const OrderRow& row : page.rows) out.emplace(row.order.id.value(), order_row_json(row));
  return out;
}

std::vector<std::string_view> allowed_actions(const Order& order, bool has_tags, Role role) {
  std::vector<std::string_view> all;
  const auto add = [&](std::initializer_list<std::string_view> names) { all.insert(all.end(), names); };
  const bool waiting = !order.cancelled_at && !order.by_amazon;
  if (order.on_hold) {
    add({"unhold", "cancel"});
  } else if (waiting) {
    switch (order.state) {
      case OrderState::to_review: add({"review", "hold", "cancel"}); break;
      case OrderState::exception: add({"review", "plan", "hold", "cancel"}); break;
      case OrderState::out_of_stock: add({"plan", "hold", "cancel"}); break;
      case OrderState::to_plan: add({"plan", "split", "hold", "cancel"}); break;
      case OrderState::to_label: add({"plan", "split", "buy_label", "hold", "cancel"}); break;
      case OrderState::to_print: add({"print", "mark_printed", "void_label", "hold", "cancel"}); break;
      case OrderState::to_pack: add({"print", "void_label", "hold", "cancel"}); break;
      case OrderState::to_ship: add({"print", "dispatch", "void_label", "hold", "cancel"}); break;
      default: break;
    }
  }
  if (order.confirm_state == "due") add({"confirm"});
  if (order.confirm_state == "failed" || order.confirm_state == "unsure") add({"retry_confirm"});
  if (order.cancel_open()) add({"keep"});
  add({"tag", "note"});
  if (has_tags) add({"untag"});
  if (role == Role::warehouse)
    std::erase_if(all, [](std::string_view name) { return name != "print" && name != "dispatch" && name != "mark_printed" && name != "tag" && name != "untag" && name != "note"; });
  return all;
}

Result<json::object> order_detail_json(Tx& tx, OrderId id, const Caller& caller) {
  const auto row = TRY(find_row(tx, id));
  if (!row) return not_found("order.unknown", "There is no order " + id_text(id) + ".");
  const Order& o = row->order;
  const bool masked = caller.role == Role::warehouse;
  const PersonalData personal = TRY(tx.orders.personal(id));
  std::vector<Parcel> parcels = TRY(tx.parcels.of_order(id));
  // What was planned and given up is history, told by the events.
  std::erase_if(parcels, [](const Parcel& p) { return !p.live(); });
  json::object out = order_row_json(*row);
  Address to = personal.ship_to;
  if (to.country.empty()) to.country = o.country;
  out["ship_to"] = o.has_address || !to.country.empty() ? json::value(address_json(to, masked)) : json::value(nullptr);
  out["buyer"] = masked ? json::value(nullptr) : json::value(json::object{{"name", text_or_null(personal.buyer_name)}, {"email", text_or_null(personal.buyer_email)}});
  out["items"] = TRY(items_json(tx, *row, masked));
  out["parcels"] = TRY(parcels_json(tx, parcels));
  out["events"] = events_json(TRY(tx.work.events(id)));
  out["plan_options"] = nullptr;
  out["last_updated_at"] = to_json(o.amazon_updated_at);
  out["programs"] = programs_json(o.programs);
  out["purchase_order_number"] = text_or_null(o.purchase_order_number);
  out["earliest_ship"] = to_json(o.earliest_ship);
  out["earliest_delivery"] = to_json(o.earliest_delivery);
  out["cancelled_by"] = text_or_null(o.cancelled_by);
  json::array allowed;
  for (const std::string_view action : allowed_actions(o, !row->tags.empty(), caller.role)) allowed.emplace_back(action);
  out["allowed"] = std::move(allowed);
  return out;
}

}  // namespace zifa::api
