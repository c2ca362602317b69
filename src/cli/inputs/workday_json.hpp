// A day's orders, stations, shifts and pickups as JSON: the input of `zifa plan`.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/plan/plan.hpp"

namespace zifa::cli {

struct WorkdayFile {
  plan::Workday day;
  std::vector<std::string> order_ids;      // of day.orders
  std::vector<std::string> carrier_names;  // of plan::Carrier
  std::size_t refused = 0;
};

// Orders, shifts and pickups that cannot be used are named to `refuse` ("orders[3]", reason) and left out.
// Refuses `plan.bad_input` when the text is no such object, or lacks `now`, `stations`, `shifts` or `orders`.
Result<WorkdayFile> read_workday(std::string_view text, const std::function<void(const std::string& where, const std::string& reason)>& refuse);

}  // namespace zifa::cli
