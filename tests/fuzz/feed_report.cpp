#include <cstdint>
#include <cstdlib>

#include "adapters/amazon/flat_files/upload_files.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto report = zifa::read_feed_report({reinterpret_cast<const char*>(data), size}, size % 3 == 0 ? "" : size % 3 == 1 ? "shift_jis" : "utf-8");
  if (report)
    for (const zifa::FeedReportLine& line : report->lines)
      if (!zifa::is_utf8(line.message)) std::abort();
  return 0;
}
