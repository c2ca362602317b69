#include <doctest/doctest.h>

#include "app/reference/policies.hpp"
#include "base/splitmix.hpp"
#include "domain/health/health.hpp"

using namespace zifa;
using namespace zifa::health;

namespace {

const Policy kBelow4{.metric = "lsr_30", .comparison = Comparison::below, .limit = {1, 25}, .limit_text = "<0.04", .first_day_ago = 29};
const Policy kAtLeast95{.metric = "vtr_30", .comparison = Comparison::at_least, .limit = {19, 20}, .limit_text = ">=0.95"};

}  // namespace

TEST_CASE("exactly four percent late is not under four percent") {
  struct Case {
    std::int64_t late, orders;
    std::optional<bool> met;
    std::int64_t needed, affordable;
    const char* rate;
  };
  const Case cases[] = {
      {10, 200, false, 51, 0, "0.0500"},   // 10/251 = 3.98 %
      {8, 200, false, 1, 0, "0.0400"},     // exactly at the limit
      {7, 200, true, 0, 1, "0.0350"},      // 8 of 201 holds, 9 of 202 does not
      {30, 620, false, 131, 0, "0.0484"},  // healed from 751 orders on
      {30, 751, true, 0, 0, "0.0399"},
      {0, 1, true, 0, 0, "0.0000"},
      {0, 25, true, 0, 1, "0.0000"},
      {1, 1, false, 25, 0, "1.0000"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.late);
    CAPTURE(c.orders);
    CHECK(is_met(kBelow4, c.late, c.orders) == c.met);
    CHECK(on_time_needed(kBelow4, c.late, c.orders) == c.needed);
    CHECK(late_affordable(kBelow4, c.late, c.orders) == c.affordable);
    CHECK(shown_rate(kBelow4, c.late, c.orders) == std::string(c.rate));
  }
  CHECK_FALSE(is_met(kBelow4, 0, 0).has_value());
  CHECK_FALSE(shown_rate(kBelow4, 0, 0).has_value());
}

TEST_CASE("190 valid tracking numbers of 200 are enough, 189 are not") {
  CHECK(is_met(kAtLeast95, 10, 200) == true);
  CHECK(is_met(kAtLeast95, 11, 200) == false);
  CHECK(shown_rate(kAtLeast95, 10, 200) == "0.9500");
  CHECK(on_time_needed(kAtLeast95, 11, 200) == 20);
  CHECK(late_affordable(kAtLeast95, 9, 200) == 1);
  CHECK(late_affordable(kAtLeast95, 10, 200) == 0);
}

TEST_CASE("what is needed and what is affordable is the first and the last number that holds") {
  SplitMix random(7);
  for (int i = 0; i < 3'000; ++i) {
    const Share limit{random.between(1, 40), random.between(41, 100)};
    for (const Comparison comparison : {Comparison::below, Comparison::at_least}) {
      const Policy policy{.metric = "x", .comparison = comparison, .limit = limit};
      const std::int64_t orders = random.between(1, 300);
      const std::int64_t late = random.between(0, orders);
      const std::int64_t needed = on_time_needed(policy, late, orders);
      CHECK(is_met(policy, late, orders + needed) == true);
      if (needed > 0) CHECK(is_met(policy, late, orders + needed - 1) == false);
      const std::int64_t affordable = late_affordable(policy, late, orders);
      if (is_met(policy, late, orders) == true) CHECK(is_met(policy, late + affordable, orders + affordable) == true);
      CHECK(is_met(policy, late + affordable + 1, orders + affordable + 1) == false);
    }
  }
}

TEST_CASE("numbers beyond any account neither overflow nor crash") {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  CHECK(is_met(kBelow4, most, most) == false);
  CHECK(on_time_needed(kBelow4, most, most) == most);
  CHECK(late_affordable(kBelow4, 0, most) == (most - 1) / 24);
}

TEST_CASE("a marketplace is found under its code, its old code and Amazon's id") {
  CHECK(marketplace_code("US") == "US");
  CHECK(marketplace_code(" uk ") == "GB");
  CHECK(marketplace_code("ATVPDKIKX0DER") == "US");
  CHECK_FALSE(marketplace_code("XX").has_value());
  CHECK_FALSE(marketplace_code("").has_value());
  CHECK(marketplace_rules("XX", Day::of(2026, 1, 1)).error().code == "marketplace.unknown");
}

TEST_CASE("limits are dated: on-time delivery is enforced in the United States since 25 September 2024") {
  const auto on_time = [](std::string_view code, Day day) {
    for (const Policy& policy : health_policies(code, day))
      if (policy.metric == "otdr_14") return policy;
    return Policy{};
  };
  CHECK_FALSE(on_time("US", Day::of(2024, 9, 24)).enforced);
  CHECK(on_time("US", Day::of(2024, 9, 25)).enforced);
  CHECK_FALSE(on_time("GB", Day::of(2026, 2, 1)).enforced);
  CHECK(on_time("GB", Day::of(2026, 2, 2)).enforced);
  CHECK(on_time("JP", Day::of(2026, 2, 2)).limit_text == ">=0.9");
  int invoices = 0;
  for (const char* code : {"US", "GB", "DE", "JP"})
    for (const Policy& policy : health_policies(code, Day::of(2026, 11, 25))) invoices += policy.metric == "idr_7" ? 1 : 0;
  CHECK(invoices == 2);
}
