#include <doctest/doctest.h>

#include <algorithm>

#include "app/reference/policies.hpp"
#include "base/splitmix.hpp"
#include "domain/health/health.hpp"

using namespace zifa;
using namespace zifa::health;

namespace {

Instant at(std::string_view text) { return Instant::parse(text).value(); }

Question us_question(Instant as_of) { return {.as_of = as_of, .zone = TimeZone::named("America/Los_Angeles").value()}; }

const Instant kNoon = at("2026-03-20T19:00:00Z");  // noon in Los Angeles

OrderFacts order(std::string_view purchased, std::string_view ship_by, std::string_view confirmed = "") {
  OrderFacts facts;
  facts.order_id = "113-0000001-0000001";
  facts.purchased_at = at(purchased);
  facts.ship_by = at(ship_by);
  if (!confirmed.empty()) facts.confirmed_at = at(confirmed);
  return facts;
}

Assessment metric(const std::vector<Assessment>& all, std::string_view id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Assessment& a) { return a.id == id; });
  REQUIRE(found != all.end());
  return *found;
}

Assessment assessed(std::string_view id, const std::vector<OrderFacts>& orders, const Question& question) {
  return metric(assess(orders, health_policies("US", Day::of(2026, 3, 20)), question), id);
}

struct Counted {
  std::int64_t late, orders;
  bool operator==(const Counted&) const = default;
};

Counted counted(std::string_view id, const std::vector<OrderFacts>& orders, const Question& question) {
  const Assessment a = assessed(id, orders, question);
  return {a.late, a.orders};
}

}  // namespace

