// Account health from our own orders, beside what Amazon itself reports.
#include <algorithm>

#include "api/fields.hpp"
#include "api/order_json.hpp"
#include "app/assess_health.hpp"
#include "app/reference/marketplaces.hpp"
#include "app/reference/policies.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostLate = 500;
constexpr std::chrono::hours kRiskWindow{24};
constexpr int kMostAtRisk = 50;

json::value rate_json(const health::Policy& policy, std::int64_t late, std::int64_t orders) {
  const auto rate = health::shown_rate(policy, late, orders);
  return rate ? json::value(*rate) : json::value(nullptr);
}

json::value metric_json(const health::Assessment& a) {
  json::array days;
  for (const health::DayValue& day : a.by_day) days.push_back(json::object{{"day", day.day.iso()}, {"late", day.late}, {"orders", day.orders}, {"rate", rate_json(*a.policy, day.late, day.orders)}});
  return json::object{{"id", a.id},
                      {"late", a.late},
                      {"orders", a.orders},
                      {"rate", rate_json(*a.policy, a.late, a.orders)},
                      {"limit", a.policy->limit_text},
                      {"met", a.met ? json::value(*a.met) : json::value(nullptr)},
                      {"enforced", a.policy->enforced},
                      {"on_time_needed", a.on_time_needed},
                      {"late_affordable", a.late_affordable},
                      {"clears_on", to_json(a.clears_on)},
                      {"by_day", std::move(days)}};
}

// Amazon's own figures of this marketplace: each rate of its report with the counts beside it, as they are.
json::value reported_json(const std::optional<WorkStore::HealthReport>& report) {
  if (!report) return nullptr;
  const auto content = json::parse(report->content);
  const json::array* metrics = content ? json::find_array(*content, "performanceMetrics") : nullptr;
  if (metrics == nullptr) return nullptr;
  json::object answer{{"at", report->at.iso()}};
  const auto figures = [](const json::object& entry) {
    json::object kept;
    for (const auto& [name, value] : entry)
      if (value.is_number() || name == "status") kept[name] = value;
    return kept;
  };
  for (const json::value& metric : *metrics) {
    if (!metric.is_object() || json::get_text(metric, "marketplaceId") != report->marketplace_id) continue;
    for (const auto& [name, entry] : metric.as_object()) {
      if (!entry.is_object()) continue;
      // The defect rate is told apart by who shipped; ours is the seller's.
      const json::object* rated = entry.as_object().contains("rate") ? &entry.as_object() : json::find_object(entry, "mfn");
      if (rated != nullptr && rated->contains("rate")) answer[name] = figures(*rated);
    }
  }
  if (answer.size() == 1) return nullptr;
  return answer;
}

// The orders that make up the late shipment rate of 30 days, and when each leaves it.
json::array late_orders(const AccountHealth& health, health::Basis basis, const TimeZone& zone) {
  json::array rows;
  const auto found = std::find_if(health.assessments.begin(), health.assessments.end(), [](const health::Assessment& a) { return a.id == "lsr_30"; });
  if (found == health.assessments.end() || !found->policy) return rows;
  std::vector<std::uint32_t> failing = found->failing;
  std::sort(failing.begin(), failing.end(), [&](std::uint32_t a, std::uint32_t b) { return health.facts[a].ship_by < health.facts[b].ship_by; });
  for (const std::uint32_t at : failing) {
    if (rows.size() == kMostLate) break;
    const health::OrderFacts& facts = health.facts[at];
    const health::Moment key = basis == health::Basis::ordered ? facts.purchased_at : basis == health::Basis::confirmed ? facts.confirmed_at : facts.ship_by;
    std::optional<Day> leaves;
    if (key) leaves = zone.day_of(*key) + (found->policy->first_day_ago + 1);
    rows.push_back(json::object{{"order_id", id_text(health.orders[at])},
                                {"amazon_order_id", facts.order_id},
                                {"ship_by", facts.ship_by ? json::value((*facts.ship_by).iso()) : json::value(nullptr)},
                                {"confirmed_at", facts.confirmed_at ? json::value((*facts.confirmed_at).iso()) : json::value(nullptr)},
                                {"leaves_30_on", to_json(leaves)}});
  }
  return rows;
}

