// Orders v0, which Amazon removes on 2027-03-27: read when the newer version does not answer.
#include <algorithm>
#include <array>

#include "adapters/amazon/order_reader.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

AmazonStatus status_of(std::string_view word) {
  struct Entry {
    std::string_view amazon;
    AmazonStatus ours;
  };
  // InvoiceUnconfirmed: everything is shipped, only the invoice is not confirmed yet.
  static constexpr std::array kStatuses{
      Entry{"PendingAvailability", AmazonStatus::pending_availability}, Entry{"Pending", AmazonStatus::pending},   Entry{"Unshipped", AmazonStatus::unshipped},
      Entry{"PartiallyShipped", AmazonStatus::partially_shipped},       Entry{"Shipped", AmazonStatus::shipped},   Entry{"InvoiceUnconfirmed", AmazonStatus::shipped},
      Entry{"Canceled", AmazonStatus::cancelled},                       Entry{"Cancelled", AmazonStatus::cancelled}, Entry{"Unfulfillable", AmazonStatus::unfulfillable},
  };
  const auto found = std::find_if(kStatuses.begin(), kStatuses.end(), [&](const Entry& entry) { return entry.amazon == word; });
  return found == kStatuses.end() ? AmazonStatus::unknown : found->ours;
}

std::optional<Instant> instant_at(const json::value& from, std::string_view path) {
  const auto read = Instant::parse(json::get_text(from, path));
  return read.has_value() ? std::optional(*read) : std::nullopt;
}

// v0 writes some of its booleans as "true" and "false".
bool truth(const json::value& from, std::string_view path) { return json::get_bool(from, path) || equals_ignoring_case(json::get_text(from, path), "true"); }

}  // namespace

std::optional<IncomingOrder> read_order_v0(const json::value& from) {
  IncomingOrder order;
  order.amazon_order_id = json::get_text(from, "AmazonOrderId");
  if (order.amazon_order_id.empty()) return std::nullopt;
  order.marketplace_id = json::get_text(from, "MarketplaceId");
  order.purchased_at = instant_at(from, "PurchaseDate").value_or(Instant());
  order.last_updated_at = instant_at(from, "LastUpdateDate");
  order.status = status_of(json::get_text(from, "OrderStatus"));
  order.fulfilled_by_amazon = json::get_text(from, "FulfillmentChannel") == "AFN";
  order.service_level = json::get_text(from, "ShipmentServiceLevelCategory");
  order.earliest_ship = instant_at(from, "EarliestShipDate");
  order.ship_by = instant_at(from, "LatestShipDate");
  order.earliest_delivery = instant_at(from, "EarliestDeliveryDate");
  order.deliver_by = instant_at(from, "LatestDeliveryDate");
  if (truth(from, "IsPrime")) order.programs.emplace_back("PRIME");
  if (truth(from, "IsPremiumOrder")) order.programs.emplace_back("PREMIUM");
  if (truth(from, "IsBusinessOrder")) order.programs.emplace_back("AMAZON_BUSINESS");
  order.grand_total = read_money(json::find(from, "OrderTotal"));
  order.buyer_name = json::get_text(from, "BuyerInfo.BuyerName");
  order.buyer_email = json::get_text(from, "BuyerInfo.BuyerEmail");
  order.purchase_order_number = json::get_text(from, "BuyerInfo.PurchaseOrderNumber");
  if (json::find_object(from, "ShippingAddress") != nullptr) {
    const auto line = [&](std::string_view name) { return json::get_text(from, "ShippingAddress." + std::string(name)); };
    Address to;
    to.name = line("Name");
    to.company = line("CompanyName");
    to.line1 = line("AddressLine1");
    to.line2 = line("AddressLine2");
    to.line3 = line("AddressLine3");
    to.city = line("City").empty() ? line("Municipality") : line("City");
    to.district = line("District").empty() ? line("County") : line("District");
    to.state = line("StateOrRegion");
    to.postal_code = line("PostalCode");
    to.country = upper(line("CountryCode"));
    if (to.country == "UK") to.country = "GB";
    to.phone = line("Phone");
    to.kind = upper(line("AddressType"));
    order.ship_to = to;
  }
  return order;
}

std::optional<IncomingItem> read_item_v0(const json::value& from) {
  IncomingItem item;
  item.amazon_item_id = json::get_text(from, "OrderItemId");
  if (item.amazon_item_id.empty()) return std::nullopt;
  item.sku = json::get_text(from, "SellerSKU");
  item.asin = json::get_text(from, "ASIN");
  item.title = json::get_text(from, "Title");
  item.quantity_ordered = json::get_int(from, "QuantityOrdered").value_or(0);
  item.quantity_shipped = json::get_int(from, "QuantityShipped");
  item.item_total = read_money(json::find(from, "ItemPrice"));  // of the whole line
  if (item.item_total && item.quantity_ordered > 0 && item.item_total->minor() % item.quantity_ordered == 0)
    item.unit_price = Money(item.item_total->minor() / item.quantity_ordered, item.item_total->currency());
  item.item_tax = read_money(json::find(from, "ItemTax"));
  item.shipping_total = read_money(json::find(from, "ShippingPrice"));
  item.gift = truth(from, "IsGift");
  item.gift_message = json::get_text(from, "BuyerInfo.GiftMessageText");
  item.customization_url = json::get_text(from, "BuyerInfo.BuyerCustomizedInfo.CustomizedURL");
  item.ioss_number = json::get_text(from, "IossNumber");
  item.cancel_requested = truth(from, "BuyerRequestedCancel.IsBuyerRequestedCancel");
  item.cancel_reason = json::get_text(from, "BuyerRequestedCancel.BuyerCancelReason");
  return item;
}

}  // namespace zifa::amazon
