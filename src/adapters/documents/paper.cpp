#include "adapters/documents/paper.hpp"

namespace zifa::documents {

std::string fault_of(const Page& page) {
  const Rect sheet{0, 0, page.width, page.height};
  for (std::size_t i = 0; i < page.codes.size(); ++i) {
    const CodeItem& code = page.codes[i];
    if (!sheet.holds(code.box)) return "a barcode with its quiet zone reaches over the edge";
    const int quiet = quiet_modules(code.code.symbology) * code.module;
    if (code.x - code.box.x < quiet || code.box.right() - (code.x + code.code.width * code.module) < quiet)
      return "a barcode has too little white beside it";
    for (const FillItem& fill : page.fills)
      if (fill.grey < 1 && fill.box.overlaps(code.box)) return "a line runs through the quiet zone of a barcode";
    for (const TextItem& text : page.texts)
      if (text.box.overlaps(code.box)) return "the text '" + text.text + "' stands in the quiet zone of a barcode";
    for (std::size_t k = i + 1; k < page.codes.size(); ++k)
      if (page.codes[k].box.overlaps(code.box)) return "two barcodes stand too close";
  }
  for (const TextItem& text : page.texts)
    if (!sheet.holds(text.box)) return "the text '" + text.text + "' reaches over the edge";
  return {};
}

}  // namespace zifa::documents
