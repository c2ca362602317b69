#include "sandbox/amazon/notifications.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/players.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::size_t kMostQueued = 10'000;

constexpr std::array<std::string_view, 22> kTypes{
    "ORDER_CHANGE", "FEED_PROCESSING_FINISHED", "REPORT_PROCESSING_FINISHED", "ACCOUNT_STATUS_CHANGED", "ANY_OFFER_CHANGED", "PRICING_HEALTH", "TRANSACTION_UPDATE",
    "EXTERNAL_FULFILLMENT_SHIPMENT_STATUS_CHANGE", "SHIPMENT_TRACKING_MILESTONE_CHANGED", "APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY", "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
    "LISTINGS_ITEM_STATUS_CHANGE", "LISTINGS_ITEM_ISSUES_CHANGE", "LISTINGS_ITEM_MFN_QUANTITY_CHANGE", "PRODUCT_TYPE_DEFINITIONS_CHANGE", "ITEM_PRODUCT_TYPE_CHANGE",
    "BRANDED_ITEM_CONTENT_CHANGE", "B2B_ANY_OFFER_CHANGED", "FULFILLMENT_ORDER_STATUS", "FBA_OUTBOUND_SHIPMENT_STATUS", "FEE_PROMOTION", "DETAIL_PAGE_TRAFFIC_EVENT"};

bool is_type(std::string_view type) { return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end(); }

std::string application_id(const World& world) { return "amzn1.sellerapps.app." + world.client_id.substr(world.client_id.rfind('.') + 1); }

// Whether a subscription's filter lets a change of an order through.
bool filter_lets_through(const Subscription& subscription, std::string_view marketplace, std::string_view change) {
  Result<json::value> directive = json::parse(subscription.directive);
  if (!directive) return true;
  const auto allows = [&](std::string_view path, std::string_view value) {
    const json::array* list = json::find_array(*directive, path);
    return list == nullptr || list->empty() || std::any_of(list->begin(), list->end(), [&](const json::value& each) { return each.is_string() && std::string_view(each.get_string()) == value; });
  };
  return allows("eventFilter.marketplaceIds", marketplace) && allows("eventFilter.orderChangeTypes", change);
}

void put_into_queue(World& world, const Subscription& subscription, const json::object& notification) {
  const auto found = world.destinations.find(subscription.destination);
  if (found == world.destinations.end() || found->second.queue.size() >= kMostQueued) return;
  found->second.queue.push_back(json::text(notification));
}

json::object camel_metadata(World& world, const Subscription& subscription) {
  return {{"applicationId", application_id(world)}, {"subscriptionId", subscription.id}, {"publishTime", world.now().iso()}, {"notificationId", world.fresh_id("notification")}};
}

json::object summary_of(const Order& order) {
  int shipped = 0, left = 0;
  json::array items;
  for (const OrderItem& item : order.items) {
    shipped += item.shipped;
    left += item.left();
    const std::string_view status = item.left() == 0 ? (item.shipped > 0 ? "Shipped" : "Canceled") : order.pending ? "Pending" : "Unshipped";
    items.push_back(json::object{{"OrderItemId", item.id}, {"SellerSKU", item.product->sku}, {"SupplySourceId", nullptr}, {"OrderItemStatus", status}, {"Quantity", item.quantity},
                                 {"QuantityShipped", item.shipped}, {"IsBuyerRequestedCancel", order.cancel_request.has_value()},
                                 {"ItemEarliestDeliveryDate", order.promise.deliver_from.iso()}, {"ItemLatestDeliveryDate", order.promise.deliver_by.iso()}});
  }
  json::array programs, shipping_programs;
  if (order.business) programs.push_back("Business");
  if (order.prime) programs.push_back("Prime");
  if (order.premium) programs.push_back("Premium");
  if (order.ship_plus) shipping_programs.push_back("FBM_SHIP_PLUS");
  return {{"MarketplaceId", order.marketplace->id}, {"OrderStatus", v0_text_of(order.status())}, {"PurchaseDate", order.purchased_at.iso()},
          {"DestinationPostalCode", order.pending ? json::value(nullptr) : json::value(order.address().postal_code)}, {"FulfillmentType", "MFN"}, {"OrderType", "StandardOrder"},
          {"NumberOfItemsShipped", shipped}, {"NumberOfItemsUnshipped", left}, {"EarliestDeliveryDate", order.promise.deliver_from.iso()}, {"LatestDeliveryDate", order.promise.deliver_by.iso()},
          {"EarliestShipDate", order.promise.ship_from.iso()}, {"LatestShipDate", order.promise.ship_by.iso()}, {"CancelNotifyDate", nullptr}, {"OrderPrograms", std::move(programs)},
          {"ShippingPrograms", std::move(shipping_programs)}, {"EasyShipShipmentStatus", nullptr}, {"ElectronicInvoiceStatus", nullptr}, {"OrderItems", std::move(items)}};
}

