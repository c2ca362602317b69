#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"
#include "adapters/documents/zpl.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

// A buyer's bytes in every field of a label and a slip: a page that could be printed, or a refusal with a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zifa;
  using namespace zifa::documents;
  static const std::unique_ptr<Fonts> fonts = std::move(Fonts::open().value());
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string cleaned = clean(bytes);
  check(is_utf8(cleaned), "cleaned text is UTF-8");
  for (const char c : cleaned) check(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "cleaned text has no control characters");

  const auto fields = split(bytes, '\n');
  const auto field = [&](std::size_t i) { return std::string(fields[i % fields.size()]); };
  LabelPage label;
  label.size = size % 2 ? PageSize::label_100x150 : PageSize::label_100x100;
  label.tracking = {static_cast<Symbology>(size % 5), field(0), ""};
  label.carrier = field(1), label.service = field(2), label.routing_code = field(3);
  label.to = {field(4), field(5), {field(6), field(7)}, field(8), field(9), field(10), "US", field(11), field(12)};
  label.parcel_no = field(13), label.order_id = field(14), label.contents = field(15), label.return_to = field(16);
  if (size % 3 == 0) label.customs = Customs{Customs::Kind::gift, {{field(17), field(18), 1, {}, {}, field(19), field(20)}}, {}, {}, field(21), field(22), {}};
  const Result<Layout> layout = lay_out_label(*fonts, label);
  if (layout) {
    ZplWriter zpl(*fonts);
    for (const Page& page : layout->pages) {
      check(fault_of(page).empty(), "a page that was laid out can be printed");
      std::string out;
      zpl.add(page, out);
      check(out.find('~') == out.npos, "no field reaches a printer as a command");
    }
  } else {
    check(layout.error().code != "document.layout", layout.error().message);
  }

  PackingSlip slip;
  slip.order_id = field(0), slip.parcel_no = field(1), slip.gift_message = std::string(bytes), slip.ship_to = label.to;
  slip.items = {{field(2), field(3), static_cast<std::int64_t>(size), field(4), field(5), {}}};
  const Result<Layout> page = lay_out_slip(*fonts, slip);
  if (!page) check(page.error().code != "document.layout", page.error().message);
  return 0;
}
