#include "sandbox/amazon/report_content.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/amazon/flat_file.hpp"
#include "sandbox/amazon/health_report.hpp"
#include "sandbox/amazon/render_order.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;
constexpr auto kDay = std::chrono::hours(24);

std::string offset_iso(Instant at) { return replace_all(at.iso(), "Z", "+00:00"); }

bool wanted(const Report& report, const Order& order) {
  return report.marketplaces.empty() || std::find(report.marketplaces.begin(), report.marketplaces.end(), order.marketplace->id) != report.marketplaces.end();
}

std::string option(const Report& report, std::string_view name) {
  Result<json::value> options = json::parse(report.options);
  if (!options) return "";
  const json::value* found = json::find(*options, name);
  return found == nullptr ? "" : found->is_string() ? std::string(found->get_string()) : json::text(*found);
}

std::string yes(bool value) { return value ? "true" : "false"; }

std::string money_of(const Order& order, std::int64_t minor) { return amount_text(minor, order.marketplace->currency); }

std::string visible_phone(const World& world, const Order& order, const Address& address) { return shows_phone(world, order) ? address.phone : ""; }

// GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING: what is still to be sent, of the last sixty days.
std::optional<std::string> unshipped_orders(const World& world, const Report& report) {
  const bool with_channel = lower(option(report, "ShowSalesChannel")) == "true";
  std::vector<std::string> columns{"order-id", "order-item-id", "purchase-date", "payments-date", "reporting-date", "promise-date", "days-past-promise", "buyer-email",
                                   "buyer-phone-number", "sku", "product-name", "quantity-purchased", "quantity-shipped", "quantity-to-ship", "ship-service-level",
                                   "recipient-name", "ship-address-1", "ship-address-2", "ship-address-3", "ship-city", "ship-state", "ship-postal-code", "ship-country",
                                   "is-business-order", "purchase-order-number", "price-designation", "is-prime"};
  if (with_channel) columns.push_back("sales-channel");
  FlatFile file(columns);
  const auto& index = report.account->by_created;
  for (auto at = index.lower_bound({(world.now() - 60 * kDay).ms(), 0}); at != index.end(); ++at) {
    const Order& order = world.orders[at->second];
    const OrderStatus status = order.status();
    if (!wanted(report, order) || (status != OrderStatus::unshipped && status != OrderStatus::partially_shipped)) continue;
    const Address to = order.address();
    const std::int64_t past_ms = (world.now() - order.promise.ship_by).count();
    const std::int64_t past_days = past_ms >= 0 ? past_ms / 86'400'000 : -((-past_ms + 86'399'999) / 86'400'000);
    for (const OrderItem& item : order.items) {
      if (item.left() == 0) continue;
      std::vector<std::string> row{order.id, item.id, offset_iso(order.purchased_at), offset_iso(order.paid_at), offset_iso(order.paid_at), offset_iso(order.promise.ship_by),
                                   std::to_string(past_days), buyer_email(order), to.phone, item.product->sku, item.product->title, std::to_string(item.quantity),
                                   std::to_string(item.shipped), std::to_string(item.left()), std::string(name_of(order.service).v0), to.name, to.line1, to.line2, to.line3,
                                   to.city, to.state, to.postal_code, to.country, yes(order.business), order.business ? "PO-" + order.id.substr(12) : "",
                                   order.business ? "Business Price" : "", yes(order.prime)};
      if (with_channel) row.push_back(order.marketplace->name);
      file.add(row);
    }
  }
  return file.has_rows() ? std::optional(file.take()) : std::nullopt;
}

// The orders that left Pending in the report's time.
std::vector<const Order*> paid_orders(const World& world, const Report& report) {
  const Instant from = report.from.value_or(report.created - 30 * kDay), to = report.to.value_or(report.created);
  std::vector<const Order*> found;
  const auto& index = report.account->by_created;
  for (auto at = index.lower_bound({(from - 30 * kDay).ms(), 0}); at != index.end() && at->first <= to.ms(); ++at) {
    const Order& order = world.orders[at->second];
    if (!order.pending && order.paid_at >= from && order.paid_at <= to && wanted(report, order) && shows_address(order)) found.push_back(&order);
  }
  return found;
}

