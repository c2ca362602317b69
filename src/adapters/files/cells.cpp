#include "adapters/files/cells.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"

namespace zifa {

namespace {

std::string quoted(std::string_view text) { return "\"" + printable(text, 40) + "\""; }

bool fail(std::string& why, std::string reason) {
  why = std::move(reason);
  return false;
}

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool listed(std::string_view country, std::string_view list) { return country.size() == 2 && list.find(country) != std::string_view::npos; }

}  // namespace

DateOrder date_order_of(std::string_view country) {
  if (country == "US") return DateOrder::month_day_year;
  if (listed(country, "JP CN TW KR HU LT")) return DateOrder::year_month_day;
  if (listed(country, "GB UK DE FR IT ES NL BE IE SE PL TR SA AE EG ZA IN AU SG MX BR AT CH PT")) return DateOrder::day_month_year;
  return DateOrder::unknown;  // Canada writes all three
}

DecimalMark decimal_mark_of(std::string_view country) {
  if (listed(country, "DE FR IT ES NL BE SE PL TR BR AT PT")) return DecimalMark::comma;
  if (listed(country, "US CA MX GB UK IE JP CN IN AU SG SA AE EG ZA TW KR")) return DecimalMark::point;
  return DecimalMark::unknown;
}

// --- quantities, flags ------------------------------------------------------------------------------------------------------------

bool read_quantity(std::string_view text, std::int64_t& quantity, std::string& why) {
  constexpr std::int64_t kMost = 999'999;
  text = trim(text);
  const std::string_view whole = text;
  if (text.empty()) return fail(why, "is empty");
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  std::size_t i = 0;
  for (; i < text.size() && digit(text[i]); ++i) value = std::min(value * 10 + (text[i] - '0'), kMost + 1);
  const bool has_digits = i > 0;
  if (i < text.size() && (text[i] == '.' || text[i] == ',') && i + 1 < text.size()) {
    ++i;
    while (i < text.size() && text[i] == '0') ++i;
  }
  if (!has_digits || i != text.size()) return fail(why, quoted(whole) + " is not a whole number");
  if (negative && value > 0) return fail(why, quoted(whole) + " is negative");
  if (value > kMost) return fail(why, quoted(whole) + " is more than 999999");
  quantity = value;
  return true;
}

bool says_yes(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 8) return false;
  constexpr std::array<std::string_view, 13> kYes{"true", "yes", "y", "1", "t", "x", "ja", "oui", "si", "s\xC3\xAD", "\xE6\x98\xAF", "\xE3\x81\xAF\xE3\x81\x84", "\xE6\x9C\x89"};
  return std::any_of(kYes.begin(), kYes.end(), [&](std::string_view yes) { return equals_ignoring_case(text, yes); });
}

bool is_spoilt_number(std::string_view text) {
  const std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos || mark == 0 || mark + 2 >= text.size() || text[mark + 1] != '+') return false;
  const auto number = [](char c) { return digit(c) || c == '.' || c == ','; };
  return digit(text[0]) && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), number) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(mark) + 2, text.end(), digit);
}

// --- money ------------------------------------------------------------------------------------------------------------------------

namespace {

// Removes currency signs, spaces of all kinds and apostrophes; "" if something else is left than digits, marks and a sign.
bool bare_number(std::string_view text, Currency currency, std::string& out) {
  out.clear();
  constexpr std::array<std::string_view, 12> kSkipped{"$",           "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "\xEF\xBF\xA5", "\xE2\x82\xB9",
                                                      "\xC2\xA0",    "\xE2\x80\xAF", "\xE2\x80\x89", " ", "'", "\xE2\x80\x99"};
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (digit(c) || c == '.' || c == ',' || ((c == '-' || c == '+') && out.empty())) {
      out += c;
      ++i;
      continue;
    }
    if (text.substr(i, 3) == currency.code()) {
      i += 3;
      continue;
    }
    const auto skipped = std::find_if(kSkipped.begin(), kSkipped.end(), [&](std::string_view mark) { return text.substr(i).starts_with(mark); });
    if (skipped == kSkipped.end()) return false;
    i += skipped->size();
  }
  return !out.empty();
}

