#include "adapters/amazon/order_reader.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

template <class T>
struct Word {
  std::string_view amazon;
  T ours;
};

constexpr std::array kStatuses{
    Word<AmazonStatus>{"UNSHIPPED", AmazonStatus::unshipped},
    Word<AmazonStatus>{"SHIPPED", AmazonStatus::shipped},
    Word<AmazonStatus>{"PARTIALLY_SHIPPED", AmazonStatus::partially_shipped},
    Word<AmazonStatus>{"PENDING", AmazonStatus::pending},
    Word<AmazonStatus>{"PENDING_AVAILABILITY", AmazonStatus::pending_availability},
    Word<AmazonStatus>{"CANCELLED", AmazonStatus::cancelled},
    Word<AmazonStatus>{"UNFULFILLABLE", AmazonStatus::unfulfillable},
};

// The product calls a service what Orders v0 and the reports call it.
constexpr std::array kServiceLevels{
    Word<std::string_view>{"STANDARD", "Standard"},   Word<std::string_view>{"EXPEDITED", "Expedited"}, Word<std::string_view>{"SECOND_DAY", "SecondDay"},
    Word<std::string_view>{"NEXT_DAY", "NextDay"},    Word<std::string_view>{"SAME_DAY", "SameDay"},    Word<std::string_view>{"FREE_ECONOMY", "FreeEconomy"},
    Word<std::string_view>{"SCHEDULED", "Scheduled"}, Word<std::string_view>{"PRIORITY", "Priority"},
};

const json::value* member(const json::value* from, std::string_view name) {
  const json::object* inside = from == nullptr ? nullptr : from->if_object();
  return inside == nullptr ? nullptr : inside->if_contains(name);
}

std::string text_in(const json::value* from, std::string_view name) {
  const json::value* found = member(from, name);
  const boost::json::string* text = found == nullptr ? nullptr : found->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::optional<std::int64_t> number_in(const json::value* from, std::string_view name) {
  const json::value* found = member(from, name);
  return found == nullptr ? std::nullopt : json::get_int(*found, "");
}

std::optional<Instant> instant_in(const json::value* from, std::string_view name) {
  const json::value* found = member(from, name);
  const boost::json::string* text = found == nullptr ? nullptr : found->if_string();
  if (text == nullptr) return std::nullopt;
  const auto instant = Instant::parse({text->data(), text->size()});
  return instant.has_value() ? std::optional(*instant) : std::nullopt;
}

const json::array* list_in(const json::value* from, std::string_view name) {
  const json::value* found = member(from, name);
  return found == nullptr ? nullptr : found->if_array();
}

std::optional<Address> address_in(const json::value* address) {
  if (address == nullptr || !address->is_object()) return std::nullopt;
  Address read;
  read.name = text_in(address, "name");
  read.company = text_in(address, "companyName");
  read.line1 = text_in(address, "addressLine1");
  read.line2 = text_in(address, "addressLine2");
  read.line3 = text_in(address, "addressLine3");
  read.city = text_in(address, "city");
  if (read.city.empty()) read.city = text_in(address, "municipality");
  read.district = text_in(address, "districtOrCounty");
  read.state = text_in(address, "stateOrRegion");
  read.postal_code = text_in(address, "postalCode");
  read.country = upper(text_in(address, "countryCode"));
  if (read.country == "UK") read.country = "GB";
  read.phone = text_in(address, "phone");
  read.kind = text_in(address, "addressType");
  return read;
}

void read_breakdowns(const json::value* proceeds, IncomingItem& item) {
  const json::array* parts = list_in(proceeds, "breakdowns");
  if (parts == nullptr) return;
  for (const json::value& part : *parts) {
    const std::string type = text_in(&part, "type");
    const auto amount = read_money(member(&part, "subtotal"));
    if (type == "ITEM") item.item_total = amount;
    else if (type == "TAX") item.item_tax = amount;
    else if (type == "SHIPPING") item.shipping_total = amount;
  }
}

std::optional<IncomingItem> item_of(const json::value& from, std::string& cancelled_by) {
  IncomingItem item;
  item.amazon_item_id = text_in(&from, "orderItemId");
  if (item.amazon_item_id.empty()) return std::nullopt;
  item.quantity_ordered = number_in(&from, "quantityOrdered").value_or(0);
  const json::value* product = member(&from, "product");
  item.sku = text_in(product, "sellerSku");
  item.asin = text_in(product, "asin");
  item.title = text_in(product, "title");
  item.unit_price = read_money(member(member(product, "price"), "unitPrice"));
  item.customization_url = text_in(member(product, "customization"), "customizedUrl");
  read_breakdowns(member(&from, "proceeds"), item);
  const json::value* fulfillment = member(&from, "fulfillment");
  item.quantity_shipped = number_in(fulfillment, "quantityFulfilled");
  if (const json::value* gift = member(member(fulfillment, "packing"), "giftOption"); gift != nullptr && gift->is_object()) {
    item.gift = true;
    item.gift_message = text_in(gift, "giftMessage");
  }
  item.ioss_number = text_in(member(member(fulfillment, "shipping"), "internationalShipping"), "iossNumber");
  const json::value* cancellation = member(&from, "cancellation");
  if (const json::value* wish = member(cancellation, "cancellationRequest"); wish != nullptr && wish->is_object()) {
    item.cancel_requested = true;
    item.cancel_reason = text_in(wish, "cancelReason");
  }
  if (const json::value* deed = member(cancellation, "cancellationExecution"); deed != nullptr && deed->is_object()) {
    item.cancelled = true;
    if (cancelled_by.empty()) cancelled_by = text_in(deed, "cancelledBy");
    if (item.cancel_reason.empty()) item.cancel_reason = text_in(deed, "cancelReason");
  }
  return item;
}

IncomingPackage package_of(const json::value& from) {
  IncomingPackage package;
  package.reference = text_in(&from, "packageReferenceId");
  package.carrier = text_in(&from, "carrier");
  package.tracking_number = text_in(&from, "trackingNumber");
  package.ship_time = instant_in(&from, "shipTime");
  package.status = text_in(member(&from, "packageStatus"), "status");
  if (const json::array* items = list_in(&from, "packageItems"))
    for (const json::value& item : *items) package.items.emplace_back(text_in(&item, "orderItemId"), number_in(&item, "quantity").value_or(0));
  return package;
}

}  // namespace