// What is late or will be within a day unless somebody acts.
Result<json::array> at_risk(Tx& tx, AccountId account, const MarketplaceFacts& market, Instant now) {
  OrderFilter filter;
  filter.open = true;
  filter.account = account;
  filter.marketplace_id = market.amazon_id;
  filter.due_before = now + kRiskWindow;
  json::array out;
  for (const OrderRow& row : TRY(tx.orders.list(filter, "", kMostAtRisk)).rows) out.push_back(order_row_json(row));
  return out;
}

Answer assess(Call& call) {
  const std::string_view basis_name = call.query.get("basis").empty() ? "ship_by" : call.query.get("basis");
  if (basis_name != "ship_by" && basis_name != "ordered" && basis_name != "confirmed") return invalid("field.bad", "The parameter \"basis\" takes ship_by, ordered or confirmed.");
  const health::Basis basis = basis_name == "ordered" ? health::Basis::ordered : basis_name == "confirmed" ? health::Basis::confirmed : health::Basis::ship_by;
  const std::int64_t days_ahead = call.query.has("days_ahead") ? to_int(call.query.get("days_ahead")).value_or(-1) : 60;
  if (days_ahead < 0 || days_ahead > 366) return invalid("field.out_of_range", "The parameter \"days_ahead\" takes a number from 0 to 366.");
  const auto wanted = TRY(id_in_query(call, "account"));
  return call.store().read([&](Tx& tx) -> Answer {
    Account account;
    if (wanted) {
      account = TRY(tx.accounts.find(AccountId(*wanted)));
    } else {
      const std::vector<Account> all = TRY(tx.accounts.all());
      if (all.empty()) return not_found("account.none", "There is no account yet; connect one under Accounts.");
      account = all.front();
    }
    std::string market(call.query.get("marketplace"));
    if (market.empty()) market = account.marketplaces.empty() ? "US" : account.marketplaces.front();
    const MarketplaceFacts* facts = find_marketplace(market);
    if (facts == nullptr) return invalid("marketplace.unknown", "\"" + printable(market, 40) + "\" is no Amazon marketplace; use a country such as US or JP.");
    const AccountHealth health = TRY(assess_health(tx, account.id, facts->amazon_id, basis, static_cast<int>(days_ahead), call.now));
    json::array metrics;
    // What this marketplace sets no limit for is not shown.
    for (const health::Assessment& assessment : health.assessments)
      if (assessment.policy) metrics.push_back(metric_json(assessment));
    return ok(json::object{{"account_id", id_text(account.id)},
                           {"marketplace", marketplace_name(facts->amazon_id)},
                           {"as_of", call.now.iso()},
                           {"basis", basis_name},
                           {"metrics", std::move(metrics)},
                           {"reported", reported_json(health.reported)},
                           {"late_orders", late_orders(health, basis, TRY(marketplace_rules(health.marketplace, TimeZone::utc().day_of(call.now))).zone)},
                           {"at_risk", TRY(at_risk(tx, account.id, *facts, call.now))}});
  });
}

}  // namespace

extern const Resource account_health;
const Resource account_health{
    .name = "account_health",
    .routes =
        {
            {.method = "GET", .path = "/api/account-health", .summary = "Every rate now and on the days ahead, Amazon's own figures, late orders and orders at risk.", .role = Role::operations,
             .gives = R"({"type":"object","properties":{"account_id":{"type":"string"},"marketplace":{"type":"string"},"as_of":{"type":"string"},"basis":{"enum":["ship_by","ordered","confirmed"]},"metrics":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"late":{"type":"integer"},"orders":{"type":"integer"},"rate":{"type":["string","null"]},"limit":{"type":"string"},"met":{"type":["boolean","null"]},"on_time_needed":{"type":"integer"},"late_affordable":{"type":"integer"},"clears_on":{"type":["string","null"]},"by_day":{"type":"array"}}}},"reported":{"type":["object","null"]},"late_orders":{"type":"array"},"at_risk":{"type":"array"}}})",
             .query = "account,marketplace,basis,days_ahead", .run = assess},
        },
};

}  // namespace zifa::api
