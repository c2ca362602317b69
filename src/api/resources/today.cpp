// What a day begins with: what is due, what needs a person, how the accounts stand.
#include "api/fields.hpp"
#include "api/order_json.hpp"

namespace zifa::api {

namespace {

constexpr int kDeadlines = 10;
constexpr int kLowStock = 10;
constexpr std::int64_t kLowAtMost = 4;

json::object counts_json(const OrderStore::Counts& counted) {
  json::object out;
  for (int i = 0; i < kOrderStates; ++i) out[name_of(static_cast<OrderState>(i))] = counted.by_state[static_cast<std::size_t>(i)];
  out["on_hold"] = counted.on_hold;
  out["cancel_requested"] = counted.cancel_requested;
  return out;
}

Result<std::int64_t> open_due(Tx& tx, std::optional<Instant> from, std::optional<Instant> before) {
  OrderFilter filter;
  filter.open = true;
  filter.due_from = from;
  filter.due_before = before;
  const OrderStore::Counts counts = TRY(tx.orders.counts(filter));
  std::int64_t all = counts.on_hold;
  for (const std::int64_t n : counts.by_state) all += n;
  return all;
}

json::value metric_json(const health::Assessment& a) {
  const auto rate = health::shown_rate(*a.policy, a.late, a.orders);
  return json::object{{"late", a.late},
                      {"orders", a.orders},
                      {"rate", rate ? json::value(*rate) : json::value(nullptr)},
                      {"limit", a.policy->limit_text},
                      {"met", a.met ? json::value(*a.met) : json::value(nullptr)},
                      {"late_affordable", a.late_affordable},
                      {"on_time_needed", a.on_time_needed},
                      {"clears_on", to_json(a.clears_on)}};
}

Result<json::array> health_json(Tx& tx, LateRates& rates, Instant now) {
  json::array out;
  for (const LateRate& rate : TRY(rates.current(tx, now)))
    out.push_back(json::object{{"account_id", id_text(rate.account)}, {"marketplace", marketplace_name(rate.marketplace_id)}, {"lsr_10", metric_json(rate.short_window)}, {"lsr_30", metric_json(rate.long_window)}});
  return out;
}

Result<json::array> accounts_json(Tx& tx, const std::vector<Account>& accounts) {
  json::array out;
  for (const Account& account : accounts) {
    OrderFilter waiting;
    waiting.account = account.id;
    waiting.open = true;
    waiting.state = OrderState::to_review;
    const OrderStore::Counts counts = TRY(tx.orders.counts(waiting));
    out.push_back(json::object{{"id", id_text(account.id)},
                               {"name", account.name},
                               {"kind", account.kind},
                               {"last_sync_at", to_json(account.last_sync_at)},
                               {"last_error", text_or_null(account.last_error)},
                               {"backlog", counts.by_state[static_cast<std::size_t>(OrderState::to_review)]}});
  }
  return out;
}

Answer show(Call& call) {
  const Instant now = call.now;
  const TimeZone& zone = call.caller.zone;
  const Day day = zone.day_of(now);
  const bool office = call.caller.role >= Role::operations;
  return call.store().read([&](Tx& tx) -> Answer {
    const std::vector<Account> accounts = TRY(tx.accounts.all());
    const ParcelStore::Standing parcels = TRY(tx.parcels.standing(now - std::chrono::hours(48), zone.start_of(day)));
    OrderFilter urgent;
    urgent.open = true;
    urgent.on_hold = false;
    json::array deadlines, low;
    for (const OrderRow& row : TRY(tx.orders.list(urgent, "", kDeadlines)).rows) deadlines.push_back(order_row_json(row));
    for (const StockRow& row : TRY(tx.stock.low(kLowAtMost, kLowStock))) low.push_back(json::object{{"product_id", id_text(row.item.product)}, {"sku", row.sku}, {"warehouse", row.warehouse_name}, {"available", row.item.available()}});
    json::object out{{"now", now.iso()}, {"counts", counts_json(TRY(tx.orders.counts({})))}};
    out["due"] = json::object{{"overdue", TRY(open_due(tx, std::nullopt, now))},
                              {"today", TRY(open_due(tx, now, zone.start_of(day + 1)))},
                              {"in_24h", TRY(open_due(tx, now, now + std::chrono::hours(24)))},
                              {"later", TRY(open_due(tx, now + std::chrono::hours(24), std::nullopt))}};
    out["confirm"] = json::object{{"waiting", parcels.to_confirm}, {"oldest_at", to_json(parcels.oldest_to_confirm)}, {"failed", parcels.failed}, {"unsure", parcels.unsure}};
    out["parcels"] = json::object{{"in_transit", parcels.in_transit}, {"exception", parcels.exception}, {"no_scan_48h", parcels.no_scan}, {"delivered_today", parcels.delivered}};
    out["accounts"] = TRY(accounts_json(tx, accounts));
    out["health"] = office ? TRY(health_json(tx, *call.desk.services().late_rates, now)) : json::array();
    out["next_deadlines"] = std::move(deadlines);
    out["jobs"] = json::object{{"unsure", TRY(tx.work.count_jobs("unsure"))}, {"discarded", TRY(tx.work.count_jobs("discarded"))}};
    out["settings"] = json::object{{"write_stop", TRY(tx.setup.setting("write_stop", "0")) == "1"}, {"dry_run", TRY(tx.setup.setting("dry_run", "0")) == "1"}};
    out["low_stock"] = std::move(low);
    return ok(out);
  });
}

}  // namespace

extern const Resource today;
const Resource today{
    .name = "today",
    .routes =
        {
            {.method = "GET", .path = "/api/today", .summary = "What is due, what waits for a person, and how the accounts stand.",
             .gives = R"({"type":"object","properties":{"now":{"type":"string"},"counts":{"type":"object"},"due":{"type":"object","properties":{"overdue":{"type":"integer"},"today":{"type":"integer"},"in_24h":{"type":"integer"},"later":{"type":"integer"}}},"confirm":{"type":"object"},"parcels":{"type":"object"},"accounts":{"type":"array"},"health":{"type":"array"},"next_deadlines":{"type":"array"},"jobs":{"type":"object"},"settings":{"type":"object"},"low_stock":{"type":"array"}}})", .run = show},
        },
};

}  // namespace zifa::api
