// ParcelOne: the tracking answer of its REST API. Times have no offset; the place names its country at the end.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "ParcelOne";

std::string_view behind_last_comma(std::string_view place) {
  const std::size_t comma = place.rfind(',');
  return comma == std::string_view::npos ? std::string_view() : trim(place.substr(comma + 1));
}

void read_parcel(const json::value& parcel, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(parcel, "TrackingID");
  if (const json::array* events = json::find_array(parcel, "Events"))
    for (const json::value& node : *events) {
      const std::string place = json::get_text(node, "Location");
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "DateTime"));
      event.code = json::get_text(node, "StatusCode");
      event.text = json::get_text(node, "Description");
      if (event.text.empty()) event.text = json::get_text(node, "Status");
      event.state = state_of_code("parcelone", event.code);
      event.place = place;
      event.where = {behind_last_comma(place), "", ""};
      add_event(answer, history, std::move(event));
    }
  settle(history, state_of_code("parcelone", json::get_text(parcel, "StatusCode")), true);
  answer.numbers.push_back(std::move(history));
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  TrackingAnswer answer;
  if (const json::array* many = json::find_array(parsed, "results")) {
    for (const json::value& parcel : *many) read_parcel(parcel, answer);
  } else if (const json::value* one = json::find(parsed, "results"); one != nullptr && one->is_object()) {
    read_parcel(*one, answer);
  } else if (const std::string message = json::get_text(parsed, "message"); !message.empty()) {
    answer.problems.push_back({"", message});
  } else {
    return not_an_answer(kWho);
  }
  return answer;
}

}  // namespace

extern const Carrier parcelone;
const Carrier parcelone{.id = "parcelone", .name = "ParcelOne", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
