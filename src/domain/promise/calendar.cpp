#include "domain/promise/calendar.hpp"

#include <array>

namespace zifa::promise {

namespace {

constexpr std::array<const char*, 7> kWeekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::string in_words(Day day, const std::string& name) {
  return std::string(kWeekdays[day.weekday()]) + " " + day.iso() + (name.empty() ? "" : " (" + name + ")");
}

std::string name_of(const Calendar& calendar, Day day) {
  const auto found = calendar.names.find(day);
  return found == calendar.names.end() ? "" : found->second;
}

}  // namespace

Result<Counted> count_business_days(const Calendar& calendar, Day day, int n) {
  Counted counted{.day = n > 0 ? day + 1 : day};
  for (int left = std::max(n, 1), passed = 0;; ++counted.day) {
    if (calendar.days.is_business_day(counted.day)) {
      passed = 0;
      if (--left == 0) break;
      continue;
    }
    counted.skipped.push_back({counted.day, name_of(calendar, counted.day)});
    if (++passed > 366)
      return refused("promise.never_works", "No business day within a year after " + day.iso() + "; check the operating days of this calendar.");
  }
  if (calendar.known_until && counted.day > *calendar.known_until)
    return refused("promise.calendar_too_short", "The holidays of this calendar are known until " + calendar.known_until->iso() + ", the answer lies behind; update data/holidays.csv.");
  return counted;
}

int business_days_between(const Calendar& calendar, Day from, Day to) {
  if (to < from) return -business_days_between(calendar, to, from);
  int count = 0;
  for (Day day = from + 1; day <= to; ++day) count += calendar.days.is_business_day(day) ? 1 : 0;
  return count;
}

std::string day_in_words(const Calendar& calendar, Day day) { return in_words(day, name_of(calendar, day)); }

std::string skipped_in_words(const std::vector<SkippedDay>& skipped) {
  if (skipped.empty()) return "";
  if (skipped.size() > 6) return "skipping " + std::to_string(skipped.size()) + " days that are no business days";
  std::string text = "skipping ";
  for (std::size_t i = 0; i < skipped.size(); ++i) {
    if (i > 0) text += i + 1 == skipped.size() ? " and " : ", ";
    text += in_words(skipped[i].day, skipped[i].holiday);
  }
  return text;
}

}  // namespace zifa::promise
