#include "adapters/carriers/track17/protocol.hpp"

#include <algorithm>
#include <array>

#include "adapters/carriers/answer.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/check.hpp"
#include "base/json.hpp"

namespace zifa::carriers::track17_api {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "17TRACK";

// From res.17track.net/asset/carrier/info/apicarrier.all.json as other clients quote it; where unsure, none.
struct Key {
  std::string_view carrier;
  int key;
};
constexpr std::array kKeys{Key{"usps", 21051}, Key{"ups", 100002}, Key{"fedex", 100003}, Key{"dhl_express", 100001}, Key{"china_post", 3011}, Key{"yunexpress", 190008}, Key{"4px", 190094}, Key{"yanwen", 190012}, Key{"royal_mail", 11031}};

constexpr std::int64_t kAlreadyRegistered = -18019901;
constexpr std::int64_t kNotRegistered = -18019902;
constexpr std::int64_t kNoInformationYet = -18019909;

http::Request post(std::string_view base_url, std::string_view verb, std::string_view key, const json::array& body) {
  http::Request request;
  request.method = "POST";
  request.target = std::string(base_url) + "/track/v2.2/" + std::string(verb);
  request.headers = {{"17token", std::string(key)}, {"Content-Type", "application/json"}};
  request.body = json::text(body);
  return request;
}

// The `data` of a good answer; 17TRACK puts refusals into a body with status 200.
Result<json::value> data_of(const http::Response& answer) {
  TRY(check_status(answer, kWho));
  const json::value parsed = TRY(json::parse(answer.body));
  const json::value* data = json::find(parsed, "data");
  const auto code = json::get_int(parsed, "code");
  if (data == nullptr || !code) return not_an_answer(kWho);
  if (*code == 0) return *data;
  std::string message;
  if (const json::array* errors = json::find_array(*data, "errors"); errors != nullptr && !errors->empty()) message = json::get_text(errors->front(), "message");
  // -18010001 to -18010005: our address, key or account.
  if (*code <= -18010001 && *code >= -18010005 && *code != -18010003) return unauthorized("carrier.not_allowed", "17TRACK refused our key: " + message + " Check it in the settings.");
  if (*code == -18010003) return unavailable("carrier.unavailable", "17TRACK failed inside: " + message);
  return refused("carrier.refused", "17TRACK refused the question (" + std::to_string(*code) + "): " + message);
}

std::optional<tracking::LocalTime> time_of(const json::value& event) {
  if (auto at = tracking::read_local_time(json::get_text(event, "time_iso"))) {
    if (!at->offset) at->offset = tracking::read_offset(json::get_text(event, "time_raw.timezone"));
    return at;
  }
  if (auto at = tracking::read_local_time(json::get_text(event, "time_utc"))) return at;
  auto at = tracking::read_local_time(json::get_text(event, "time_raw.date"), json::get_text(event, "time_raw.time"));
  if (at) at->offset = tracking::read_offset(json::get_text(event, "time_raw.timezone"));
  return at;
}

// Milestones of an event whose sub_status is missing.
struct Stage {
  std::string_view name, code;
};
constexpr std::array kStages{Stage{"InfoReceived", "InfoReceived"}, Stage{"PickedUp", "InTransit_PickedUp"}, Stage{"Departure", "InTransit_Departure"}, Stage{"Arrival", "InTransit_Arrival"},
                             Stage{"AvailableForPickup", "AvailableForPickup"}, Stage{"OutForDelivery", "OutForDelivery"}, Stage{"Delivered", "Delivered"}, Stage{"Returning", "Exception_Returning"}, Stage{"Returned", "Exception_Returned"}};

RawEvent event_of(const json::value& node) {
  RawEvent event;
  event.at = time_of(node);
  event.code = json::get_text(node, "sub_status");
  std::string known = event.code;
  if (event.code.empty()) {
    event.code = json::get_text(node, "stage");
    const auto stage = std::find_if(kStages.begin(), kStages.end(), [&](const Stage& s) { return s.name == event.code; });
    if (stage != kStages.end()) known = stage->code;
  }
  event.state = state_of_code("17track", known);
  event.text = json::get_text(node, "description");
  event.place = json::get_text(node, "location");
  const std::string city = json::get_text(node, "address.city"), state = json::get_text(node, "address.state"), zip = json::get_text(node, "address.postal_code"), country = json::get_text(node, "address.country");
  if (event.place.empty()) event.place = place_text(city, state, zip, country);
  // The event's views must not outlive this function, so the place's offset is looked up here.
  if (event.at && !event.at->offset) event.at->offset = offset_of_place({country, state, zip}, *event.at);
  return event;
}

void read_accepted(const json::value& entry, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(entry, "number");
  if (const json::array* providers = json::find_array(entry, "track_info.tracking.providers"))
    for (const json::value& provider : *providers)
      if (const json::array* events = json::find_array(provider, "events"))
        for (const json::value& node : *events) add_event(answer, history, event_of(node));
  State stated = state_of_code("17track", json::get_text(entry, "track_info.latest_status.sub_status"));
  if (stated == State::unknown) stated = state_of_code("17track", json::get_text(entry, "track_info.latest_status.status"));
  settle(history, stated, true);
  answer.numbers.push_back(std::move(history));
}

}  // namespace

