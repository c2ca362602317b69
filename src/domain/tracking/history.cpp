#include "domain/tracking/history.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace zifa::tracking {

namespace {

constexpr std::array<std::string_view, 17> kNames{"not_found",  "info_received", "collected", "in_transit", "pickup_ready", "out_for_delivery", "delivery_failed", "delivered", "exception",
                                                  "returning",  "returned",      "refused",   "transferred", "expired",     "lost",             "damaged",         "unknown"};

}  // namespace

std::string_view name_of(State state) { return kNames[static_cast<std::size_t>(state)]; }

std::optional<State> state_named(std::string_view name) {
  const auto it = std::find(kNames.begin(), kNames.end(), name);
  if (it == kNames.end()) return std::nullopt;
  return static_cast<State>(it - kNames.begin());
}

bool is_scan(State state) {
  switch (state) {
    case State::not_found:
    case State::info_received:
    case State::expired:
    case State::unknown: return false;
    default: return true;
  }
}

std::optional<LocalTime> History::first_scan_at() const {
  for (const HistoryEvent& event : events)
    if (is_scan(event.state)) return event.at;
  return std::nullopt;
}

std::optional<LocalTime> History::delivered_at() const {
  if (state != State::delivered) return std::nullopt;
  for (auto event = events.rbegin(); event != events.rend(); ++event)
    if (event->state == State::delivered) return event->at;
  return std::nullopt;
}

void settle(History& history, State stated, bool newest_first) {
  auto& events = history.events;
  if (newest_first) std::reverse(events.begin(), events.end());
  // A time without an offset is taken to be in the zone of the event before it, else of the first one that has a zone: an
  // event must not jump over its neighbours because its place is unknown.
  int offset = 0;
  if (const auto known = std::find_if(events.begin(), events.end(), [](const HistoryEvent& e) { return e.at.offset.has_value(); }); known != events.end()) offset = *known->at.offset;
  std::vector<std::pair<Instant, std::size_t>> order;
  for (std::size_t i = 0; i < events.size(); ++i) {
    LocalTime at = events[i].at;
    offset = at.offset.value_or(offset);
    at.offset = offset;
    order.emplace_back(at.instant(), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<HistoryEvent> sorted;
  sorted.reserve(events.size());
  for (const auto& [moment, index] : order) sorted.push_back(std::move(events[index]));
  events = std::move(sorted);
  history.state = stated;
  for (auto event = events.rbegin(); history.state == State::unknown && event != events.rend(); ++event) history.state = event->state;
}

}  // namespace zifa::tracking
