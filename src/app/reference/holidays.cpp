#include "app/reference/holidays.hpp"

#include <algorithm>
#include <map>

#include "app/reference/reference_table.hpp"
#include "base/check.hpp"

namespace zifa {

namespace {

struct NamedDay {
  Day day;
  bool worked;
  std::string name;
};

const std::map<std::string, std::vector<NamedDay>, std::less<>>& all_days() {
  static const auto all = [] {
    std::map<std::string, std::vector<NamedDay>, std::less<>> read;
    read_reference("data/holidays.csv", {"region", "date", "kind", "name"}, [&](const std::vector<std::string_view>& row) {
      check(row[2] == "off" || row[2] == "work", "data/holidays.csv knows the kinds off and work");
      read[std::string(row[0])].push_back({Day::parse(row[1]).value(), row[2] == "work", std::string(row[3])});
    });
    return read;
  }();
  return all;
}

void add_days(promise::Calendar& calendar, std::string_view region) {
  const auto found = all_days().find(region);
  if (found == all_days().end()) return;
  Day last = found->second.front().day;
  for (const NamedDay& named : found->second) {
    if (named.worked) calendar.days.add_make_up_day(named.day);
    else calendar.days.add_holiday(named.day);
    calendar.names[named.day] = named.name;
    last = std::max(last, named.day);
  }
  // Holidays are collected by whole years.
  calendar.known_until = Day::of(last.year(), 12, 31);
}

}  // namespace

Result<promise::Calendar> marketplace_calendar(std::string_view code, Day day, const std::vector<unsigned>& operating_weekend_days) {
  const MarketplaceRules rules = TRY(marketplace_rules(code, day));
  promise::Calendar calendar{.days = WorkCalendar(rules.zone)};
  for (unsigned weekday = 0; weekday < 7; ++weekday) {
    const auto has = [weekday](const std::vector<unsigned>& days) { return std::find(days.begin(), days.end(), weekday) != days.end(); };
    calendar.days.set_works_on(weekday, !has(rules.weekend) || has(operating_weekend_days));
  }
  add_days(calendar, rules.holidays);
  return calendar;
}

promise::Calendar place_calendar(std::string_view region, TimeZone zone) {
  promise::Calendar calendar{.days = WorkCalendar(std::move(zone))};
  add_days(calendar, region);
  return calendar;
}

}  // namespace zifa
