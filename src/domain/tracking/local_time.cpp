#include "domain/tracking/local_time.hpp"

#include <array>
#include <chrono>

#include "base/text.hpp"

namespace zifa::tracking {

namespace {

constexpr int kDaySeconds = 24 * 3'600;

std::string two(int n) { return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; }

bool all_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

std::optional<int> small_number(std::string_view text, int most) {
  if (text.size() > 4 || !all_digits(text)) return std::nullopt;
  const auto n = to_int(text);
  return n && *n <= most ? std::optional(static_cast<int>(*n)) : std::nullopt;
}

std::optional<Day> day_of(std::string_view year, std::string_view month, std::string_view day) {
  if (year.size() != 4 || month.size() > 2 || day.size() > 2 || !all_digits(year) || !all_digits(month) || !all_digits(day)) return std::nullopt;
  const auto pad = [](std::string_view t) { return t.size() == 1 ? "0" + std::string(t) : std::string(t); };
  const auto parsed = Day::parse(std::string(year) + "-" + pad(month) + "-" + pad(day));
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::optional<Day> read_day(std::string_view text) {
  text = trim(text);
  if (text.size() == 8 && all_digits(text)) return day_of(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
  if (const auto parts = split(text, '-'); parts.size() == 3) return day_of(parts[0], parts[1], parts[2]);
  // "April 28, 2015"
  constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::size_t space = text.find(' '), comma = text.find(',');
  if (space == std::string_view::npos || comma == std::string_view::npos || comma < space || space < 3) return std::nullopt;
  const std::string name = lower(text.substr(0, 3));
  for (std::size_t m = 0; m < kMonths.size(); ++m)
    if (kMonths[m] == name) return day_of(trim(text.substr(comma + 1)), std::to_string(m + 1), trim(text.substr(space + 1, comma - space - 1)));
  return std::nullopt;
}

// Seconds since midnight.
std::optional<int> read_time_of_day(std::string_view text) {
  text = trim(text);
  if (text.empty()) return 0;
  int twelve = -1;  // 0 = am, 12 = pm
  const std::string low = lower(text.substr(text.size() >= 2 ? text.size() - 2 : 0));
  if (low == "am" || low == "pm") {
    twelve = low == "pm" ? 12 : 0;
    text = trim(text.substr(0, text.size() - 2));
  }
  if (const std::size_t fraction = text.find('.'); fraction != std::string_view::npos) {
    if (!all_digits(text.substr(fraction + 1))) return std::nullopt;
    text = text.substr(0, fraction);
  }
  std::optional<int> hour, minute, second = 0;
  if ((text.size() == 4 || text.size() == 6) && all_digits(text)) {
    hour = small_number(text.substr(0, 2), 23);
    minute = small_number(text.substr(2, 2), 59);
    if (text.size() == 6) second = small_number(text.substr(4, 2), 60);
  } else {
    const auto parts = split(text, ':');
    if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
    hour = small_number(parts[0], 23);
    minute = small_number(parts[1], 59);
    if (parts.size() == 3) second = small_number(parts[2], 60);
  }
  if (!hour || !minute || !second) return std::nullopt;
  if (twelve >= 0) {
    if (*hour < 1 || *hour > 12) return std::nullopt;
    hour = *hour % 12 + twelve;
  }
  return *hour * 3'600 + *minute * 60 + std::min(*second, 59);
}

}  // namespace

std::string LocalTime::iso() const {
  std::string text = day.iso() + "T" + two(seconds / 3'600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
  if (!offset) return text;
  if (*offset == 0) return text + "Z";
  const int minutes = (*offset < 0 ? -*offset : *offset) / 60;
  return text + (*offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

Instant LocalTime::instant() const { return Instant::from_ms((std::int64_t{day.number()} * kDaySeconds + seconds - offset.value_or(0)) * 1'000); }

std::optional<int> read_offset(std::string_view text) {
  struct Named {
    std::string_view name;
    int minutes;
  };
  constexpr std::array kNamed{Named{"Z", 0},      Named{"UTC", 0},    Named{"GMT", 0},    Named{"EST", -300}, Named{"EDT", -240}, Named{"CST", -360}, Named{"CDT", -300}, Named{"MST", -420},
                              Named{"MDT", -360}, Named{"PST", -480}, Named{"PDT", -420}, Named{"AST", -240}, Named{"ADT", -180}, Named{"NST", -210}, Named{"NDT", -150}};
  text = trim(text);
  for (const Named& named : kNamed)
    if (equals_ignoring_case(text, named.name)) return named.minutes * 60;
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const int sign = text[0] == '-' ? -1 : 1;
  text.remove_prefix(1);
  std::optional<int> hours, minutes = 0;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    if (colon == 0 || colon > 2 || text.size() - colon != 3) return std::nullopt;
    hours = small_number(text.substr(0, colon), 14);
    minutes = small_number(text.substr(colon + 1), 59);
  } else if (text.size() == 4) {
    hours = small_number(text.substr(0, 2), 14);
    minutes = small_number(text.substr(2), 59);
  } else if (text.size() <= 2) {
    hours = small_number(text, 14);
  }
  if (!hours || !minutes) return std::nullopt;
  return sign * (*hours * 60 + *minutes) * 60;
}

std::optional<LocalTime> read_local_time(std::string_view date, std::string_view time) {
  const auto day = read_day(date);
  const auto seconds = read_time_of_day(time);
  if (!day || !seconds) return std::nullopt;
  return LocalTime{*day, *seconds, std::nullopt};
}

std::optional<LocalTime> read_local_time(std::string_view text) {
  text = trim(text);
  if (text.size() < 10) return std::nullopt;
  const std::string_view date = text.substr(0, 10);
  std::string_view rest = text.substr(10);
  if (rest.empty()) return read_local_time(date, "");
  if (rest[0] != 'T' && rest[0] != 't' && rest[0] != ' ') return std::nullopt;
  rest.remove_prefix(1);
  // The offset begins at the first sign or letter behind the time.
  const std::size_t end = rest.find_first_of("+-ZzUuGg ");
  auto local = read_local_time(date, rest.substr(0, end));
  if (!local) return std::nullopt;
  if (end != std::string_view::npos) {
    local->offset = read_offset(rest.substr(end));
    if (!local->offset) return std::nullopt;
  }
  return local;
}

}  // namespace zifa::tracking
