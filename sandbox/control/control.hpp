// The control surface /_sandbox/…: drives the world and looks behind it. JSON, no token; errors `{"error":"…"}`.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "sandbox/amazon/gate.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

inline constexpr std::string_view kControlPath = "/_sandbox";

std::string ready_line(const World& world);
http::Response serve_control(World& world, Gate& gate, const http::Request& request);

}  // namespace zifa::sandbox
