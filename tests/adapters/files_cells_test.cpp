#include <doctest/doctest.h>

#include "adapters/files/cells.hpp"

using namespace zifa;

namespace {

Spelling spelling(const char* zone, std::string_view country = "", DateOrder order = DateOrder::unknown) {
  Spelling made;
  if (zone != nullptr) made.time_zone = TimeZone::named(zone).value();
  made.country = country;
  made.date_order = order;
  return made;
}

// The instant as text, or what is wrong.
std::string moment(std::string_view text, const Spelling& how, DayMeans day = DayMeans::first_moment) {
  Moment read;
  std::string why;
  return read_moment(text, how, day, read, why) ? read.at.iso() : why;
}

std::string money(std::string_view text, std::string_view currency, DecimalMark mark = DecimalMark::unknown) {
  Money read;
  std::string why;
  Spelling how;
  how.decimal_mark = mark;
  return read_money(text, Currency::parse(currency).value(), how, read, why) ? read.amount() : why;
}

}  // namespace

TEST_CASE("dates are read as Amazon, shops and spreadsheets write them") {
  struct Case {
    const char* text;
    Spelling how;
    const char* instant;
  };
  const Spelling none = spelling(nullptr);
  const Spelling tokyo = spelling("Asia/Tokyo", "JP");
  const Spelling berlin = spelling("Europe/Berlin", "DE");
  const Spelling india = spelling("Asia/Kolkata", "IN", DateOrder::month_day_year);
  const Spelling us = spelling("America/Los_Angeles", "US");
  for (const Case& c : {
           Case{"2026-03-02T17:00:00+00:00", none, "2026-03-02T17:00:00Z"},
           Case{"2026-03-02T17:00:00Z", none, "2026-03-02T17:00:00Z"},
           Case{"2026-03-02T09:00:00-08:00", none, "2026-03-02T17:00:00Z"},
           Case{"2026-03-02T17:00:00.250Z", none, "2026-03-02T17:00:00.250Z"},
           Case{"2026-03-02T17:00Z", none, "2026-03-02T17:00:00Z"},
           Case{"2026-03-02 17:00:00 UTC", none, "2026-03-02T17:00:00Z"},
           Case{"2026-03-02T17:00:00+0800", none, "2026-03-02T09:00:00Z"},
           Case{"2026-03-02 17:00 GMT+8", none, "2026-03-02T09:00:00Z"},
           Case{"2026-03-02 17:00 UTC+05:30", none, "2026-03-02T11:30:00Z"},
           Case{"2026/03/02 17:00:00 JST", none, "2026-03-02T08:00:00Z"},
           Case{"02.03.2026 17:00:00 MET", none, "2026-03-02T16:00:00Z"},
           Case{"02.07.2026 17:00:00 MEST", none, "2026-07-02T15:00:00Z"},
           Case{"02.03.2026 17:00:00 UTC", none, "2026-03-02T17:00:00Z"},
           Case{"2026-03-02 09:00:00 PST", none, "2026-03-02T17:00:00Z"},
           Case{"2026-07-02 09:00:00 PDT", none, "2026-07-02T16:00:00Z"},
           Case{"02.03.2026 17:00:00", berlin, "2026-03-02T16:00:00Z"},
           Case{"2026-03-02", berlin, "2026-03-01T23:00:00Z"},
           Case{"2026/3/2", tokyo, "2026-03-01T15:00:00Z"},
           Case{"2026年3月2日 17:00", tokyo, "2026-03-02T08:00:00Z"},
           Case{"20260302", tokyo, "2026-03-01T15:00:00Z"},
           Case{"04-25-22", india, "2022-04-24T18:30:00Z"},
           Case{"04-12-2022", india, "2022-04-11T18:30:00Z"},
           Case{"06/07/22", india, "2022-06-06T18:30:00Z"},
           Case{"2022-04-30", india, "2022-04-29T18:30:00Z"},
           Case{"3/2/2026 5:00 PM", us, "2026-03-03T01:00:00Z"},
           Case{"3/2/26, 12:05 am", us, "2026-03-02T08:05:00Z"},
           Case{"3/2/2026", berlin, "2026-02-02T23:00:00Z"},
           Case{"25/03/2026 10:00", spelling("UTC"), "2026-03-25T10:00:00Z"},
           Case{"03/25/2026 10:00", spelling("UTC"), "2026-03-25T10:00:00Z"},
           Case{"03/03/2026 10:00", spelling("UTC"), "2026-03-03T10:00:00Z"},
           Case{"2 Mar 2026 17:00 UTC", none, "2026-03-02T17:00:00Z"},
           Case{"Mar 2, 2026 5:00:00 PM PST", none, "2026-03-03T01:00:00Z"},
           Case{"2-Mar-26", us, "2026-03-02T08:00:00Z"},
           Case{"2. März 2026 17:00", berlin, "2026-03-02T16:00:00Z"},
           Case{"5 juil. 2026 17:00 UTC", none, "2026-07-05T17:00:00Z"},
           Case{"2026-03-02 17:00:00 CST", spelling("Asia/Shanghai"), "2026-03-02T09:00:00Z"},
           Case{"2026-03-02 17:00:00 CST", spelling("America/Chicago"), "2026-03-02T23:00:00Z"},
           Case{"2026-03-02 17:00:00 IST", spelling("Asia/Kolkata"), "2026-03-02T11:30:00Z"},
           Case{"2026-03-29 02:30", berlin, "2026-03-29T01:00:00Z"},  // a time that the clocks skip
           Case{"  2026-03-02T17:00:00Z ", none, "2026-03-02T17:00:00Z"},
       })
    CHECK_MESSAGE(moment(c.text, c.how) == c.instant, c.text);
  CHECK(moment("2026-03-05", berlin, DayMeans::last_second) == "2026-03-05T22:59:59Z");
  CHECK(moment("2026-03-05 UTC", none, DayMeans::last_second) == "2026-03-05T23:59:59Z");
  CHECK(moment("2026-03-05 10:00", berlin, DayMeans::last_second) == "2026-03-05T09:00:00Z");
}