// Which of the marks in the number stands before the decimals; '\0' if none does.
char decimal_mark(std::string_view number, DecimalMark known) {
  const std::size_t point = number.rfind('.');
  const std::size_t comma = number.rfind(',');
  if (point != std::string_view::npos && comma != std::string_view::npos) return point > comma ? '.' : ',';
  const char mark = point != std::string_view::npos ? '.' : comma != std::string_view::npos ? ',' : '\0';
  if (mark == '\0') return mark;
  const std::size_t at = number.find(mark);
  if (number.find(mark, at + 1) != std::string_view::npos) return '\0';  // twice: thousands
  if (number.size() - at != 4) return mark;                              // not three digits behind it: decimals
  // Three digits behind the only mark: 1,299 or 1.299. The account's country knows; else the comma groups and the point does not.
  if (known == DecimalMark::unknown) return mark == '.' ? '.' : '\0';
  return (mark == ',') == (known == DecimalMark::comma) ? mark : '\0';
}

}  // namespace

bool read_money(std::string_view text, Currency currency, const Spelling& spelling, Money& money, std::string& why) {
  text = trim(text);
  // The usual spelling first: digits, and at most one point with not three digits behind it.
  const int decimals = currency.decimals();
  std::int64_t minor = 0;
  std::size_t i = 0;
  for (; i < text.size() && i < 15 && digit(text[i]); ++i) minor = minor * 10 + (text[i] - '0');
  if (i > 0 && (i == text.size() || (text[i] == '.' && static_cast<int>(text.size() - i - 1) == decimals && decimals != 3))) {
    int seen = 0;
    if (i < text.size())
      for (++i; i < text.size() && digit(text[i]); ++i, ++seen) minor = minor * 10 + (text[i] - '0');
    if (i == text.size()) {
      for (; seen < decimals; ++seen) minor *= 10;
      money = Money(minor, currency);
      return true;
    }
  }
  std::string number;
  if (!bare_number(text, currency, number)) return fail(why, quoted(text) + " is not an amount of money");
  const char mark = decimal_mark(number, spelling.decimal_mark);
  std::string plain;
  std::size_t group = 0;  // digits since the last thousands mark
  bool grouped = false;
  bool in_decimals = false;
  for (const char c : number) {
    if (c == '-' || c == '+') {
      if (c == '-') plain += c;
    } else if (digit(c)) {
      plain += c;
      ++group;
    } else {
      const bool full = grouped ? group == 3 : group >= 1 && (c == mark || group <= 3);
      if (in_decimals || !full) return fail(why, quoted(text) + " is not an amount of money");
      if (c == mark) {
        in_decimals = true;
        plain += '.';
      }
      grouped = c != mark;
      group = 0;
    }
  }
  if (grouped && !in_decimals && group != 3) return fail(why, quoted(text) + " is not an amount of money");
  const Result<Money> parsed = Money::parse(plain, currency);
  if (!parsed) return fail(why, quoted(text) + " is not an amount of " + std::string(currency.code()));
  money = *parsed;
  return true;
}

// --- dates ------------------------------------------------------------------------------------------------------------------------

