// The desk's settings. Everybody may see the two switches that stop what goes out; the office sets them.
#include "api/fields.hpp"
#include "app/change_settings.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

json::value settings_json(const Settings& s) {
  // "2.5" as the number it is, exact for a screen.
  const std::int64_t hundredths = to_scaled(s.weight_tolerance_percent, 2).value_or(1'000);
  return json::object{{"write_stop", s.write_stop},
                      {"dry_run", s.dry_run},
                      {"auto_review", s.auto_review},
                      {"auto_plan", s.auto_plan},
                      {"auto_label", s.auto_label},
                      {"confirm_on", s.confirm_on},
                      {"weight_tolerance_percent", hundredths % 100 == 0 ? json::value(hundredths / 100) : json::value(static_cast<double>(hundredths) / 100)},
                      {"weight_tolerance_g", s.weight_tolerance_g},
                      {"default_label", s.default_label},
                      {"currency", s.currency},
                      {"tracking_url", s.tracking_url},
                      {"tracking_token_set", s.tracking_token_set},
                      {"stock_buffer", s.stock_buffer},
                      {"wanted_on_time_percent", s.wanted_on_time_percent},
                      {"store_name", s.store_name}};
}

Answer show(Call& call) {
  return call.store().read([](Tx& tx) -> Answer { return ok(settings_json(TRY(settings_of(tx)))); });
}

Result<Done> take_percent(const json::value& body, std::string& into) {
  const json::value* v = json::find(body, "weight_tolerance_percent");
  if (v == nullptr) return done;
  const double percent = v->is_number() ? v->to_number<double>() : -1;
  if (!(percent >= 0) || !(percent <= 100)) return invalid("field.out_of_range", "The field \"weight_tolerance_percent\" takes a number from 0 to 100.");
  const auto hundredths = static_cast<std::int64_t>(percent * 100 + 0.5);
  into = std::to_string(hundredths / 100) + (hundredths % 100 == 0 ? "" : "." + std::to_string(hundredths % 100 / 10) + (hundredths % 10 == 0 ? "" : std::to_string(hundredths % 10)));
  return done;
}

Result<Done> read(const json::value& body, Settings& s) {
  TRY(take_flag(body, "write_stop", s.write_stop));
  TRY(take_flag(body, "dry_run", s.dry_run));
  TRY(take_flag(body, "auto_review", s.auto_review));
  TRY(take_flag(body, "auto_plan", s.auto_plan));
  TRY(take_flag(body, "auto_label", s.auto_label));
  TRY(take_choice(body, "confirm_on", {"handover", "scan"}, s.confirm_on));
  TRY(take_percent(body, s.weight_tolerance_percent));
  TRY(take_whole(body, "weight_tolerance_g", 0, 10'000, s.weight_tolerance_g));
  TRY(take_choice(body, "default_label", {"pdf", "zpl"}, s.default_label));
  if (has_field(body, "currency")) s.currency = TRY(Currency::parse(json::get_text(body, "currency"))).code();
  TRY(take_text(body, "tracking_url", 300, s.tracking_url));
  if (has_field(body, "tracking_url") && !s.tracking_url.empty() && !s.tracking_url.starts_with("https://") && !s.tracking_url.starts_with("http://127.") && !s.tracking_url.starts_with("http://localhost"))
    return invalid("http.plain_not_loopback", "The field \"tracking_url\" must begin with https://; plain http is only spoken to this machine.");
  TRY(take_whole(body, "stock_buffer", 0, 1'000'000, s.stock_buffer));
  TRY(take_whole(body, "wanted_on_time_percent", 0, 100, s.wanted_on_time_percent));
  return take_text(body, "store_name", 100, s.store_name);
}

Answer change(Call& call) {
  std::optional<std::string> token;
  if (has_field(call.body, "tracking_token")) {
    std::string text;
    TRY(take_text(call.body, "tracking_token", 500, text));
    token = text;
    // Whoever names the address names who gets the key: both are an owner's affair.
  }
  if ((token || has_field(call.body, "tracking_url")) && call.caller.role != Role::owner) return refused("session.forbidden", "Only an owner sets the tracking service and its key.");
  return call.store().write([&](Tx& tx) -> Answer {
    Settings settings = TRY(settings_of(tx));
    TRY(read(call.body, settings));
    return ok(settings_json(TRY(change_settings(tx, settings, token, call.caller.name, call.now))));
  });
}

constexpr const char* kGives =
    R"({"type":"object","properties":{"write_stop":{"type":"boolean"},"dry_run":{"type":"boolean"},"auto_review":{"type":"boolean"},"auto_plan":{"type":"boolean"},"auto_label":{"type":"boolean"},"confirm_on":{"enum":["handover","scan"]},"weight_tolerance_percent":{"type":"number"},"weight_tolerance_g":{"type":"integer"},"default_label":{"enum":["pdf","zpl"]},"currency":{"type":"string"},"tracking_url":{"type":"string"},"tracking_token_set":{"type":"boolean"},"stock_buffer":{"type":"integer"},"wanted_on_time_percent":{"type":"integer"},"store_name":{"type":"string"}}})";
constexpr const char* kTakes =
    R"({"type":"object","properties":{"write_stop":{"type":"boolean"},"dry_run":{"type":"boolean"},"auto_review":{"type":"boolean"},"auto_plan":{"type":"boolean"},"auto_label":{"type":"boolean"},"confirm_on":{"enum":["handover","scan"]},"weight_tolerance_percent":{"type":"number"},"weight_tolerance_g":{"type":"integer"},"default_label":{"enum":["pdf","zpl"]},"currency":{"type":"string"},"tracking_url":{"type":"string"},"tracking_token":{"type":["string","null"],"description":"never given back"},"stock_buffer":{"type":"integer"},"wanted_on_time_percent":{"type":"integer"},"store_name":{"type":"string"}}})";

}  // namespace

extern const Resource settings;
const Resource settings{
    .name = "settings",
    .routes =
        {
            {.method = "GET", .path = "/api/settings", .summary = "Settings; keys are never told, only whether there is one.", .gives = kGives, .run = show},
            {.method = "PATCH", .path = "/api/settings", .summary = "Change settings, the emergency stop among them.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = change},
        },
};

}  // namespace zifa::api
