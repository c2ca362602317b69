// Teleship: shipment tracking, times in UTC.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "Teleship";

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  const json::array* events = json::find_array(parsed, "events");
  if (events == nullptr) return not_an_answer(kWho);
  TrackingAnswer answer;
  History history;
  history.number = json::get_text(parsed, "trackingNumber");
  for (const json::value& node : *events) {
    RawEvent event;
    event.at = tracking::read_local_time(json::get_text(node, "timestamp"));
    event.code = json::get_text(node, "code");
    event.text = json::get_text(node, "description");
    event.state = state_of_code("teleship", event.code);
    event.place = json::get_text(node, "location");
    add_event(answer, history, std::move(event));
  }
  settle(history, state_of_code("teleship", json::get_text(parsed, "status")), false);
  answer.numbers.push_back(std::move(history));
  return answer;
}

}  // namespace

extern const Carrier teleship;
const Carrier teleship{.id = "teleship", .name = "Teleship", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
