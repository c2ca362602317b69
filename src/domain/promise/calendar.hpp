// A calendar of business days that can say why a day is none, and until when its holidays are known.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.hpp"

namespace zifa::promise {

struct Calendar {
  WorkCalendar days;
  std::optional<Day> known_until;       // holidays are known up to here; nothing: none are known for this place
  std::map<Day, std::string> names;     // of holidays and make-up days

  const TimeZone& zone() const { return days.zone(); }
};

// A day passed over while counting business days, and why: a holiday's name, or "" for a day of the weekend.
struct SkippedDay {
  Day day;
  std::string holiday;
  bool operator==(const SkippedDay&) const = default;
};

struct Counted {
  Day day;
  std::vector<SkippedDay> skipped;
};

// The n-th business day after `day`, which is itself not counted whatever it is; n = 0: `day` if it is a business day, else the next.
// Refuses `promise.calendar_too_short` when the holidays end before the answer.
Result<Counted> count_business_days(const Calendar& calendar, Day day, int n);

// How many business days lie in (from, to]; negative when `to` is before `from`.
int business_days_between(const Calendar& calendar, Day from, Day to);

// "Monday 2026-09-07 (Labor Day)"
std::string day_in_words(const Calendar& calendar, Day day);
// "skipping Saturday 2026-09-05, Sunday 2026-09-06 and Monday 2026-09-07 (Labor Day)"; "" when nothing was skipped.
std::string skipped_in_words(const std::vector<SkippedDay>& skipped);

}  // namespace zifa::promise
