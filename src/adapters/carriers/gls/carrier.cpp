// GLS: the Track and Trace API.
#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "GLS";

void read_parcel(const json::value& parcel, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(parcel, "requested");
  if (history.number.empty()) history.number = json::get_text(parcel, "unitno");
  const std::string error = json::get_text(parcel, "errorMessage");
  if (const json::array* events = json::find_array(parcel, "events"))
    for (const json::value& node : *events) {
      const std::string city = json::get_text(node, "city"), zip = json::get_text(node, "postalCode"), country = json::get_text(node, "country");
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "eventDateTime"));
      event.code = json::get_text(node, "code");
      event.text = json::get_text(node, "description");
      event.state = state_of_code("gls", event.code);
      event.place = place_text(city, "", zip, country);
      event.where = {country, "", zip};
      add_event(answer, history, std::move(event));
    }
  if (history.events.empty() && !error.empty()) {
    answer.problems.push_back({history.number, error});
    return;
  }
  settle(history, state_of_code("gls", json::get_text(parcel, "status")), true);
  answer.numbers.push_back(std::move(history));
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  const json::value parsed = TRY(json::parse(response.body));
  const json::array* parcels = json::find_array(parsed, "parcels");
  if (parcels == nullptr) return not_an_answer(kWho);
  TrackingAnswer answer;
  for (const json::value& parcel : *parcels) read_parcel(parcel, answer);
  return answer;
}

}  // namespace

extern const Carrier gls;
const Carrier gls{.id = "gls", .name = "GLS", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
