#include "api/parcel_json.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "api/fields.hpp"
#include "app/reference/carriers.hpp"
#include "app/reference/marketplaces.hpp"
#include "app/reference/policies.hpp"

namespace zifa::api {

namespace {

template <class Thing>
using ById = std::unordered_map<std::int64_t, Thing>;

template <class Thing>
const Thing* look_up(const ById<Thing>& all, std::int64_t id) {
  const auto found = all.find(id);
  return found == all.end() ? nullptr : &found->second;
}

// Everything that a page of parcels refers to.
struct Surroundings {
  ById<Order> orders;
  ById<OrderItem> items;
  ById<Product> products;
  ById<Label> labels;                     // live ones, by parcel
  ById<StoredConfirmation> confirmations; // by parcel
  ById<std::vector<Scan>> scans;          // by parcel
  std::vector<StockItem> stock;
  ById<Warehouse> warehouses;
  ById<ShippingService> services;
  ById<Carton> cartons;
};

Result<Surroundings> surroundings_of(Tx& tx, const std::vector<Parcel>& parcels) {
  Surroundings s;
  std::vector<ParcelId> ids;
  std::set<OrderId> orders;
  std::set<ProductId> products;
  for (const Parcel& parcel : parcels) {
    ids.push_back(parcel.id);
    orders.insert(parcel.order);
    for (const ParcelItem& item : parcel.items) products.insert(item.product);
  }
  const std::vector<OrderId> order_ids(orders.begin(), orders.end());
  const std::vector<ProductId> product_ids(products.begin(), products.end());
  for (Order& order : TRY(tx.orders.several(order_ids))) s.orders.emplace(order.id.value(), std::move(order));
  for (OrderItem& item : TRY(tx.orders.items_of(order_ids))) s.items.emplace(item.id.value(), std::move(item));
  for (Product& product : TRY(tx.stock.products_of(product_ids))) s.products.emplace(product.id.value(), std::move(product));
  s.stock = TRY(tx.stock.of_products(product_ids));
  for (Label& label : TRY(tx.parcels.live_labels(ids))) s.labels.emplace(label.parcel.value(), std::move(label));
  for (StoredConfirmation& confirmation : TRY(tx.parcels.confirmations(ids))) s.confirmations.emplace(confirmation.parcel.value(), std::move(confirmation));
  for (auto& [parcel, scan] : TRY(tx.parcels.scans_of(ids))) s.scans[parcel.value()].push_back(std::move(scan));
  for (Warehouse& warehouse : TRY(tx.setup.warehouses())) s.warehouses.emplace(warehouse.id.value(), std::move(warehouse));
  for (ShippingService& service : TRY(tx.setup.services())) s.services.emplace(service.id.value(), std::move(service));
  for (Carton& carton : TRY(tx.setup.cartons())) s.cartons.emplace(carton.id.value(), std::move(carton));
  return s;
}

// What is in the box, in stock units: what the packer takes from the shelf and scans.
json::array items_json(const Parcel& parcel, const Surroundings& s) {
  json::array out;
  for (const ParcelItem& item : parcel.items) {
    const Product* product = look_up(s.products, item.product.value());
    const OrderItem* ordered = look_up(s.items, item.item.value());
    std::string bin;
    for (const StockItem& at : s.stock)
      if (at.product == item.product && at.warehouse == parcel.warehouse) bin = at.bin;
    const std::string sku = product != nullptr ? product->sku : ordered != nullptr ? ordered->sku : "";
    const std::string title = product != nullptr && !product->title.empty() ? product->title : ordered != nullptr ? ordered->title : "";
    out.push_back(json::object{{"order_item_id", id_text(item.item)},
                               {"product_id", id_or_null(item.product)},
                               {"sku", sku},
                               {"title", title},
                               {"image_url", product == nullptr ? json::value(nullptr) : text_or_null(product->image_url)},
                               {"quantity", item.units},
                               {"ordered", item.quantity},
                               {"verified", item.verified},
                               {"bin", text_or_null(bin)},
                               {"barcode", product == nullptr ? json::value(nullptr) : text_or_null(product->barcode)}});
  }
  return out;
}

json::value label_json(const Label* label, const Order* order) {
  if (label == nullptr) return nullptr;
  const auto known = amazon_carrier(label->carrier_id, order == nullptr ? "" : marketplace_code(order->marketplace_id).value_or(""));
  return json::object{{"id", id_text(label->id)},
                      {"tracking_number", label->tracking_number},
                      {"carrier", label->carrier_name},
                      {"service", label->service_name},
                      {"cost", to_json(label->cost)},
                      {"bought_at", label->bought_at.iso()},
                      {"printed_count", label->print_count},
                      {"state", label->state},
                      {"check", json::object{{"verdict", label->verdict.empty() ? "unknown" : label->verdict}, {"amazon_code", known ? text_or_null(known->code) : json::value(nullptr)}}}};
}

json::object confirm_json(const Parcel& parcel, const Order* order, const StoredConfirmation* told, const ShippingService* service) {
  return {{"state", parcel.confirm_state},
          {"due_at", order == nullptr ? json::value(nullptr) : to_json(order->ship_by)},
          {"confirmed_at", to_json(parcel.confirmed_at)},
          {"carrier_code", told != nullptr ? text_or_null(told->carrier_code) : service != nullptr ? text_or_null(service->amazon_code) : json::value(nullptr)},
          {"carrier_name", told != nullptr ? text_or_null(told->carrier_name) : service != nullptr ? text_or_null(service->amazon_name) : json::value(nullptr)},
          {"last_error", text_or_null(parcel.confirm_error)}};
}

json::value tracking_json(const Parcel& parcel, const std::vector<Scan>* scans) {
  if (!parcel.left() && scans == nullptr) return nullptr;
  json::array list;
  if (scans != nullptr)
    for (const Scan& scan : *scans) list.push_back(json::object{{"at", scan.at.iso()}, {"state", scan.state}, {"code", scan.code}, {"text", scan.text}, {"place", scan.place}});
  return json::object{{"state", parcel.tracking_state}, {"first_scan_at", to_json(parcel.first_scan_at)}, {"delivered_at", to_json(parcel.delivered_at)}, {"last_at", to_json(parcel.last_scan_at)}, {"scans", std::move(list)}};
}

// A promised day, as moments of the marketplace's own day.
json::value promised_json(const Parcel& parcel, const Order* order) {
  const MarketplaceFacts* market = order == nullptr ? nullptr : find_marketplace(order->marketplace_id);
  const auto named = TimeZone::named(market == nullptr ? "UTC" : market->zone);
  const TimeZone zone = named ? *named : TimeZone::utc();
  return json::object{{"ship_at", to_json(parcel.ready_by)},
                      {"arrive_from", parcel.arrive_from ? json::value(zone.start_of(*parcel.arrive_from).iso()) : json::value(nullptr)},
                      {"arrive_to", parcel.arrive_to ? json::value(zone.end_of(*parcel.arrive_to).iso()) : json::value(nullptr)}};
}

json::object one(const Parcel& p, const Surroundings& s) {
  const Order* order = look_up(s.orders, p.order.value());
  const Label* label = look_up(s.labels, p.id.value());
  const Warehouse* warehouse = look_up(s.warehouses, p.warehouse.value());
  const ShippingService* service = look_up(s.services, p.service.value());
  const Carton* carton = look_up(s.cartons, p.carton.value());
  const auto layout = json::parse(p.layout);
  return {{"id", id_text(p.id)},
          {"parcel_no", p.number()},
          {"order_id", id_text(p.order)},
          {"amazon_order_id", order == nullptr ? "" : order->amazon_order_id},
          {"state", name_of(p.state)},
          {"warehouse_id", id_or_null(p.warehouse)},
          {"warehouse", warehouse == nullptr ? json::value(nullptr) : json::value(warehouse->name)},
          {"service_id", id_or_null(p.service)},
          {"service", service == nullptr ? json::value(nullptr) : json::value(service->name)},
          {"carrier", label != nullptr ? text_or_null(label->carrier_name) : service == nullptr ? json::value(nullptr) : text_or_null(service->carrier_name)},
          {"carton_id", id_or_null(p.carton)},
          {"carton", carton == nullptr ? json::value(nullptr) : json::value(carton->name)},
          {"size", size_json(p.size)},
          {"est_weight_g", weight_json(p.estimated)},
          {"actual_weight_g", p.actual ? weight_json(*p.actual) : json::value(nullptr)},
          {"cost", to_json(p.cost)},
          {"on_time", p.on_time_ppm ? json::value(static_cast<double>(*p.on_time_ppm) / 1'000'000) : json::value(nullptr)},
          {"reason", p.reason},
          {"promised", promised_json(p, order)},
          {"items", items_json(p, s)},
          {"layout", layout && layout->is_array() && !layout->as_array().empty() ? *layout : json::value(nullptr)},
          {"label", label_json(label, order)},
          {"confirm", confirm_json(p, order, look_up(s.confirmations, p.id.value()), service)},
          {"tracking", tracking_json(p, look_up(s.scans, p.id.value()))},
          {"wave_id", id_or_null(p.wave)},
          {"handover_id", id_or_null(p.handover)},
          {"packed_at", to_json(p.packed_at)},
          {"packed_by", text_or_null(p.packed_by)},
          {"dispatched_at", to_json(p.dispatched_at)}};
}

}  // namespace

json::object carton_json(const Carton& k) {
  return {{"id", id_text(k.id)}, {"name", k.name}, {"kind", k.kind}, {"inner", size_json(k.inner)}, {"outer", size_json(k.outer)}, {"tare_g", k.tare.grams_up()}, {"max_weight_g", k.max_weight.grams_up()},
          {"cost", to_json(std::optional(k.cost))}, {"active", k.active}};
}

Result<json::array> parcels_json(Tx& tx, const std::vector<Parcel>& parcels) {
  json::array out;
  if (parcels.empty()) return out;
  const Surroundings s = TRY(surroundings_of(tx, parcels));
  for (const Parcel& parcel : parcels) out.push_back(one(parcel, s));
  return out;
}

Result<json::value> parcel_json(Tx& tx, const Parcel& parcel) { return json::value(std::move(TRY(parcels_json(tx, {parcel})).front())); }
Result<json::value> parcel_json(Tx& tx, ParcelId id) { return parcel_json(tx, TRY(tx.parcels.find(id))); }

}  // namespace zifa::api