std::optional<Money> read_money(const json::value* money) {
  std::string amount = text_in(money, "amount");
  if (amount.empty()) amount = text_in(money, "Amount");
  std::string code = text_in(money, "currencyCode");
  if (code.empty()) code = text_in(money, "CurrencyCode");
  if (code.empty()) code = text_in(money, "currency");
  const auto currency = Currency::parse(code);
  if (!currency.has_value() || amount.empty()) return std::nullopt;
  const auto read = Money::parse(amount, *currency);
  return read.has_value() ? std::optional(*read) : std::nullopt;
}

std::vector<std::string> read_texts(const json::value& from, std::string_view path) {
  std::vector<std::string> texts;
  if (const json::array* list = json::find_array(from, path))
    for (const json::value& entry : *list)
      if (const boost::json::string* text = entry.if_string()) texts.emplace_back(text->data(), text->size());
  return texts;
}

std::optional<IncomingOrder> read_order(const json::value& from) {
  IncomingOrder order;
  order.amazon_order_id = text_in(&from, "orderId");
  if (order.amazon_order_id.empty()) return std::nullopt;
  order.marketplace_id = text_in(member(&from, "salesChannel"), "marketplaceId");
  order.purchased_at = instant_in(&from, "createdTime").value_or(Instant());
  order.last_updated_at = instant_in(&from, "lastUpdatedTime");
  order.programs = read_texts(from, "programs");
  const json::value* fulfillment = member(&from, "fulfillment");
  const std::string status = text_in(fulfillment, "fulfillmentStatus");
  for (const auto& word : kStatuses)
    if (word.amazon == status) order.status = word.ours;
  order.fulfilled_by_amazon = text_in(fulfillment, "fulfilledBy") == "AMAZON";
  order.service_level = text_in(fulfillment, "fulfillmentServiceLevel");
  for (const auto& word : kServiceLevels)
    if (word.amazon == order.service_level) order.service_level = word.ours;
  const json::value* ship = member(fulfillment, "shipByWindow");
  order.earliest_ship = instant_in(ship, "earliestDateTime");
  order.ship_by = instant_in(ship, "latestDateTime");
  const json::value* deliver = member(fulfillment, "deliverByWindow");
  order.earliest_delivery = instant_in(deliver, "earliestDateTime");
  order.deliver_by = instant_in(deliver, "latestDateTime");
  order.grand_total = read_money(member(member(&from, "proceeds"), "grandTotal"));
  const json::value* buyer = member(&from, "buyer");
  order.buyer_name = text_in(buyer, "buyerName");
  order.buyer_email = text_in(buyer, "buyerEmail");
  order.purchase_order_number = text_in(buyer, "buyerPurchaseOrderNumber");
  order.ship_to = address_in(member(member(&from, "recipient"), "deliveryAddress"));
  if (const json::array* items = list_in(&from, "orderItems"))
    for (const json::value& item : *items)
      if (auto read = item_of(item, order.cancelled_by)) order.items.push_back(*std::move(read));
  if (const json::array* packages = list_in(&from, "packages")) {
    order.packages_known = true;
    for (const json::value& package : *packages) order.packages.push_back(package_of(package));
  }
  return order;
}

}  // namespace zifa::amazon
