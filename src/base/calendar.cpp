#include "base/calendar.hpp"

namespace zifa {

Result<Day> WorkCalendar::next_business_day(Day day) const {
  for (int i = 0; i < 366; ++i)
    if (is_business_day(day + i)) return day + i;
  return refused("calendar.never_works", "No working day within a year after " + day.iso() + "; check the operating days of this calendar.");
}

Result<Day> WorkCalendar::add_business_days(Day day, int n) const {
  Day at = TRY(next_business_day(day));
  for (int i = 0; i < n; ++i) at = TRY(next_business_day(at + 1));
  return at;
}

}  // namespace zifa
