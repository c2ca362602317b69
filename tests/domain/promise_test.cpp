#include <doctest/doctest.h>

#include "app/reference/holidays.hpp"
#include "domain/promise/promise.hpp"

using namespace zifa;
using namespace zifa::promise;

namespace {

Instant at(std::string_view text) { return Instant::parse(text).value(); }

Calendar calendar(std::string_view code, const std::vector<unsigned>& operating = {}) {
  return marketplace_calendar(code, Day::of(2026, 1, 1), operating).value();
}

}  // namespace

TEST_CASE("ship-by moments of real orders") {
  // Bought 23:17 on Labor Day in Los Angeles, one day of handling, three of transit.
  const Calendar us = calendar("US");
  const Promise us_order = explain_ship_by(at("2026-09-08T06:17:49Z"), {.business_days = 1}, us).value();
  CHECK(us_order.earliest.iso() == "2026-09-08T07:00:00Z");
  CHECK(us_order.at.iso() == "2026-09-09T06:59:59Z");
  CHECK(us_order.because == "Paid on Monday 2026-09-07 (Labor Day), 1 business day of handling: ship by the end of Tuesday 2026-09-08 (America/Los_Angeles).");
  const Promise us_delivery = explain_deliver_by(us_order.day, {3, 3}, us).value();
  CHECK(us_delivery.earliest.iso() == "2026-09-11T07:00:00Z");
  CHECK(us_delivery.at.iso() == "2026-09-12T06:59:59Z");
  // Bought on a Friday morning in Berlin, two days of handling, two of transit.
  const Calendar de = calendar("DE");
  const Promise de_order = explain_ship_by(at("2024-01-05T08:57:02Z"), {.business_days = 2}, de).value();
  CHECK(de_order.earliest.iso() == "2024-01-07T23:00:00Z");
  CHECK(de_order.at.iso() == "2024-01-09T22:59:59Z");
  CHECK(explain_deliver_by(de_order.day, {1, 2}, de).value().at.iso() == "2024-01-11T22:59:59Z");
}