namespace {

constexpr int kFirstYear = 1995;  // no order at Amazon is older
constexpr int kLastYear = 2199;

struct NamedZone {
  std::string_view name;
  std::array<int, 2> minutes;  // east of UTC; two where the name is used for two zones
};
constexpr int kNone = 10'000;
// Abbreviations met in Amazon's reports and in spreadsheets. Two meanings: the account's own zone decides.
constexpr std::array kZones{
    NamedZone{"Z", {0, kNone}},      NamedZone{"UTC", {0, kNone}},    NamedZone{"GMT", {0, kNone}},    NamedZone{"JST", {540, kNone}},
    NamedZone{"PST", {-480, kNone}}, NamedZone{"PDT", {-420, kNone}}, NamedZone{"MST", {-420, kNone}}, NamedZone{"MDT", {-360, kNone}},
    NamedZone{"CDT", {-300, kNone}}, NamedZone{"EST", {-300, kNone}}, NamedZone{"EDT", {-240, kNone}}, NamedZone{"MET", {60, kNone}},
    NamedZone{"MEST", {120, kNone}}, NamedZone{"MEZ", {60, kNone}},   NamedZone{"MESZ", {120, kNone}}, NamedZone{"CET", {60, kNone}},
    NamedZone{"CEST", {120, kNone}}, NamedZone{"WET", {0, kNone}},    NamedZone{"WEST", {60, kNone}},  NamedZone{"BST", {60, kNone}},
    NamedZone{"EET", {120, kNone}},  NamedZone{"EEST", {180, kNone}}, NamedZone{"TRT", {180, kNone}},  NamedZone{"SAST", {120, kNone}},
    NamedZone{"AEST", {600, kNone}}, NamedZone{"AEDT", {660, kNone}}, NamedZone{"SGT", {480, kNone}},  NamedZone{"HKT", {480, kNone}},
    NamedZone{"KST", {540, kNone}},  NamedZone{"BRT", {-180, kNone}}, NamedZone{"GST", {240, kNone}},  NamedZone{"CST", {-360, 480}},
    NamedZone{"IST", {330, 60}},     NamedZone{"AST", {-240, 180}},
};

struct Month {
  std::string_view start;  // of its name, lower case; two or more names may share one
  int number;
};
// English, German, French, Italian, Spanish: the first letters that tell a month. Longer starts come first.
constexpr std::array kMonths{
    Month{"jan", 1},  Month{"gen", 1},  Month{"ene", 1},      Month{"feb", 2},  Month{"f\xC3\xA9v", 2}, Month{"fev", 2},      Month{"mar", 3},
    Month{"m\xC3\xA4r", 3}, Month{"mrz", 3}, Month{"apr", 4}, Month{"avr", 4},  Month{"abr", 4},        Month{"may", 5},      Month{"mai", 5},
    Month{"mag", 5},  Month{"jun", 6},  Month{"juin", 6},     Month{"giu", 6},  Month{"juil", 7},       Month{"jul", 7},      Month{"lug", 7},
    Month{"aug", 8},  Month{"ao\xC3\xBB", 8}, Month{"aou", 8}, Month{"ago", 8}, Month{"sep", 9},        Month{"set", 9},      Month{"oct", 10},
    Month{"okt", 10}, Month{"ott", 10}, Month{"out", 10},     Month{"nov", 11}, Month{"dec", 12},       Month{"dez", 12},     Month{"d\xC3\xA9""c", 12},
    Month{"dic", 12},
};

int month_named(std::string_view word) {
  const std::string low = lower(word);
  for (const Month& month : kMonths)
    if (low.starts_with(month.start)) return month.start == "jun" && low.starts_with("juin") ? 6 : month.number;
  return 0;
}

// Reads from the front of a text.
class Scan {
 public:
  explicit Scan(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  std::string_view rest() const { return rest_; }
  bool take(std::string_view mark) {
    if (!rest_.starts_with(mark)) return false;
    rest_.remove_prefix(mark.size());
    return true;
  }
  void skip_spaces() {
    while (take(" ") || take("\t") || take("\xC2\xA0") || take("\xE2\x80\xAF") || take("\xE3\x80\x80")) {}
  }
  // 1 to `most` digits; their count in `digits`, 0 if there are none or more.
  int number(std::size_t most, std::size_t& digits) {
    digits = 0;
    int value = 0;
    while (digits < rest_.size() && digit(rest_[digits]) && digits < most) value = value * 10 + (rest_[digits++] - '0');
    if (digits < rest_.size() && digit(rest_[digits])) digits = 0;
    if (digits > 0) rest_.remove_prefix(digits);
    return value;
  }
  // ASCII letters and the bytes of accented ones.
  std::string_view word() {
    std::size_t n = 0;
    while (n < rest_.size() && (letter(rest_[n]) || (static_cast<unsigned char>(rest_[n]) >= 0xC3 && static_cast<unsigned char>(rest_[n]) <= 0xC5) ||
                                (n > 0 && (static_cast<unsigned char>(rest_[n]) & 0xC0) == 0x80)))
      ++n;
    const std::string_view word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }

 private:
  std::string_view rest_;
};

struct Parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0;
  bool day_only = true;
  std::optional<int> offset_minutes;
  std::string_view zone_name;
};

int full_year(int year, std::size_t digits) { return digits > 2 ? year : year < 70 ? 2000 + year : 1900 + year; }

// "" or what is wrong.
std::string read_day(Scan& scan, const Spelling& spelling, Parts& parts) {
  std::array<int, 3> value{};
  std::array<std::size_t, 3> digits{};
  int named_month = -1;
  char mark = ' ';
  for (std::size_t i = 0; i < 3; ++i) {
    scan.skip_spaces();
    if (letter(scan.peek()) || static_cast<unsigned char>(scan.peek()) >= 0xC3) {
      const int month = named_month < 0 ? month_named(scan.word()) : 0;
      if (month == 0) return "is not a date";
      named_month = static_cast<int>(i);
      value[i] = month;
      digits[i] = 2;
      scan.take(".");
    } else {
      value[i] = scan.number(8, digits[i]);
      if (digits[i] == 0) return "is not a date";
      if (i == 0 && digits[i] == 8) {  // 20260302
        parts.year = value[0] / 10'000;
        parts.month = value[0] / 100 % 100;
        parts.day = value[0] % 100;
        return "";
      }
      if (digits[i] > 4 || digits[i] == 3) return "is not a date";
    }
    if (i == 2) break;
    scan.skip_spaces();
    if (scan.take("\xE5\xB9\xB4") || scan.take("\xE6\x9C\x88")) continue;  // 年 月
    for (const char c : {'-', '/', '.', ','})
      if (scan.take(std::string_view(&c, 1))) {
        mark = c;
        break;
      }
  }
  scan.take("\xE6\x97\xA5");  // 日
  std::size_t year_at = 2;
  DateOrder order = DateOrder::unknown;
  if (digits[0] == 4) {
    year_at = 0;
    order = DateOrder::year_month_day;
  } else if (named_month >= 0) {
    order = named_month == 0 ? DateOrder::month_day_year : named_month == 1 ? DateOrder::day_month_year : DateOrder::unknown;
    if (named_month == 2 || digits[1] == 4) return "is not a date";
  } else if (digits[1] == 4) {
    return "is not a date";
  } else {
    order = spelling.date_order;
    if (order == DateOrder::unknown && mark == '.') order = DateOrder::day_month_year;
    if (order == DateOrder::unknown) order = date_order_of(spelling.country);
    if (order == DateOrder::year_month_day && digits[2] == 4) order = DateOrder::unknown;
    if (order == DateOrder::unknown) {
      if (value[0] > 12 && value[1] <= 12)
        order = DateOrder::day_month_year;
      else if (value[1] > 12 && value[0] <= 12)
        order = DateOrder::month_day_year;
      else if (value[0] == value[1])
        order = DateOrder::day_month_year;
      else
        return "could be day and month or month and day; name the order of the date in the mapping, or the account's marketplace";
    }
    if (order == DateOrder::year_month_day) year_at = 0;
  }
  const bool month_first = order == DateOrder::month_day_year;
  parts.year = full_year(value[year_at], digits[year_at]);
  parts.month = order == DateOrder::year_month_day ? value[1] : month_first ? value[0] : value[1];
  parts.day = order == DateOrder::year_month_day ? value[2] : month_first ? value[1] : value[0];
  return "";
}

std::string read_time(Scan& scan, Parts& parts) {
  std::size_t digits = 0;
  parts.hour = scan.number(2, digits);
  if (digits == 0 || !(scan.take(":") || scan.take("\xEF\xBC\x9A"))) return "has a time that cannot be read";
  parts.minute = scan.number(2, digits);
  if (digits != 2) return "has a time that cannot be read";
  if (scan.take(":")) {
    parts.second = scan.number(2, digits);
    if (digits != 2) return "has a time that cannot be read";
    if (scan.take(".") || scan.take(",")) {
      int scale = 100;
      std::size_t seen = 0;
      while (digit(scan.peek())) {
        parts.millisecond += (scan.peek() - '0') * scale;
        scale /= 10;
        scan.take(std::string(1, scan.peek()));
        ++seen;
      }
      if (seen == 0) return "has a time that cannot be read";
    }
  }
  parts.day_only = false;
  scan.skip_spaces();
  const bool morning = scan.take("AM") || scan.take("am") || scan.take("a.m.");
  const bool evening = !morning && (scan.take("PM") || scan.take("pm") || scan.take("p.m."));
  if (morning || evening) {
    if (parts.hour < 1 || parts.hour > 12) return "has an impossible time";
    parts.hour = parts.hour % 12 + (evening ? 12 : 0);
  }
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 60) return "has an impossible time";
  return "";
}

