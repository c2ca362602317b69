#include <doctest/doctest.h>

#include <sstream>

#include "base/calendar.hpp"
#include "base/csv.hpp"
#include "base/encoding.hpp"
#include "base/http.hpp"
#include "base/length.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"

using namespace zifa;

TEST_CASE("an amount is kept in the minor unit of its currency") {
  CHECK(Money::parse("1299.00", Currency::of("USD")).value().minor() == 129900);
  CHECK(Money::parse("1,299.5", Currency::of("USD")).value().minor() == 129950);
  CHECK(Money::parse("1300", Currency::of("JPY")).value().minor() == 1300);
  CHECK(Money::parse("1300.00", Currency::of("JPY")).value().minor() == 1300);
  CHECK(Money::parse("-0.05", Currency::of("EUR")).value().amount() == "-0.05");
  CHECK(Money::parse("12.345", Currency::of("USD")).error().code == "money.bad_amount");
  CHECK(Money::parse("12,34", Currency::of("USD")).error().code == "money.bad_amount");
  CHECK(Money::parse("99999999999999999999", Currency::of("USD")).error().code == "money.bad_amount");
  CHECK(Money(5, Currency::of("USD")).plus(Money(5, Currency::of("EUR"))).error().code == "money.two_currencies");
}

TEST_CASE("sixteen items of an ounce weigh no more than a pound") { CHECK(16 * Weight::ounces(1) <= Weight::pounds(1)); }

TEST_CASE("an instant is read with its offset and refused without one") {
  CHECK(Instant::parse("2026-03-02T09:00:00-08:00").value().iso() == "2026-03-02T17:00:00Z");
  CHECK(Instant::parse("2020-10-21T00:00Z").value().iso() == "2020-10-21T00:00:00Z");
  CHECK(Instant::parse("2026-03-02T09:00:00.250+0800").value().iso() == "2026-03-02T01:00:00.250Z");
  CHECK(Instant::parse("2026-03-02T09:00:00").error().code == "time.no_offset");
  for (const char* bad : {"", "2026-02-30T00:00:00Z", "2026-03-02T25:00:00Z", "2026-03-02T09:00:00X", "02/03/2026", "2026-03-02T09:61Z"})
    CHECK(Instant::parse(bad).error().code == "time.bad_instant");
  CHECK(Instant::parse("1969-12-31T23:59:59.500Z").value().iso() == "1969-12-31T23:59:59.500Z");
}

TEST_CASE("a day in Los Angeles ends one second before the next, on clock-change days too") {
  const TimeZone zone = TimeZone::named("America/Los_Angeles").value();
  CHECK(zone.end_of(Day::parse("2026-09-08").value()).iso() == "2026-09-09T06:59:59Z");
  CHECK(zone.start_of(Day::parse("2026-03-08").value()).iso() == "2026-03-08T08:00:00Z");
  CHECK(zone.end_of(Day::parse("2026-03-08").value()).iso() == "2026-03-09T06:59:59Z");
  CHECK(zone.end_of(Day::parse("2026-11-01").value()).iso() == "2026-11-02T07:59:59Z");
  CHECK(zone.day_of(Instant::parse("2026-11-02T07:59:59Z").value()).iso() == "2026-11-01");
  CHECK(zone.at(Day::parse("2026-03-08").value(), std::chrono::minutes(150)).iso() == "2026-03-08T10:00:00Z");
  CHECK(zone.iso(Instant::parse("2026-03-02T17:00:00Z").value()) == "2026-03-02T09:00:00-08:00");
  CHECK(Day::parse("2026-11-25").value().weekday() == 3);
  CHECK(Day::of(1969, 12, 31).weekday() == 3);
}

TEST_CASE("a make-up day is worked although it is a Saturday") {
  WorkCalendar china(TimeZone::named("Asia/Shanghai").value());
  china.add_holiday(Day::of(2026, 2, 16));
  china.add_make_up_day(Day::of(2026, 2, 14));
  CHECK(china.is_business_day(Day::of(2026, 2, 14)));
  CHECK(china.add_business_days(Day::of(2026, 2, 14), 1).value() == Day::of(2026, 2, 17));
}

TEST_CASE("text is read strictly") {
  CHECK(to_int("42") == 42);
  CHECK(!to_int("4.0"));
  CHECK(!to_int("9223372036854775808"));
  CHECK(to_scaled("1.25", 3) == 1250);
  CHECK(!is_utf8("\xC3\x28"));
  CHECK(!is_utf8("\xED\xA0\x80"));
  CHECK(is_utf8("自发"));
  CHECK(utf8_prefix("自发", 4) == "自");
  CHECK(from_base64(to_base64("any carnal pleas")).value() == "any carnal pleas");
  CHECK(percent_encode("A/B C&D%") == "A%2FB%20C%26D%25");
  CHECK(http::Query::parse("a=1%2C2&a=3").list("a") == std::vector<std::string>{"1", "2", "3"});
}

TEST_CASE("a quoted field may hold separators and line ends, and a broken row does not spoil the next") {
  std::istringstream in("\xEF\xBB\xBF" "a,b\r\n\"x, \"\"y\"\"\nz\",2\n\n3,\"never ends\n4,5\n");
  CsvReader reader(in, {});
  CHECK(reader.next() == CsvReader::Step::row);
  CHECK(reader.fields() == std::vector<std::string_view>{"a", "b"});
  CHECK(reader.next() == CsvReader::Step::row);
  CHECK(reader.fields()[0] == "x, \"y\"\nz");
  CHECK(reader.next() == CsvReader::Step::bad_row);
  CHECK(reader.line() == 5);
  CHECK(reader.next() == CsvReader::Step::end);
}

TEST_CASE("a parcel's girth does not depend on how its sides were typed") {
  const Size size{Length::cm(10), Length::cm(30), Length::cm(20)};
  CHECK(size.length_plus_girth() == Length::cm(90));
}
TEST_CASE("text is folded for finding, and what is no letter stays as it is") {
  struct Case {
    const char *text, *folded;
  };
  for (const Case& c : {Case{"MÜLLER", "müller"}, {"ÀÞ×", "àþ×"}, {"ŁÓDŹ", "łódź"}, {"ŸŽ", "ÿž"}, {"ΑΩ", "αω"}, {"ЁЖИК", "ёжик"}, {"ＴＡＲＯ１", "taro1"}, {"山田 太郎", "山田 太郎"}, {"Đặng", "đặng"}, {"İI", "ii"},
                        {"\xC3", "\xC3"}, {"A\xFF\xE3\x81", "a\xFF\xE3\x81"}, {"📦X", "📦x"}, {"", ""}})
    CHECK(folded(c.text) == c.folded);
}

