// What stands in the reports: Amazon's flat files, XML twins and the account's health in JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct ReportType {
  std::string_view name;
  std::optional<std::string> (*write)(const World&, const Report&) = nullptr;  // nothing: there is no data
  std::string_view content_type = "text/plain; charset=UTF-8";
  bool restricted = false;       // personal data: its document opens with a restricted data token only
  bool at_request = false;       // counted when it is asked for
  bool on_request = true;        // false: Amazon makes it by itself, it is only listed
};

const ReportType* find_report_type(std::string_view name);

}  // namespace zifa::sandbox
