// confirmShipment: the seller says that a package left. What is refused changes nothing.
// Rules and texts: docs/rules/spapi_sandbox.md, "confirmShipment".
#include <algorithm>

#include "base/text.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/search_window.hpp"
#include "sandbox/world/shop.hpp"

namespace zifa::sandbox {

namespace {

http::Response missing(std::string_view field) { return invalid_input("Required fields are missing: check the fields [" + std::string(field) + "]."); }
http::Response wrong_type(std::string_view field) { return invalid_input("check the fields with invalid type [" + std::string(field) + "]"); }
http::Response no_package_to_update() {
  return refuse(400, "PackageToUpdateNotFound", "Failed to create package due to not finding a matching package or order already fulfilled. PackageToUpdateNotFound");
}

enum class Shape { text, list, object };

// Whether a field stands there in its right JSON type; a refusal if not. An optional field may be missing or null.
std::optional<http::Response> check_field(const json::value& body, std::string_view path, Shape shape, bool required) {
  const json::value* field = json::find(body, path);
  if (field == nullptr || field->is_null()) return required ? std::optional(missing(path)) : std::nullopt;
  const bool right = shape == Shape::text ? field->is_string() : shape == Shape::list ? field->is_array() : field->is_object();
  if (!right) return wrong_type(path);
  if (required && shape == Shape::text && trim(std::string_view(field->get_string())).empty()) return missing(path);
  return std::nullopt;
}

bool is_positive_number(std::string_view text) {
  return !text.empty() && text.size() <= 19 && text.find_first_not_of("0123456789") == std::string_view::npos && text.find_first_not_of('0') != std::string_view::npos;
}

struct SentItem {
  std::string id;
  std::int64_t quantity;
};

std::optional<http::Response> read_items(const json::array& sent, std::vector<SentItem>& items) {
  if (sent.empty()) return missing("packageDetail.orderItems");
  for (const json::value& each : sent) {
    if (!each.is_object()) return wrong_type("packageDetail.orderItems");
    const std::string base = "packageDetail.orderItems.";
    if (auto refusal = check_field(each, "orderItemId", Shape::text, true)) return json::find(each, "orderItemId") == nullptr ? missing(base + "orderItemId") : *refusal;
    const json::value* quantity = json::find(each, "quantity");
    if (quantity == nullptr || quantity->is_null()) return missing(base + "quantity");
    const std::optional<std::int64_t> units = json::get_int(each, "quantity");
    if (!units) return wrong_type(base + "quantity");
    if (auto refusal = check_field(each, "transparencyCodes", Shape::list, false)) return *refusal;
    items.push_back({json::get_text(each, "orderItemId"), *units});
  }
  return std::nullopt;
}

}  // namespace

http::Response play::confirm_shipment(Call& call) {
  const json::value& body = call.body;
  if (!body.is_object()) return invalid_input("The request body is not a JSON object.");
  struct Field {
    std::string_view path;
    Shape shape;
    bool required;
  };
  for (const Field& field : {Field{"marketplaceId", Shape::text, true}, Field{"packageDetail", Shape::object, true}, Field{"codCollectionMethod", Shape::text, false},
                             Field{"packageDetail.packageReferenceId", Shape::text, true}, Field{"packageDetail.carrierCode", Shape::text, true},
                             Field{"packageDetail.carrierName", Shape::text, false}, Field{"packageDetail.shippingMethod", Shape::text, false},
                             Field{"packageDetail.trackingNumber", Shape::text, true}, Field{"packageDetail.shipDate", Shape::text, true},
                             Field{"packageDetail.shipFromSupplySourceId", Shape::text, false}, Field{"packageDetail.orderItems", Shape::list, true}})
    if (auto refusal = check_field(body, field.path, field.shape, field.required)) return *refusal;
  std::vector<SentItem> sent;
  if (auto refusal = read_items(*json::find_array(body, "packageDetail.orderItems"), sent)) return *refusal;

  Confirmation confirmation;
  confirmation.reference = json::get_text(body, "packageDetail.packageReferenceId");
  confirmation.carrier_code = json::get_text(body, "packageDetail.carrierCode");
  confirmation.carrier_name = json::get_text(body, "packageDetail.carrierName");
  confirmation.method = json::get_text(body, "packageDetail.shippingMethod");
  confirmation.number = json::get_text(body, "packageDetail.trackingNumber");
  confirmation.supply_source = json::get_text(body, "packageDetail.shipFromSupplySourceId");
  if (!is_positive_number(confirmation.reference)) return invalid_input("PackageReferenceId: " + printable(confirmation.reference, 60) + " is invalid, must be a positive numeric value.");
  if (confirmation.carrier_code == "Other" && trim(confirmation.carrier_name).empty()) return invalid_input("CarrierName is required when the carrier code is Other.");
  const std::string cod = json::get_text(body, "codCollectionMethod");
  if (!cod.empty() && cod != "DirectPayment") return invalid_input("codCollectionMethod must be DirectPayment.");
  const std::optional<Instant> ship_date = parse_time(json::get_text(body, "packageDetail.shipDate"));
  if (!ship_date) return invalid_input("ShipDate is not a date-time in ISO 8601.");
  confirmation.ship_date = *ship_date;

  Order* order = order_of(call, "orderId");
  if (order == nullptr) return not_found_answer("Order " + printable(call.path_value("orderId"), 60) + " was not found.");
  if (json::get_text(body, "marketplaceId") != order->marketplace->id) return invalid_input("MarketplaceId does not match the marketplace of order " + order->id + ".");
  const OrderStatus status = order->status();
  if (status == OrderStatus::pending || status == OrderStatus::cancelled || order->ship_plus) return no_package_to_update();
  for (const SentItem& item : sent) {
    const auto found = std::find_if(order->items.begin(), order->items.end(), [&](const OrderItem& each) { return each.id == item.id; });
    if (found == order->items.end()) return invalid_input("OrderItemId " + printable(item.id, 60) + " is invalid, please obtain the value from the order.");
    if (item.quantity < 1) return invalid_input("Quantity of OrderItemId " + item.id + " must be at least 1.");
    const std::size_t index = static_cast<std::size_t>(found - order->items.begin());
    const auto same = std::find_if(confirmation.items.begin(), confirmation.items.end(), [&](const auto& each) { return each.first == index; });
    const std::int64_t units = std::min<std::int64_t>(item.quantity, 1'000'000);
    if (same == confirmation.items.end()) confirmation.items.emplace_back(index, static_cast<int>(units));
    else same->second = static_cast<int>(std::min<std::int64_t>(same->second + units, 1'000'000));
  }
  if (confirmation.ship_date < order->purchased_at) return invalid_input("ShipDate cannot be before the order was placed.");
  if (confirmation.ship_date > call.world.now() + std::chrono::hours(24)) return invalid_input("ShipDate cannot be in the future.");
  const auto known = std::find_if(order->packages.begin(), order->packages.end(), [&](const Package& package) { return package.reference == confirmation.reference; });
  if (known != order->packages.end()) {
    if (!known->shipment.empty()) return no_package_to_update();  // a label of Amazon's own is not edited by hand
  } else {
    if (status == OrderStatus::shipped) return no_package_to_update();
    for (const auto& [index, units] : confirmation.items) {
      const OrderItem& item = order->items[index];
      if (units > item.left()) return invalid_input("Quantity " + std::to_string(units) + " of OrderItemId " + item.id + " exceeds the " + std::to_string(item.left()) + " units that are left to ship.");
    }
  }
  confirm_package(call.world, *order, std::move(confirmation));
  return no_content();
}

}  // namespace zifa::sandbox
