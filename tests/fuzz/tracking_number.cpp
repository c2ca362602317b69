#include <cstddef>
#include <cstdint>

#include "app/reference/tracking_formats.hpp"
#include "base/check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto plain = zifa::check_tracking_number(typed, "");
  const auto named = zifa::check_tracking_number(typed, "usps");
  zifa::check(plain.verdict == zifa::tracking::Verdict::malformed || plain.number.size() <= zifa::tracking::kNumberLimit, "a good number is short");
  zifa::check((plain.verdict == zifa::tracking::Verdict::malformed) == (named.verdict == zifa::tracking::Verdict::malformed), "a name does not mend a number");
  return 0;
}