int carrier_key(std::string_view carrier) {
  const auto it = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& k) { return k.carrier == carrier; });
  return it == kKeys.end() ? 0 : it->key;
}

http::Request write_register(std::string_view base_url, std::string_view key, const std::vector<Registration>& numbers) {
  check(numbers.size() <= kNumbersAtOnce, "17TRACK takes 40 numbers at once");
  json::array body;
  for (const Registration& each : numbers) {
    json::object entry{{"number", each.number}};
    if (const int carrier = carrier_key(each.carrier)) entry["carrier"] = carrier;
    body.push_back(std::move(entry));
  }
  return post(base_url, "register", key, body);
}

Result<Registered> read_register(const http::Response& answer) {
  const json::value data = TRY(data_of(answer));
  Registered registered;
  if (const json::array* accepted = json::find_array(data, "accepted"))
    for (const json::value& entry : *accepted) registered.accepted.push_back(json::get_text(entry, "number"));
  if (const json::array* rejected = json::find_array(data, "rejected"))
    for (const json::value& entry : *rejected) {
      if (json::get_int(entry, "error.code") == kAlreadyRegistered) {
        registered.accepted.push_back(json::get_text(entry, "number"));
      } else {
        registered.problems.push_back({json::get_text(entry, "number"), json::get_text(entry, "error.message")});
      }
    }
  return registered;
}

http::Request write_tracking(const TrackingQuestion& question) {
  check(question.numbers.size() <= kNumbersAtOnce, "17TRACK takes 40 numbers at once");
  json::array body;
  for (const std::string& number : question.numbers) body.push_back(json::object{{"number", number}});
  return post(question.base_url.empty() ? kBaseUrl : std::string_view(question.base_url), "gettrackinfo", question.key, body);
}

Result<TrackingAnswer> read_tracking(const http::Response& response, std::vector<std::string>* not_registered) {
  const json::value data = TRY(data_of(response));
  TrackingAnswer answer;
  if (const json::array* accepted = json::find_array(data, "accepted"))
    for (const json::value& entry : *accepted) read_accepted(entry, answer);
  if (const json::array* rejected = json::find_array(data, "rejected"))
    for (const json::value& entry : *rejected) {
      const std::string number = json::get_text(entry, "number");
      const auto code = json::get_int(entry, "error.code");
      if (code == kNoInformationYet) {
        History history;
        history.number = number;
        history.state = State::not_found;
        answer.numbers.push_back(std::move(history));
      } else if (code == kNotRegistered && not_registered != nullptr) {
        not_registered->push_back(number);
      } else {
        answer.problems.push_back({number, json::get_text(entry, "error.message")});
      }
    }
  return answer;
}

}  // namespace zifa::carriers::track17_api
