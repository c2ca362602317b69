// Asendia: the tracking answer of its customer API.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "Asendia";

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  const json::array* events = json::find_array(parsed, "trackingEvents");
  if (events == nullptr) return not_an_answer(kWho);
  TrackingAnswer answer;
  History history;
  history.number = json::get_text(parsed, "trackingNumber");
  for (const json::value& node : *events) {
    const std::string country = json::get_text(node, "locationCountry");
    RawEvent event;
    event.at = tracking::read_local_time(json::get_text(node, "time"));
    event.code = json::get_text(node, "code");
    event.text = json::get_text(node, "carrierEventDescription");
    event.state = state_of_code("asendia", event.code);
    event.place = place_text(json::get_text(node, "locationName"), "", "", country);
    event.where = {country, "", ""};
    add_event(answer, history, std::move(event));
  }
  settle(history, State::unknown, false);
  answer.numbers.push_back(std::move(history));
  return answer;
}

}  // namespace

extern const Carrier asendia;
const Carrier asendia{.id = "asendia", .name = "Asendia", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