TEST_CASE("handling time counts business days after the day of payment") {
  struct Case {
    const char* what;
    const char* marketplace;
    const char* paid;  // local time is named in `what`
    Handling handling;
    const char* due;
  };
  const Case cases[] = {
      {"one day, Wednesday 23:59 PST", "US", "2026-03-05T07:59:59Z", {.business_days = 1}, "2026-03-05"},
      {"one day, Thursday 00:00 PST", "US", "2026-03-05T08:00:00Z", {.business_days = 1}, "2026-03-06"},
      {"one day, Friday", "US", "2026-03-06T20:00:00Z", {.business_days = 1}, "2026-03-09"},
      {"one day, Saturday", "US", "2026-03-07T20:00:00Z", {.business_days = 1}, "2026-03-09"},
      {"two days, Saturday", "US", "2026-03-07T20:00:00Z", {.business_days = 2}, "2026-03-10"},
      {"one day, Wednesday before Thanksgiving", "US", "2026-11-25T20:00:00Z", {.business_days = 1}, "2026-11-27"},
      {"same day, Wednesday 13:59 PST", "US", "2026-03-04T21:59:00Z", {.business_days = 0}, "2026-03-04"},
      {"same day, Wednesday 14:00 PST", "US", "2026-03-04T22:00:00Z", {.business_days = 0}, "2026-03-05"},
      {"same day, Friday 15:00 PST", "US", "2026-03-06T23:00:00Z", {.business_days = 0}, "2026-03-09"},
      {"same day, Saturday 15:00 PST", "US", "2026-03-07T23:00:00Z", {.business_days = 0}, "2026-03-09"},
      {"same day, cut-off 16:00, 15:00 PST", "US", "2026-03-04T23:00:00Z", {.business_days = 0, .cutoff = std::chrono::minutes(960)}, "2026-03-04"},
      {"Tokyo 04:59, belongs to the day before", "JP", "2026-03-03T19:59:00Z", {.business_days = 1, .day_starts = std::chrono::minutes(300)}, "2026-03-04"},
      {"Tokyo 05:00", "JP", "2026-03-03T20:00:00Z", {.business_days = 1, .day_starts = std::chrono::minutes(300)}, "2026-03-05"},
      {"London, Good Friday and Easter Monday", "GB", "2026-04-02T10:00:00Z", {.business_days = 1}, "2026-04-07"},
      {"Riyadh rests on Friday and Saturday", "SA", "2026-03-05T10:00:00Z", {.business_days = 1}, "2026-03-08"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(explain_ship_by(at(c.paid), c.handling, calendar(c.marketplace)).value().day.iso() == c.due);
  }
}

TEST_CASE("two-day premium with cut-off 14:00: Wednesday 11:00 arrives Friday, Wednesday 15:00 arrives Monday") {
  const Calendar us = calendar("US");
  const Day early = explain_ship_by(at("2026-03-04T19:00:00Z"), {.business_days = 0}, us).value().day;
  const Day later = explain_ship_by(at("2026-03-04T23:00:00Z"), {.business_days = 0}, us).value().day;
  CHECK(early == Day::of(2026, 3, 4));
  CHECK(later == Day::of(2026, 3, 5));
  CHECK(explain_deliver_by(early, {2, 2}, us).value().day == Day::of(2026, 3, 6));
  CHECK(explain_deliver_by(later, {2, 2}, us).value().day == Day::of(2026, 3, 9));
}

TEST_CASE("a weekend day switched on as operating day is a business day, and a holiday on it is not") {
  const Calendar open_saturdays = calendar("US", {6});
  CHECK(explain_ship_by(at("2026-03-06T20:00:00Z"), {.business_days = 1}, open_saturdays).value().day == Day::of(2026, 3, 7));
  CHECK(explain_ship_by(at("2026-07-02T20:00:00Z"), {.business_days = 1}, open_saturdays).value().day == Day::of(2026, 7, 6));
}

TEST_CASE("a cut-off in the zone of the ship-from address decides there which day it is") {
  const Handling shenzhen{.business_days = 0, .cutoff_zone = TimeZone::named("Asia/Shanghai").value()};
  // 13:30 on Wednesday in Shenzhen is 21:30 on Tuesday in Los Angeles.
  CHECK(explain_ship_by(at("2026-03-04T05:30:00Z"), shenzhen, calendar("US")).value().at.iso() == "2026-03-05T07:59:59Z");
  CHECK(explain_ship_by(at("2026-03-04T06:30:00Z"), shenzhen, calendar("US")).value().at.iso() == "2026-03-06T07:59:59Z");
}

TEST_CASE("China works its make-up Saturdays and rests through Spring Festival, which Amazon does not know") {
  const Calendar china = place_calendar("CN", TimeZone::named("Asia/Shanghai").value());
  CHECK(count_business_days(china, Day::of(2026, 2, 13), 1).value().day == Day::of(2026, 2, 14));
  CHECK(count_business_days(china, Day::of(2026, 2, 14), 1).value().day == Day::of(2026, 2, 24));
  CHECK(count_business_days(china, Day::of(2026, 2, 27), 1).value().day == Day::of(2026, 2, 28));
  CHECK(ship_by(at("2026-02-16T03:00:00Z"), {.business_days = 2}, calendar("DE")).value().iso() == "2026-02-18T22:59:59Z");
}

TEST_CASE("a listing's handling time goes before the account's, and Amazon's automated one before both") {
  CHECK(handling_of({.account_days = 2}).business_days == 2);
  CHECK(handling_of({.account_days = 2, .sku_days = 5}).source == HandlingSource::sku);
  CHECK(handling_of({.account_days = 2, .sku_days = 5, .automated = true, .automated_days = 1}).business_days == 1);
  CHECK(handling_of({.account_days = 2, .sku_days = 5, .automated = true}).business_days == 5);
  CHECK(handling_of({.account_days = 2, .automated = true, .automated_days = 1, .automated_exception = true}).business_days == 2);
  CHECK(handling_days_at_capacity(1, 99, 100) == 1);
  CHECK(handling_days_at_capacity(1, 100, 100) == 2);
  CHECK(handling_days_at_capacity(1, 1'000, 0) == 1);
}

TEST_CASE("Amazon's ship-by is compared with what our settings promise") {
  const Calendar us = calendar("US");
  const Instant paid = at("2026-03-04T20:00:00Z");
  using Verdict = WindowComparison::Verdict;
  CHECK(compare_ship_by(paid, at("2026-03-06T07:59:59Z"), {.business_days = 1}, us).value().verdict == Verdict::same);
  const WindowComparison earlier = compare_ship_by(paid, at("2026-03-06T07:59:59Z"), {.business_days = 3}, us).value();
  CHECK(earlier.verdict == Verdict::amazon_earlier);
  CHECK((earlier.amazon_business_days == 1 && earlier.our_business_days == 3));
  CHECK(compare_ship_by(paid, at("2026-03-10T06:59:59Z"), {.business_days = 1}, us).value().verdict == Verdict::amazon_later);
}

TEST_CASE("Amazon cancels what is not confirmed seven business days after ship-by") {
  // Due Wednesday 18 November 2026; Thanksgiving is no business day.
  const Promise cancelled = auto_cancel_at(at("2026-11-19T07:59:59Z"), 7, calendar("US")).value();
  CHECK(cancelled.day == Day::of(2026, 11, 30));
  CHECK(cancelled.at.iso() == "2026-12-01T07:59:59Z");
  CHECK(marketplace_rules("US", Day::of(2026, 11, 1)).value().auto_cancel_days == 7);
  CHECK(marketplace_rules("SA", Day::of(2026, 11, 1)).value().auto_cancel_days == 3);
}

TEST_CASE("refusals of promises, in the order they are declared") {
  const Calendar us = calendar("US");
  CHECK(ship_by(at("2028-12-30T20:00:00Z"), {.business_days = 1}, us).error().code == "promise.calendar_too_short");
  CHECK(ship_by(at("2026-03-04T20:00:00Z"), {.business_days = -1}, us).error().code == "promise.bad_handling");
  CHECK(ship_by(at("2026-03-04T20:00:00Z"), {.business_days = 366}, us).error().code == "promise.bad_handling");
  CHECK(explain_deliver_by(Day::of(2026, 3, 4), {5, 4}, us).error().code == "promise.bad_transit");
  Calendar never = us;
  for (unsigned weekday = 0; weekday < 7; ++weekday) never.days.set_works_on(weekday, false);
  CHECK(ship_by(at("2026-03-04T20:00:00Z"), {.business_days = 1}, never).error().code == "promise.never_works");
}

TEST_CASE("every marketplace has a calendar in which the next months can be promised") {
  for (const std::string& code : marketplace_codes()) {
    CAPTURE(code);
    CHECK(ship_by(at("2026-11-25T09:00:00Z"), {.business_days = 20}, calendar(code)).has_value());
  }
}
