#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace zifa {

namespace {

bool digits(std::string_view text, std::size_t from, std::size_t count, int& out) {
  if (from + count > text.size()) return false;
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + (text[i] - '0');
  }
  out = value;
  return true;
}

Error bad_instant(std::string_view text) {
  return invalid("time.bad_instant", "\"" + std::string(text.substr(0, 40)) + "\" is not an instant; write 2026-03-02T09:00:00Z or with an offset such as +08:00.");
}

bool parse_day(std::string_view text, Day& out) {
  int year = 0, month = 0, day = 0;
  if (text.size() < 10 || !digits(text, 0, 4, year) || text[4] != '-' || !digits(text, 5, 2, month) || text[7] != '-' ||
      !digits(text, 8, 2, day))
    return false;
  const auto ymd = std::chrono::year(year) / month / day;
  if (!ymd.ok()) return false;
  out = Day::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  return true;
}

std::chrono::year_month_day ymd_of(std::int32_t days) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(days)));
}

void put(char* at, int value, int count) {
  for (int i = count - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
  Day day;
  if (!parse_day(text, day) || text.size() < 16 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return bad_instant(text);
  int hour = 0, minute = 0, second = 0;
  if (!digits(text, 11, 2, hour) || text[13] != ':' || !digits(text, 14, 2, minute)) return bad_instant(text);
  std::size_t at = 16;
  if (at < text.size() && text[at] == ':') {
    if (!digits(text, at + 1, 2, second)) return bad_instant(text);
    at += 3;
  }
  int millis = 0;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    const std::size_t first = ++at;
    int scale = 100;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) millis += (text[at] - '0') * scale;
    if (at == first) return bad_instant(text);
  }
  if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0 || millis > 0))) return bad_instant(text);
  int offset_minutes = 0;
  if (at == text.size())
    return invalid("time.no_offset", "\"" + std::string(text.substr(0, 40)) + "\" has no time zone; end it with Z or an offset such as +08:00.");
  if (text[at] == 'Z' || text[at] == 'z') {
    ++at;
  } else if (text[at] == '+' || text[at] == '-') {
    const int sign = text[at] == '-' ? -1 : 1;
    int oh = 0, om = 0;
    if (!digits(text, at + 1, 2, oh)) return bad_instant(text);
    at += 3;
    if (at < text.size() && text[at] == ':') ++at;
    if (at < text.size()) {
      if (!digits(text, at, 2, om)) return bad_instant(text);
      at += 2;
    }
    if (oh > 23 || om > 59) return bad_instant(text);
    offset_minutes = sign * (oh * 60 + om);
  }
  if (at != text.size()) return bad_instant(text);
  const std::int64_t seconds = std::int64_t{day.number()} * 86'400 + hour * 3'600 + minute * 60 + second - std::int64_t{offset_minutes} * 60;
  return Instant(seconds * 1000 + millis);
}

std::string Instant::iso() const {
  const std::int64_t total = seconds();
  const int millis = static_cast<int>(ms_ - total * 1000);
  std::int64_t days = total / 86'400;
  std::int64_t rest = total % 86'400;
  if (rest < 0) { rest += 86'400; --days; }
  const auto ymd = ymd_of(static_cast<std::int32_t>(days));
  std::array<char, 24> out{};
  put(&out[0], static_cast<int>(ymd.year()), 4);
  out[4] = '-';
  put(&out[5], static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  out[7] = '-';
  put(&out[8], static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
  out[10] = 'T';
  put(&out[11], static_cast<int>(rest / 3600), 2);
  out[13] = ':';
  put(&out[14], static_cast<int>(rest / 60 % 60), 2);
  out[16] = ':';
  put(&out[17], static_cast<int>(rest % 60), 2);
  std::size_t size = 19;
  if (millis != 0) {
    out[19] = '.';
    put(&out[20], millis, 3);
    size = 23;
  }
  std::string text(out.data(), size);
  text += 'Z';
  return text;
}

Result<Day> Day::parse(std::string_view text) {
  Day day;
  if (text.size() != 10 || !parse_day(text, day))
    return invalid("time.bad_day", "\"" + std::string(text.substr(0, 40)) + "\" is not a day; write it as YYYY-MM-DD.");
  return day;
}

std::string Day::iso() const {
  const auto ymd = ymd_of(days_);
  std::string out = "0000-00-00";
  put(&out[0], static_cast<int>(ymd.year()), 4);
  put(&out[5], static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  put(&out[8], static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
  return out;
}

int Day::year() const { return static_cast<int>(ymd_of(days_).year()); }
unsigned Day::month() const { return static_cast<unsigned>(ymd_of(days_).month()); }
unsigned Day::day_of_month() const { return static_cast<unsigned>(ymd_of(days_).day()); }

}  // namespace zifa