TEST_CASE("a date that cannot be is refused and says why") {
  struct Case {
    const char* text;
    const char* why;
  };
  for (const Case& c : {Case{"2026-02-30T00:00:00Z", "does not exist"}, Case{"2026-00-10", "does not exist"}, Case{"2026-13-01", "does not exist"}, Case{"29.02.2026 UTC", "does not exist"},
                        Case{"0026-03-02T00:00:00Z", "impossible year"}, Case{"9999-03-02T00:00:00Z", "impossible year"}, Case{"1994-12-31T00:00:00Z", "impossible year"},
                        Case{"2026-03-02T24:00:01Z", "impossible time"}, Case{"2026-03-02T12:60:00Z", "impossible time"}, Case{"3/13/2026 13:00 PM UTC", "impossible time"},
                        Case{"2026-03-02", "no time zone"}, Case{"2026-03-02 17:00", "no time zone"}, Case{"03/04/2026 UTC", "could be day and month"},
                        Case{"2026-03-02 17:00 CST", "two zones"}, Case{"2026-03-02 17:00 XYZ", "do not know"}, Case{"2026-03-02T17:00:00+99:00", "time zone that cannot be read"},
                        Case{"2026-03-02T17", "time that cannot be read"}, Case{"46083", "not a date"}, Case{"soon", "not a date"}, Case{"2026-03", "not a date"},
                        Case{"2026-03-02T17:00:00Z tomorrow", "not a date"}, Case{"12", "not a date"}, Case{"....", "not a date"}})
    CHECK_MESSAGE(moment(c.text, spelling(nullptr)).find(c.why) != std::string::npos, c.text << ": " << moment(c.text, spelling(nullptr)));
  CHECK(moment("13/04/2026", spelling("UTC", "", DateOrder::month_day_year)).find("does not exist") != std::string::npos);  // told the order, it is not turned round
}

