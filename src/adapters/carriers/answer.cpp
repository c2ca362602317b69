#include "adapters/carriers/answer.hpp"

#include "base/text.hpp"

namespace zifa::carriers {

Result<Done> check_status(const http::Response& answer, std::string_view carrier) {
  const std::string who(carrier);
  if (answer.status == 401 || answer.status == 403) return unauthorized("carrier.not_allowed", who + " refused our key (status " + std::to_string(answer.status) + "); check it in the carrier's settings.");
  if (answer.status == 429) return Error{ErrorKind::throttled, "carrier.too_fast", who + " asked to slow down."};
  if (answer.status >= 500) return unavailable("carrier.unavailable", who + " answered with status " + std::to_string(answer.status) + "; try again later.");
  return done;
}

std::string place_text(std::string_view city, std::string_view region, std::string_view postcode, std::string_view country) {
  std::string text(trim(city));
  const auto add = [&](std::string_view part, std::string_view separator) {
    part = trim(part);
    if (part.empty()) return;
    if (!text.empty()) text += separator;
    text += part;
  };
  add(region, ", ");
  add(postcode, region.empty() ? ", " : " ");
  add(country, ", ");
  return text;
}

// One line: answers are wrapped and indented inside their texts.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : trim(text)) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) line += c;
    if (space && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

void add_event(TrackingAnswer& answer, tracking::History& history, RawEvent event) {
  if (!event.at) {
    answer.problems.push_back({history.number, "the event \"" + printable(event.text.empty() ? event.code : event.text, 80) + "\" has no time that can be read"});
    return;
  }
  if (!event.at->offset) event.at->offset = offset_of_place(event.where, *event.at);
  history.events.push_back({*event.at, event.state, std::move(event.code), one_line(event.text), std::move(event.place)});
}

Error not_an_answer(std::string_view carrier) { return corrupt("carrier.not_an_answer", "This is not a tracking answer of " + std::string(carrier) + "; check the carrier and the file."); }

const Carrier* carrier_named(std::string_view id) {
  for (const Carrier* carrier : carriers()) {
    if (carrier->id == id) return carrier;
    for (const std::string_view other : carrier->also)
      if (other == id) return carrier;
  }
  return nullptr;
}

}  // namespace zifa::carriers
