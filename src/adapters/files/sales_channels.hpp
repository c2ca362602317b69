// The sales channel column of Amazon's reports ("Amazon.co.uk"): which marketplace it is, and what files from there leave unsaid.
#pragma once

#include <optional>
#include <string_view>

#include "base/money.hpp"
#include "base/time.hpp"

namespace zifa {

struct SalesChannel {
  std::string_view name;     // "amazon.co.uk", lower case
  std::string_view country;  // "GB"
  Currency currency;
};

// Nothing for channels outside Amazon ("Non-Amazon") and for those we do not know.
const SalesChannel* sales_channel(std::string_view name);
// The channel of a country; "UK" is GB.
const SalesChannel* sales_channel_of(std::string_view country);
// The marketplace's own zone; nothing for countries without a marketplace.
std::optional<TimeZone> time_zone_of(std::string_view country);

}  // namespace zifa
