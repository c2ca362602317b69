// How long something may still take. For searches that get better with time; what they find is never wrong for lack of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace zifa::clock {

// A question that is answered with no once that many milliseconds have passed.
inline std::function<bool()> until_ms_from_now(std::int64_t ms) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
  return [end] { return std::chrono::steady_clock::now() < end; };
}

}  // namespace zifa::clock
