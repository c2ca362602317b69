// How likely a parcel arrives within the days it has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace zifa::rating {

// Parts per million of parcels that arrive at most `days` calendar days after they left.
//
// The carrier's promise (`days_min` to `days_max`) is read as: evenly spread between the two, 97 % by the last day, and of the
// rest half on every further day (our assumption). `arrived_by_day[d]` counts our own parcels that took d days; 20 of them
// weigh as much as the promise. `late` are our own parcels that were never delivered, or took longer than the list is long.
std::int64_t on_time_ppm(int days_min, int days_max, int days, std::span<const std::int64_t> arrived_by_day = {}, std::int64_t late = 0);

}  // namespace zifa::rating