std::optional<std::string> new_orders(const World& world, const Report& report) {
  FlatFile file({"order-id", "order-item-id", "purchase-date", "payments-date", "buyer-email", "buyer-name", "buyer-phone-number", "sku", "product-name",
                 "quantity-purchased", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax", "ship-service-level", "recipient-name",
                 "ship-address-1", "ship-address-2", "ship-address-3", "ship-city", "ship-state", "ship-postal-code", "ship-country", "ship-phone-number",
                 "item-promotion-discount", "item-promotion-id", "ship-promotion-discount", "ship-promotion-id", "delivery-start-date", "delivery-end-date",
                 "delivery-time-zone", "delivery-Instructions", "sales-channel"});
  for (const Order* order : paid_orders(world, report)) {
    const Address to = order->address();
    const TimeZone& zone = order->marketplace->zone;
    for (const OrderItem& item : order->items)
      file.add({order->id, item.id, zone.iso(order->purchased_at), zone.iso(order->paid_at), buyer_email(*order), order->buyer().name, visible_phone(world, *order, to),
                item.product->sku, item.product->title, std::to_string(item.quantity), std::string(order->marketplace->currency.code()),
                money_of(*order, item.unit_price * item.quantity), money_of(*order, item.tax), money_of(*order, item.shipping), money_of(*order, item.shipping_tax),
                std::string(name_of(order->service).v0), to.name, to.line1, to.line2, to.line3, to.city, to.state, to.postal_code, to.country,
                visible_phone(world, *order, to), money_of(*order, item.discount), "", "", "", zone.iso(order->promise.deliver_from), zone.iso(order->promise.deliver_by),
                zone.name(), "", order->marketplace->name});
  }
  return file.has_rows() ? std::optional(file.take()) : std::nullopt;
}

std::string xml(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&') safe += "&amp;";
    else if (c == '<') safe += "&lt;";
    else if (c == '>') safe += "&gt;";
    else if (c == '"') safe += "&quot;";
    else safe += c;
  }
  return safe;
}

std::string tag(std::string_view name, std::string_view text) { return "<" + std::string(name) + ">" + xml(text) + "</" + std::string(name) + ">"; }

// GET_ORDER_REPORT_DATA_SHIPPING and its sisters: the same orders in Amazon's XML envelope.
std::optional<std::string> new_orders_xml(const World& world, const Report& report) {
  std::string messages;
  int n = 0;
  for (const Order* order : paid_orders(world, report)) {
    const Address to = order->address();
    messages += "<Message><MessageID>" + std::to_string(++n) + "</MessageID><OrderReport>" + tag("AmazonOrderID", order->id) + tag("AmazonSessionID", order->id) +
                tag("OrderDate", offset_iso(order->purchased_at)) + tag("OrderPostedDate", offset_iso(order->paid_at)) + "<BillingData>" + tag("BuyerEmailAddress", buyer_email(*order)) +
                tag("BuyerName", order->buyer().name) + tag("BuyerPhoneNumber", visible_phone(world, *order, to)) + "</BillingData><FulfillmentData>" + tag("FulfillmentMethod", "Ship") +
                tag("FulfillmentServiceLevel", name_of(order->service).v0) + "<Address>" + tag("Name", to.name) + tag("AddressFieldOne", to.line1) + tag("AddressFieldTwo", to.line2) +
                tag("City", to.city) + tag("StateOrRegion", to.state) + tag("PostalCode", to.postal_code) + tag("CountryCode", to.country) + "</Address></FulfillmentData>";
    for (const OrderItem& item : order->items) {
      const std::string currency(order->marketplace->currency.code());
      const auto component = [&](std::string_view type, std::int64_t minor) {
        return "<Component>" + tag("Type", type) + "<Amount currency=\"" + currency + "\">" + money_of(*order, minor) + "</Amount></Component>";
      };
      messages += "<Item>" + tag("AmazonOrderItemCode", item.id) + tag("SKU", item.product->sku) + tag("Title", item.product->title) + tag("Quantity", std::to_string(item.quantity)) +
                  "<ItemPrice>" + component("Principal", item.unit_price * item.quantity) + component("Tax", item.tax) + component("Shipping", item.shipping) + component("ShippingTax", item.shipping_tax) + "</ItemPrice></Item>";
    }
    messages += "</OrderReport></Message>\n";
  }
  if (n == 0) return std::nullopt;
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<AmazonEnvelope><Header><DocumentVersion>1.01</DocumentVersion>" + tag("MerchantIdentifier", report.account->seller_id) +
         "</Header><MessageType>OrderReport</MessageType>\n" + messages + "</AmazonEnvelope>\n";
}

