// GET /shipping/v2/shipments/{shipmentId}/documents: a bought label once more.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/label_reader.hpp"
#include "adapters/amazon/operations/shipping.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_shipment_documents(std::string_view shipment_id, std::string_view reference, const LabelFormat& format, std::string_view marketplace_id) {
  http::Query query;
  query.add("packageClientReferenceId", reference);
  add_text(query, "format", format.format);
  if (format.dpi > 0) query.add("dpi", std::to_string(format.dpi));
  http::Request request{.target = with_query("/shipping/v2/shipments/" + segment(shipment_id) + "/documents", query)};
  if (const std::string business = shipping_business(marketplace_id); !business.empty()) request.headers.set("x-amzn-shipping-business-id", business);
  return request;
}

Result<BoughtLabel> read_get_shipment_documents(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_shipment_documents));
  BoughtLabel label;
  label.shipment_id = json::get_text(body, "payload.shipmentId");
  const json::value* package = json::find(body, "payload.packageDocumentDetail");
  if (package == nullptr) return bad_answer(get_shipment_documents, answer, "it holds no documents");
  TRY(read_documents(*package, label, get_shipment_documents, answer));
  return label;
}

const Operation get_shipment_documents{
    .name = "getShipmentDocuments",
    .understands = understood<read_get_shipment_documents>,
};

}  // namespace zifa::amazon
