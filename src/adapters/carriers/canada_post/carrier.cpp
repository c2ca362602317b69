// Canada Post: Get Tracking Details (XML). Times carry the zone's letters, EST and the like.
#include "adapters/carriers/answer.hpp"
#include "adapters/carriers/xml.hpp"
#include "app/reference/tracking_codes.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

constexpr std::string_view kWho = "Canada Post";

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  TRY(check_status(response, kWho));
  pugi::xml_document document;
  if (!xml::load(document, response.body)) return not_an_answer(kWho);
  const pugi::xml_node root = document.document_element();
  TrackingAnswer answer;
  if (xml::local_name(root) == "messages") {
    for (const pugi::xml_node& message : root.children())
      if (xml::local_name(message) == "message") answer.problems.push_back({"", xml::text(message, "description")});
    return answer;
  }
  if (xml::local_name(root) != "tracking-detail") return not_an_answer(kWho);
  History history;
  history.number = xml::text(root, "pin");
  for (const pugi::xml_node& node : xml::child(root, "significant-events").children()) {
    if (xml::local_name(node) != "occurrence") continue;
    const std::string site = xml::text(node, "event-site"), province = xml::text(node, "event-province");
    RawEvent event;
    event.at = tracking::read_local_time(xml::text(node, "event-date"), xml::text(node, "event-time"));
    if (event.at) event.at->offset = tracking::read_offset(xml::text(node, "event-time-zone"));
    event.code = xml::text(node, "event-identifier");
    event.text = xml::text(node, "event-description");
    event.state = state_of_code("canada_post", event.code);
    event.place = place_text(site, province, "", "");
    event.where = {"CA", province, ""};
    add_event(answer, history, std::move(event));
  }
  settle(history, State::unknown, true);
  answer.numbers.push_back(std::move(history));
  return answer;
}

}  // namespace

extern const Carrier canada_post;
const Carrier canada_post{.id = "canada_post", .name = "Canada Post", .also = {"canadapost", "canada_post_pws"}, .tracking = {.read = read_tracking}};

}  // namespace zifa::carriers
