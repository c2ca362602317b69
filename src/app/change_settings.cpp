#include "app/change_settings.hpp"

#include "app/reactions.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

Result<bool> flag(Tx& tx, std::string_view name, bool otherwise) { return TRY(tx.setup.setting(name, otherwise ? "1" : "0")) == "1"; }
Result<std::int64_t> number(Tx& tx, std::string_view name, std::int64_t otherwise) { return to_int(TRY(tx.setup.setting(name, ""))).value_or(otherwise); }

// What each setting is stored as.
std::vector<std::pair<std::string_view, std::string>> stored(const Settings& s) {
  const auto bit = [](bool on) { return std::string(on ? "1" : "0"); };
  return {{"write_stop", bit(s.write_stop)},
          {"dry_run", bit(s.dry_run)},
          {"auto_review", bit(s.auto_review)},
          {"auto_plan", bit(s.auto_plan)},
          {"auto_label", bit(s.auto_label)},
          {"confirm_on", s.confirm_on},
          {"weight_tolerance_percent", s.weight_tolerance_percent},
          {"weight_tolerance_g", std::to_string(s.weight_tolerance_g)},
          {"default_label", s.default_label},
          {"currency", s.currency},
          {"tracking_url", s.tracking_url},
          {"stock_buffer", std::to_string(s.stock_buffer)},
          {"wanted_on_time_percent", std::to_string(s.wanted_on_time_percent)},
          {"store_name", s.store_name}};
}

// Jobs that were put off because nothing was allowed out.
Result<Done> go_on(Tx& tx, Instant now) {
  for (const Job& job : TRY(tx.work.jobs("retryable", 10'000)))
    if (job.kind == "confirm_shipment" || job.kind == "push_quantity" || job.kind == "cancel_at_amazon") TRY(tx.work.set_job_state(job.id, "available", now));
  return done;
}

Result<Done> push_everything(Tx& tx, Instant now) {
  for (const Listing& listing : TRY(tx.stock.listings(std::nullopt, "", false, "", 1'000'000)).rows)
    if (listing.channel == "fbm" && listing.product.value() != 0) TRY(enqueue(tx, "push_quantity", std::to_string(listing.id.value()), now, now.ms()));
  return done;
}

Result<Done> tell(Tx& tx, std::string_view name, std::string_view value, std::string_view actor, Instant now) {
  return happen(tx, {.at = now, .kind = "setting_changed", .actor = std::string(actor), .data = "{\"name\":" + json_quoted(name) + ",\"value\":" + json_quoted(value) + "}"});
}

}  // namespace

Result<Settings> settings_of(Tx& tx) {
  Settings s;
  s.write_stop = TRY(flag(tx, "write_stop", s.write_stop));
  s.dry_run = TRY(flag(tx, "dry_run", s.dry_run));
  s.auto_review = TRY(flag(tx, "auto_review", s.auto_review));
  s.auto_plan = TRY(flag(tx, "auto_plan", s.auto_plan));
  s.auto_label = TRY(flag(tx, "auto_label", s.auto_label));
  s.confirm_on = TRY(tx.setup.setting("confirm_on", s.confirm_on));
  s.weight_tolerance_percent = TRY(tx.setup.setting("weight_tolerance_percent", s.weight_tolerance_percent));
  s.weight_tolerance_g = TRY(number(tx, "weight_tolerance_g", s.weight_tolerance_g));
  s.default_label = TRY(tx.setup.setting("default_label", s.default_label));
  s.currency = TRY(tx.setup.setting("currency", s.currency));
  s.tracking_url = TRY(tx.setup.setting("tracking_url", ""));
  s.tracking_token_set = !TRY(tx.setup.setting("tracking_token", "")).empty();
  s.stock_buffer = TRY(number(tx, "stock_buffer", s.stock_buffer));
  s.wanted_on_time_percent = TRY(number(tx, "wanted_on_time_percent", s.wanted_on_time_percent));
  s.store_name = TRY(tx.setup.setting("store_name", ""));
  return s;
}

Result<Settings> change_settings(Tx& tx, const Settings& next, const std::optional<std::string>& tracking_token, std::string_view actor, Instant now) {
  const Settings before = TRY(settings_of(tx));
  const auto was = stored(before), is = stored(next);
  for (std::size_t i = 0; i < is.size(); ++i) {
    if (was[i].second == is[i].second) continue;
    TRY(tx.setup.set_setting(is[i].first, is[i].second));
    TRY(tell(tx, is[i].first, is[i].second, actor, now));
  }
  if (tracking_token) {
    TRY(tx.setup.set_setting("tracking_token", *tracking_token));
    TRY(tell(tx, "tracking_token", tracking_token->empty() ? "removed" : "set", actor, now));
  }
  const bool stopped_before = before.write_stop || before.dry_run;
  if (stopped_before && !next.write_stop && !next.dry_run) TRY(go_on(tx, now));
  if (before.stock_buffer != next.stock_buffer) TRY(push_everything(tx, now));
  return settings_of(tx);
}

}  // namespace zifa
