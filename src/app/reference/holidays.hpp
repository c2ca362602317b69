// Business-day calendars of marketplaces and of places that ship, from data/holidays.csv.
#pragma once

#include <string_view>
#include <vector>

#include "app/reference/policies.hpp"
#include "domain/promise/calendar.hpp"

namespace zifa {

// The calendar by which a marketplace counts business days: its zone, Monday to Friday (or its own week), its national holidays.
// `operating_weekend_days`: weekend days the seller switched on as operating days (0 = Sunday); they count for late shipments too.
// Refuses `marketplace.unknown`.
Result<promise::Calendar> marketplace_calendar(std::string_view code, Day day, const std::vector<unsigned>& operating_weekend_days = {});

// The calendar of a place that ships: "CN" with its make-up days, "US", "GB-ENG", ... An unknown region has no holidays, and then
// the calendar says that none are known.
promise::Calendar place_calendar(std::string_view region, TimeZone zone);

}  // namespace zifa