std::optional<std::string> all_orders(const World& world, const Report& report) {
  const bool by_update = report.type.find("LAST_UPDATE") != std::string::npos;
  FlatFile file({"amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status", "fulfillment-channel", "sales-channel", "order-channel",
                 "ship-service-level", "product-name", "sku", "asin", "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price", "shipping-tax",
                 "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount", "ship-city", "ship-state", "ship-postal-code", "ship-country",
                 "promotion-ids", "is-business-order", "purchase-order-number", "price-designation"});
  const Instant from = report.from.value_or(report.created - 30 * kDay), to = report.to.value_or(report.created);
  const auto& index = by_update ? report.account->by_updated : report.account->by_created;
  for (auto at = index.lower_bound({from.ms(), 0}); at != index.end() && at->first <= to.ms(); ++at) {
    const Order& order = world.orders[at->second];
    if (!wanted(report, order)) continue;
    const OrderStatus status = order.status();
    const std::string shown = status == OrderStatus::cancelled ? "Cancelled" : status == OrderStatus::partially_shipped ? "Unshipped" : std::string(v0_text_of(status));
    const Address address = shows_address(order) ? order.address() : Address{};
    for (const OrderItem& item : order.items) {
      const auto priced = [&](std::int64_t minor) { return order.pending ? std::string() : money_of(order, minor); };
      file.add({order.id, order.id, offset_iso(order.purchased_at), offset_iso(order.updated_at), shown, "Merchant", order.marketplace->name, "", std::string(name_of(order.service).v0),
                item.product->title, item.product->sku, item.product->asin, item.left() == 0 && item.shipped == 0 ? "Cancelled" : item.left() == 0 ? "Shipped" : "Unshipped",
                std::to_string(item.quantity - item.cancelled), order.pending ? "" : std::string(order.marketplace->currency.code()), priced(item.unit_price * item.quantity), priced(item.tax),
                priced(item.shipping), priced(item.shipping_tax), "", "", item.discount > 0 ? priced(item.discount) : "", "", address.city, address.state, address.postal_code, address.country,
                "", yes(order.business), order.business ? "PO-" + order.id.substr(12) : "", order.business ? "Business Price" : ""});
    }
  }
  return file.has_rows() ? std::optional(file.take()) : std::nullopt;
}

std::vector<const Listing*> listed(const Report& report) {
  std::vector<const Listing*> found;
  for (const auto& [sku, listing] : report.account->listings)
    if (std::any_of(report.marketplaces.begin(), report.marketplaces.end(), [&](const std::string& id) { return listing.marketplaces.contains(id); })) found.push_back(&listing);
  return found;
}

