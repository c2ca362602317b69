// DHL: the unified Shipment Tracking API, which answers for all its companies, and MyDHL API (DHL Express).
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "DHL";

void read_express(const json::value& shipment, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(shipment, "shipmentTrackingNumber");
  if (const json::array* events = json::find_array(shipment, "events"))
    for (const json::value& node : *events) {
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "date"), json::get_text(node, "time"));
      if (event.at) event.at->offset = tracking::read_offset(json::get_text(node, "GMTOffset"));
      event.code = json::get_text(node, "typeCode");
      event.text = json::get_text(node, "description");
      event.state = state_of_code("dhl", event.code);
      if (const json::array* areas = json::find_array(node, "serviceArea"); areas != nullptr && !areas->empty()) event.place = json::get_text(areas->front(), "description");
      add_event(answer, history, std::move(event));
    }
  settle(history, state_of_code("dhl", json::get_text(shipment, "status")), true);
  answer.numbers.push_back(std::move(history));
}

void read_unified(const json::value& shipment, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(shipment, "id");
  // Some answers have the number as a number.
  if (const auto id = json::get_int(shipment, "id"); id && history.number.empty()) history.number = std::to_string(*id);
  if (const json::array* events = json::find_array(shipment, "events"))
    for (const json::value& node : *events) {
      const std::string city = json::get_text(node, "location.address.addressLocality"), zip = json::get_text(node, "location.address.postalCode"),
                        country = json::get_text(node, "location.address.countryCode");
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "timestamp"));
      event.code = json::get_text(node, "statusCode");
      event.text = json::get_text(node, "description");
      if (event.text.empty()) event.text = json::get_text(node, "status");
      event.state = state_of_code("dhl", event.code);
      event.place = place_text(city, "", zip, country);
      event.where = {country, "", zip};
      add_event(answer, history, std::move(event));
    }
  settle(history, state_of_code("dhl", json::get_text(shipment, "status.statusCode")), true);
  answer.numbers.push_back(std::move(history));
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  const json::array* shipments = json::find_array(parsed, "shipments");
  if (shipments == nullptr) shipments = json::find_array(parsed, "trackingResponse.shipments");
  TrackingAnswer answer;
  if (shipments == nullptr) {
    const std::string detail = json::get_text(parsed, "detail");
    if (detail.empty()) return not_an_answer(kWho);
    answer.problems.push_back({"", detail});
    return answer;
  }
  for (const json::value& shipment : *shipments) {
    if (!json::get_text(shipment, "shipmentTrackingNumber").empty()) {
      read_express(shipment, answer);
    } else {
      read_unified(shipment, answer);
    }
  }
  return answer;
}

}  // namespace

extern const Carrier dhl;
const Carrier dhl{
    .id = "dhl",
    .name = "DHL",
    .also = {"dhl_express", "mydhl", "dhl_universal", "dhl_parcel_de", "dhl_ecommerce"},
    .tracking = {.read = read_tracking},
};

}  // namespace zifa::carriers