json::object destination_of(const Destination& destination) {
  Result<json::value> resource = json::parse(destination.resource);
  return {{"destinationId", destination.id}, {"name", destination.name}, {"resource", resource ? *resource : json::value(json::object{})}};
}

json::object subscription_of(const Subscription& subscription) {
  json::object shown{{"subscriptionId", subscription.id}, {"payloadVersion", subscription.payload_version}, {"destinationId", subscription.destination}};
  if (Result<json::value> directive = json::parse(subscription.directive); directive && directive->is_object()) shown["processingDirective"] = *directive;
  return shown;
}

http::Response payload(json::value value) { return answer(200, json::object{{"payload", std::move(value)}}); }

std::optional<http::Response> unknown_type(const Call& call) {
  if (is_type(call.path_value("notificationType"))) return std::nullopt;
  return invalid_input("Invalid notificationType " + printable(call.path_value("notificationType"), 60) + ".");
}

}  // namespace

void notify_order_change(World& world, const Order& order, std::string_view change) {
  for (const auto& [id, subscription] : world.subscriptions) {
    if (subscription.type != "ORDER_CHANGE" || subscription.account != order.account || !filter_lets_through(subscription, order.marketplace->id, change)) continue;
    const std::string_view reason = change == "BuyerRequestedChange" ? "Buyer Requested Cancel" : "OrderStatusChange";
    put_into_queue(world, subscription,
                   {{"NotificationVersion", "1.0"}, {"NotificationType", "ORDER_CHANGE"}, {"PayloadVersion", "1.0"}, {"EventTime", world.now().iso()},
                    {"Payload", json::object{{"OrderChangeNotification", json::object{{"NotificationLevel", "OrderLevel"}, {"SellerId", order.account->seller_id}, {"AmazonOrderId", order.id}, {"OrderChangeType", change},
                                                                                      {"OrderChangeTrigger", json::object{{"TimeOfOrderChange", world.now().iso()}, {"ChangeReason", reason}}}, {"Summary", summary_of(order)}}}}},
                    {"NotificationMetadata", json::object{{"ApplicationId", application_id(world)}, {"SubscriptionId", subscription.id}, {"PublishTime", world.now().iso()}, {"NotificationId", world.fresh_id("notification")}}}});
  }
}

void notify_feed_finished(World& world, const Feed& feed) {
  for (const auto& [id, subscription] : world.subscriptions) {
    if (subscription.type != "FEED_PROCESSING_FINISHED" || subscription.account != feed.account) continue;
    put_into_queue(world, subscription,
                   {{"notificationVersion", "2020-09-04"}, {"notificationType", "FEED_PROCESSING_FINISHED"}, {"payloadVersion", "2020-09-04"}, {"eventTime", world.now().iso()},
                    {"payload", json::object{{"feedProcessingFinishedNotification", json::object{{"sellerId", feed.account->seller_id}, {"accountId", "amzn1.merchant.o." + feed.account->seller_id}, {"feedId", feed.id},
                                                                                                 {"feedType", feed.type}, {"processingStatus", text_of(feed.state)}, {"resultFeedDocumentId", feed.result_document}}}}},
                    {"notificationMetadata", camel_metadata(world, subscription)}});
  }
}