std::optional<std::string> merchant_listings(const World&, const Report& report) {
  FlatFile file({"item-name", "item-description", "listing-id", "seller-sku", "price", "quantity", "open-date", "image-url", "item-is-marketplace", "product-id-type",
                 "zshop-shipping-fee", "item-note", "item-condition", "zshop-category1", "zshop-browse-path", "zshop-storefront-feature", "asin1", "asin2", "asin3",
                 "will-ship-internationally", "expedited-shipping", "zshop-boldface", "product-id", "bid-for-featured-placement", "add-delete", "pending-quantity",
                 "fulfillment-channel", "merchant-shipping-group", "status"});
  for (const Listing* listing : listed(report)) {
    const bool active = listing->price && listing->quantity && *listing->quantity > 0;
    if (report.type == "GET_MERCHANT_LISTINGS_DATA" && !active) continue;
    if (report.type == "GET_MERCHANT_LISTINGS_INACTIVE_DATA" && active) continue;
    const TimeZone& zone = find_marketplace(*listing->marketplaces.begin())->zone;
    std::string opened = zone.iso(listing->created).substr(0, 19);
    opened[10] = ' ';
    std::string listing_id = std::to_string(mix(7, listing->product->sku) % 10'000'000'000ULL);
    listing_id.insert(0, 10 - listing_id.size(), '0');
    file.add({listing->product->title, "", listing_id, listing->product->sku, listing->price ? listing->price->amount() : "", listing->quantity ? std::to_string(*listing->quantity) : "",
              opened + " UTC", "", "y", "1", "", "", "11", "", "", "", listing->product->asin, "", "", "1", "", "", listing->product->asin, "", "", "0",
              listing->quantity ? "DEFAULT" : "AMAZON", "Migrated Template", active ? "Active" : "Inactive"});
  }
  return file.has_rows() ? std::optional(file.take()) : std::nullopt;
}

std::optional<std::string> open_listings(const World&, const Report& report) {
  FlatFile file({"sku", "asin", "price", "quantity", "Business Price", "Quantity Price Type", "Quantity Lower Bound 1", "Quantity Price 1", "Quantity Lower Bound 2", "Quantity Price 2"});
  for (const Listing* listing : listed(report))
    file.add({listing->product->sku, listing->product->asin, listing->price ? listing->price->amount() : "", listing->quantity ? std::to_string(*listing->quantity) : "", "", "", "", "", "", ""});
  return file.has_rows() ? std::optional(file.take()) : std::nullopt;
}

struct Returned {
  const Order* order;
  const Return* request;
};
std::vector<Returned> returned(const World& world, const Report& report) {
  const Instant from = report.from.value_or(report.created - 30 * kDay), to = report.to.value_or(report.created);
  std::vector<Returned> found;
  for (const auto& [created, index] : report.account->by_created) {
    const Order& order = world.orders[index];
    if (!wanted(report, order)) continue;
    for (const Return& request : order.returns)
      if (request.requested_at >= from && request.requested_at <= to) found.push_back({&order, &request});
  }
  return found;
}

std::string refunded_amount(const Order& order, std::size_t item) {
  std::int64_t sum = 0;
  for (const Refund& refund : order.refunds)
    if (refund.item == item) sum += refund.item_price + refund.shipping;
  return sum == 0 ? "" : money_of(order, sum);
}

std::string english_day(const Order& order, Instant at) {
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Day day = order.marketplace->zone.day_of(at);
  const std::string number = std::to_string(day.day_of_month());
  return (number.size() < 2 ? "0" : "") + number + "-" + std::string(kMonths[day.month() - 1]) + "-" + std::to_string(day.year());
}

std::optional<std::string> returns_flat(const World& world, const Report& report) {
  FlatFile file({"Order ID", "Order date", "Return request date", "Return request status", "Amazon RMA ID", "Merchant RMA ID", "Label type", "Label cost", "Currency code",
                 "Return carrier", "Tracking ID", "Label to be paid by", "A-to-Z Claim", "Is prime", "ASIN", "Merchant SKU", "Item Name", "Return quantity", "Return Reason",
                 "In policy", "Return type", "Resolution", "Invoice number", "Return delivery date", "Order Amount", "Order quantity", "SafeT Action reason", "SafeT claim id",
                 "SafeT claim state", "SafeT claim creation time", "SafeT claim reimbursement amount", "Refunded Amount"});
  for (const auto& [order, request] : returned(world, report)) {
    const OrderItem& item = order->items[request->item];
    file.add({order->id, english_day(*order, order->purchased_at), english_day(*order, request->requested_at), "Approved", request->rma, "", "AmazonUnPaidLabel", "0.00",
              std::string(order->marketplace->currency.code()), "", "", "Customer", order->a_to_z ? "Y" : "N", order->prime ? "Y" : "N", item.product->asin, item.product->sku, item.product->title,
              std::to_string(request->quantity), request->reason, "Y", "C-Returns", "StandardRefund", "", "", money_of(*order, order->line_total(item)), std::to_string(item.quantity),
              "", "", "", "", "", refunded_amount(*order, request->item)});
  }
  return file.has_rows() ? std::optional(file.take()) : std::nullopt;
}

std::optional<std::string> returns_xml(const World& world, const Report& report) {
  std::string details;
  for (const auto& [order, request] : returned(world, report)) {
    const OrderItem& item = order->items[request->item];
    details += "<return_details><item_details>" + tag("item_name", item.product->title) + tag("asin", item.product->asin) + tag("return_reason_code", request->reason) + tag("merchant_sku", item.product->sku) +
               tag("in_policy", "Y") + tag("return_quantity", std::to_string(request->quantity)) + tag("resolution", "StandardRefund") + tag("refund_amount", refunded_amount(*order, request->item)) +
               "</item_details>" + tag("order_id", order->id) + tag("order_date", offset_iso(order->purchased_at)) + tag("amazon_rma_id", request->rma) + tag("return_request_date", offset_iso(request->requested_at)) +
               tag("return_request_status", "Approved") + tag("a_to_z_claim", order->a_to_z ? "Y" : "N") + tag("is_prime", order->prime ? "Y" : "N") + "<label_details>" +
               tag("currency_code", order->marketplace->currency.code()) + tag("label_cost", "0.00") + tag("label_type", "AmazonUnPaidLabel") + "</label_details>" + tag("label_to_be_paid_by", "Customer") +
               tag("return_type", "C-Returns") + tag("order_amount", money_of(*order, order->line_total(item))) + tag("order_quantity", std::to_string(item.quantity)) + "</return_details>\n";
  }
  if (details.empty()) return std::nullopt;
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<return_report>\n" + details + "</return_report>\n";
}

std::optional<std::string> health(const World&, const Report& report) { return report.prepared; }

// Commission as a seller finds it in a settlement: fifteen percent, our assumption.
std::int64_t commission(std::int64_t goods) { return (goods * 15 + 50) / 100; }

std::optional<std::string> settlement(const World& world, const Report& report) {
  const Instant from = report.from.value_or(report.created), to = report.to.value_or(report.created);
  struct Line {
    const Order* order;
    const OrderItem* item;
    std::string transaction, type, description, adjustment;
    std::int64_t minor;
    Instant at;
    int quantity;
  };
  std::vector<Line> lines;
  std::int64_t total = 0;
  for (const auto& [created, index] : report.account->by_created) {
    const Order& order = world.orders[index];
    if (!wanted(report, order)) continue;
    const auto add = [&](const OrderItem& item, std::string_view transaction, std::string_view type, std::string_view description, std::int64_t minor, Instant at, int quantity, std::string adjustment) {
      if (minor == 0) return;
      total += minor;
      lines.push_back({&order, &item, std::string(transaction), std::string(type), std::string(description), std::move(adjustment), minor, at, quantity});
    };
    if (order.confirmed_at && *order.confirmed_at >= from && *order.confirmed_at < to)
      for (const OrderItem& item : order.items) {
        const std::int64_t goods = item.unit_price * item.shipped;
        add(item, "Order", "ItemPrice", "Principal", goods, *order.confirmed_at, item.shipped, "");
        add(item, "Order", "ItemPrice", "Shipping", item.shipping, *order.confirmed_at, item.shipped, "");
        add(item, "Order", "ItemFees", "Commission", -commission(goods), *order.confirmed_at, item.shipped, "");
      }
    for (const Refund& refund : order.refunds)
      if (refund.at >= from && refund.at < to) {
        const OrderItem& item = order.items[refund.item];
        add(item, "Refund", "ItemPrice", "Principal", -refund.item_price, refund.at, 1, refund.id);
        add(item, "Refund", "ItemPrice", "Shipping", -refund.shipping, refund.at, 1, refund.id);
        add(item, "Refund", "ItemFees", "Commission", commission(refund.item_price), refund.at, 1, refund.id);
      }
  }
  if (lines.empty()) return std::nullopt;
  const Marketplace& home = *find_marketplace(report.marketplaces.front());
  const auto posted = [](Instant at) { return replace_all(replace_all(at.iso(), "T", " "), "Z", " UTC"); };
  FlatFile file({"settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency", "transaction-type", "order-id", "merchant-order-id",
                 "adjustment-id", "shipment-id", "marketplace-name", "amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time",
                 "order-item-code", "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased", "promotion-id"});
  const std::string id = std::to_string(mix(mix(world.options().seed, "settlement"), report.id) % 90'000'000'000ULL + 10'000'000'000ULL);
  std::vector<std::string> head{id, posted(from), posted(to), posted(to + 2 * kDay), amount_text(total, home.currency), std::string(home.currency.code())};
  head.resize(24);
  file.add(head);
  for (const Line& line : lines)
    file.add({id, "", "", "", "", "", line.transaction, line.order->id, line.order->id, line.adjustment, line.order->packages.empty() ? "" : line.order->packages.front().reference,
              line.order->marketplace->name, line.type, line.description, amount_text(line.minor, line.order->marketplace->currency), "MFN", line.at.iso().substr(0, 10), posted(line.at),
              line.item->id, "", "", line.item->product->sku, std::to_string(line.quantity), ""});
  return file.take();
}

constexpr std::string_view kXml = "text/xml; charset=UTF-8";
constexpr std::array kTypes{
    ReportType{"GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING", unshipped_orders, "text/plain; charset=UTF-8", true},
    ReportType{"GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING", new_orders, "text/plain; charset=UTF-8", true},
    ReportType{"GET_FLAT_FILE_ORDER_REPORT_DATA_INVOICING", new_orders, "text/plain; charset=UTF-8", true},
    ReportType{"GET_FLAT_FILE_ORDER_REPORT_DATA_TAX", new_orders, "text/plain; charset=UTF-8", true},
    ReportType{"GET_ORDER_REPORT_DATA_SHIPPING", new_orders_xml, kXml, true},
    ReportType{"GET_ORDER_REPORT_DATA_INVOICING", new_orders_xml, kXml, true},
    ReportType{"GET_ORDER_REPORT_DATA_TAX", new_orders_xml, kXml, true},
    ReportType{"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", all_orders},
    ReportType{"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", all_orders},
    ReportType{"GET_MERCHANT_LISTINGS_ALL_DATA", merchant_listings},
    ReportType{"GET_MERCHANT_LISTINGS_DATA", merchant_listings},
    ReportType{"GET_MERCHANT_LISTINGS_INACTIVE_DATA", merchant_listings},
    ReportType{"GET_FLAT_FILE_OPEN_LISTINGS_DATA", open_listings},
    ReportType{"GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE", returns_flat},
    ReportType{"GET_XML_RETURNS_DATA_BY_RETURN_DATE", returns_xml, kXml},
    ReportType{"GET_V2_SELLER_PERFORMANCE_REPORT", health, "application/json; charset=UTF-8", false, true},
    ReportType{"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2", settlement, "text/plain; charset=UTF-8", false, false, false},
};

}  // namespace

const ReportType* find_report_type(std::string_view name) {
  for (const ReportType& type : kTypes)
    if (type.name == name) return &type;
  return nullptr;
}

}  // namespace zifa::sandbox
