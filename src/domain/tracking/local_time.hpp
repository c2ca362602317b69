// A moment as a carrier writes it: a local date and time, with the offset from UTC where it is known.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace zifa::tracking {

struct LocalTime {
  Day day;
  int seconds = 0;                 // since midnight
  std::optional<int> offset;       // seconds east of UTC; nothing when neither carrier nor place tells

  bool operator==(const LocalTime&) const = default;
  // 2024-11-22T13:58:00-05:00, with Z for +00:00; without an offset 2024-11-22T13:58:00.
  std::string iso() const;
  // The point in time; without an offset as if it were UTC, which may be most of a day off.
  Instant instant() const;
};

// Date and time in one text: 2024-11-22T13:58:00-05:00, 2018-04-23 12:02, 2023-04-05 18:56:00 UTC, 2021-03-05, ... Offsets as Z, UTC,
// +02:00, +0200, -7:00. Fractions of a second are dropped. Nothing for anything else.
std::optional<LocalTime> read_local_time(std::string_view text);

// Date and time apart: dates 2024-11-07, 20220126 or "April 28, 2015"; times 18:00:00, 18:00, 163000, 1630, "9:01 am" or "".
std::optional<LocalTime> read_local_time(std::string_view date, std::string_view time);

// "+01:00", "-0500", "-7:00", "Z", "UTC", and the North American EST, EDT, CST, CDT, MST, MDT, PST, PDT, AST, ADT, NST, NDT.
std::optional<int> read_offset(std::string_view text);

}  // namespace zifa::tracking
