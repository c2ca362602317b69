// Which days Amazon promises: until when an order must be shipped, and between which days it arrives.
//
// This is the sandbox's own reading of Amazon's rules, written apart from the product's engine on purpose:
// each is checked against the other. Source: docs/rules/spapi_sandbox.md, "Promise dates".
#pragma once

#include <string_view>

#include "base/time.hpp"
#include "sandbox/world/marketplaces.hpp"

namespace zifa::sandbox {

enum class Service { standard, expedited, second_day, next_day, free_economy };

struct ServiceName {
  Service service;
  std::string_view v0;          // ShipmentServiceLevelCategory, and the control surface's word
  std::string_view v2026;       // fulfillmentServiceLevel
  std::string_view ship_level;  // v0 ShipServiceLevel, and the flat files' ship-service-level
};
const ServiceName& name_of(Service service);
const ServiceName* find_service(std::string_view v0);

struct Promise {
  Instant ship_from, ship_by, deliver_from, deliver_by;
};

// A national holiday of the marketplace's country. Regional ones are none, as with Amazon.
bool is_national_holiday(std::string_view country, Day day);
bool is_business_day(std::string_view country, Day day);

// `handling_days`: business days, as set on the listing. `same_day`: Prime and premium options, which ship on the day of the
// order until the cut-off of 14:00 in the marketplace's zone.
Promise promise_of(const Marketplace& marketplace, Instant paid_at, int handling_days, Service service, bool same_day);

// The end of the n-th business day after an instant's day.
Instant end_of_business_day_after(const Marketplace& marketplace, Instant from, int n);

}  // namespace zifa::sandbox
