// Which days are worked. A place works on its weekdays, but not on its holidays, and on its make-up days whatever they are.
#pragma once

#include <array>
#include <set>
#include <vector>

#include "base/time.hpp"

namespace zifa {

class WorkCalendar {
 public:
  // Monday to Friday in `zone`, no holidays.
  explicit WorkCalendar(TimeZone zone) : zone_(std::move(zone)) {}

  const TimeZone& zone() const { return zone_; }
  // `weekday`: 0 = Sunday ... 6 = Saturday.
  void set_works_on(unsigned weekday, bool works) { works_[weekday % 7] = works; }
  void add_holiday(Day day) { holidays_.insert(day); }
  // A day that is worked although it is a weekend (China's 调休).
  void add_make_up_day(Day day) { make_up_days_.insert(day); }

  bool is_business_day(Day day) const {
    if (make_up_days_.contains(day)) return true;
    return works_[day.weekday()] && !holidays_.contains(day);
  }
  // The first business day on or after `day`. Refuses `calendar.never_works` when none comes within a year.
  Result<Day> next_business_day(Day day) const;
  // The n-th business day after `day` (n = 0: `day` itself if it is one, else the next).
  Result<Day> add_business_days(Day day, int n) const;

 private:
  TimeZone zone_;
  std::array<bool, 7> works_{false, true, true, true, true, true, false};
  std::set<Day> holidays_;
  std::set<Day> make_up_days_;
};

}  // namespace zifa
