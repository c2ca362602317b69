// Any bytes as the CSV of `zifa health`: rows are read or refused, and whatever is read can be assessed.
#include <cstddef>
#include <cstdint>
#include <sstream>

#include "app/reference/policies.hpp"
#include "cli/inputs/order_history_csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zifa;
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  const auto file = cli::read_order_history(in, [](std::size_t, const std::string&) {});
  if (!file) return 0;
  const Instant now = Instant::from_ms(1'774'000'000'000);
  const health::Question question{.as_of = now, .zone = TimeZone::utc(), .told = file->told};
  health::assess(file->orders, health_policies("US", question.zone.day_of(now)), question);
  return 0;
}
