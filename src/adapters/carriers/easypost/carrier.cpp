// EasyPost: trackers, one or a list. It has put the carriers' codes into its own words already.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "EasyPost";

void read_tracker(const json::value& tracker, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(tracker, "tracking_code");
  if (const json::array* details = json::find_array(tracker, "tracking_details"))
    for (const json::value& node : *details) {
      const std::string city = json::get_text(node, "tracking_location.city"), state = json::get_text(node, "tracking_location.state"), zip = json::get_text(node, "tracking_location.zip"),
                        country = json::get_text(node, "tracking_location.country");
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "datetime"));
      event.code = json::get_text(node, "status");
      event.text = json::get_text(node, "message");
      event.state = state_of_code("easypost", event.code);
      event.place = place_text(city, state, zip, country);
      event.where = {country, state, zip};
      add_event(answer, history, std::move(event));
    }
  settle(history, state_of_code("easypost", json::get_text(tracker, "status")), false);
  answer.numbers.push_back(std::move(history));
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  TrackingAnswer answer;
  if (const json::array* trackers = json::find_array(parsed, "trackers")) {
    for (const json::value& tracker : *trackers) read_tracker(tracker, answer);
    return answer;
  }
  if (const std::string error = json::get_text(parsed, "error.message"); !error.empty()) {
    answer.problems.push_back({"", error});
    return answer;
  }
  if (json::get_text(parsed, "tracking_code").empty()) return not_an_answer(kWho);
  read_tracker(parsed, answer);
  return answer;
}

}  // namespace

extern const Carrier easypost;
const Carrier easypost{.id = "easypost", .name = "EasyPost", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
