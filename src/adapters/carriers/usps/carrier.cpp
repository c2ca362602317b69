// USPS: the Tracking API v3 (JSON), and the Web Tools answers (XML) that older recordings hold.
#include "adapters/carriers/answer.hpp"
#include "adapters/carriers/xml.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "USPS";

// Web Tools' errors: not found, no status available.
bool means_not_found(std::string_view error_number) { return error_number == "-2147219302" || error_number == "-2147219301"; }

void read_info(const pugi::xml_node& info, TrackingAnswer& answer) {
  History history;
  history.number = info.attribute("ID").as_string();
  if (const pugi::xml_node error = xml::child(info, "Error")) {
    if (means_not_found(xml::text(error, "Number"))) {
      history.state = State::not_found;
      answer.numbers.push_back(std::move(history));
    } else {
      answer.problems.push_back({history.number, xml::text(error, "Description")});
    }
    return;
  }
  for (const pugi::xml_node& node : info.children()) {
    const std::string_view name = xml::local_name(node);
    if (name != "TrackSummary" && name != "TrackDetail") continue;
    const std::string city = xml::text(node, "EventCity"), state = xml::text(node, "EventState"), zip = xml::text(node, "EventZIPCode"), country = xml::text(node, "EventCountry");
    RawEvent event;
    event.at = tracking::read_local_time(xml::text(node, "EventDate"), xml::text(node, "EventTime"));
    event.code = xml::text(node, "EventCode");
    event.text = xml::text(node, "Event");
    event.state = state_of_code("usps", event.code);
    event.place = place_text(city, state, zip, country);
    event.where = {country.empty() ? std::string_view("US") : std::string_view(country), state, zip};
    add_event(answer, history, std::move(event));
  }
  settle(history, state_of_code("usps", xml::text(info, "StatusCategory")), true);
  answer.numbers.push_back(std::move(history));
}

Result<TrackingAnswer> read_xml(std::string_view body) {
  pugi::xml_document document;
  if (!xml::load(document, body)) return not_an_answer(kWho);
  TrackingAnswer answer;
  const pugi::xml_node root = document.document_element();
  if (xml::local_name(root) == "Error") {
    answer.problems.push_back({"", xml::text(root, "Description")});
    return answer;
  }
  if (xml::local_name(root) != "TrackResponse") return not_an_answer(kWho);
  for (const pugi::xml_node& info : root.children())
    if (xml::local_name(info) == "TrackInfo") read_info(info, answer);
  return answer;
}

void read_piece(const json::value& piece, TrackingAnswer& answer) {
  History history;
  history.number = json::get_text(piece, "trackingNumber");
  if (const json::array* events = json::find_array(piece, "trackingEvents"))
    for (const json::value& node : *events) {
      const std::string city = json::get_text(node, "eventCity"), state = json::get_text(node, "eventState"), zip = json::get_text(node, "eventZIP"), country = json::get_text(node, "eventCountry");
      RawEvent event;
      event.at = tracking::read_local_time(json::get_text(node, "eventTimestamp"));
      if (event.at && !event.at->offset) event.at->offset = tracking::read_offset(json::get_text(node, "GMTOffset"));
      event.code = json::get_text(node, "eventCode");
      event.text = json::get_text(node, "eventType");
      event.state = state_of_code("usps", event.code);
      event.place = place_text(city, state, zip, country);
      event.where = {country.empty() ? std::string_view("US") : std::string_view(country), state, zip};
      add_event(answer, history, std::move(event));
    }
  settle(history, state_of_code("usps", json::get_text(piece, "statusCategory")), true);
  answer.numbers.push_back(std::move(history));
}

Result<TrackingAnswer> read_json(std::string_view body) {
  const json::value parsed = TRY(json::parse(body));
  TrackingAnswer answer;
  if (const json::array* pieces = parsed.if_array()) {
    for (const json::value& piece : *pieces) {
      if (!piece.is_object()) return not_an_answer(kWho);
      read_piece(piece, answer);
    }
    return answer;
  }
  if (json::find_object(parsed, "error") != nullptr) {
    answer.problems.push_back({"", json::get_text(parsed, "error.message")});
    return answer;
  }
  if (json::find_array(parsed, "trackingEvents") == nullptr && json::get_text(parsed, "trackingNumber").empty()) return not_an_answer(kWho);
  read_piece(parsed, answer);
  return answer;
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  return is_xml(response.body) ? read_xml(response.body) : read_json(response.body);
}

}  // namespace

extern const Carrier usps;
const Carrier usps{.id = "usps", .name = "USPS", .also = {}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
