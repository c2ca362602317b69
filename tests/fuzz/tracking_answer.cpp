#include <cstddef>
#include <cstdint>

#include "app/ports/carrier.hpp"
#include "base/check.hpp"
#include "domain/tracking/scans.hpp"

using namespace zifa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto all = carriers::carriers();
  http::Response response;
  response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto answer = all[data[0] % all.size()]->tracking.read(response);
  if (!answer) return 0;
  for (const tracking::History& history : answer->numbers) check(tracking::scans_of(history, "fuzz").size() == history.events.size(), "every event is a scan");
  return 0;
}
