// Account health: the rates by which Amazon judges an account, exact to the order, today and on every day ahead.
//
//   facts of every order  ->  assess(...)  ->  one Assessment per metric
//
// A metric (one file in metrics/) only says on which day an order counts and whether it fails. Value now, on-time orders
// needed, late orders still affordable, the days ahead and the day it clears are computed by the same code for every metric,
// in whole numbers. Limits and windows are not here: they are dated data (data/policies.csv, app/reference/policies.hpp).
// Source: docs/rules/account_health.md.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/share.hpp"
#include "base/time.hpp"

namespace zifa::health {

// An instant that may not have come. Half the size of std::optional<Instant>: a year of orders is held in memory.
class Moment {
 public:
  constexpr Moment() = default;
  constexpr Moment(Instant at) : ms_(at.ms()) {}
  constexpr Moment(std::optional<Instant> at) : ms_(at ? at->ms() : kNever) {}

  explicit constexpr operator bool() const { return ms_ != kNever; }
  // Only of a moment that has come; `never` compares later than any instant.
  constexpr Instant operator*() const { return Instant::from_ms(ms_); }
  constexpr std::int64_t ms() const { return ms_; }
  constexpr auto operator<=>(const Moment&) const = default;

 private:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  std::int64_t ms_ = kNever;
};

enum class CancelledBy : std::uint8_t { nobody, buyer, seller, amazon };

// What happened to an order, as far as its source tells. Promises (`ship_by`, `deliver_by`) are not happenings.
struct OrderHistory {
  Moment purchased_at, ship_by, confirmed_at, deliver_by, cancelled_at, first_scan_at, delivered_at;
  std::int64_t units = 1;
  CancelledBy cancelled_by = CancelledBy::nobody;
  std::int8_t feedback = 0;  // stars 1-5, 0 = none
  bool tracking_valid = false;
  bool a_to_z = false;
  bool chargeback = false;
};

struct OrderFacts : OrderHistory {
  std::string order_id;
  std::string category;  // "" = not known; otherwise counted in `vtr_30:<category>` too
};

// What the source of the facts can tell at all. Where it cannot, a metric has no verdict instead of a good one.
enum Told : unsigned {
  kShipping = 1,       // purchased_at, ship_by, confirmed_at
  kCancellations = 2,  // cancelled_at and who did it
  kTracking = 4,       // deliver_by, tracking_valid, first_scan_at
  kDeliveries = 8,     // deliver_by, delivered_at
  kFeedback = 16,
  kClaims = 32,
  kChargebacks = 64,
  kDefects = kFeedback | kClaims | kChargebacks,
  kInvoices = 128,
  kMessages = 256,
};

// Amazon does not publish which date puts an order into the late-shipment window; the seller sees which one reproduces its figure.
enum class Basis { ship_by, ordered, confirmed };

struct Question {
  Instant as_of;      // knowledge ends here: whatever the facts date later has not happened
  TimeZone zone;      // the marketplace's; its days are the days of every window
  Basis basis = Basis::ship_by;
  int days_ahead = 60;
  bool open_overdue_is_late = false;  // take overdue open orders as confirmed late at `as_of`
  unsigned told = kShipping | kCancellations | kTracking | kDeliveries | kDefects;
};

// How one metric reads one order. `day` never: the order has no part in it.
struct Reading {
  Moment day;          // the day of this moment is the order's key day
  Moment counts_past;  // the order counts only once this has passed; never = it counts already
  bool fails = false;
  std::int64_t units = 1;
};

struct Metric {
  std::string_view id;      // "lsr_30"; stored and printed, never changes
  int place;                // order of display
  unsigned needs;           // Told: without one of these nothing can be said
  unsigned fails_by = 0;    // Told: kinds of failure; with some of them untold, what is seen to fail is the least that failed
  bool per_category = false;
  // `seen`: the order's history up to question.as_of, nothing later.
  Reading (*read)(const OrderHistory& seen, const Question& question);
};

std::span<const Metric* const> metrics();  // metrics/*.cpp

enum class Comparison { below, at_least };  // the failing share must be below, or the good share at least, the limit

// One limit of one marketplace, as it stands on the day asked about.
struct Policy {
  std::string metric;
  Comparison comparison = Comparison::below;
  Share limit;             // of the shown share, lowest terms: 1 of 25, 19 of 20
  std::string limit_text;  // "<0.04", ">=0.95"
  int first_day_ago = 0;   // the window on day T holds the days T - first_day_ago .. T - last_day_ago
  int last_day_ago = 0;
  bool enforced = true;    // false: a target that Amazon advises, without consequences there yet
};

struct DayValue {
  Day day;
  std::int64_t late = 0;
  std::int64_t orders = 0;
};

struct Assessment {
  std::string id;                  // "lsr_30", "vtr_30:Kitchen"
  std::optional<Policy> policy;    // nothing: this marketplace has no such limit
  bool told = true;                // false: the source cannot tell, there are no figures
  std::int64_t late = 0;           // the failing count, for every metric
  std::int64_t orders = 0;         // the whole (units for on-time delivery)
  std::optional<bool> met;         // nothing: nothing counts, or what is told does not decide it
  std::int64_t on_time_needed = 0;
  std::int64_t late_affordable = 0;
  std::optional<Day> clears_on;
  std::vector<DayValue> by_day;    // as-of day first
  std::vector<std::uint32_t> failing;  // positions in the facts of the orders that make up `late`
};

// Every metric on these orders of one marketplace; metrics without a policy are answered without figures.
// Known orders enter a window on their key day and leave it; nothing else happens in the days ahead.
std::vector<Assessment> assess(std::span<const OrderFacts> orders, std::span<const Policy> policies, const Question& question);

// The arithmetic of one limit; `late` failing of `orders`. Each is also what the screens' what-ifs are made of.
std::optional<bool> is_met(const Policy& policy, std::int64_t late, std::int64_t orders);
std::int64_t on_time_needed(const Policy& policy, std::int64_t late, std::int64_t orders);
std::int64_t late_affordable(const Policy& policy, std::int64_t late, std::int64_t orders);
// The share Amazon shows (failing below a limit, good at least one), with four decimals, half up; nothing when nothing counts.
std::optional<std::string> shown_rate(const Policy& policy, std::int64_t late, std::int64_t orders);

}  // namespace zifa::health
