#include "app/print_documents.hpp"

#include <algorithm>

#include "app/cancel_order.hpp"
#include "app/reactions.hpp"
#include "app/reference/marketplaces.hpp"
#include "app/settle_order.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

documents::Address printed(const Address& a) {
  documents::Address out{.name = a.name, .company = a.company};
  for (const std::string* line : {&a.line1, &a.line2, &a.line3, &a.district})
    if (!line->empty()) out.lines.push_back(*line);
  out.city = a.city;
  out.region = a.state;
  out.postcode = a.postal_code;
  out.country = a.country;
  out.phone = a.phone;
  return out;
}

const Warehouse* find(const std::vector<Warehouse>& warehouses, WarehouseId id) {
  for (const Warehouse& w : warehouses)
    if (w.id == id) return &w;
  return nullptr;
}

documents::Barcode barcode_of(const std::string& number) {
  return {.symbology = documents::Symbology::code128, .data = number, .caption = number};
}

// Amazon's marketplaces tell the buyer's language; a slip in a language we do not print falls back to English.
std::string language_of(const std::string& marketplace_id) {
  const MarketplaceFacts* facts = find_marketplace(marketplace_id);
  return facts == nullptr || facts->languages.empty() ? "en" : facts->languages.front().substr(0, 2);
}

std::optional<documents::Customs> customs_of(Tx& tx, const Parcel& parcel, const Warehouse& from, const std::string& to_country, const std::vector<OrderItem>& items, Weight total) {
  if (from.country == to_country) return std::nullopt;
  documents::Customs customs;
  std::optional<Money> value;
  for (const ParcelItem& item : parcel.items) {
    const auto product = tx.stock.product(item.product);
    if (!product) continue;
    documents::CustomsItem line{.name_en = product->declared_en.empty() ? product->title : product->declared_en, .name_local = product->declared_zh, .quantity = item.units, .weight = item.units * product->weight, .hs_code = product->hs_code, .origin = product->origin.empty() ? from.country : product->origin};
    const auto order_item = std::find_if(items.begin(), items.end(), [&](const OrderItem& i) { return i.id == item.item; });
    std::optional<Money> each = product->declared_value;
    if (!each && order_item != items.end()) each = order_item->unit_price;
    if (each)
      if (const auto line_value = each->times(product->declared_value ? item.units : item.quantity)) {
        line.value = *line_value;
        const auto sum = value ? value->plus(*line_value) : Result<Money>(*line_value);
        if (sum) value = *sum;
      }
    if (order_item != items.end() && !order_item->ioss_number.empty()) customs.tax_id = "IOSS " + order_item->ioss_number;
    customs.items.push_back(std::move(line));
  }
  customs.total_weight = total;
  if (value) customs.total_value = *value;
  customs.signed_by = from.address.name.empty() ? from.name : from.address.name;
  return customs;
}

}  // namespace

Result<LabelsToPrint> labels_to_print(Tx& tx, const std::vector<Parcel>& parcels, documents::PageSize size, std::string_view language, std::string_view batch) {
  LabelsToPrint answer;
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  std::int32_t position = 0;
  for (const Parcel& parcel : parcels) {
    ++position;
    const Order order = TRY(tx.orders.find(parcel.order));
    if (const auto stop = may_go_on(order); !stop) {
      answer.refused.emplace_back(parcel.id, stop.error());
      continue;
    }
    const auto label = TRY(tx.parcels.live_label(parcel.id));
    if (!label) {
      answer.refused.emplace_back(parcel.id, refused("label.none", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " has no label yet; get its tracking number first."));
      continue;
    }
    const PersonalData personal = TRY(tx.orders.personal(order.id));
    const std::vector<OrderItem> items = TRY(tx.orders.items(order.id));
    const Warehouse* from = find(warehouses, parcel.warehouse);
    documents::LabelPage page{.size = size, .language = std::string(language), .carrier = label->carrier_name, .service = label->service_name, .tracking = barcode_of(label->tracking_number)};
    if (from != nullptr) {
      page.from = printed(from->address);
      if (page.from.name.empty()) page.from.name = from->name;
      if (page.from.country.empty()) page.from.country = from->country;
    }
    page.to = printed(personal.ship_to);
    if (page.to.country.empty()) page.to.country = order.country;
    page.weight = parcel.actual.value_or(parcel.estimated);
    page.outer = parcel.size;
    page.parcel_no = parcel.number();
    page.order_id = order.amazon_order_id;
    for (const ParcelItem& item : parcel.items) {
      const Product product = TRY(tx.stock.product(item.product));
      page.contents += (page.contents.empty() ? "" : ", ") + product.sku + " x" + std::to_string(item.units);
      page.battery = page.battery || product.cargo.find("battery") != std::string::npos;
    }
    page.batch = batch;
    page.position = parcels.size() > 1 ? position : 0;
    page.of = parcels.size() > 1 ? static_cast<std::int32_t>(parcels.size()) : 0;
    std::int32_t index = 0, count = 0;
    for (const Parcel& sibling : TRY(tx.parcels.of_order(order.id))) {
      if (!sibling.live()) continue;
      ++count;
      if (sibling.id == parcel.id) index = count;
    }
    page.parcel_index = index;
    page.parcel_count = count;
    page.reprints = label->print_count;
    if (from != nullptr) page.customs = customs_of(tx, parcel, *from, page.to.country, items, page.weight);
    answer.pages.push_back(std::move(page));
    answer.parcels.push_back(parcel.id);
  }
  return answer;
}

