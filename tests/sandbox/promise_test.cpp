// The sandbox's own reading of Amazon's promise dates, against orders seen in the wild (docs/rules/spapi_sandbox.md).
#include "sandbox/world/promise.hpp"
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

TEST_CASE("ship-by follows the marketplace's days, weekends and national holidays") {
  struct Row {
    std::string_view why, marketplace, bought;
    int handling;
    bool same_day;
    std::string_view from, by;
  };
  for (const Row& row : {
           Row{"bought late on Labor Day in the Pacific zone", "ATVPDKIKX0DER", "2026-09-08T06:17:49Z", 1, false, "2026-09-08T07:00:00Z", "2026-09-09T06:59:59Z"},
           Row{"two business days over a weekend in Berlin", "A1PA6795UKMFR9", "2024-01-05T08:57:02Z", 2, false, "2024-01-07T23:00:00Z", "2024-01-09T22:59:59Z"},
           Row{"the day before Thanksgiving", "ATVPDKIKX0DER", "2026-11-25T18:00:00Z", 1, false, "2026-11-27T08:00:00Z", "2026-11-28T07:59:59Z"},
           Row{"over the change to summer time", "ATVPDKIKX0DER", "2026-03-06T20:00:00Z", 1, false, "2026-03-09T07:00:00Z", "2026-03-10T06:59:59Z"},
           Row{"British substitute holidays after Christmas 2026", "A1F83G8C2ARO7P", "2026-12-24T12:00:00Z", 1, false, "2026-12-29T00:00:00Z", "2026-12-29T23:59:59Z"},
           Row{"Golden Week in Japan", "A1VC38T7YXB528", "2026-05-01T03:00:00Z", 1, false, "2026-05-06T15:00:00Z", "2026-05-07T14:59:59Z"},
           Row{"premium before the cut-off ships today", "ATVPDKIKX0DER", "2026-03-04T19:00:00Z", 1, true, "2026-03-04T19:00:00Z", "2026-03-05T07:59:59Z"},
           Row{"premium after the cut-off ships tomorrow", "ATVPDKIKX0DER", "2026-03-04T23:00:00Z", 1, true, "2026-03-05T08:00:00Z", "2026-03-06T07:59:59Z"},
       }) {
    CAPTURE(row.why);
    const Promise promise = promise_of(*find_marketplace(row.marketplace), instant(row.bought), row.handling, Service::second_day, row.same_day);
    CHECK(promise.ship_from.iso() == row.from);
    CHECK(promise.ship_by.iso() == row.by);
    CHECK(promise.deliver_by > promise.ship_by);
  }
}

TEST_CASE("two-day premium: bought Wednesday at 11 it arrives Friday, at 15 it arrives Monday") {
  const Marketplace& us = *find_marketplace("ATVPDKIKX0DER");
  CHECK(promise_of(us, instant("2026-03-04T19:00:00Z"), 0, Service::second_day, true).deliver_by.iso() == "2026-03-07T07:59:59Z");
  CHECK(promise_of(us, instant("2026-03-04T23:00:00Z"), 0, Service::second_day, true).deliver_by.iso() == "2026-03-10T06:59:59Z");
}

}  // namespace zifa::sandbox