TEST_CASE("amounts are read with points or commas, signs and spaces") {
  struct Case {
    const char* text;
    const char* currency;
    DecimalMark mark;
    const char* amount;
  };
  constexpr DecimalMark kUnknown = DecimalMark::unknown;
  for (const Case& c : {
           Case{"12.99", "USD", kUnknown, "12.99"}, Case{"12,99", "EUR", kUnknown, "12.99"}, Case{"1299", "USD", kUnknown, "1299.00"}, Case{"1,299.00", "USD", kUnknown, "1299.00"},
           Case{"1.299,00", "EUR", kUnknown, "1299.00"}, Case{"1 299,00 €", "EUR", kUnknown, "1299.00"}, Case{"1\xE2\x80\xAF""299,00", "EUR", kUnknown, "1299.00"},
           Case{"1'299.00", "USD", kUnknown, "1299.00"}, Case{"1,299", "USD", kUnknown, "1299.00"}, Case{"1,299", "EUR", DecimalMark::point, "1299.00"},
           Case{"1.299", "EUR", DecimalMark::comma, "1299.00"}, Case{"1.234.567", "EUR", kUnknown, "1234567.00"}, Case{"1,234,567.5", "USD", kUnknown, "1234567.50"},
           Case{"$12.99", "USD", kUnknown, "12.99"}, Case{"USD 12.99", "USD", kUnknown, "12.99"}, Case{"-12.99", "USD", kUnknown, "-12.99"}, Case{"0", "USD", kUnknown, "0.00"},
           Case{"0.5", "USD", kUnknown, "0.50"}, Case{".5", "USD", kUnknown, "\".5\" is not an amount of money"}, Case{"1300", "JPY", kUnknown, "1300"}, Case{"¥1,300", "JPY", kUnknown, "1300"},
           Case{"￥1,300", "JPY", kUnknown, "1300"}, Case{"1300.00", "JPY", kUnknown, "1300"}, Case{"1.299", "KWD", kUnknown, "1.299"}, Case{"399.0", "INR", kUnknown, "399.00"},
           Case{"12.990", "USD", DecimalMark::point, "12.99"}, Case{"647.62", "INR", kUnknown, "647.62"},
       })
    CHECK_MESSAGE(money(c.text, c.currency, c.mark) == c.amount, c.text);
  for (const char* bad : {"", "free", "12.99.1", "1,2,3", "12,345,6", "--1", "1-", "12.999", "1.299", "EUR 5", "1e5", "999999999999999999999", "12..5", "1,2345,678"})
    CHECK_MESSAGE(money(bad, "USD").find("is not an amount") != std::string::npos, bad);
  CHECK(money("12,990", "EUR", DecimalMark::comma) == "12.99");
  CHECK(money("1299.5", "JPY").find("is not an amount of JPY") != std::string::npos);
}

TEST_CASE("quantities are whole, not negative and not absurd") {
  std::int64_t read = 0;
  std::string why;
  for (const auto& [text, value] : std::vector<std::pair<std::string, std::int64_t>>{{"1", 1}, {" 12 ", 12}, {"0", 0}, {"2.0", 2}, {"2,00", 2}, {"+3", 3}, {"-0", 0}, {"999999", 999'999}, {"007", 7}}) {
    CHECK_MESSAGE(read_quantity(text, read, why), text);
    CHECK(read == value);
  }
  for (const char* bad : {"", "-1", "1.5", "one", "1000000", "18446744073709551617", "1 2", ".", "1.", "0x10", "1e3"}) CHECK_MESSAGE(!read_quantity(bad, read, why), bad);
}

TEST_CASE("numbers that a spreadsheet has rounded away are seen") {
  for (const char* spoilt : {"1.23457E+13", "4E+15", "1,23457E+13"}) CHECK(is_spoilt_number(spoilt));
  for (const char* fine : {"113-1000001-0000001", "E+13", "MUG-1E+", "1E13", "", "SKU1E+5x"}) CHECK_FALSE(is_spoilt_number(fine));
}