Result<std::vector<documents::PackingSlip>> slips_to_print(Tx& tx, const std::vector<Parcel>& parcels) {
  std::vector<documents::PackingSlip> slips;
  for (const Parcel& parcel : parcels) {
    const Order order = TRY(tx.orders.find(parcel.order));
    const PersonalData personal = TRY(tx.orders.personal(order.id));
    const std::vector<OrderItem> items = TRY(tx.orders.items(order.id));
    const Account account = TRY(tx.accounts.find(order.account));
    documents::PackingSlip slip{.language = language_of(order.marketplace_id), .seller = TRY(tx.setup.setting("store_name", account.name)), .order_id = order.amazon_order_id};
    const MarketplaceFacts* market = find_marketplace(order.marketplace_id);
    const auto zone = TimeZone::named(market == nullptr ? "UTC" : market->zone);
    slip.ordered_on = (zone ? *zone : TimeZone::utc()).day_of(order.purchased_at);
    slip.ship_to = printed(personal.ship_to);
    slip.parcel_no = parcel.number();
    for (const OrderItem& item : items) {
      const auto packed = std::find_if(parcel.items.begin(), parcel.items.end(), [&](const ParcelItem& p) { return p.item == item.id; });
      if (packed == parcel.items.end()) continue;
      const auto at = TRY(tx.stock.at(parcel.warehouse, packed->product));
      slip.items.push_back({.sku = item.sku, .title = item.title, .quantity = packed->quantity, .bin = at ? at->bin : "", .note = item.customization_url.empty() ? "" : "customised"});
      if (item.gift) {
        slip.gift = true;
        if (!item.gift_message.empty()) slip.gift_message = item.gift_message;
      }
    }
    slips.push_back(std::move(slip));
  }
  return slips;
}

Result<InvoicesToPrint> invoices_to_print(Tx& tx, const std::vector<Parcel>& parcels, std::string_view language, Instant now) {
  InvoicesToPrint answer;
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  for (const Parcel& parcel : parcels) {
    const Order order = TRY(tx.orders.find(parcel.order));
    const PersonalData personal = TRY(tx.orders.personal(order.id));
    const Warehouse* from = find(warehouses, parcel.warehouse);
    const std::string to_country = personal.ship_to.country.empty() ? order.country : personal.ship_to.country;
    if (const auto stop = may_go_on(order); !stop) {
      answer.refused.emplace_back(parcel.id, stop.error());
      continue;
    }
    const Weight weight = parcel.actual.value_or(parcel.estimated);
    const auto customs = from == nullptr ? std::nullopt : customs_of(tx, parcel, *from, to_country, TRY(tx.orders.items(order.id)), weight);
    if (!customs) {
      answer.refused.emplace_back(parcel.id, refused("customs.not_needed", "Parcel " + parcel.number() + " of order " + order.amazon_order_id + " crosses no border; it needs no invoice for customs."));
      continue;
    }
    documents::CommercialInvoice invoice{.language = std::string(language), .number = "INV-" + parcel.number(), .order_id = order.amazon_order_id, .parcel_no = parcel.number(), .reason = "Sale of goods", .items = customs->items, .gross_weight = weight};
    const auto zone = TimeZone::named(from->time_zone);
    invoice.date = (zone ? *zone : TimeZone::utc()).day_of(now);
    if (const auto label = TRY(tx.parcels.live_label(parcel.id))) {
      invoice.carrier = label->carrier_name;
      invoice.tracking_number = label->tracking_number;
    }
    invoice.seller = printed(from->address);
    if (invoice.seller.name.empty()) invoice.seller.name = from->name;
    if (invoice.seller.country.empty()) invoice.seller.country = from->country;
    invoice.buyer = printed(personal.ship_to);
    if (invoice.buyer.country.empty()) invoice.buyer.country = to_country;
    invoice.seller_tax_id = customs->tax_id;
    invoice.signed_by = customs->signed_by;
    invoice.signed_on = invoice.date;
    answer.pages.push_back(std::move(invoice));
    answer.parcels.push_back(parcel.id);
  }
  return answer;
}