TEST_CASE("an order is late when confirmed after its ship-by, and in time at that very moment") {
  struct Case {
    const char* what;
    OrderFacts facts;
    Counted expected;
  };
  OrderFacts cancelled_first = order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z");
  cancelled_first.cancelled_at = at("2026-03-11T00:00:00Z");
  OrderFacts cancelled_after = order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z", "2026-03-12T07:00:00Z");
  cancelled_after.cancelled_at = at("2026-03-12T08:00:00Z");
  const Case cases[] = {
      {"confirmed at ship-by", order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z", "2026-03-12T06:59:59Z"), {0, 1}},
      {"confirmed one second after", order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z", "2026-03-12T07:00:00Z"), {1, 1}},
      {"overdue and open", order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z"), {0, 1}},
      {"open and due tonight", order("2026-03-19T10:00:00Z", "2026-03-21T06:59:59Z"), {0, 0}},
      {"due tonight and confirmed", order("2026-03-19T10:00:00Z", "2026-03-21T06:59:59Z", "2026-03-20T18:00:00Z"), {0, 1}},
      {"due at this very moment and open", order("2026-03-19T10:00:00Z", "2026-03-20T19:00:00Z"), {0, 0}},
      {"confirmed in the future: not yet", order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z", "2026-03-20T19:00:01Z"), {0, 1}},
      {"bought in the future", order("2026-03-20T19:00:01Z", "2026-03-20T18:00:00Z"), {0, 0}},
      {"cancelled before being confirmed", cancelled_first, {0, 0}},
      {"cancelled after being confirmed late", cancelled_after, {1, 1}},
      {"first day of the window", order("2026-02-17T10:00:00Z", "2026-02-19T08:00:00Z", "2026-02-20T08:00:00Z"), {1, 1}},
      {"the second before it", order("2026-02-17T10:00:00Z", "2026-02-19T07:59:59Z", "2026-02-20T08:00:00Z"), {0, 0}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(counted("lsr_30", {c.facts}, us_question(kNoon)) == c.expected);
  }
}

TEST_CASE("overdue open orders can be taken as confirmed late right now") {
  Question question = us_question(kNoon);
  question.open_overdue_is_late = true;
  const OrderFacts overdue = order("2026-03-10T10:00:00Z", "2026-03-12T06:59:59Z");
  CHECK(counted("lsr_30", {overdue}, question) == Counted{1, 1});
  question.basis = Basis::confirmed;  // then today is its key day
  const Assessment by_confirmation = assessed("lsr_10", {overdue}, question);
  CHECK(by_confirmation.late == 1);
  CHECK(by_confirmation.clears_on == Day::of(2026, 3, 30));
}

TEST_CASE("the basis decides which day puts an order into the late-shipment windows, and into no other") {
  OrderFacts facts = order("2026-03-05T10:00:00Z", "2026-03-12T06:59:59Z", "2026-03-12T07:00:01Z");
  Question question = us_question(kNoon);
  CHECK(assessed("lsr_10", {facts}, question).clears_on == Day::of(2026, 3, 21));  // ship-by on the 11th
  question.basis = Basis::ordered;
  CHECK(counted("lsr_10", {facts}, question) == Counted{0, 0});  // the 5th is out of the ten days
  question.basis = Basis::confirmed;
  CHECK(assessed("lsr_10", {facts}, question).clears_on == Day::of(2026, 3, 22));
  CHECK(counted("cancel_7", {facts}, question) == Counted{0, 0});
}

TEST_CASE("a day is the marketplace's own, on clock-change days too") {
  // 8 March 2026 has 23 hours in Los Angeles: it ends at 06:59:59Z of the 9th.
  const OrderFacts before = order("2026-03-01T10:00:00Z", "2026-03-09T06:59:59Z", "2026-03-09T08:00:00Z");
  const OrderFacts after = order("2026-03-01T10:00:00Z", "2026-03-09T07:00:00Z", "2026-03-09T08:00:00Z");
  CHECK(assessed("lsr_10", {before}, us_question(at("2026-03-10T19:00:00Z"))).clears_on == Day::of(2026, 3, 18));
  CHECK(assessed("lsr_10", {after}, us_question(at("2026-03-10T19:00:00Z"))).clears_on == Day::of(2026, 3, 19));
}

TEST_CASE("known orders enter on their key day and leave: 20 a day and one bad day clear on the tenth and thirtieth day") {
  // The bad day is the as-of day: 40 orders, 30 of them late; 20 on each other day, and 20 a day already bought for the days ahead.
  std::vector<OrderFacts> orders;
  const TimeZone zone = TimeZone::named("America/Los_Angeles").value();
  const Day today = Day::of(2026, 3, 20);
  for (int d = -29; d <= 60; ++d)
    for (int i = 0; i < (d == 0 ? 40 : 20); ++i) {
      OrderFacts facts;
      facts.purchased_at = at("2026-02-01T00:00:00Z");
      facts.ship_by = zone.at(today + d, std::chrono::minutes(600));
      if (d <= 0) facts.confirmed_at = *facts.ship_by + std::chrono::seconds(d == 0 && i < 30 ? 1 : 0);
      orders.push_back(facts);
    }
  const Question question = us_question(kNoon);
  const Assessment ten = assessed("lsr_10", orders, question);
  const Assessment thirty = assessed("lsr_30", orders, question);
  CHECK((thirty.late == 30 && thirty.orders == 620 && thirty.met == false));
  CHECK((ten.late == 30 && ten.orders == 220));
  CHECK(ten.clears_on == today + 10);
  CHECK(thirty.clears_on == today + 30);
  CHECK(thirty.by_day.size() == 61);
  CHECK((thirty.by_day[29].late == 30 && thirty.by_day[29].orders == 620));
  CHECK((thirty.by_day[30].late == 0 && thirty.by_day[30].orders == 600));
  CHECK(thirty.failing.size() == 30);
}

TEST_CASE("a cancellation fails when the seller or Amazon made it before the confirmation") {
  struct Case {
    CancelledBy by;
    const char* confirmed;
    Counted expected;
  };
  for (const Case& c : {Case{CancelledBy::seller, "", {1, 1}}, Case{CancelledBy::amazon, "", {1, 1}}, Case{CancelledBy::buyer, "", {0, 1}},
                        Case{CancelledBy::seller, "2026-03-15T09:59:59Z", {0, 1}}, Case{CancelledBy::seller, "2026-03-15T10:00:01Z", {1, 1}}}) {
    OrderFacts facts = order("2026-03-14T10:00:00Z", "2026-03-17T06:59:59Z", c.confirmed);
    facts.cancelled_at = at("2026-03-15T10:00:00Z");
    facts.cancelled_by = c.by;
    CHECK(counted("cancel_7", {facts}, us_question(kNoon)) == c.expected);
  }
  // The seven days end the day before: the 13th to the 19th.
  CHECK(counted("cancel_7", {order("2026-03-13T07:00:00Z", "2026-03-17T06:59:59Z")}, us_question(kNoon)) == Counted{0, 1});
  CHECK(counted("cancel_7", {order("2026-03-13T06:59:59Z", "2026-03-17T06:59:59Z")}, us_question(kNoon)) == Counted{0, 0});
  CHECK(counted("cancel_7", {order("2026-03-20T07:00:00Z", "2026-03-23T06:59:59Z")}, us_question(kNoon)) == Counted{0, 0});
}

TEST_CASE("tracking is valid with a number that fits and a scan, and is also judged by category") {
  std::vector<OrderFacts> orders(3, order("2026-02-20T10:00:00Z", "2026-02-24T07:59:59Z", "2026-02-23T10:00:00Z"));
  for (OrderFacts& facts : orders) {
    facts.deliver_by = at("2026-03-01T07:59:59Z");
    facts.tracking_valid = true;
    facts.first_scan_at = at("2026-02-24T01:00:00Z");
    facts.category = "Kitchen";
  }
  orders[1].tracking_valid = false;
  orders[2].first_scan_at = at("2026-03-21T00:00:00Z");  // after the as-of moment: no scan yet
  orders[2].category = "Toys";
  const auto all = assess(orders, health_policies("US", Day::of(2026, 3, 20)), us_question(kNoon));
  CHECK((metric(all, "vtr_30").late == 2 && metric(all, "vtr_30").orders == 3));
  CHECK((metric(all, "vtr_30:Kitchen").late == 1 && metric(all, "vtr_30:Kitchen").orders == 2));
  CHECK((metric(all, "vtr_30:Toys").late == 1 && metric(all, "vtr_30:Toys").orders == 1));
}

TEST_CASE("on-time delivery counts delivered units by their promised day") {
  OrderFacts facts = order("2026-02-20T10:00:00Z", "2026-02-24T07:59:59Z", "2026-02-23T10:00:00Z");
  facts.units = 3;
  facts.deliver_by = at("2026-03-11T06:59:59Z");
  CHECK(counted("otdr_14", {facts}, us_question(kNoon)) == Counted{0, 0});  // no delivery scan
  facts.delivered_at = at("2026-03-11T06:59:59Z");
  CHECK(counted("otdr_14", {facts}, us_question(kNoon)) == Counted{0, 3});
  facts.delivered_at = at("2026-03-11T07:00:00Z");
  CHECK(counted("otdr_14", {facts}, us_question(kNoon)) == Counted{3, 3});
}

TEST_CASE("an order with two defects fails once") {
  OrderFacts facts = order("2026-02-01T10:00:00Z", "2026-02-04T07:59:59Z", "2026-02-03T10:00:00Z");
  facts.feedback = 2;
  facts.a_to_z = true;
  OrderFacts fair = facts;
  fair.feedback = 3;
  fair.a_to_z = false;
  CHECK(counted("odr_60", {facts, fair}, us_question(kNoon)) == Counted{1, 2});
}

TEST_CASE("what the source cannot tell has no verdict, and half of the kinds of defect can only prove a breach") {
  const OrderFacts good = order("2026-02-01T10:00:00Z", "2026-02-04T07:59:59Z", "2026-02-03T10:00:00Z");
  OrderFacts bad = good;
  bad.feedback = 1;
  Question question = us_question(kNoon);
  question.told = kShipping | kFeedback;
  CHECK_FALSE(assessed("odr_60", {good}, question).met.has_value());
  CHECK(assessed("odr_60", {bad}, question).met == false);
  for (const char* id : {"cancel_7", "vtr_30", "otdr_14", "response_24h", "idr_7"}) CHECK_FALSE(assessed(id, {good}, question).met.has_value());
  question.told = kShipping;
  CHECK_FALSE(assessed("odr_60", {bad}, question).told);
}

TEST_CASE("every day ahead equals counting the orders of its window one by one") {
  SplitMix random(20260320);
  const TimeZone zone = TimeZone::named("America/Los_Angeles").value();
  const auto moment = [&](Instant from, std::int64_t least_hours, std::int64_t most_hours) {
    return from + std::chrono::seconds(random.between(least_hours * 3600, most_hours * 3600));
  };
  for (int round = 0; round < 30; ++round) {
    Question question = us_question(kNoon);
    question.basis = static_cast<Basis>(round % 3);
    question.open_overdue_is_late = round % 2 == 0;
    std::vector<OrderFacts> orders;
    for (int i = 0; i < 120; ++i) {
      OrderFacts facts;
      facts.purchased_at = moment(kNoon, -24 * 50, 24);
      facts.ship_by = moment(*facts.purchased_at, 1, 24 * 6);
      if (random.between(1, 10) < 9) facts.confirmed_at = moment(*facts.ship_by, -48, 10);
      if (random.between(1, 10) == 1) facts.cancelled_at = moment(*facts.purchased_at, 0, 24 * 8);
      orders.push_back(facts);
    }
    const Assessment found = assessed("lsr_30", orders, question);
    const Day today = zone.day_of(kNoon);
    for (int d = 0; d <= question.days_ahead; ++d) {
      DayValue expected{.day = today + d};
      for (const OrderFacts& facts : orders) {
        if (facts.purchased_at > Moment(kNoon)) continue;
        Moment confirmed = facts.confirmed_at > Moment(kNoon) ? Moment() : facts.confirmed_at;
        const Moment cancelled = facts.cancelled_at > Moment(kNoon) ? Moment() : facts.cancelled_at;
        if (cancelled && (!confirmed || cancelled < confirmed)) continue;
        if (!confirmed && question.open_overdue_is_late && facts.ship_by < Moment(kNoon)) confirmed = kNoon;
        const bool overdue = d == 0 ? facts.ship_by < Moment(kNoon) : zone.day_of(*facts.ship_by) <= today + d;
        if (!confirmed && !overdue) continue;
        const Moment key = question.basis == Basis::ship_by ? facts.ship_by : question.basis == Basis::ordered ? facts.purchased_at : confirmed;
        if (!key) continue;
        const Day key_day = zone.day_of(*key);
        if (key_day < today + d - 29 || key_day > today + d) continue;
        ++expected.orders;
        if (confirmed && confirmed > facts.ship_by) ++expected.late;
      }
      CHECK(found.by_day[static_cast<std::size_t>(d)].late == expected.late);
      CHECK(found.by_day[static_cast<std::size_t>(d)].orders == expected.orders);
    }
  }
}
