// From a carrier's history to the scans that a parcel keeps.
#pragma once

#include <string_view>
#include <vector>

#include "domain/parcel/parcel.hpp"
#include "domain/tracking/history.hpp"

namespace zifa::tracking {

// Oldest first. `source` says who told ("17track"). An event whose offset nobody knows is kept as if its time were UTC.
std::vector<Scan> scans_of(const History& history, std::string_view source);

}  // namespace zifa::tracking
