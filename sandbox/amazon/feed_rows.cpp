// Rows of order feeds: confirmations, cancellations, refunds.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/feed_content.hpp"
#include "sandbox/amazon/search_window.hpp"
#include "sandbox/world/shop.hpp"

namespace zifa::sandbox {

namespace {

RowProblem problem(std::string code, std::string message) { return {0, "", std::move(code), std::move(message)}; }

Order* find_own(World& world, const Account& account, const std::string& id) {
  Order* order = world.find_order(id);
  return order != nullptr && order->account == &account ? order : nullptr;
}

std::optional<std::size_t> item_index(const Order& order, const std::string& id) {
  for (std::size_t i = 0; i < order.items.size(); ++i)
    if (order.items[i].id == id) return i;
  return std::nullopt;
}

std::string next_reference(const Order& order) {
  for (int n = 1;; ++n)
    if (std::none_of(order.packages.begin(), order.packages.end(), [&](const Package& package) { return package.reference == std::to_string(n); })) return std::to_string(n);
}

constexpr std::array<std::string_view, 12> kCancelReasons{"NoInventory", "ShippingAddressUndeliverable", "CustomerExchange", "BuyerCanceled", "GeneralAdjustment", "CarrierCreditDecision",
                                                          "RiskAssessmentInformationNotValid", "CarrierCoverageFailure", "CustomerReturn", "MerchandiseNotReceived", "PricingError", "CannotVerifyInformation"};
constexpr std::array<std::string_view, 15> kRefundReasons{"NoInventory", "CustomerReturn", "GeneralAdjustment", "CouldNotShip", "DifferentItem", "Abandoned", "CustomerCancel", "PriceError",
                                                          "ProductOutofStock", "CustomerAddressIncorrect", "Exchange", "Other", "CarrierCreditDecision", "RiskAssessmentInformationNotValid", "CarrierCoverageFailure"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& known) {
  return std::find(known.begin(), known.end(), text) != known.end();
}

}  // namespace

std::optional<RowProblem> ship_rows(World& world, const Account& account, const std::vector<ShippedRow>& rows) {
  const ShippedRow& first = rows.front();
  Order* order = find_own(world, account, first.order_id);
  const std::string shown = printable(first.order_id, 60);
  if (order == nullptr) return problem("79517", "Order Id " + shown + " is invalid or shipment has not yet been dispatched.");
  const OrderStatus status = order->status();
  if (status == OrderStatus::pending || status == OrderStatus::cancelled || order->ship_plus) return problem("18028", "Order " + shown + " cannot be confirmed in its state.");
  if (first.carrier_code.empty() && first.carrier_name.empty()) return problem("18021", "carrier-code or carrier-name is required for order " + shown + ".");
  if (first.carrier_code == "Other" && first.carrier_name.empty()) return problem("18021", "carrier-name is required for order " + shown + " when carrier-code is Other.");
  const std::optional<Instant> ship_date = parse_time(first.ship_date);
  if (!ship_date) return problem("18022", "ship-date " + printable(first.ship_date, 40) + " of order " + shown + " is not a date.");
  // A date without a time is a whole day, so it may begin before the purchase.
  const bool only_day = first.ship_date.size() <= 10;
  if (*ship_date + (only_day ? std::chrono::hours(36) : std::chrono::hours(0)) < order->purchased_at || *ship_date > world.now() + std::chrono::hours(24))
    return problem("18022", "ship-date of order " + shown + " lies before the order or in the future.");
  Confirmation confirmation;
  confirmation.carrier_code = first.carrier_code.empty() ? "Other" : first.carrier_code;
  confirmation.carrier_name = first.carrier_name;
  confirmation.method = first.method;
  confirmation.number = first.number;
  confirmation.ship_date = std::max(*ship_date, only_day ? order->purchased_at : *ship_date);
  confirmation.supply_source = first.supply_source;
  std::optional<std::size_t> shipped_already;
  for (const ShippedRow& row : rows) {
    if (row.item_id.empty() && row.quantity.empty()) {
      for (std::size_t i = 0; i < order->items.size(); ++i)
        if (order->items[i].left() > 0) confirmation.items.emplace_back(i, order->items[i].left());
      if (confirmation.items.empty()) shipped_already = 0;
      continue;
    }
    const std::optional<std::size_t> index = item_index(*order, row.item_id);
    if (!index) return problem("18023", "order-item-id " + printable(row.item_id, 40) + " does not belong to order " + shown + ".");
    const OrderItem& item = order->items[*index];
    const std::optional<std::int64_t> quantity = row.quantity.empty() ? std::optional<std::int64_t>(item.left()) : to_int(row.quantity);
    if (!quantity || (*quantity < 1 && item.left() > 0)) return problem("18024", "quantity " + printable(row.quantity, 20) + " of order " + shown + " is not a whole number above 0.");
    if (item.left() == 0) {
      shipped_already = *index;
      continue;
    }
    if (*quantity > item.left()) return problem("18024", "quantity " + printable(row.quantity, 20) + " of order " + shown + " exceeds the " + std::to_string(item.left()) + " units left.");
    confirmation.items.emplace_back(*index, static_cast<int>(*quantity));
  }
  if (confirmation.items.empty()) {
    // Everything was confirmed before: the row corrects the package it was in.
    for (Package& package : order->packages) {
      const bool holds = std::any_of(package.items.begin(), package.items.end(), [&](const auto& each) { return shipped_already && each.first == *shipped_already; });
      if (!holds || !package.shipment.empty()) continue;
      confirmation.reference = package.reference;
      confirm_package(world, *order, std::move(confirmation));
      return std::nullopt;
    }
    return problem("18028", "Order " + shown + " has nothing left to confirm.");
  }
  confirmation.reference = next_reference(*order);
  confirm_package(world, *order, std::move(confirmation));
  return std::nullopt;
}

std::optional<RowProblem> cancel_row(World& world, const Account& account, const std::string& order_id, const std::string& item_id, const std::string& reason) {
  Order* order = find_own(world, account, order_id);
  const std::string shown = printable(order_id, 60);
  if (order == nullptr) return problem("79517", "Order Id " + shown + " is invalid.");
  if (!is_one_of(reason, kCancelReasons)) return problem("18031", "cancellation-reason-code " + printable(reason, 40) + " of order " + shown + " is not known.");
  if (order->status() == OrderStatus::pending) return problem("18032", "Order " + shown + " is pending and cannot be cancelled by the seller.");
  std::optional<std::size_t> index;
  if (!item_id.empty()) {
    index = item_index(*order, item_id);
    if (!index) return problem("18023", "amazon-order-item-code " + printable(item_id, 40) + " does not belong to order " + shown + ".");
  }
  if (Result<Done> cancelled = cancel_order(world, *order, "MERCHANT", reason, index); !cancelled) return problem("18032", cancelled.error().message);
  return std::nullopt;
}

std::optional<RowProblem> refund_row(World& world, const Account& account, const RefundRow& row) {
  Order* order = find_own(world, account, row.order_id);
  const std::string shown = printable(row.order_id, 60);
  if (order == nullptr) return problem("79517", "Order Id " + shown + " is invalid or shipment has not yet been dispatched.");
  const std::optional<std::size_t> index = item_index(*order, row.item_id);
  if (!index) return problem("18023", "order-item-id " + printable(row.item_id, 40) + " does not belong to order " + shown + ".");
  OrderItem& item = order->items[*index];
  if (item.shipped == 0) return problem("79517", "Order Id " + shown + " is invalid or shipment has not yet been dispatched.");
  if (!is_one_of(row.reason, kRefundReasons)) return problem("18041", "adjustment-reason-code " + printable(row.reason, 40) + " of order " + shown + " is not known.");
  const Currency currency = order->marketplace->currency;
  if (!row.currency.empty() && row.currency != currency.code()) return problem("18042", "Order " + shown + " was paid in " + std::string(currency.code()) + ", not in " + printable(row.currency, 10) + ".");
  Refund refund{.id = "", .at = world.now(), .item = *index, .reason = row.reason, .item_price = 0, .item_tax = 0, .shipping = 0, .shipping_tax = 0};
  struct Part {
    const std::string* text;
    std::int64_t* minor;
    std::int64_t most;
    std::int64_t Refund::*member;
  };
  const std::int64_t goods = item.unit_price * item.shipped - item.discount;
  for (const Part& part : {Part{&row.item_price, &refund.item_price, goods, &Refund::item_price}, Part{&row.item_tax, &refund.item_tax, item.tax, &Refund::item_tax},
                           Part{&row.shipping, &refund.shipping, item.shipping, &Refund::shipping}, Part{&row.shipping_tax, &refund.shipping_tax, item.shipping_tax, &Refund::shipping_tax}}) {
    if (part.text->empty()) continue;
    Result<Money> amount = Money::parse(*part.text, currency);
    if (!amount) return problem("18043", "The adjustment " + printable(*part.text, 30) + " of order " + shown + " is not an amount.");
    *part.minor = amount->minor() < 0 ? -amount->minor() : amount->minor();  // written with or without a minus
    std::int64_t before = 0;
    for (const Refund& earlier : order->refunds)
      if (earlier.item == *index) before += earlier.*part.member;
    if (before + *part.minor > part.most) return problem("18044", "The adjustment of order " + shown + " exceeds what was paid.");
  }
  if (refund.item_price + refund.item_tax + refund.shipping + refund.shipping_tax == 0) return problem("18043", "The adjustment of order " + shown + " gives nothing back.");
  refund.id = world.fresh_digits(14);
  item.refunded += refund.item_price + refund.shipping;
  order->refunds.push_back(std::move(refund));
  world.touch(*order);
  return std::nullopt;
}

}  // namespace zifa::sandbox
