#include "sandbox/world/promise.hpp"

#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "sandbox/world/tables.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::array kServices{
    ServiceName{Service::standard, "Standard", "STANDARD", "Std Cont US Street Addr"},
    ServiceName{Service::expedited, "Expedited", "EXPEDITED", "Exp Cont US Street Addr"},
    ServiceName{Service::second_day, "SecondDay", "SECOND_DAY", "Second US D2D Dom"},
    ServiceName{Service::next_day, "NextDay", "NEXT_DAY", "Next US D2D Dom"},
    ServiceName{Service::free_economy, "FreeEconomy", "FREE_ECONOMY", "Econ US Dom"},
};

// Transit from China. Standard and economy are Amazon's default ranges and count calendar days; the others business days.
struct Transit {
  int min_days, max_days;
  bool business;
};
Transit transit_of(Service service, std::string_view country) {
  switch (service) {
    case Service::next_day: return {1, 1, true};
    case Service::second_day: return {2, 2, true};
    case Service::expedited: return {3, 5, true};
    case Service::free_economy: return {14, 28, false};
    case Service::standard: break;
  }
  if (country == "GB") return {7, 14, false};
  if (country == "JP") return {6, 12, false};
  if (country == "CA" || country == "BR" || country == "MX") return {14, 28, false};
  return {10, 20, false};
}

struct HolidayRule {
  std::string rule;
  std::string moved;
};

// Gregorian Easter Sunday, by the method of Meeus, Jones and Butcher (public domain).
Day easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return Day::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

int number(std::string_view text) { return static_cast<int>(to_int(text).value_or(0)); }

unsigned weekday_of(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kNames{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  for (unsigned i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return i;
  check(false, "a weekday in data/sandbox/holidays.csv");
  return 0;
}

Day day_of_rule(std::string_view rule, int year) {
  if (rule.starts_with("easter")) return easter(year) + number(rule.substr(6));
  if (const std::size_t before = rule.find('<'); before != std::string_view::npos) {
    Day day = Day::of(year, static_cast<unsigned>(number(rule.substr(before + 1, 2))), static_cast<unsigned>(number(rule.substr(before + 4, 2)))) - 1;
    while (day.weekday() != weekday_of(rule.substr(0, before))) day = day - 1;
    return day;
  }
  if (rule.size() == 5) return Day::of(year, static_cast<unsigned>(number(rule.substr(0, 2))), static_cast<unsigned>(number(rule.substr(3, 2))));
  const bool last = rule.starts_with('-');
  if (last) rule.remove_prefix(1);
  const int n = rule[0] - '0';
  const unsigned weekday = weekday_of(rule.substr(1, 3));
  const unsigned month = static_cast<unsigned>(number(rule.substr(5, 2)));
  if (last) {
    Day day = (month == 12 ? Day::of(year + 1, 1, 1) : Day::of(year, month + 1, 1)) - 1;
    while (day.weekday() != weekday) day = day - 1;
    return day;
  }
  Day day = Day::of(year, month, 1);
  while (day.weekday() != weekday) ++day;
  return day + 7 * (n - 1);
}

using Holidays = std::set<Day>;

Holidays holidays_of(const std::vector<HolidayRule>& rules, int first_year, int last_year) {
  Holidays days;
  for (int year = first_year; year <= last_year; ++year)
    for (const HolidayRule& rule : rules) days.insert(day_of_rule(rule.rule, year));
  const Holidays fixed = days;
  for (int year = first_year; year <= last_year; ++year)
    for (const HolidayRule& rule : rules) {
      Day day = day_of_rule(rule.rule, year);
      const bool saturday = day.weekday() == 6, sunday = day.weekday() == 0;
      if (rule.moved == "us" && saturday) days.insert(day - 1);
      if (rule.moved == "us" && sunday) days.insert(day + 1);
      if ((rule.moved == "uk" && (saturday || sunday)) || (rule.moved == "jp" && sunday)) {
        while (days.contains(day) || day.weekday() == 0 || (rule.moved == "uk" && day.weekday() == 6)) ++day;
        days.insert(day);
      }
    }
  return days;
}

constexpr int kFirstYear = 2010, kLastYear = 2060;

const std::map<std::string, Holidays, std::less<>>& all_holidays() {
  static const std::map<std::string, Holidays, std::less<>> all = [] {
    std::map<std::string, std::vector<HolidayRule>> rules;
    for (const Row& row : read_table("data/sandbox/holidays.csv", 3)) rules[row[0]].push_back({row[1], row[2]});
    std::map<std::string, Holidays, std::less<>> days;
    for (const auto& [country, list] : rules) days[country] = holidays_of(list, kFirstYear, kLastYear);
    return days;
  }();
  return all;
}

Day business_days_after(std::string_view country, Day day, int n) {
  for (int left = n; left > 0;) {
    ++day;
    if (is_business_day(country, day)) --left;
  }
  return day;
}

Day next_business_day(std::string_view country, Day day) {
  while (!is_business_day(country, day)) ++day;
  return day;
}

}  // namespace

const ServiceName& name_of(Service service) { return kServices[static_cast<std::size_t>(service)]; }

const ServiceName* find_service(std::string_view v0) {
  for (const ServiceName& name : kServices)
    if (name.v0 == v0) return &name;
  return nullptr;
}

bool is_national_holiday(std::string_view country, Day day) {
  const auto found = all_holidays().find(country);
  return found != all_holidays().end() && found->second.contains(day);
}

bool is_business_day(std::string_view country, Day day) {
  return day.weekday() != 0 && day.weekday() != 6 && !is_national_holiday(country, day);
}

Promise promise_of(const Marketplace& marketplace, Instant paid_at, int handling_days, Service service, bool same_day) {
  const TimeZone& zone = marketplace.zone;
  const std::string& country = marketplace.country;
  const Day ordered = zone.day_of(paid_at);
  Promise promise;
  Day ship_day;
  if (same_day || handling_days <= 0) {
    const bool today = is_business_day(country, ordered) && zone.time_of_day(paid_at) < std::chrono::hours(14);
    ship_day = today ? ordered : business_days_after(country, ordered, 1);
    promise.ship_from = today ? paid_at : zone.start_of(ship_day);
  } else {
    promise.ship_from = zone.start_of(business_days_after(country, ordered, 1));
    ship_day = business_days_after(country, ordered, handling_days);
  }
  promise.ship_by = zone.end_of(ship_day);
  const Transit transit = transit_of(service, country);
  const auto arrives = [&](int days) {
    return transit.business ? business_days_after(country, ship_day, days) : next_business_day(country, ship_day + days);
  };
  promise.deliver_from = zone.start_of(arrives(transit.min_days));
  promise.deliver_by = zone.end_of(arrives(transit.max_days));
  return promise;
}

Instant end_of_business_day_after(const Marketplace& marketplace, Instant from, int n) {
  return marketplace.zone.end_of(business_days_after(marketplace.country, marketplace.zone.day_of(from), n));
}

}  // namespace zifa::sandbox
