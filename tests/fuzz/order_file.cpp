// Any bytes as an order file: text of every encoding and separator, workbooks, mappings. The first byte chooses the options.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "adapters/files/open_files.hpp"
#include "base/text.hpp"

using namespace zifa;

namespace {

template <class Line>
void drain(Result<std::unique_ptr<LineFileReader<Line>>> opened) {
  if (!opened) {
    if (opened.error().message.empty()) std::abort();
    return;
  }
  Line line;
  LineRefusal refusal;
  std::size_t last = 0;
  for (;;) {
    const Result<FileStep> step = (*opened)->next(line, refusal);
    if (!step || *step == FileStep::end) return;
    if (*step == FileStep::refused && (refusal.line == 0 || refusal.reason.empty() || !is_utf8(refusal.reason))) std::abort();
    if ((*opened)->facts().container != "xlsx" && (*opened)->line_number() <= last && last != 0) std::abort();
    last = (*opened)->line_number();
    if constexpr (std::is_same_v<Line, OrderLine>) {
      if (*step == FileStep::line && (line.order_id.empty() || line.order_item_id.empty() || line.quantity < 0 || !is_utf8(line.recipient_name))) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  FileOptions options;
  if ((choice & 1) != 0) options.country = "JP";
  if ((choice & 2) != 0) options.time_zone = TimeZone::utc();
  if ((choice & 4) != 0) options.currency = Currency::of("EUR");
  if ((choice & 8) != 0) options.mapping.columns["order_id"] = "#1";
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto in = [&] { return std::make_unique<std::istringstream>(text); };
  // What people are shown before they match columns.
  static const std::unique_ptr<SellerFiles> files = make_seller_files();
  if (const auto preview = files->preview(static_cast<SellerFile>(choice >> 4 & 3), in(), options)) {
    for (const std::string& column : preview->columns)
      if (!is_utf8(column)) std::abort();
    for (const auto& row : preview->sample)
      if (row.size() != preview->columns.size()) std::abort();
  }
  switch (choice >> 4 & 3) {
    case 0:
    case 1: drain(open_order_file(in(), options)); break;
    case 2: drain(open_listing_file(in(), options)); break;
    default: choice >= 128 ? drain(open_stock_file(in(), options)) : drain(open_return_file(in(), options)); break;
  }
  return 0;
}
