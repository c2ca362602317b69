// `lsr`: the exact probability of a breach, its error and its time; and a million orders assessed.
#include <ctime>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/reference/policies.hpp"
#include "base/splitmix.hpp"
#include "domain/health/breach.hpp"

using namespace zifa;
using namespace zifa::health;

namespace {

// Processor time of this process: the same whatever else the machine does.
double ms_since(std::clock_t begun) { return static_cast<double>(std::clock() - begun) * 1000 / CLOCKS_PER_SEC; }

// Order by order in long doubles: slow, and nineteen digits.
long double reference(const std::vector<double>& p, std::size_t least) {
  std::vector<long double> at(least + 1);
  at[0] = 1;
  for (const double late : p) {
    const long double q = 1 - static_cast<long double>(late);
    at[least] += at[least - 1] * late;
    for (std::size_t k = least - 1; k > 0; --k) at[k] = at[k] * q + at[k - 1] * late;
    at[0] *= q;
  }
  return at[least];
}

bool breach_risk(std::size_t open) {
  SplitMix random(2026);
  std::vector<double> p(open);
  for (double& late : p) {
    const double u = static_cast<double>(random.next() >> 11) * 0x1p-53;
    late = 0.12 * u * u * u;
  }
  const auto orders = static_cast<std::int64_t>(2 * open);
  const std::int64_t late_now = orders * 2 / 100;
  const std::int64_t breaks_at = (orders * 4 + 99) / 100 - late_now;
  double best = 1e18, found = 0;
  for (int i = 0; i < 20; ++i) {
    const std::clock_t begun = std::clock();
    found = probability_of_late(p, breaks_at);
    best = std::min(best, ms_since(begun));
  }
  const double error = std::abs(static_cast<double>(reference(p, static_cast<std::size_t>(breaks_at)) - static_cast<long double>(found)));
  double mean = 0, variance = 0;
  for (const double late : p) {
    mean += late;
    variance += late * (1 - late);
  }
  const double normal = 0.5 * std::erfc((static_cast<double>(breaks_at) - 0.5 - mean) / std::sqrt(2 * variance));
  std::printf("lsr %6zu open orders: P(breach) %.6e  error %.1e  bell curve says %.6e  %.3f ms\n", open, found, error, normal, best);
  return error <= 1e-12;
}

bool assess_orders(std::size_t count) {
  SplitMix random(7);
  const Instant now = Instant::parse("2026-03-20T19:00:00Z").value();
  std::vector<OrderFacts> orders(count);
  for (OrderFacts& order : orders) {
    order.order_id = "113-" + std::to_string(random.between(1'000'000, 9'999'999)) + "-" + std::to_string(random.between(1'000'000, 9'999'999));
    order.category = random.between(0, 1) == 0 ? "Kitchen" : "Toys";
    const auto later = [&](Moment from, std::int64_t least_hours, std::int64_t most_hours) { return *from + std::chrono::seconds(random.between(least_hours * 3600, most_hours * 3600)); };
    order.purchased_at = later(now, -24 * 100, 48);
    order.ship_by = later(order.purchased_at, 2, 96);
    if (random.between(0, 9) > 0) order.confirmed_at = later(order.ship_by, -48, 4);
    order.deliver_by = later(order.ship_by, 24, 240);
    order.tracking_valid = random.between(0, 99) > 2;
    if (order.confirmed_at) order.first_scan_at = later(order.confirmed_at, 0, 40);
    if (order.confirmed_at) order.delivered_at = later(order.deliver_by, -60, 6);
  }
  const Question question{.as_of = now, .zone = TimeZone::named("America/Los_Angeles").value()};
  const auto policies = health_policies("US", question.zone.day_of(now));
  double best = 1e18;
  std::vector<Assessment> found;
  for (int i = 0; i < 5; ++i) {
    const std::clock_t begun = std::clock();
    found = assess(orders, policies, question);
    best = std::min(best, ms_since(begun));
  }
  // The late-shipment figure counted once more, order by order.
  const Day today = question.zone.day_of(now);
  std::int64_t late = 0, whole = 0;
  for (const OrderFacts& order : orders) {
    if (order.purchased_at > Moment(now)) continue;
    const Day due = question.zone.day_of(*order.ship_by);
    if (due > today || due < today - 29) continue;
    const bool confirmed = order.confirmed_at && order.confirmed_at <= Moment(now);
    if (!confirmed && order.ship_by >= Moment(now)) continue;
    ++whole;
    if (confirmed && order.confirmed_at > order.ship_by) ++late;
  }
  bool valid = false;
  for (const Assessment& metric : found)
    if (metric.id == "lsr_30") valid = metric.late == late && metric.orders == whole;
  std::printf("health %zu orders, %zu metrics, 61 days each: %.1f ms%s\n", count, found.size(), best, valid ? "" : "  INVALID");
  return valid;
}

}  // namespace

int main() {
  bool valid = breach_risk(200);
  valid = breach_risk(2'000) && valid;
  valid = breach_risk(20'000) && valid;
  valid = assess_orders(1'000'000) && valid;
  return valid ? 0 : 1;
}