std::string read_zone(Scan& scan, Parts& parts) {
  scan.skip_spaces();
  scan.take("(");
  if (letter(scan.peek())) {
    parts.zone_name = scan.word();
    if ((parts.zone_name != "UTC" && parts.zone_name != "GMT") || (scan.peek() != '+' && scan.peek() != '-')) {
      scan.take(")");
      return "";
    }
    parts.zone_name = {};
  }
  const bool west = scan.peek() == '-';
  if (!west && scan.peek() != '+') return "";
  scan.take(west ? "-" : "+");
  std::size_t digits = 0;
  int hours = scan.number(4, digits);
  int minutes = 0;
  if (digits == 0 || digits == 3) return "has a time zone that cannot be read";
  if (digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (scan.take(":")) {
    minutes = scan.number(2, digits);
    if (digits != 2) return "has a time zone that cannot be read";
  }
  if (hours > 15 || minutes > 59) return "has a time zone that cannot be read";
  parts.offset_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
  scan.take(")");
  return "";
}

std::string offset_of_name(Parts& parts, const Spelling& spelling, std::int64_t local_seconds) {
  const std::string name = upper(parts.zone_name);
  for (const NamedZone& zone : kZones) {
    if (zone.name != name) continue;
    if (zone.minutes[1] == kNone) {
      parts.offset_minutes = zone.minutes[0];
      return "";
    }
    if (spelling.time_zone)
      for (const int minutes : zone.minutes) {
        const auto offset = spelling.time_zone->offset(Instant::from_ms((local_seconds - std::int64_t{minutes} * 60) * 1000));
        if (offset == std::chrono::minutes(minutes)) parts.offset_minutes = minutes;
      }
    return parts.offset_minutes ? "" : "names the time zone " + name + ", which is used for two zones; name the account's";
  }
  return "names a time zone that we do not know";
}

bool fixed_number(std::string_view text, std::size_t from, std::size_t count, int& out) {
  out = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (!digit(text[i])) return false;
    out = out * 10 + (text[i] - '0');
  }
  return true;
}

