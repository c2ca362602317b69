#include "app/late_rates.hpp"

#include <algorithm>
#include <map>

#include "app/reference/policies.hpp"

namespace zifa {

namespace {

constexpr std::chrono::minutes kGoodFor{1};
// The window of 30 days counts by ship-by; nobody promises to ship later than this after the order.
constexpr std::chrono::hours kOldestOrder{24 * 75};
constexpr int kDaysAhead = 60;

Result<Done> add_rates(Tx& tx, const Account& account, Instant now, std::vector<LateRate>& rates) {
  std::map<std::string, std::vector<health::OrderFacts>> facts;
  for (const HealthRow& row : TRY(tx.parcels.health_rows(account.id, now - kOldestOrder))) {
    health::OrderFacts order;
    order.purchased_at = row.purchased_at;
    order.ship_by = row.ship_by;
    order.confirmed_at = row.confirmed_at;
    order.cancelled_at = row.cancelled_at;
    facts[row.marketplace_id].push_back(std::move(order));
  }
  for (const std::string& market : account.marketplaces) {
    const auto code = marketplace_code(market);
    if (!code) continue;
    const MarketplaceRules rules = TRY(marketplace_rules(*code, TimeZone::utc().day_of(now)));
    std::vector<health::Policy> policies = health_policies(*code, rules.zone.day_of(now));
    std::erase_if(policies, [](const health::Policy& p) { return p.metric != "lsr_10" && p.metric != "lsr_30"; });
    const health::Question question{.as_of = now, .zone = rules.zone, .basis = health::Basis::ship_by, .days_ahead = kDaysAhead, .told = health::kShipping};
    LateRate rate{.account = account.id, .marketplace_id = market};
    for (health::Assessment& assessment : health::assess(facts[market], policies, question)) {
      if (assessment.id == "lsr_10") rate.short_window = std::move(assessment);
      else if (assessment.id == "lsr_30") rate.long_window = std::move(assessment);
    }
    if (rate.short_window.policy && rate.long_window.policy) rates.push_back(std::move(rate));
  }
  return done;
}

}  // namespace

Result<std::vector<LateRate>> LateRates::current(Tx& tx, Instant now) {
  const std::vector<Account> accounts = TRY(tx.accounts.all());
  std::vector<AccountId> ids;
  for (const Account& account : accounts) ids.push_back(account.id);
  const std::lock_guard lock(mutex_);
  if (worked_out_at_ && now >= *worked_out_at_ && now - *worked_out_at_ < kGoodFor && ids == accounts_) return rates_;
  std::vector<LateRate> rates;
  for (const Account& account : accounts) TRY(add_rates(tx, account, now, rates));
  rates_ = rates;
  accounts_ = std::move(ids);
  worked_out_at_ = now;
  return rates;
}

}  // namespace zifa
