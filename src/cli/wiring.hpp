// What main.cpp hands to the commands: streams, and ways to open everything that is not the command's own business.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>

#include "base/time.hpp"
#include "cli/command.hpp"

namespace zifa::cli {

class Wiring {
 public:
  virtual ~Wiring() = default;
  virtual std::istream& in() = 0;
  virtual std::ostream& out() = 0;  // results only
  virtual std::ostream& err() = 0;  // messages and progress
  // The present moment; nothing without a clock.
  virtual std::optional<Instant> now() { return std::nullopt; }
  // A question that is answered with no once that many milliseconds have passed. Without a clock: never.
  virtual std::function<bool()> time_limit(std::int64_t /*ms*/) {
    return [] { return true; };
  }
};

}  // namespace zifa::cli
