#include "sandbox/amazon/operations.hpp"

#include <array>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "sandbox/amazon/players.hpp"

namespace zifa::sandbox {

namespace {

// Where the models state no quota, the official SDK's own table.
constexpr Operation kOperations[] = {
    // application_2023-11-30
    {"rotateApplicationClientSecret", "POST", "/applications/2023-11-30/clientSecret", 167, 1, play::rotate_application_client_secret, TokenKind::rotation},
    // catalogItems_2022-04-01
    {"searchCatalogItems", "GET", "/catalog/2022-04-01/items", 20000, 2, play::search_catalog_items},
    {"getCatalogItem", "GET", "/catalog/2022-04-01/items/{asin}", 20000, 2, play::get_catalog_item},
    // definitionsProductTypes_2020-09-01
    {"searchDefinitionsProductTypes", "GET", "/definitions/2020-09-01/productTypes", 50000, 10, play::search_product_types},
    {"getDefinitionsProductType", "GET", "/definitions/2020-09-01/productTypes/{productType}", 50000, 10, play::get_product_type},
    // easyShip_2022-03-23
    {"listHandoverSlots", "POST", "/easyShip/2022-03-23/timeSlot", 10000, 5},
    {"getScheduledPackage", "GET", "/easyShip/2022-03-23/package", 10000, 5},
    {"createScheduledPackage", "POST", "/easyShip/2022-03-23/package", 10000, 5},
    {"updateScheduledPackages", "PATCH", "/easyShip/2022-03-23/package", 10000, 5},
    {"createScheduledPackageBulk", "POST", "/easyShip/2022-03-23/packages/bulk", 10000, 5, nullptr, TokenKind::seller, Operation::Restricted::required},
    // externalFulfillmentInventory_2024-09-11
    {"batchInventory", "POST", "/externalFulfillment/inventory/2024-09-11/inventories", 500000, 100},
    // externalFulfillmentReturns_2024-09-11
    {"listReturns", "GET", "/externalFulfillment/2024-09-11/returns", 100000, 20},
    {"getReturn", "GET", "/externalFulfillment/2024-09-11/returns/{returnId}", 100000, 20},
    // externalFulfillmentShipments_2024-09-11
    {"getShipments", "GET", "/externalFulfillment/2024-09-11/shipments", 10000, 1},
    {"getShipment", "GET", "/externalFulfillment/2024-09-11/shipments/{shipmentId}", 10000, 1},
    {"processShipment", "POST", "/externalFulfillment/2024-09-11/shipments/{shipmentId}", 10000, 1},
    {"createPackages", "POST", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/packages", 10000, 1},
    {"updatePackage", "PUT", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/packages/{packageId}", 10000, 1},
    {"updatePackageStatus", "PATCH", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/packages/{packageId}", 10000, 1},
    {"retrieveShippingOptions", "GET", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/shippingOptions", 10000, 1},
    {"generateInvoice", "POST", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/invoice", 10000, 1},
    {"retrieveInvoice", "GET", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/invoice", 10000, 1},
    {"generateShipLabels", "PUT", "/externalFulfillment/2024-09-11/shipments/{shipmentId}/shipLabels", 10000, 1},
    // feeds_2021-06-30
    {"getFeeds", "GET", "/feeds/2021-06-30/feeds", 222, 10, play::get_feeds},
    {"createFeed", "POST", "/feeds/2021-06-30/feeds", 83, 15, play::create_feed},
    {"cancelFeed", "DELETE", "/feeds/2021-06-30/feeds/{feedId}", 20000, 15, play::cancel_feed},
    {"getFeed", "GET", "/feeds/2021-06-30/feeds/{feedId}", 20000, 15, play::get_feed},
    {"createFeedDocument", "POST", "/feeds/2021-06-30/documents", 5000, 15, play::create_feed_document},
    {"getFeedDocument", "GET", "/feeds/2021-06-30/documents/{feedDocumentId}", 222, 10, play::get_feed_document},
    // financesV0
    {"listFinancialEventGroups", "GET", "/finances/v0/financialEventGroups", 5000, 30, play::v0_list_financial_event_groups},
    {"listFinancialEventsByGroupId", "GET", "/finances/v0/financialEventGroups/{eventGroupId}/financialEvents", 5000, 30, play::v0_list_financial_events_by_group},
    {"listFinancialEventsByOrderId", "GET", "/finances/v0/orders/{orderId}/financialEvents", 5000, 30, play::v0_list_financial_events_by_order},
    {"listFinancialEvents", "GET", "/finances/v0/financialEvents", 5000, 30, play::v0_list_financial_events},
    // finances_2024-06-19
    {"listTransactions", "GET", "/finances/2024-06-19/transactions", 5000, 10, play::list_transactions},
    {"listBalances", "GET", "/finances/2024-06-19/balances", 5000, 10},
    {"listSummary", "GET", "/finances/2024-06-19/summary", 5000, 10},
    // listingsItems_2021-08-01
    {"deleteListingsItem", "DELETE", "/listings/2021-08-01/items/{sellerId}/{sku}", 50000, 5, play::delete_listings_item},
    {"getListingsItem", "GET", "/listings/2021-08-01/items/{sellerId}/{sku}", 50000, 10, play::get_listings_item},
    {"patchListingsItem", "PATCH", "/listings/2021-08-01/items/{sellerId}/{sku}", 50000, 5, play::patch_listings_item},
    {"putListingsItem", "PUT", "/listings/2021-08-01/items/{sellerId}/{sku}", 50000, 10, play::put_listings_item},
    {"searchListingsItems", "GET", "/listings/2021-08-01/items/{sellerId}", 50000, 5, play::search_listings_items},
    // listingsRestrictions_2021-08-01
    {"getListingsRestrictions", "GET", "/listings/2021-08-01/restrictions", 50000, 10, play::get_listings_restrictions},
    // merchantFulfillmentV0
    {"getEligibleShipmentServices", "POST", "/mfn/v0/eligibleShippingServices", 60000, 12, play::get_eligible_shipment_services},
    {"getShipment", "GET", "/mfn/v0/shipments/{shipmentId}", 10000, 1, play::get_shipment, TokenKind::seller, Operation::Restricted::required},
    {"cancelShipment", "DELETE", "/mfn/v0/shipments/{shipmentId}", 10000, 1, play::cancel_shipment, TokenKind::seller, Operation::Restricted::required},
    {"createShipment", "POST", "/mfn/v0/shipments", 20000, 2, play::create_shipment, TokenKind::seller, Operation::Restricted::required},
    {"getAdditionalSellerInputs", "POST", "/mfn/v0/additionalSellerInputs", 10000, 1, play::get_additional_seller_inputs},
    // messaging
    {"getMessagingActionsForOrder", "GET", "/messaging/v1/orders/{amazonOrderId}", 10000, 5, play::get_messaging_actions},
    {"confirmCustomizationDetails", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/confirmCustomizationDetails", 10000, 5, play::send_message},
    {"createConfirmDeliveryDetails", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/confirmDeliveryDetails", 10000, 5, play::send_message},
    {"createLegalDisclosure", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/legalDisclosure", 10000, 5, play::send_message},
    {"createConfirmOrderDetails", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/confirmOrderDetails", 10000, 5, play::send_message},
    {"createConfirmServiceDetails", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/confirmServiceDetails", 10000, 5, play::send_message},
    {"CreateWarranty", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/warranty", 10000, 5, play::send_message},
    {"GetAttributes", "GET", "/messaging/v1/orders/{amazonOrderId}/attributes", 10000, 5, play::get_messaging_attributes},
    {"createDigitalAccessKey", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/digitalAccessKey", 10000, 5, play::send_message},
    {"createUnexpectedProblem", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/unexpectedProblem", 10000, 5, play::send_message},
    {"sendInvoice", "POST", "/messaging/v1/orders/{amazonOrderId}/messages/invoice", 10000, 5, play::send_message},
    // notifications
    {"getSubscriptions", "GET", "/notifications/v1/subscriptions", 10000, 5, play::get_subscriptions},
    {"getSubscription", "GET", "/notifications/v1/subscriptions/{notificationType}", 10000, 5, play::get_subscription},
    {"createSubscription", "POST", "/notifications/v1/subscriptions/{notificationType}", 10000, 5, play::create_subscription},
    {"getSubscriptionById", "GET", "/notifications/v1/subscriptions/{notificationType}/{subscriptionId}", 10000, 5, play::get_subscription_by_id, TokenKind::notifications},
    {"deleteSubscriptionById", "DELETE", "/notifications/v1/subscriptions/{notificationType}/{subscriptionId}", 10000, 5, play::delete_subscription_by_id, TokenKind::notifications},
    {"sendTestNotification", "POST", "/notifications/v1/subscriptions/{notificationType}/testNotification", 10000, 5, play::send_test_notification, TokenKind::notifications},
    {"getDestinations", "GET", "/notifications/v1/destinations", 10000, 5, play::get_destinations, TokenKind::notifications},
    {"createDestination", "POST", "/notifications/v1/destinations", 10000, 5, play::create_destination, TokenKind::notifications},
    {"getDestination", "GET", "/notifications/v1/destinations/{destinationId}", 10000, 5, play::get_destination, TokenKind::notifications},
    {"deleteDestination", "DELETE", "/notifications/v1/destinations/{destinationId}", 10000, 5, play::delete_destination, TokenKind::notifications},
    // ordersV0
    {"getOrders", "GET", "/orders/v0/orders", 167, 20, play::v0_get_orders, TokenKind::seller, Operation::Restricted::optional},
    {"getOrder", "GET", "/orders/v0/orders/{orderId}", 5000, 30, play::v0_get_order, TokenKind::seller, Operation::Restricted::optional},
    {"getOrderBuyerInfo", "GET", "/orders/v0/orders/{orderId}/buyerInfo", 5000, 30, play::v0_get_order_buyer_info, TokenKind::seller, Operation::Restricted::optional},
    {"getOrderAddress", "GET", "/orders/v0/orders/{orderId}/address", 5000, 30, play::v0_get_order_address, TokenKind::seller, Operation::Restricted::optional},
    {"getOrderItems", "GET", "/orders/v0/orders/{orderId}/orderItems", 5000, 30, play::v0_get_order_items, TokenKind::seller, Operation::Restricted::optional},
    {"getOrderItemsBuyerInfo", "GET", "/orders/v0/orders/{orderId}/orderItems/buyerInfo", 5000, 30, play::v0_get_order_items_buyer_info, TokenKind::seller, Operation::Restricted::optional},
    {"updateShipmentStatus", "POST", "/orders/v0/orders/{orderId}/shipment", 50000, 15},
    {"getOrderRegulatedInfo", "GET", "/orders/v0/orders/{orderId}/regulatedInfo", 5000, 30, nullptr, TokenKind::seller, Operation::Restricted::optional},
    {"updateVerificationStatus", "PATCH", "/orders/v0/orders/{orderId}/regulatedInfo", 5000, 30},
    {"confirmShipment", "POST", "/orders/v0/orders/{orderId}/shipmentConfirmation", 20000, 10, play::confirm_shipment},
    // orders_2026-01-01
    {"searchOrders", "GET", "/orders/2026-01-01/orders", 56, 20, play::search_orders},
    {"getOrder", "GET", "/orders/2026-01-01/orders/{orderId}", 5000, 30, play::get_order},
    // productFeesV0
    {"getMyFeesEstimateForSKU", "POST", "/products/fees/v0/listings/{SellerSKU}/feesEstimate", 10000, 2, play::fees_for_sku},
    {"getMyFeesEstimateForASIN", "POST", "/products/fees/v0/items/{Asin}/feesEstimate", 10000, 2, play::fees_for_asin},
    {"getMyFeesEstimates", "POST", "/products/fees/v0/feesEstimate", 5000, 1, play::fees_for_list},
    // productPricingV0
    {"getPricing", "GET", "/products/pricing/v0/price", 5000, 1},
    {"getCompetitivePricing", "GET", "/products/pricing/v0/competitivePrice", 5000, 1},
    {"getListingOffers", "GET", "/products/pricing/v0/listings/{SellerSKU}/offers", 10000, 2},
    {"getItemOffers", "GET", "/products/pricing/v0/items/{Asin}/offers", 5000, 1},
    {"getItemOffersBatch", "POST", "/batches/products/pricing/v0/itemOffers", 1000, 1},
    {"getListingOffersBatch", "POST", "/batches/products/pricing/v0/listingOffers", 5000, 1},
    // productPricing_2022-05-01
    {"getFeaturedOfferExpectedPriceBatch", "POST", "/batches/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice", 330, 1},
    {"getCompetitiveSummary", "POST", "/batches/products/pricing/2022-05-01/items/competitiveSummary", 330, 1},
    // reports_2021-06-30
    {"getReports", "GET", "/reports/2021-06-30/reports", 222, 10, play::get_reports},
    {"createReport", "POST", "/reports/2021-06-30/reports", 167, 15, play::create_report},
    {"cancelReport", "DELETE", "/reports/2021-06-30/reports/{reportId}", 222, 10, play::cancel_report},
    {"getReport", "GET", "/reports/2021-06-30/reports/{reportId}", 20000, 15, play::get_report},
    {"getReportSchedules", "GET", "/reports/2021-06-30/schedules", 222, 10, play::get_report_schedules},
    {"createReportSchedule", "POST", "/reports/2021-06-30/schedules", 222, 10, play::create_report_schedule},
    {"cancelReportSchedule", "DELETE", "/reports/2021-06-30/schedules/{reportScheduleId}", 222, 10, play::cancel_report_schedule},
    {"getReportSchedule", "GET", "/reports/2021-06-30/schedules/{reportScheduleId}", 222, 10, play::get_report_schedule},
    {"getReportDocument", "GET", "/reports/2021-06-30/documents/{reportDocumentId}", 167, 15, play::get_report_document, TokenKind::seller, Operation::Restricted::optional},
    // sales
    {"getOrderMetrics", "GET", "/sales/v1/orderMetrics", 5000, 15, play::get_order_metrics},
    // sellers
    {"getMarketplaceParticipations", "GET", "/sellers/v1/marketplaceParticipations", 160, 15, play::get_marketplace_participations},
    {"getAccount", "GET", "/sellers/v1/account", 160, 15, play::get_account},
    // shippingV2
    {"getRates", "POST", "/shipping/v2/shipments/rates", 800000, 100, play::shipping_get_rates},
    {"directPurchaseShipment", "POST", "/shipping/v2/shipments/directPurchase", 800000, 100, play::shipping_direct_purchase},
    {"purchaseShipment", "POST", "/shipping/v2/shipments", 800000, 100, play::shipping_purchase_shipment},
    {"oneClickShipment", "POST", "/shipping/v2/oneClickShipment", 800000, 100, play::shipping_one_click},
    {"getTracking", "GET", "/shipping/v2/tracking", 800000, 100, play::shipping_get_tracking},
    {"getShipmentDocuments", "GET", "/shipping/v2/shipments/{shipmentId}/documents", 800000, 100, play::shipping_get_documents},
    {"cancelShipment", "PUT", "/shipping/v2/shipments/{shipmentId}/cancel", 800000, 100, play::shipping_cancel},
    {"getAdditionalInputs", "GET", "/shipping/v2/shipments/additionalInputs/schema", 800000, 100},
    {"getCarrierAccountFormInputs", "GET", "/shipping/v2/carrierAccountFormInputs", 800000, 100},
    {"getCarrierAccounts", "PUT", "/shipping/v2/carrierAccounts", 800000, 100, play::shipping_get_carrier_accounts},
    {"linkCarrierAccount", "PUT", "/shipping/v2/carrierAccounts/{carrierId}", 800000, 100},
    {"linkCarrierAccount", "POST", "/shipping/v2/carrierAccounts/{carrierId}", 50000, 10},
    {"unlinkCarrierAccount", "PUT", "/shipping/v2/carrierAccounts/{carrierId}/unlink", 800000, 100},
    {"generateCollectionForm", "POST", "/shipping/v2/collectionForms", 800000, 100, play::shipping_generate_collection_form},
    {"getCollectionFormHistory", "PUT", "/shipping/v2/collectionForms/history", 800000, 100},
    {"getUnmanifestedShipments", "PUT", "/shipping/v2/unmanifestedShipments", 800000, 100},
    {"getCollectionForm", "GET", "/shipping/v2/collectionForms/{collectionFormId}", 800000, 100},
    {"getAccessPoints", "GET", "/shipping/v2/accessPoints", 800000, 100},
    {"submitNdrFeedback", "POST", "/shipping/v2/ndrFeedback", 800000, 100, play::shipping_ndr_feedback},
    {"createClaim", "POST", "/shipping/v2/claims", 800000, 100, play::shipping_create_claim},
    // solicitations
    {"getSolicitationActionsForOrder", "GET", "/solicitations/v1/orders/{amazonOrderId}", 10000, 5, play::get_solicitation_actions},
    {"createProductReviewAndSellerFeedbackSolicitation", "POST", "/solicitations/v1/orders/{amazonOrderId}/solicitations/productReviewAndSellerFeedback", 10000, 5, play::create_solicitation},
    // supplySources_2020-07-01
    {"getSupplySources", "GET", "/supplySources/2020-07-01/supplySources", 100000, 10, play::get_supply_sources},
    {"createSupplySource", "POST", "/supplySources/2020-07-01/supplySources", 20000, 2, play::create_supply_source},
    {"getSupplySource", "GET", "/supplySources/2020-07-01/supplySources/{supplySourceId}", 400000, 40, play::get_supply_source},
    {"updateSupplySource", "PUT", "/supplySources/2020-07-01/supplySources/{supplySourceId}", 10000, 1, play::update_supply_source},
    {"archiveSupplySource", "DELETE", "/supplySources/2020-07-01/supplySources/{supplySourceId}", 200000, 20, play::archive_supply_source},
    {"updateSupplySourceStatus", "PUT", "/supplySources/2020-07-01/supplySources/{supplySourceId}/status", 200000, 20, play::update_supply_source_status},
    // tokens_2021-03-01
    {"createRestrictedDataToken", "POST", "/tokens/2021-03-01/restrictedDataToken", 10000, 10, play::create_restricted_data_token},
    // tracking_2026-01-30
    {"getShipmentTracking", "GET", "/tracking/2026-01-30/shipments/track", 20000, 30},
    // uploads_2020-11-01
    {"createUploadDestinationForResource", "POST", "/uploads/2020-11-01/uploadDestinations/{resource}", 100000, 10, play::create_upload_destination},
};

}  // namespace

std::span<const Operation> operations() { return kOperations; }

const Operation* find_operation(std::string_view id) {
  for (const Operation& operation : kOperations)
    if (operation.id == id) return &operation;
  return nullptr;
}

std::optional<Match> match_operation(std::string_view method, std::string_view path, bool empty_values) {
  // Segments are parted before they are decoded: a SKU may hold a slash.
  const std::vector<std::string_view> sent = split(path, '/');
  for (const Operation& operation : kOperations) {
    if (operation.method != method) continue;
    const std::vector<std::string_view> wanted = split(operation.path, '/');
    if (wanted.size() != sent.size()) continue;
    Match match{&operation, {}};
    bool fits = true;
    for (std::size_t i = 0; fits && i < sent.size(); ++i) {
      if (wanted[i].starts_with('{')) {
        fits = empty_values || !sent[i].empty();
        match.path.emplace_back(wanted[i].substr(1, wanted[i].size() - 2), percent_decode(sent[i]));
      } else {
        fits = wanted[i] == sent[i];
      }
    }
    if (fits) return match;
  }
  return std::nullopt;
}

}  // namespace zifa::sandbox
