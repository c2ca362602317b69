#include "domain/promise/promise.hpp"

#include <algorithm>

namespace zifa::promise {

namespace {

std::string days_in_words(int days, std::string_view of) {
  return std::to_string(days) + (days == 1 ? " business day " : " business days ") + std::string(of);
}

std::string time_in_words(std::chrono::minutes time) {
  const auto two = [](std::int64_t n) { return std::string{static_cast<char>('0' + n / 10 % 10), static_cast<char>('0' + n % 10)}; };
  return two(time.count() / 60) + ":" + two(time.count() % 60);
}

Result<Done> check_days(int days, std::string_view what) {
  if (days >= 0 && days <= 365) return done;
  return invalid("promise.bad_" + std::string(what), "A " + std::string(what) + " time of " + std::to_string(days) + " business days is not between 0 and 365; correct the setting.");
}

std::string sentence(const Calendar& calendar, std::string lead, const Counted& counted, std::string_view verb) {
  const std::string skipped = skipped_in_words(counted.skipped);
  return std::move(lead) + ": " + std::string(verb) + " by the end of " + day_in_words(calendar, counted.day) + (skipped.empty() ? "" : ", " + skipped) + " (" + calendar.zone().name() + ").";
}

}  // namespace

HandlingChoice handling_of(const HandlingSettings& settings) {
  if (settings.automated && settings.automated_days && !settings.automated_exception) return {*settings.automated_days, HandlingSource::automated};
  if (settings.sku_days) return {*settings.sku_days, HandlingSource::sku};
  return {settings.account_days, HandlingSource::account};
}

int handling_days_at_capacity(int business_days, int orders_that_day, int capacity) {
  return capacity > 0 && orders_that_day >= capacity ? business_days + 1 : business_days;
}

Result<Promise> explain_ship_by(Instant paid_at, const Handling& handling, const Calendar& marketplace) {
  TRY(check_days(handling.business_days, "handling"));
  const TimeZone& zone = marketplace.zone();
  if (handling.business_days == 0) {
    const TimeZone& cutoff_zone = handling.cutoff_zone ? *handling.cutoff_zone : zone;
    const Day paid_day = cutoff_zone.day_of(paid_at);
    const bool missed = marketplace.days.is_business_day(paid_day) && cutoff_zone.time_of_day(paid_at) >= handling.cutoff;
    const Counted due = TRY(count_business_days(marketplace, paid_day, missed ? 1 : 0));
    const std::string when = !marketplace.days.is_business_day(paid_day) ? "" : missed ? " after the cut-off " + time_in_words(handling.cutoff) : " before the cut-off " + time_in_words(handling.cutoff);
    return Promise{.earliest = std::max(zone.start_of(due.day), std::min(paid_at, zone.end_of(due.day))),
                   .at = zone.end_of(due.day),
                   .day = due.day,
                   .because = sentence(marketplace, "Paid on " + day_in_words(marketplace, paid_day) + when + ", same-day handling", due, "ship")};
  }
  Day paid_day = zone.day_of(paid_at);
  const bool day_before = zone.time_of_day(paid_at) < handling.day_starts;
  if (day_before) paid_day = paid_day - 1;
  const Counted first = TRY(count_business_days(marketplace, paid_day, 1));
  const Counted due = TRY(count_business_days(marketplace, paid_day, handling.business_days));
  const std::string when = day_before ? " (before " + time_in_words(handling.day_starts) + " of the next day, which still belongs to it)" : "";
  return Promise{.earliest = zone.start_of(first.day),
                 .at = zone.end_of(due.day),
                 .day = due.day,
                 .because = sentence(marketplace, "Paid on " + day_in_words(marketplace, paid_day) + when + ", " + days_in_words(handling.business_days, "of handling"), due, "ship")};
}

Result<Instant> ship_by(Instant paid_at, const Handling& handling, const Calendar& marketplace) {
  return explain_ship_by(paid_at, handling, marketplace).transform([](const Promise& promise) { return promise.at; });
}

Result<Promise> explain_deliver_by(Day ship_day, const Transit& transit, const Calendar& marketplace) {
  TRY(check_days(transit.least_business_days, "transit"));
  TRY(check_days(transit.most_business_days, "transit"));
  if (transit.least_business_days > transit.most_business_days)
    return invalid("promise.bad_transit", "The transit time's least days are above its most; swap them.");
  const Counted first = TRY(count_business_days(marketplace, ship_day, transit.least_business_days));
  const Counted last = TRY(count_business_days(marketplace, ship_day, transit.most_business_days));
  return Promise{.earliest = marketplace.zone().start_of(first.day),
                 .at = marketplace.zone().end_of(last.day),
                 .day = last.day,
                 .because = sentence(marketplace, "Shipped on " + day_in_words(marketplace, ship_day) + ", " + days_in_words(transit.most_business_days, "of transit"), last, "deliver")};
}

Result<WindowComparison> compare_ship_by(Instant paid_at, Instant amazon_ship_by, const Handling& handling, const Calendar& marketplace) {
  const Promise ours = TRY(explain_ship_by(paid_at, handling, marketplace));
  Day paid_day = marketplace.zone().day_of(paid_at);
  if (handling.business_days > 0 && marketplace.zone().time_of_day(paid_at) < handling.day_starts) paid_day = paid_day - 1;
  const Day amazon_day = marketplace.zone().day_of(amazon_ship_by);
  WindowComparison out{.verdict = WindowComparison::Verdict::same,
                       .amazon_business_days = business_days_between(marketplace, paid_day, amazon_day),
                       .our_business_days = business_days_between(marketplace, paid_day, ours.day),
                       .because = {}};
  if (amazon_day == ours.day) {
    out.because = "Amazon and our settings agree: " + ours.because;
    return out;
  }
  out.verdict = amazon_day < ours.day ? WindowComparison::Verdict::amazon_earlier : WindowComparison::Verdict::amazon_later;
  out.because = "Amazon wants it shipped by " + day_in_words(marketplace, amazon_day) + " (" + days_in_words(out.amazon_business_days, "after payment") + "), our settings say " +
                day_in_words(marketplace, ours.day) + "; Amazon's day counts, so compare the handling time and operating days of the listing with ours.";
  return out;
}

Result<Promise> auto_cancel_at(Instant ship_by, int business_days, const Calendar& marketplace) {
  TRY(check_days(business_days, "cancellation"));
  const Day due = marketplace.zone().day_of(ship_by);
  const Counted last = TRY(count_business_days(marketplace, due, business_days));
  return Promise{.earliest = ship_by,
                 .at = marketplace.zone().end_of(last.day),
                 .day = last.day,
                 .because = sentence(marketplace, "Due on " + day_in_words(marketplace, due) + ", " + days_in_words(business_days, "until Amazon cancels"), last, "confirm")};
}

}  // namespace zifa::promise
