// What happened to a parcel on its way, in words that are the same for every carrier.
//
// Source of the states: docs/guide/en/tracking.md, "States".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/tracking/local_time.hpp"

namespace zifa::tracking {

enum class State : std::uint8_t {
  not_found, info_received, collected, in_transit, pickup_ready, out_for_delivery, delivery_failed, delivered, exception, returning, returned,
  refused, transferred, expired, lost, damaged,
  unknown,  // a code we do not know; code and text are kept
};
std::string_view name_of(State state);
std::optional<State> state_named(std::string_view name);
// Somebody held the parcel in their hands: what Amazon counts as a scan.
bool is_scan(State state);

struct HistoryEvent {
  LocalTime at;
  State state = State::unknown;
  std::string code, text;  // as the carrier gave them
  std::string place;
};

struct History {
  std::string number;                // "" where the answer does not repeat it
  State state = State::unknown;      // now
  std::vector<HistoryEvent> events;  // oldest first

  std::optional<LocalTime> first_scan_at() const;
  // Of the last delivery, while the parcel's state is delivered.
  std::optional<LocalTime> delivered_at() const;
};

// Sorts the events, keeping the order of those at the same moment (`newest_first`: the order they came in is reversed before),
// and takes `stated` for the state where the carrier gave one that we know; else the last event that says something.
void settle(History& history, State stated, bool newest_first);

}  // namespace zifa::tracking
