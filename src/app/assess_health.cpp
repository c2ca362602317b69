#include "app/assess_health.hpp"

#include "app/reactions.hpp"
#include "app/reference/policies.hpp"
#include "base/text.hpp"

namespace zifa {

Result<AccountHealth> assess_health(Tx& tx, AccountId account, std::string_view marketplace, health::Basis basis, int days_ahead, Instant as_of) {
  const auto code = marketplace_code(marketplace);
  if (!code) return invalid("marketplace.unknown", "\"" + printable(marketplace, 40) + "\" is no Amazon marketplace; use a country such as US or JP.");
  const MarketplaceRules rules = TRY(marketplace_rules(*code, TimeZone::utc().day_of(as_of)));
  AccountHealth answer{.marketplace = *code};
  // The longest window reaches 75 days back by order date; promises reach further.
  for (HealthRow& row : TRY(tx.parcels.health_rows(account, as_of - std::chrono::hours(24 * 130)))) {
    if (row.marketplace_id != rules.amazon_id) continue;
    health::OrderFacts facts;
    facts.order_id = std::move(row.amazon_order_id);
    facts.purchased_at = row.purchased_at;
    facts.ship_by = row.ship_by;
    facts.confirmed_at = row.confirmed_at;
    facts.deliver_by = row.deliver_by;
    facts.cancelled_at = row.cancelled_at;
    facts.first_scan_at = row.first_scan_at;
    facts.delivered_at = row.delivered_at;
    facts.units = row.units;
    facts.tracking_valid = row.tracking_valid;
    facts.cancelled_by = row.cancelled_by == "buyer" ? health::CancelledBy::buyer : row.cancelled_by == "seller" ? health::CancelledBy::seller : row.cancelled_by == "amazon" ? health::CancelledBy::amazon : health::CancelledBy::nobody;
    answer.facts.push_back(std::move(facts));
    answer.orders.push_back(row.order);
  }
  const health::Question question{.as_of = as_of, .zone = rules.zone, .basis = basis, .days_ahead = days_ahead, .told = health::kShipping | health::kCancellations | health::kTracking | health::kDeliveries};
  answer.assessments = health::assess(answer.facts, health_policies(*code, rules.zone.day_of(as_of)), question);
  answer.reported = TRY(tx.work.health_report(account, rules.amazon_id));
  return answer;
}

Result<Done> run_fetch_health_report(Services& s, JobRun& run) {
  const AccountId id(to_int(run.job.key).value_or(0));
  const Account account = TRY(s.store.read([&](Tx& tx) { return tx.accounts.find(id); }));
  const auto marketplace = TRY(marketplace_of(s, id));
  const std::string waiting = "health_report_" + run.job.key;
  std::string report = TRY(s.store.read([&](Tx& tx) { return tx.setup.setting(waiting, ""); }));
  if (report.empty()) {
    report = TRY(marketplace->create_report("GET_V2_SELLER_PERFORMANCE_REPORT", account.marketplaces, std::nullopt, std::nullopt));
    TRY(s.store.write([&](Tx& tx) { return tx.setup.set_setting(waiting, report); }));
    run.again_at(run.now() + std::chrono::minutes(2));
    return done;
  }
  const Result<ReportState> state = marketplace->get_report(report);
  if (!state && state.error().kind != ErrorKind::not_found) return state.error();
  if (state && (state->status == ReportStatus::queued || state->status == ReportStatus::running)) {
    run.again_at(run.now() + std::chrono::minutes(2));
    return done;
  }
  std::string content;
  if (state && state->status == ReportStatus::finished) content = TRY(marketplace->download_report(state->document_id));
  return s.store.write([&](Tx& tx) -> Result<Done> {
    TRY(tx.setup.set_setting(waiting, ""));
    // Cancelled means "no data", not failure.
    if (!content.empty())
      for (const std::string& market : account.marketplaces) TRY(tx.work.save_health_report({.account = id, .marketplace_id = market, .at = run.now(), .content = content}));
    return run.complete(tx);
  });
}

}  // namespace zifa
