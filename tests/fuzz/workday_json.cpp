// Any bytes as the JSON of `zifa plan`: entries are read or refused, and whatever is read can be planned.
#include <cstddef>
#include <cstdint>

#include "cli/inputs/workday_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zifa;
  const auto file = cli::read_workday(std::string_view(reinterpret_cast<const char*>(data), size), [](const std::string&, const std::string&) {});
  if (file) plan::plan_day(file->day, plan::Effort::quick);
  return 0;
}
