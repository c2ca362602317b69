// POST /shipping/v2/shipments: buys the label of a rate, within ten minutes. With the same idempotency key Amazon answers
// with the same shipment, so a lost answer is simply asked for again.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/label_reader.hpp"
#include "adapters/amazon/operations/shipping.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

Result<http::Request> write_purchase_shipment(const LabelPurchase& purchase) {
  auto format = json::parse(purchase.format.token);
  if (!format.has_value() || !format->is_object() || purchase.key.empty())
    return invalid("label.bad_format", "The label cannot be bought: its format is not one that the carrier offered.");
  const json::object body{{"requestToken", purchase.offer_token}, {"rateId", purchase.rate_id}, {"requestedDocumentSpecification", *format}};
  http::Request request{.method = "POST", .target = "/shipping/v2/shipments", .headers = {{"x-amzn-IdempotencyKey", purchase.key}}, .body = json::text(body)};
  if (const std::string business = shipping_business(purchase.marketplace_id); !business.empty()) request.headers.set("x-amzn-shipping-business-id", business);
  return request;
}

Result<BoughtLabel> read_purchase_shipment(const http::Response& answer) {
  if (answer.status == 400 && answer.body.find("TOKEN_EXPIRED") != std::string::npos)
    return conflict("amazon.rates_expired", "These rates are older than ten minutes and can no longer be bought; ask for rates again.");
  const json::value body = TRY(body_of(answer, purchase_shipment));
  BoughtLabel label;
  label.shipment_id = json::get_text(body, "payload.shipmentId");
  const json::array* packages = json::find_array(body, "payload.packageDocumentDetails");
  if (label.shipment_id.empty() || packages == nullptr || packages->empty()) return bad_answer(purchase_shipment, answer, "it holds no shipment");
  TRY(read_documents(packages->front(), label, purchase_shipment, answer));
  if (const auto by = Instant::parse(json::get_text(body, "payload.promise.deliveryWindow.end")); by.has_value()) label.deliver_by = *by;
  return label;
}

const Operation purchase_shipment{
    .name = "purchaseShipment",
    .effect = Effect::repeats_safely,
    .understands = understood<read_purchase_shipment>,
};

}  // namespace zifa::amazon
