// One line below the header of a report: every cell as the fuzzer likes it.
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "adapters/files/open_files.hpp"

using namespace zifa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string row(reinterpret_cast<const char*>(data), size);
  FileOptions options;
  options.time_zone = TimeZone::utc();
  auto opened = open_order_file(
      std::make_unique<std::istringstream>("order-id\torder-item-id\tpurchase-date\tquantity-purchased\tcurrency\titem-price\tship-postal-code\tpromise-date\tsales-channel\tis-prime\n" + row), options);
  if (!opened) std::abort();
  std::vector<OrderLine> lines;
  std::vector<LineRefusal> refusals;
  for (;;) {
    const auto more = next_batch(**opened, 100, lines, refusals);
    if (!more) std::abort();
    if (!*more) break;
  }
  for (const OrderLine& line : lines)
    if (line.order_id.empty() || line.order_item_id.empty() || line.quantity < 0 || line.purchased_at.ms() < 788'000'000'000) std::abort();
  return 0;
}
