// The desk's settings: what happens by itself, what is allowed out, how exact the scales are.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ports/store.hpp"

namespace zifa {

struct Settings {
  bool write_stop = false, dry_run = false;      // nothing goes to Amazon or carriers
  bool auto_review = true, auto_plan = true, auto_label = false;
  std::string confirm_on = "handover";           // handover, scan: Amazon is told at the first scan, or shortly before ship-by
  std::string weight_tolerance_percent = "10";   // of the expected weight; decimals allowed
  std::int64_t weight_tolerance_g = 30;
  std::string default_label = "pdf";             // pdf, zpl
  std::string currency = "CNY";                  // offers are compared in it
  std::string tracking_url;                      // "" = the tracking service's own address
  bool tracking_token_set = false;               // its key is sealed away and never told
  std::int64_t stock_buffer = 0;                 // units that Amazon is not told of
  std::int64_t wanted_on_time_percent = 90;
  std::string store_name;
};

Result<Settings> settings_of(Tx& tx);

// Stores what differs from what is stored. Lifting a stop lets what waits go on at once; another buffer tells every listing.
// `tracking_token`: nothing = stays, "" = forgotten.
Result<Settings> change_settings(Tx& tx, const Settings& settings, const std::optional<std::string>& tracking_token, std::string_view actor, Instant now);

}  // namespace zifa