void notify_report_finished(World& world, const Report& report) {
  for (const auto& [id, subscription] : world.subscriptions) {
    if (subscription.type != "REPORT_PROCESSING_FINISHED" || subscription.account != report.account) continue;
    json::object finished{{"sellerId", report.account->seller_id}, {"accountId", "amzn1.merchant.o." + report.account->seller_id}, {"reportId", report.id}, {"reportType", report.type}, {"processingStatus", text_of(report.state)}};
    if (!report.document.empty()) finished["reportDocumentId"] = report.document;
    put_into_queue(world, subscription,
                   {{"notificationVersion", "2020-09-04"}, {"notificationType", "REPORT_PROCESSING_FINISHED"}, {"payloadVersion", "2020-09-04"}, {"eventTime", world.now().iso()},
                    {"payload", json::object{{"reportProcessingFinishedNotification", std::move(finished)}}}, {"notificationMetadata", camel_metadata(world, subscription)}});
  }
}

http::Response play::create_destination(Call& call) {
  const std::string name = json::get_text(call.body, "name"), arn = json::get_text(call.body, "resourceSpecification.sqs.arn");
  const json::object* bridge = json::find_object(call.body, "resourceSpecification.eventBridge");
  if (trim(name).empty() || name.size() > 256) return invalid_input("name is required.");
  if (arn.empty() == (bridge == nullptr)) return invalid_input("resourceSpecification must hold either sqs with an arn or eventBridge.");
  Destination destination{.id = call.world.fresh_id("destination"), .name = name, .resource = "", .queue = {}};
  if (bridge == nullptr) {
    if (!arn.starts_with("arn:aws:sqs:") || arn.ends_with(".fifo")) return invalid_input("The arn must be that of a standard SQS queue.");
    destination.resource = json::text(json::object{{"sqs", json::object{{"arn", arn}}}});
  } else {
    const std::string region = json::get_text(call.body, "resourceSpecification.eventBridge.region"), account = json::get_text(call.body, "resourceSpecification.eventBridge.accountId");
    if (region.empty() || account.empty()) return invalid_input("eventBridge needs region and accountId.");
    destination.resource = json::text(json::object{{"eventBridge", json::object{{"name", "aws.partner/sellingpartnerapi.amazon.com/" + account + "/" + application_id(call.world)}, {"region", region}, {"accountId", account}}}});
  }
  for (const auto& [id, other] : call.world.destinations)
    if (other.resource == destination.resource) return refuse(409, "Conflict", "A destination with this resource exists already: " + id + ".");
  const json::object shown = destination_of(destination);
  call.world.destinations[destination.id] = std::move(destination);
  return payload(shown);
}

http::Response play::get_destinations(Call& call) {
  json::array list;
  for (const auto& [id, destination] : call.world.destinations) list.push_back(destination_of(destination));
  return payload(std::move(list));
}

http::Response play::get_destination(Call& call) {
  const auto found = call.world.destinations.find(std::string(call.path_value("destinationId")));
  return found == call.world.destinations.end() ? not_found_answer("The destination was not found.") : payload(destination_of(found->second));
}

http::Response play::delete_destination(Call& call) {
  const std::string id(call.path_value("destinationId"));
  if (!call.world.destinations.contains(id)) return not_found_answer("The destination was not found.");
  for (const auto& [subscription_id, subscription] : call.world.subscriptions)
    if (subscription.destination == id) return invalid_input("The destination still has subscriptions; delete those first.");
  call.world.destinations.erase(id);
  return answer(200, json::object{});
}

