// Sendle: the Tracking API. Its answer does not repeat the number that was asked for.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "Sendle";

// scan_time is UTC; display_time is the same moment with the place's offset, where Sendle knows the place.
std::optional<tracking::LocalTime> time_of(const json::value& event) {
  const auto scanned = tracking::read_local_time(json::get_text(event, "scan_time"));
  const auto displayed = tracking::read_local_time(json::get_text(event, "display_time"));
  if (displayed && displayed->offset && (!scanned || displayed->instant() == scanned->instant())) return displayed;
  return scanned;
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  TrackingAnswer answer;
  const json::array* events = json::find_array(parsed, "tracking_events");
  if (events == nullptr) {
    const std::string error = json::get_text(parsed, "error_description");
    if (error.empty()) return not_an_answer(kWho);
    answer.problems.push_back({"", error});
    return answer;
  }
  History history;
  history.number = json::get_text(parsed, "sendle_reference");
  for (const json::value& node : *events) {
    RawEvent event;
    event.at = time_of(node);
    event.code = json::get_text(node, "event_type");
    event.text = json::get_text(node, "description");
    event.state = state_of_code("sendle", event.code);
    event.place = json::get_text(node, "location");
    add_event(answer, history, std::move(event));
  }
  settle(history, state_of_code("sendle", json::get_text(parsed, "state")), false);
  answer.numbers.push_back(std::move(history));
  return answer;
}

}  // namespace

extern const Carrier sendle;
const Carrier sendle{.id = "sendle", .name = "Sendle", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
