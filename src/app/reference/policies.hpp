// Amazon's dated rules by marketplace: limits of account health, and how days and promises are counted.
//
// Tables: data/policies.csv and data/marketplace_rules.csv; sources in docs/rules/account_health.md and promise.md.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/health/health.hpp"

namespace zifa {

// The two-letter code under which a marketplace is known here: "US", "us", "UK" (= GB) or Amazon's id "ATVPDKIKX0DER".
std::optional<std::string> marketplace_code(std::string_view name);
// All of them, for messages and menus.
std::vector<std::string> marketplace_codes();

struct MarketplaceRules {
  std::string code;
  std::string amazon_id;
  TimeZone zone;
  std::string holidays;              // region in data/holidays.csv; "" = none known
  std::vector<unsigned> weekend;     // 0 = Sunday
  std::chrono::minutes same_day_cutoff{};
  std::chrono::minutes day_starts{};
  int auto_cancel_days = 7;
};

// The rules of a marketplace on a day. Refuses `marketplace.unknown`.
Result<MarketplaceRules> marketplace_rules(std::string_view code, Day day);

// The limits that hold in a marketplace on a day; a metric that has none there is missing.
std::vector<health::Policy> health_policies(std::string_view code, Day day);

}  // namespace zifa