http::Response play::create_subscription(Call& call) {
  if (auto refusal = unknown_type(call)) return *refusal;
  Subscription subscription{.id = "", .type = std::string(call.path_value("notificationType")), .payload_version = json::get_text(call.body, "payloadVersion"),
                            .destination = json::get_text(call.body, "destinationId"), .directive = "", .account = call.account};
  if (subscription.payload_version.empty()) return invalid_input("payloadVersion is required.");
  if (!call.world.destinations.contains(subscription.destination)) return invalid_input("destinationId " + printable(subscription.destination, 60) + " is not known.");
  if (const json::value* directive = json::find(call.body, "processingDirective"); directive != nullptr && directive->is_object()) subscription.directive = json::text(*directive);
  for (const auto& [id, other] : call.world.subscriptions)
    if (other.account == call.account && other.type == subscription.type && other.payload_version == subscription.payload_version)
      return refuse(409, "Conflict", "A subscription to " + subscription.type + " exists already: " + id + ".");
  subscription.id = call.world.fresh_id("subscription");
  const json::object shown = subscription_of(subscription);
  call.world.subscriptions[subscription.id] = std::move(subscription);
  return payload(shown);
}

http::Response play::get_subscription(Call& call) {
  if (auto refusal = unknown_type(call)) return *refusal;
  const std::string_view version = call.query.get("payloadVersion");
  for (const auto& [id, subscription] : call.world.subscriptions)
    if (subscription.account == call.account && subscription.type == call.path_value("notificationType") && (version.empty() || subscription.payload_version == version)) return payload(subscription_of(subscription));
  return not_found_answer("There is no subscription to " + std::string(call.path_value("notificationType")) + ".");
}

http::Response play::get_subscriptions(Call& call) {
  const std::vector<std::string> types = call.query.list("notificationTypes");
  if (types.empty()) return invalid_input("notificationTypes is required.");
  json::array list;
  for (const auto& [id, subscription] : call.world.subscriptions)
    if (subscription.account == call.account && std::find(types.begin(), types.end(), subscription.type) != types.end()) list.push_back(subscription_of(subscription));
  return payload(json::object{{"subscriptions", std::move(list)}});
}

http::Response play::get_subscription_by_id(Call& call) {
  if (auto refusal = unknown_type(call)) return *refusal;
  const auto found = call.world.subscriptions.find(std::string(call.path_value("subscriptionId")));
  return found == call.world.subscriptions.end() || found->second.type != call.path_value("notificationType") ? not_found_answer("The subscription was not found.") : payload(subscription_of(found->second));
}

http::Response play::delete_subscription_by_id(Call& call) {
  if (auto refusal = unknown_type(call)) return *refusal;
  const auto found = call.world.subscriptions.find(std::string(call.path_value("subscriptionId")));
  if (found == call.world.subscriptions.end() || found->second.type != call.path_value("notificationType")) return not_found_answer("The subscription was not found.");
  call.world.subscriptions.erase(found);
  return answer(200, json::object{});
}

// Puts one made-up notification of the type into the destination.
http::Response play::send_test_notification(Call& call) {
  if (auto refusal = unknown_type(call)) return *refusal;
  const auto found = call.world.destinations.find(json::get_text(call.body, "destinationId"));
  if (found == call.world.destinations.end()) return invalid_input("destinationId is not known.");
  const std::string version = json::get_text(call.body, "testNotification.payloadVersion");
  if (version.empty()) return invalid_input("testNotification.payloadVersion is required.");
  const json::object notification{{"notificationVersion", "1.0"}, {"notificationType", call.path_value("notificationType")}, {"payloadVersion", version}, {"eventTime", call.world.now().iso()},
                                  {"payload", json::object{{"testScenario", json::get_text(call.body, "testNotification.testScenario")}}},
                                  {"notificationMetadata", json::object{{"applicationId", application_id(call.world)}, {"subscriptionId", ""}, {"publishTime", call.world.now().iso()}, {"notificationId", call.world.fresh_id("notification")}}}};
  found->second.queue.push_back(json::text(notification));
  return payload(json::object{});
}

}  // namespace zifa::sandbox
