// POST /orders/v0/orders/{orderId}/shipmentConfirmation: tell Amazon that a parcel left. 204 and no body when it worked.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_confirm_shipment(const ShipmentConfirmation& confirmation) {
  // The reference is a string of digits (a JSON number is refused since January 2026), the items a list even for one.
  json::object parcel{{"packageReferenceId", confirmation.package_reference},
                      {"carrierCode", confirmation.carrier_code},
                      {"trackingNumber", confirmation.tracking_number},
                      {"shipDate", confirmation.ship_date.iso()}};
  if (!confirmation.carrier_name.empty()) parcel["carrierName"] = confirmation.carrier_name;
  if (!confirmation.shipping_method.empty()) parcel["shippingMethod"] = confirmation.shipping_method;
  json::array items;
  for (const ConfirmedItem& item : confirmation.items) items.push_back(json::object{{"orderItemId", item.amazon_item_id}, {"quantity", item.quantity}});
  parcel["orderItems"] = std::move(items);
  json::object body{{"marketplaceId", confirmation.marketplace_id}, {"packageDetail", std::move(parcel)}};
  if (!confirmation.cod_collection.empty()) body["codCollectionMethod"] = confirmation.cod_collection;
  return {.method = "POST", .target = "/orders/v0/orders/" + segment(confirmation.amazon_order_id) + "/shipmentConfirmation", .body = json::text(body)};
}

Result<CallReceipt> read_confirm_shipment(const http::Response& answer) {
  auto error = error_in(answer, confirm_shipment);
  if (!error) return CallReceipt{request_id_of(answer)};
  if (answer.status == 400 && answer.body.find("PackageToUpdateNotFound") != std::string::npos) {
    error->kind = ErrorKind::conflict;
    error->code = "amazon.package_not_found";
  }
  return *std::move(error);
}

const Operation confirm_shipment{
    .name = "confirmShipment",
    .effect = Effect::once,
    // Amazon's own sandbox case, word for word: no order of the seller's may be confirmed by a trial.
    .sample =
        [](const CheckArguments&) {
          return http::Request{
              .method = "POST",
              .target = "/orders/v0/orders/902-1106328-1059050/shipmentConfirmation",
              .body = R"({"marketplaceId":"ATVPDKIKX0DER","packageDetail":{"packageReferenceId":"1","carrierCode":"FedEx","carrierName":"FedEx",)"
                      R"("shippingMethod":"FedEx Ground","trackingNumber":"112345678","shipDate":"2022-02-11T01:00:00.000Z",)"
                      R"("shipFromSupplySourceId":"057d3fcc-b750-419f-bbcd-4d340c60c430",)"
                      R"("orderItems":[{"orderItemId":"79039765272157","quantity":1,"transparencyCodes":["09876543211234567890"]}]}})"};
        },
    .understands = understood<read_confirm_shipment>,
};

}  // namespace zifa::amazon
