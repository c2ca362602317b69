// Points in time and calendar days.
//
// An Instant is a UTC point in time; a Day is a calendar day of some named zone. Only a TimeZone (and the
// WorkCalendar on top of it) turns one into the other. Rules take `Instant now` or `as_of` as an argument;
// asking the clock happens in adapters/clock alone.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

// Whole milliseconds since 1970-01-01T00:00:00Z. Stored in the database as that integer.
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_ms(std::int64_t ms) { return Instant(ms); }
  // ISO 8601 with `Z` or an offset: 2026-03-02T09:00:00Z, 2026-03-02T09:00-08:00, 2020-10-21T00:00Z, fractions allowed.
  // A date and time without an offset is refused (`time.no_offset`), anything else `time.bad_instant`.
  static Result<Instant> parse(std::string_view text);

  constexpr std::int64_t ms() const { return ms_; }
  constexpr std::int64_t seconds() const { return ms_ >= 0 ? ms_ / 1000 : -((-ms_ + 999) / 1000); }
  // 2026-03-02T09:00:00Z; milliseconds only when there are any: 2026-03-02T09:00:00.250Z.
  std::string iso() const;

  constexpr auto operator<=>(const Instant&) const = default;
  constexpr bool operator==(const Instant&) const = default;
  friend constexpr Instant operator+(Instant t, std::chrono::milliseconds d) { return Instant(t.ms_ + d.count()); }
  friend constexpr Instant operator-(Instant t, std::chrono::milliseconds d) { return Instant(t.ms_ - d.count()); }
  friend constexpr std::chrono::milliseconds operator-(Instant a, Instant b) { return std::chrono::milliseconds(a.ms_ - b.ms_); }

 private:
  explicit constexpr Instant(std::int64_t ms) : ms_(ms) {}
  std::int64_t ms_ = 0;
};

// A calendar day: days since 1970-01-01, in whichever zone the context names.
class Day {
 public:
  constexpr Day() = default;
  static constexpr Day from_number(std::int32_t days) { return Day(days); }
  static constexpr Day of(int year, unsigned month, unsigned day) {
    return Day(static_cast<std::int32_t>(std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)).time_since_epoch().count()));
  }
  // YYYY-MM-DD of a day that exists; `time.bad_day` otherwise.
  static Result<Day> parse(std::string_view text);

  constexpr std::int32_t number() const { return days_; }
  std::string iso() const;
  // 0 = Sunday ... 6 = Saturday.
  constexpr unsigned weekday() const { return static_cast<unsigned>(((days_ % 7) + 11) % 7); }
  int year() const;
  unsigned month() const;
  unsigned day_of_month() const;

  constexpr auto operator<=>(const Day&) const = default;
  constexpr bool operator==(const Day&) const = default;
  friend constexpr Day operator+(Day d, int n) { return Day(d.days_ + n); }
  friend constexpr Day operator-(Day d, int n) { return Day(d.days_ - n); }
  friend constexpr std::int32_t operator-(Day a, Day b) { return a.days_ - b.days_; }
  constexpr Day& operator++() { ++days_; return *this; }

 private:
  explicit constexpr Day(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

// A named zone of the operating system's tz database. Cheap to copy; look-ups are cached inside.
class TimeZone {
 public:
  static TimeZone utc();
  // Refuses `time.unknown_zone`.
  static Result<TimeZone> named(std::string_view name);

  const std::string& name() const;
  Day day_of(Instant at) const;
  // The first instant of the day (00:00, or the first moment after it where a clock change skips midnight).
  Instant start_of(Day day) const;
  // The last whole second of the day, as Amazon writes it: 23:59:59 local.
  Instant end_of(Day day) const;
  // The instant of a local time of day; a skipped time gives the moment of the jump, a doubled one the earlier.
  Instant at(Day day, std::chrono::minutes time_of_day) const;
  std::chrono::minutes time_of_day(Instant at) const;
  std::chrono::seconds offset(Instant at) const;
  // 2026-03-02T01:00:00-08:00
  std::string iso(Instant at) const;

 private:
  struct Data;
  explicit TimeZone(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

}  // namespace zifa
