// PUT /shipping/v2/shipments/{shipmentId}/cancel: gives a label back that was not scanned yet. Cancelled stays cancelled.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/shipping.hpp"
#include "adapters/amazon/path.hpp"

namespace zifa::amazon {

http::Request write_cancel_shipment(std::string_view shipment_id, std::string_view marketplace_id) {
  http::Request request{.method = "PUT", .target = "/shipping/v2/shipments/" + segment(shipment_id) + "/cancel"};
  if (const std::string business = shipping_business(marketplace_id); !business.empty()) request.headers.set("x-amzn-shipping-business-id", business);
  return request;
}

Result<Done> read_cancel_shipment(const http::Response& answer) {
  if (auto error = error_in(answer, cancel_shipment)) return *std::move(error);
  return done;
}

const Operation cancel_shipment{
    .name = "cancelShipment",
    .effect = Effect::repeats_safely,
    .understands = understood<read_cancel_shipment>,
};

}  // namespace zifa::amazon
