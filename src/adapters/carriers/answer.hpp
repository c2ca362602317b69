// What the readers of carriers' answers share.
#pragma once

#include <string>
#include <string_view>

#include "app/ports/carrier.hpp"
#include "app/reference/place_zones.hpp"

namespace zifa::carriers {

// Nothing wrong with the status; else `unauthorized`, `throttled`, `unavailable` as codes `carrier.…`, naming the carrier. Statuses that carry
// an answer all the same (400, 404) pass.
Result<Done> check_status(const http::Response& answer, std::string_view carrier);

inline bool is_xml(std::string_view body) { return body.find_first_not_of(" \t\r\n\xEF\xBB\xBF") != std::string_view::npos && body[body.find_first_not_of(" \t\r\n\xEF\xBB\xBF")] == '<'; }

// "HERNANDO, FL 34442, US": what there is of it.
std::string place_text(std::string_view city, std::string_view region, std::string_view postcode, std::string_view country);

std::string one_line(std::string_view text);

// Adds an event whose time could be read, with the offset of its place where the carrier gave none; a time that cannot be read is a problem.
struct RawEvent {
  std::optional<tracking::LocalTime> at;
  tracking::State state = tracking::State::unknown;
  std::string code, text, place;
  ScanPlace where;
};
void add_event(TrackingAnswer& answer, tracking::History& history, RawEvent event);

Error not_an_answer(std::string_view carrier);

}  // namespace zifa::carriers
