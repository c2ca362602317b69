// Numbers that a carrier handed out as a range (号段): labels without an API take the next one.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "domain/tracking/check_digit.hpp"

namespace zifa::tracking {

// A number is prefix + serial + check character + suffix.
//
// `serial_width` 1 to 18. `unchecked_prefix`: how many characters at the start the check digit does not look at
// (2 for UPS's 1Z and for the letters of S10, 0 for a GS1 SSCC).
struct NumberRange {
  std::string name;  // how the seller knows it, for messages
  std::string prefix;
  int serial_width = 0;
  std::string suffix;
  CheckRule check;
  std::size_t unchecked_prefix = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t next = 0;  // the serial that the next label gets; past `last` when none is left

  std::int64_t left() const { return next > last ? 0 : last - next + 1; }
};

// Whether such a range can give numbers at all. Refuses `number_range.bad_width`, `.bad_bounds`, `.bad_text`, `.bad_check`.
Result<Done> check_range(const NumberRange& range);

// The number of one serial. Refuses what check_range refuses, and `number_range.outside`.
Result<std::string> number_of_serial(const NumberRange& range, std::int64_t serial);

// The next number; the range moves on by one. Refuses `number_range.exhausted`, and leaves the range as it was.
Result<std::string> take_number(NumberRange& range);

}  // namespace zifa::tracking
