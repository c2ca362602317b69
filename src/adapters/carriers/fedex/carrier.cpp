// FedEx: the Track API v1 (JSON), and the SOAP answers (XML) that older recordings hold.
#include <algorithm>

#include "adapters/carriers/answer.hpp"
#include "adapters/carriers/xml.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "FedEx";

// FedEx gives numbers out again after a while; of several parcels with one number the one that moved last is meant.
void add_or_keep_newest(TrackingAnswer& answer, History history) {
  const auto same = std::find_if(answer.numbers.begin(), answer.numbers.end(), [&](const History& h) { return h.number == history.number; });
  if (same == answer.numbers.end()) {
    answer.numbers.push_back(std::move(history));
  } else if (!history.events.empty() && (same->events.empty() || same->events.back().at.instant() < history.events.back().at.instant())) {
    *same = std::move(history);
  }
}

void read_details(const pugi::xml_node& details, TrackingAnswer& answer) {
  History history;
  history.number = xml::text(details, "TrackingNumber");
  const pugi::xml_node notice = xml::child(details, "Notification");
  const std::string severity = xml::text(notice, "Severity"), code = xml::text(notice, "Code");
  if (severity == "ERROR" || severity == "FAILURE") {
    // 9040: the number cannot be found; 9080 and others: the question could not be answered.
    if (code == "9040" && !history.number.empty()) {
      history.state = State::not_found;
      add_or_keep_newest(answer, std::move(history));
    } else {
      answer.problems.push_back({history.number, xml::text(notice, "Message")});
    }
    return;
  }
  for (const pugi::xml_node& node : details.children()) {
    if (xml::local_name(node) != "Events") continue;
    const pugi::xml_node address = xml::child(node, "Address");
    const std::string city = xml::text(address, "City"), state = xml::text(address, "StateOrProvinceCode"), zip = xml::text(address, "PostalCode"), country = xml::text(address, "CountryCode");
    RawEvent event;
    event.at = tracking::read_local_time(xml::text(node, "Timestamp"));
    event.code = xml::text(node, "EventType");
    event.text = xml::text(node, "EventDescription");
    event.state = state_of_code("fedex", event.code);
    event.place = place_text(city, state, zip, country);
    event.where = {country, state, zip};
    add_event(answer, history, std::move(event));
  }
  settle(history, state_of_code("fedex", xml::text(xml::child(details, "StatusDetail"), "Code")), true);
  add_or_keep_newest(answer, std::move(history));
}

Result<TrackingAnswer> read_xml(std::string_view body) {
  pugi::xml_document document;
  if (!xml::load(document, body)) return not_an_answer(kWho);
  const pugi::xml_node reply = xml::find(document.document_element(), "TrackReply");
  if (!reply) return not_an_answer(kWho);
  TrackingAnswer answer;
  for (const pugi::xml_node& completed : reply.children()) {
    const std::string_view name = xml::local_name(completed);
    if (name == "TrackDetails") read_details(completed, answer);  // older than version 7
    if (name != "CompletedTrackDetails") continue;
    for (const pugi::xml_node& details : completed.children())
      if (xml::local_name(details) == "TrackDetails") read_details(details, answer);
  }
  if (answer.numbers.empty() && answer.problems.empty()) answer.problems.push_back({"", xml::text(xml::child(reply, "Notifications"), "Message")});
  return answer;
}

void read_result(const json::value& result, std::string_view asked, TrackingAnswer& answer) {
  History history;
  history.number = asked;
  if (history.number.empty()) history.number = json::get_text(result, "trackingNumberInfo.trackingNumber");
  if (const json::array* events = json::find_array(result, "scanEvents"))
    for (const json::value& node : *events) {
      const std::string city = json::get_text(node, "scanLocation.city"), state = json::get_text(node, "scanLocation.stateOrProvinceCode"),
                        zip = json::get_text(node, "scanLocation.postalCode"), country = json::get_text(node, "scanLocation.countryCode");
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "date"));
      event.code = json::get_text(node, "eventType");
      event.text = json::get_text(node, "eventDescription");
      event.state = state_of_code("fedex", event.code);
      event.place = place_text(city, state, zip, country);
      event.where = {country, state, zip};
      add_event(answer, history, std::move(event));
    }
  const std::string error = json::get_text(result, "error.code");
  if (history.events.empty() && !error.empty()) {
    if (error != "TRACKING.TRACKINGNUMBER.NOTFOUND") {
      answer.problems.push_back({history.number, json::get_text(result, "error.message")});
      return;
    }
    history.state = State::not_found;
  } else {
    settle(history, state_of_code("fedex", json::get_text(result, "latestStatusDetail.code")), true);
  }
  add_or_keep_newest(answer, std::move(history));
}

Result<TrackingAnswer> read_json(std::string_view body) {
  const json::value parsed = TRY(json::parse(body));
  TrackingAnswer answer;
  if (const json::array* errors = json::find_array(parsed, "errors")) {
    for (const json::value& error : *errors) answer.problems.push_back({"", json::get_text(error, "message")});
    return answer;
  }
  const json::array* complete = json::find_array(parsed, "output.completeTrackResults");
  if (complete == nullptr) return not_an_answer(kWho);
  for (const json::value& each : *complete)
    if (const json::array* results = json::find_array(each, "trackResults"))
      for (const json::value& result : *results) read_result(result, json::get_text(each, "trackingNumber"), answer);
  return answer;
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  return is_xml(response.body) ? read_xml(response.body) : read_json(response.body);
}

}  // namespace

extern const Carrier fedex;
const Carrier fedex{.id = "fedex", .name = "FedEx", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