Result<documents::PickList> pick_list_to_print(Tx& tx, const PickList& list, std::string_view language) {
  documents::PickList out{.language = std::string(language), .wave = "W" + std::to_string(list.wave.id.value()), .orders = 0};
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  if (const Warehouse* warehouse = find(warehouses, list.wave.warehouse)) out.warehouse = warehouse->name;
  std::vector<OrderId> orders;
  std::optional<Instant> due;
  for (const Parcel& parcel : list.parcels) {
    if (std::find(orders.begin(), orders.end(), parcel.order) == orders.end()) orders.push_back(parcel.order);
    const Order order = TRY(tx.orders.find(parcel.order));
    if (order.ship_by && (!due || *order.ship_by < *due)) due = order.ship_by;
  }
  out.orders = static_cast<std::int64_t>(orders.size());
  if (due) out.due = due->iso();
  for (const PickLine& line : list.lines) {
    documents::PickLine printed_line{.zone = line.zone, .bin = line.bin, .sku = line.sku, .title = line.title, .quantity = line.quantity};
    for (const Parcel& parcel : list.parcels)
      for (const ParcelItem& item : parcel.items)
        if (item.product == line.product) printed_line.orders.push_back(parcel.number() + " x" + std::to_string(item.units));
    out.lines.push_back(std::move(printed_line));
  }
  return out;
}

Result<documents::HandoverList> handover_to_print(Tx& tx, HandoverId id, std::string_view language) {
  const WorkStore::Handover handover = TRY(tx.work.handover(id));
  documents::HandoverList out{.language = std::string(language), .carrier = handover.carrier_id, .manifest_no = "H" + std::to_string(id.value())};
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  if (const Warehouse* warehouse = find(warehouses, handover.warehouse)) {
    out.from = warehouse->name;
    if (const auto zone = TimeZone::named(warehouse->time_zone)) out.pickup = zone->iso(handover.closed_at.value_or(handover.opened_at)) + " " + warehouse->time_zone;
  }
  for (const Parcel& parcel : TRY(tx.parcels.of_handover(id))) {
    const auto label = TRY(tx.parcels.live_label(parcel.id));
    if (!label) continue;
    out.carrier = label->carrier_name.empty() ? handover.carrier_id : label->carrier_name;
    out.parcels.push_back({.parcel_no = parcel.number(), .tracking_number = label->tracking_number, .service = label->service_name, .country = TRY(tx.orders.find(parcel.order)).country, .weight = parcel.actual.value_or(parcel.estimated)});
  }
  return out;
}

Result<Done> mark_printed(Tx& tx, const std::vector<ParcelId>& parcels, std::string_view actor, Instant now) {
  for (const ParcelId id : parcels) {
    auto label = TRY(tx.parcels.live_label(id));
    if (!label) continue;
    ++label->print_count;
    label->printed_at = now;
    TRY(tx.parcels.update_label(*label));
    TRY(happen(tx, {.at = now, .kind = label->print_count == 1 ? "label_printed" : "label_reprinted", .order = label->order, .parcel = id, .actor = std::string(actor)}));
    TRY(settle_order(tx, label->order, now));
  }
  return done;
}

}  // namespace zifa
