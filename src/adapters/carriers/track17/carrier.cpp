// 17TRACK: the tracking API v2.2, and the account page's list, which shows the last event of each number only.
#include <algorithm>

#include "adapters/carriers/answer.hpp"
#include "adapters/carriers/track17/protocol.hpp"
#include "app/reference/tracking_codes.hpp"
#include "base/json.hpp"

namespace zifa::carriers {

namespace {

using tracking::History;
using tracking::State;

// FLastEvent is JSON inside JSON: a = local time, c = place, d = country or more of the place, z = text.
Result<TrackingAnswer> read_page(const json::array& entries) {
  TrackingAnswer answer;
  std::vector<State> stated;
  for (const json::value& entry : entries) {
    const std::string number = json::get_text(entry, "FTrackNo");
    auto history = std::find_if(answer.numbers.begin(), answer.numbers.end(), [&](const History& h) { return h.number == number; });
    if (history == answer.numbers.end()) {
      answer.numbers.push_back({});
      stated.push_back(State::unknown);
      history = answer.numbers.end() - 1;
      history->number = number;
    }
    const auto type = json::get_int(entry, "FTrackStateType");
    const State state = type ? state_of_code("17track", std::to_string(*type)) : State::unknown;
    const std::string last = json::get_text(entry, "FLastEvent");
    if (!last.empty()) {
      const auto event = json::parse(last);
      if (!event) {
        answer.problems.push_back({number, "the last event cannot be read"});
      } else {
        const std::string country = json::get_text(*event, "d");
        RawEvent raw;
        const std::string at = json::get_text(*event, "a");
        raw.at = tracking::read_local_time(at);
        raw.text = json::get_text(*event, "z");
        raw.place = place_text(json::get_text(*event, "c"), "", "", country);
        raw.where = {country, "", ""};
        add_event(answer, *history, std::move(raw));
      }
    }
    // "Not found" beside an event says only that the page has not looked yet.
    if (state != State::unknown && !(state == State::not_found && !history->events.empty())) stated[static_cast<std::size_t>(history - answer.numbers.begin())] = state;
  }
  for (std::size_t i = 0; i < answer.numbers.size(); ++i) settle(answer.numbers[i], stated[i] == State::not_found && !answer.numbers[i].events.empty() ? State::unknown : stated[i], true);
  return answer;
}

Result<TrackingAnswer> read_tracking(const http::Response& response) {
  if (const auto parsed = json::parse(response.body))
    if (const json::array* page = json::find_array(*parsed, "Json")) return read_page(*page);
  return track17_api::read_tracking(response, nullptr);
}

}  // namespace

// The folder cannot begin with a digit.
extern const Carrier track17;
const Carrier track17{
    .id = "17track",
    .name = "17TRACK",
    .also = {"track17", "17track_web"},
    .tracking = {.write = track17_api::write_tracking, .read = read_tracking, .numbers_at_once = track17_api::kNumbersAtOnce},
};

}  // namespace zifa::carriers
