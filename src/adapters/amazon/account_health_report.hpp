#pragma once

#include <string_view>

#include "app/ports/account_health_report.hpp"
#include "base/result.hpp"

namespace zifa::amazon {

// The JSON of GET_V2_SELLER_PERFORMANCE_REPORT. Amazon's schema and Amazon's own example spell some names differently;
// both are read. Unknown names are kept: with a rate among the rates, with a count among the counts.
// Refuses `amazon.bad_health_report`.
Result<AccountHealthReport> read_account_health_report(std::string_view text);

}  // namespace zifa::amazon
