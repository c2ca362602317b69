// A carrier-tracking service in the protocol of 17TRACK's tracking API v2.2, so that parcels can be followed over a real
// protocol. Source: asset.17track.net/api/document/v2.2_en, read 2026-11-25 (docs/rules/spapi_sandbox.md, "Tracking service").
#pragma once

#include <string_view>

#include "base/http.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

inline constexpr std::string_view kTrackingServicePath = "/track/v2.2/";

http::Response serve_tracking(World& world, const http::Request& request);

}  // namespace zifa::sandbox
