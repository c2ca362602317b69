// The time zone of a place that a scan names: data/place_time_zones.csv.
#pragma once

#include <optional>
#include <string_view>

#include "domain/tracking/local_time.hpp"

namespace zifa {

struct ScanPlace {
  std::string_view country;   // two letters or a name ("Germany"); may be empty
  std::string_view region;    // state or province; may be empty
  std::string_view postcode;  // may be empty
};

// Seconds east of UTC at that local time. Nothing where the place is unknown, or lies in a region with two zones and no postcode.
std::optional<int> offset_of_place(const ScanPlace& place, const tracking::LocalTime& at);

}  // namespace zifa
