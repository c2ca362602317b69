// When an order must leave and when it must arrive, and why, in one sentence.
//
// Amazon sends both moments with every order (shipByWindow, deliverByWindow) and those values win. Ours are for planning before
// an order exists, for explaining Amazon's, and for noticing that a listing's handling time is not what we think it is.
// Source: docs/rules/promise.md.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "domain/promise/calendar.hpp"

namespace zifa::promise {

// How long an order may take to leave.
struct Handling {
  int business_days = 1;                    // 0 = the same day, as set on the listing or for the account
  std::chrono::minutes cutoff{14 * 60};     // same-day handling: orders paid at or after this time of day belong to the next business day
  std::chrono::minutes day_starts{0};       // handling of a day or more: orders paid before it belong to the day before (Japan)
  std::optional<TimeZone> cutoff_zone;      // of the ship-from address; nothing = the calendar's zone
};

// Which of the settings counts for one SKU.
struct HandlingSettings {
  int account_days = 1;                     // the account's default
  std::optional<int> sku_days;              // set on the listing
  bool automated = false;                   // Automated Handling Time is on
  std::optional<int> automated_days;        // what Amazon derived from history; nothing = history is missing
  bool automated_exception = false;         // an exception was granted for this SKU
};
enum class HandlingSource { account, sku, automated };
struct HandlingChoice {
  int business_days;
  HandlingSource source;
};
HandlingChoice handling_of(const HandlingSettings& settings);

// Order handling capacity: above `capacity` orders a day, further orders get a day more (0 = no capacity set).
// `orders_that_day`: those taken before this one on the same day.
int handling_days_at_capacity(int business_days, int orders_that_day, int capacity);

struct Promise {
  Instant earliest;     // start of the window
  Instant at;           // the last second in which it is kept: 23:59:59 of the marketplace's day
  Day day;
  std::string because;  // one sentence
};

// The last moment at which an order can be shipped and confirmed without counting as late: the end of the n-th business day after
// the day it was paid, whatever kind of day that was.
//
// With same-day handling: the end of the day it was paid if that is a business day and the cut-off had not come, else of the next.
// Refuses `promise.calendar_too_short` when the calendar ends before the answer, `promise.bad_handling` for days below 0 or above 365.
Result<Promise> explain_ship_by(Instant paid_at, const Handling& handling, const Calendar& marketplace);
Result<Instant> ship_by(Instant paid_at, const Handling& handling, const Calendar& marketplace);

struct Transit {
  int least_business_days = 1;
  int most_business_days = 1;
};

// The window of delivery for a parcel that leaves on `ship_day`: transit counts business days of the marketplace.
Result<Promise> explain_deliver_by(Day ship_day, const Transit& transit, const Calendar& marketplace);

// What Amazon's ship-by says about our settings.
struct WindowComparison {
  enum class Verdict { same, amazon_earlier, amazon_later } verdict;
  int amazon_business_days;   // the handling time that Amazon's moment implies
  int our_business_days;
  std::string because;        // one sentence naming the next step when they differ
};
Result<WindowComparison> compare_ship_by(Instant paid_at, Instant amazon_ship_by, const Handling& handling, const Calendar& marketplace);

// When Amazon cancels an order that is still not confirmed: the end of the n-th business day after its ship-by.
// It then counts as the seller's cancellation, and the seller is not paid even if the parcel left.
Result<Promise> auto_cancel_at(Instant ship_by, int business_days, const Calendar& marketplace);

}  // namespace zifa::promise
