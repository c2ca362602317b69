// Amazon's own static sandbox: 285 recorded pairs of a call and its answer (data/sandbox/static_cases.json).
#pragma once

#include <optional>

#include "base/http.hpp"
#include "sandbox/amazon/operations.hpp"

namespace zifa::sandbox {

// The answer of the case that this call fits: every parameter that the case lists must be equal, others do not matter;
// the case with the most parameters wins, among equals the one with the lowest status. Nothing when none fits.
std::optional<http::Response> static_answer(const Match& match, const http::Request& request);

}  // namespace zifa::sandbox
