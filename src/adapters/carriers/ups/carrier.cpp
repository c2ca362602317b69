// UPS: the Track API v1.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "UPS";

// The detailed status says more than the type, where we know it.
State state_of(const json::value& status) {
  const State detailed = state_of_code("ups", json::get_text(status, "statusCode"));
  return detailed != State::unknown ? detailed : state_of_code("ups", json::get_text(status, "type"));
}

std::optional<tracking::LocalTime> time_of(const json::value& activity) {
  auto at = tracking::read_local_time(json::get_text(activity, "date"), json::get_text(activity, "time"));
  if (at) at->offset = tracking::read_offset(json::get_text(activity, "gmtOffset"));
  return at;
}

void read_package(const json::value& package, std::string_view asked, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(package, "trackingNumber");
  if (history.number.empty()) history.number = asked;
  if (const json::array* activities = json::find_array(package, "activity"))
    for (const json::value& activity : *activities) {
      const std::string city = json::get_text(activity, "location.address.city"), state = json::get_text(activity, "location.address.stateProvince"),
                        zip = json::get_text(activity, "location.address.postalCode"), country = json::get_text(activity, "location.address.countryCode");
      RawEvent event;
      event.at = time_of(activity);
      if (const json::value* status = json::find(activity, "status")) {
        event.state = state_of(*status);
        event.code = json::get_text(*status, "code");
        event.text = json::get_text(*status, "description");
      }
      event.place = place_text(city, state, zip, country);
      event.where = {country, state, zip};
      add_event(answer, history, std::move(event));
    }
  settle(history, State::unknown, true);
  answer.numbers.push_back(std::move(history));
}

void read_shipment(const json::value& shipment, TrackingAnswer& answer) {
  const std::string asked = json::get_text(shipment, "inquiryNumber");
  if (const json::array* packages = json::find_array(shipment, "package"); packages != nullptr && !packages->empty()) {
    for (const json::value& package : *packages) read_package(package, asked, answer);
    return;
  }
  const json::array* warnings = json::find_array(shipment, "warnings");
  const std::string code = warnings && !warnings->empty() ? json::get_text(warnings->front(), "code") : "";
  const std::string message = warnings && !warnings->empty() ? json::get_text(warnings->front(), "message") : "no package in the answer";
  if (code == "TW0001") {
    History history;
    history.number = asked;
    history.state = State::not_found;
    answer.numbers.push_back(std::move(history));
  } else {
    answer.problems.push_back({asked, message});
  }
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  TrackingAnswer answer;
  if (const json::array* errors = json::find_array(parsed, "response.errors")) {
    for (const json::value& error : *errors) answer.problems.push_back({"", json::get_text(error, "message")});
    return answer;
  }
  const json::array* shipments = json::find_array(parsed, "trackResponse.shipment");
  if (shipments == nullptr) return not_an_answer(kWho);
  for (const json::value& shipment : *shipments) read_shipment(shipment, answer);
  return answer;
}

}  // namespace

extern const Carrier ups;
const Carrier ups{.id = "ups", .name = "UPS", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