// 2026-03-02T17:00:00+00:00, ...Z: what nearly every line of a report holds.
bool read_iso(std::string_view t, Parts& p) {
  if (t.size() < 20 || t[4] != '-' || t[7] != '-' || (t[10] != 'T' && t[10] != ' ') || t[13] != ':' || t[16] != ':') return false;
  if (!fixed_number(t, 0, 4, p.year) || !fixed_number(t, 5, 2, p.month) || !fixed_number(t, 8, 2, p.day) || !fixed_number(t, 11, 2, p.hour) ||
      !fixed_number(t, 14, 2, p.minute) || !fixed_number(t, 17, 2, p.second) || p.hour > 23 || p.minute > 59 || p.second > 60)
    return false;
  p.day_only = false;
  if (t.size() == 20 && t[19] == 'Z') {
    p.offset_minutes = 0;
    return true;
  }
  int hours = 0;
  int minutes = 0;
  if (t.size() != 25 || (t[19] != '+' && t[19] != '-') || t[22] != ':' || !fixed_number(t, 20, 2, hours) || !fixed_number(t, 23, 2, minutes) ||
      hours > 15 || minutes > 59)
    return false;
  p.offset_minutes = (t[19] == '-' ? -1 : 1) * (hours * 60 + minutes);
  return true;
}

}  // namespace

bool read_moment(std::string_view text, const Spelling& spelling, DayMeans day_means, Moment& moment, std::string& why) {
  text = trim(text);
  Parts parts;
  if (!read_iso(text, parts)) {
    parts = {};
    if (text.size() > 60) return fail(why, quoted(text) + " is not a date");
    Scan scan(text);
    std::string problem = read_day(scan, spelling, parts);
    if (problem.empty()) {
      scan.take(",");
      if (!scan.take("T")) scan.skip_spaces();
      if (digit(scan.peek())) problem = read_time(scan, parts);
    }
    if (problem.empty()) problem = read_zone(scan, parts);
    if (problem.empty()) {
      scan.skip_spaces();
      if (!scan.done()) problem = "is not a date";
    }
    if (!problem.empty()) return fail(why, quoted(text) + " " + problem);
  }
  const auto ymd = std::chrono::year(parts.year) / parts.month / parts.day;
  if (!ymd.ok()) return fail(why, quoted(text) + " is a day that does not exist");
  if (parts.year < kFirstYear || parts.year > kLastYear) return fail(why, quoted(text) + " lies in an impossible year");
  const Day day = Day::of(parts.year, static_cast<unsigned>(parts.month), static_cast<unsigned>(parts.day));
  const int seconds_of_day = parts.hour * 3'600 + parts.minute * 60 + parts.second;
  const std::int64_t local = std::int64_t{day.number()} * 86'400 + seconds_of_day;
  if (!parts.zone_name.empty()) {
    const std::string problem = offset_of_name(parts, spelling, local);
    if (!problem.empty()) return fail(why, quoted(text) + " " + problem);
  }
  moment.day_only = parts.day_only;
  if (parts.offset_minutes) {
    const int last = parts.day_only && day_means == DayMeans::last_second ? 86'399 : 0;
    moment.at = Instant::from_ms((local + last - std::int64_t{*parts.offset_minutes} * 60) * 1000 + parts.millisecond);
    return true;
  }
  if (!spelling.time_zone) return fail(why, quoted(text) + " has no time zone; name the account's time zone, or write it with the date");
  if (parts.day_only)
    moment.at = day_means == DayMeans::last_second ? spelling.time_zone->end_of(day) : spelling.time_zone->start_of(day);
  else
    moment.at = spelling.time_zone->at(day, std::chrono::minutes(seconds_of_day / 60)) +
                std::chrono::milliseconds(seconds_of_day % 60 * 1000 + parts.millisecond);
  return true;
}

}  // namespace zifa
