#include "sandbox/amazon/render_order.hpp"

#include "sandbox/world/parcels.hpp"

namespace zifa::sandbox {

namespace {

json::object address_2026(const Address& address, bool with_phone) {
  json::object shown{{"name", address.name}};
  if (!address.company.empty()) shown["companyName"] = address.company;
  shown["addressLine1"] = address.line1;
  if (!address.line2.empty()) shown["addressLine2"] = address.line2;
  if (!address.line3.empty()) shown["addressLine3"] = address.line3;
  shown["city"] = address.city;
  if (!address.state.empty()) shown["stateOrRegion"] = address.state;
  if (!address.postal_code.empty()) shown["postalCode"] = address.postal_code;
  shown["countryCode"] = address.country;
  if (with_phone) shown["phone"] = address.phone;
  shown["addressType"] = address.commercial ? "COMMERCIAL" : "RESIDENTIAL";
  return shown;
}

json::object merchant_address(const Address& address) {
  return {{"name", address.name}, {"addressLine1", address.line1}, {"addressLine2", address.line2}, {"city", address.city},
          {"stateOrRegion", address.state}, {"postalCode", address.postal_code}, {"countryCode", address.country}};
}

bool is_european(const Order& order) { return order.marketplace->currency.code() == "EUR" || order.marketplace->country == "SE" || order.marketplace->country == "PL"; }

json::object package_2026(const World& world, const Order& order, const Package& package) {
  const Parcel* parcel = find_parcel(const_cast<World&>(world), package.number);
  std::string_view status = "SHIPPED", detailed = "";
  if (parcel != nullptr)
    for (const Scan& scan : parcel->scans) switch (scan.code) {
        case ScanCode::accepted: status = "IN_TRANSIT", detailed = "PICKED_UP"; break;
        case ScanCode::in_transit: status = "IN_TRANSIT", detailed = ""; break;
        case ScanCode::out_for_delivery: status = "IN_TRANSIT", detailed = "OUT_FOR_DELIVERY"; break;
        case ScanCode::delivered: status = "DELIVERED", detailed = "DELIVERED"; break;
        case ScanCode::exception: status = "IN_TRANSIT", detailed = ""; break;
        case ScanCode::lost: status = "UNDELIVERABLE", detailed = "LOST"; break;
        case ScanCode::returned: status = "UNDELIVERABLE", detailed = "RETURNED_TO_SELLER"; break;
      }
  json::object package_status{{"status", status}};
  if (!detailed.empty()) package_status["detailedStatus"] = detailed;
  json::array items;
  for (const auto& [item, units] : package.items) items.push_back(json::object{{"orderItemId", order.items[item].id}, {"quantity", units}});
  json::object shown{{"packageReferenceId", package.reference},
                     {"createdTime", package.first_confirmed_at.iso()},
                     {"packageStatus", std::move(package_status)},
                     {"carrier", package.carrier_code == "Other" ? package.carrier_name : package.carrier_code},
                     {"shipTime", package.ship_date.iso()}};
  if (!package.method.empty()) shown["shippingService"] = package.method;
  if (!package.number.empty()) shown["trackingNumber"] = package.number;
  shown["shipFromAddress"] = merchant_address(order.account->ship_from);
  shown["packageItems"] = std::move(items);
  return shown;
}

json::object window(Instant from, Instant to) { return {{"earliestDateTime", from.iso()}, {"latestDateTime", to.iso()}}; }

json::object item_2026(const Order& order, const OrderItem& item, const std::set<std::string>& included) {
  const Currency currency = order.marketplace->currency;
  const bool priced = !order.pending;
  json::object product{{"asin", item.product->asin}, {"title", item.product->title}, {"sellerSku", item.product->sku},
                       {"condition", json::object{{"conditionType", "NEW"}, {"conditionSubtype", "NEW"}}}};
  if (priced) {
    json::object price{{"unitPrice", money(item.unit_price, currency)}};
    if (order.business) price["priceDesignation"] = "BUSINESS_PRICE";
    product["price"] = std::move(price);
  }
  json::object shown{{"orderItemId", item.id}, {"quantityOrdered", item.quantity}, {"product", std::move(product)}};
  if (included.contains("PROCEEDS") && priced) {
    const auto part = [&](std::string_view type, std::int64_t minor) { return json::object{{"type", type}, {"subtotal", money(minor, currency)}}; };
    const std::int64_t goods = item.unit_price * item.quantity;
    // Where prices include the tax, ITEM is shown without it, so that the parts add up to the total.
    json::array parts{part("ITEM", order.marketplace->tax_included ? goods - item.tax : goods)};
    if (item.shipping > 0) parts.push_back(part("SHIPPING", order.marketplace->tax_included ? item.shipping - item.shipping_tax : item.shipping));
    if (item.gift_wrap > 0) parts.push_back(part("GIFT_WRAP", item.gift_wrap));
    if (item.discount > 0) parts.push_back(part("DISCOUNT", -item.discount));
    if (item.tax + item.shipping_tax > 0) parts.push_back(part("TAX", item.tax + item.shipping_tax));
    shown["proceeds"] = json::object{{"proceedsTotal", money(order.line_total(item), currency)}, {"breakdowns", std::move(parts)}};
  }
  if (included.contains("EXPENSE") && priced && order.marketplace->country == "JP") {
    const std::int64_t points = item.unit_price * item.quantity / 100;
    shown["expense"] = json::object{{"pointsCost", json::object{{"pointsGranted", json::object{{"pointsNumber", points}, {"pointsMonetaryValue", money(points, currency)}}}}}};
  }
  if (included.contains("PROMOTION") && item.discount > 0) shown["promotion"] = json::object{{"breakdowns", json::array{json::object{{"promotionId", "YC Seasonal Discount"}}}}};
  if (included.contains("CANCELLATION") && (order.cancel_request || item.cancelled > 0)) {
    json::object cancellation;
    if (order.cancel_request) cancellation["cancellationRequest"] = json::object{{"requester", "BUYER"}, {"cancelReason", *order.cancel_request}};
    if (item.cancelled > 0) cancellation["cancellationExecution"] = json::object{{"cancelledBy", order.cancelled_by}, {"cancelReason", item.cancel_reason}};
    shown["cancellation"] = std::move(cancellation);
  }
  if (included.contains("FULFILLMENT")) {
    json::object fulfillment{{"quantityFulfilled", item.shipped}, {"quantityUnfulfilled", item.left()}};
    if (item.gift) fulfillment["packing"] = json::object{{"giftOption", json::object{{"giftMessage", "Enjoy your gift!"}, {"giftWrapLevel", "Classic"}}}};
    if (is_european(order) && priced) fulfillment["shipping"] = json::object{{"internationalShipping", json::object{{"iossNumber", "IM4420001201"}}}};
    shown["fulfillment"] = std::move(fulfillment);
  }
  if (included.contains("TAX") && priced && item.tax > 0) {
    json::object tax;
    if (is_european(order)) tax["taxCalculationBreakdowns"] = json::array{json::object{{"reportingScheme", "IOSS"}}};
    tax["taxCollections"] = json::array{json::object{{"model", "MARKETPLACE_FACILITATOR"}, {"responsibleParty", "Amazon Services, Inc."}}};
    shown["tax"] = std::move(tax);
  }
  return shown;
}

}  // namespace

std::string buyer_email(const Order& order) {
  return order.buyer().email_local + "@marketplace.amazon." + order.marketplace->domain.substr(std::string_view("www.amazon.").size());
}

bool shows_address(const Order& order) {
  const OrderStatus status = order.status();
  return status != OrderStatus::pending && status != OrderStatus::cancelled;
}

bool shows_phone(const World& world, const Order& order) {
  return order.status() != OrderStatus::shipped || world.now() <= order.promise.deliver_by;
}

json::object order_2026(const World& world, const Order& order, const std::set<std::string>& included) {
  const Currency currency = order.marketplace->currency;
  json::object shown{{"orderId", order.id}, {"createdTime", order.purchased_at.iso()}, {"lastUpdatedTime", order.updated_at.iso()}};
  json::array programs;
  if (order.business) programs.push_back("AMAZON_BUSINESS");
  if (order.ship_plus) programs.push_back("FBM_SHIP_PLUS");
  if (order.premium) programs.push_back("PREMIUM");
  if (order.prime) programs.push_back("PRIME");
  shown["programs"] = std::move(programs);
  shown["salesChannel"] = json::object{{"channelName", "AMAZON"}, {"marketplaceId", order.marketplace->id}, {"marketplaceName", order.marketplace->name}};
  if (included.contains("BUYER") && !order.pending) {
    const Person person = order.buyer();
    json::object buyer{{"buyerName", person.name}};
    if (shows_address(order)) buyer["buyerEmail"] = buyer_email(order);
    if (order.business) buyer["buyerCompanyName"] = person.address.company, buyer["buyerPurchaseOrderNumber"] = "PO-" + order.id.substr(12);
    shown["buyer"] = std::move(buyer);
  }
  if (included.contains("RECIPIENT") && shows_address(order))
    shown["recipient"] = json::object{{"deliveryAddress", address_2026(order.address(), shows_phone(world, order))}};
  if (included.contains("PROCEEDS") && !order.pending) shown["proceeds"] = json::object{{"grandTotal", money(order.total(), currency)}};
  if (included.contains("PAYMENT") && !order.pending) {
    const std::string_view method = order.marketplace->country == "JP" && order.seed % 5 == 0 ? "ConvenienceStore" : "CreditCard";
    shown["payment"] = json::object{{"paymentExecutions", json::array{json::object{{"paymentMethod", method}, {"paymentAmount", money(order.total(), currency)}}}}};
  }
  const OrderStatus status = order.status();
  json::object fulfillment{{"fulfillmentStatus", text_of(status)}, {"fulfilledBy", "MERCHANT"}, {"fulfillmentServiceLevel", name_of(order.service).v2026},
                           {"shipByWindow", window(order.promise.ship_from, order.promise.ship_by)}};
  if (shows_address(order)) fulfillment["deliverByWindow"] = window(order.promise.deliver_from, order.promise.deliver_by);
  shown["fulfillment"] = std::move(fulfillment);
  json::array items;
  for (const OrderItem& item : order.items) items.push_back(item_2026(order, item, included));
  shown["orderItems"] = std::move(items);
  if (included.contains("PACKAGES")) {
    json::array packages;
    for (const Package& package : order.packages) packages.push_back(package_2026(world, order, package));
    shown["packages"] = std::move(packages);
  }
  return shown;
}

json::object address_v0(const Address& address, bool with_personal_data) {
  json::object shown;
  if (with_personal_data) {
    shown["Name"] = address.name;
    if (!address.company.empty()) shown["CompanyName"] = address.company;
    shown["AddressLine1"] = address.line1;
    if (!address.line2.empty()) shown["AddressLine2"] = address.line2;
    if (!address.line3.empty()) shown["AddressLine3"] = address.line3;
  }
  shown["City"] = address.city;
  if (!address.state.empty()) shown["StateOrRegion"] = address.state;
  if (!address.postal_code.empty()) shown["PostalCode"] = address.postal_code;
  shown["CountryCode"] = address.country;
  if (with_personal_data) {
    if (!address.phone.empty()) shown["Phone"] = address.phone;
    shown["AddressType"] = address.commercial ? "Commercial" : "Residential";
  }
  return shown;
}

json::object order_v0(const Call& call, const Order& order) {
  const OrderStatus status = order.status();
  int shipped = 0, left = 0;
  for (const OrderItem& item : order.items) shipped += item.shipped, left += item.left();
  json::object shown{{"AmazonOrderId", order.id},
                     {"SellerOrderId", order.id},
                     {"PurchaseDate", order.purchased_at.iso()},
                     {"LastUpdateDate", order.updated_at.iso()},
                     {"OrderStatus", v0_text_of(status)},
                     {"FulfillmentChannel", "MFN"},
                     {"SalesChannel", order.marketplace->name},
                     {"ShipServiceLevel", name_of(order.service).ship_level},
                     {"NumberOfItemsShipped", shipped},
                     {"NumberOfItemsUnshipped", left},
                     {"PaymentMethod", "Other"},
                     {"PaymentMethodDetails", json::array{"Standard"}},
                     {"IsReplacementOrder", false},
                     {"MarketplaceId", order.marketplace->id},
                     {"ShipmentServiceLevelCategory", name_of(order.service).v0},
                     {"OrderType", "StandardOrder"},
                     {"EarliestShipDate", order.promise.ship_from.iso()},
                     {"LatestShipDate", order.promise.ship_by.iso()},
                     {"IsBusinessOrder", order.business},
                     {"IsPrime", order.prime},
                     {"IsPremiumOrder", order.premium},
                     {"IsGlobalExpressEnabled", false},
                     {"IsSoldByAB", false},
                     {"IsIBA", false},
                     {"IsISPU", false},
                     {"IsAccessPointOrder", false},
                     {"HasRegulatedItems", false},
                     {"DefaultShipFromLocationAddress", address_v0(order.account->ship_from, true)},
                     {"AutomatedShippingSettings", json::object{{"HasAutomatedShippingSettings", false}}}};
  if (status != OrderStatus::pending) shown["OrderTotal"] = v0_money(order.total(), order.marketplace->currency);
  if (shows_address(order)) {
    shown["EarliestDeliveryDate"] = order.promise.deliver_from.iso();
    shown["LatestDeliveryDate"] = order.promise.deliver_by.iso();
    Address address = order.address();
    if (!shows_phone(call.world, order)) address.phone.clear();
    shown["ShippingAddress"] = address_v0(address, call.may_see("shippingAddress"));
    json::object buyer{{"BuyerEmail", buyer_email(order)}};
    if (call.may_see("buyerInfo")) buyer["BuyerName"] = order.buyer().name;
    if (order.business) buyer["PurchaseOrderNumber"] = "PO-" + order.id.substr(12);
    shown["BuyerInfo"] = std::move(buyer);
  }
  return shown;
}

json::object order_item_v0(const Call& call, const Order& order, const OrderItem& item) {
  const Currency currency = order.marketplace->currency;
  json::object shown{{"ASIN", item.product->asin}, {"SellerSKU", item.product->sku}, {"OrderItemId", item.id}, {"Title", item.product->title},
                     {"QuantityOrdered", item.quantity - item.cancelled}, {"QuantityShipped", item.shipped},
                     {"ProductInfo", json::object{{"NumberOfItems", "1"}}}};
  if (!order.pending) {
    shown["ItemPrice"] = v0_money(item.unit_price * item.quantity, currency);
    shown["ItemTax"] = v0_money(item.tax, currency);
    if (item.shipping > 0) shown["ShippingPrice"] = v0_money(item.shipping, currency), shown["ShippingTax"] = v0_money(item.shipping_tax, currency);
    shown["PromotionDiscount"] = v0_money(item.discount, currency);
    shown["TaxCollection"] = json::object{{"Model", "MarketplaceFacilitator"}, {"ResponsibleParty", "Amazon Services, Inc."}};
    if (is_european(order)) shown["IossNumber"] = "IM4420001201", shown["DeemedResellerCategory"] = "IOSS";
  }
  shown["IsGift"] = item.gift ? "true" : "false";
  shown["ConditionId"] = "New";
  shown["ConditionSubtypeId"] = "New";
  shown["IsTransparency"] = false;
  shown["SerialNumberRequired"] = false;
  shown["BuyerRequestedCancel"] = json::object{{"IsBuyerRequestedCancel", order.cancel_request ? "true" : "false"}, {"BuyerCancelReason", order.cancel_request.value_or("")}};
  if (order.ship_plus) shown["AmazonPrograms"] = json::object{{"Programs", json::array{"FBM_SHIP_PLUS"}}};
  if (item.gift && call.may_see("buyerInfo")) shown["BuyerInfo"] = json::object{{"GiftMessageText", "Enjoy your gift!"}, {"GiftWrapLevel", "Classic"}};
  return shown;
}

}  // namespace zifa::sandbox
