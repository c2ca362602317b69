// Stickers for goods, bins and totes: the code for the scanner, the name for people, on 50 x 30 or 60 x 40 mm.
#include <algorithm>

#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"
#include "base/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::int32_t kMostCopies = 1'000;
constexpr double kEdge = 12;

}  // namespace

Result<Layout> lay_out_item_label(Fonts& fonts, const ItemLabel& label) {
  const std::string headline = clean(label.headline, 120), title = clean(label.title, 300);
  if (headline.empty()) return invalid("item_label.no_headline", "A sticker has neither SKU nor bin to show; name what it is for.");
  if (label.copies < 1 || label.copies > kMostCopies)
    return invalid("item_label.bad_copies", "The sticker " + headline + " asks for " + std::to_string(label.copies) + " copies; choose 1 to " + std::to_string(kMostCopies) + ".");
  Result<Code> code = encode(label.code);
  if (!code)
    return invalid("item_label.bad_code", "The code '" + printable(label.code.data, 60) + "' of the sticker " + headline + " " + code.error().message + "; give it another code.");

  Layout layout;
  const Rect sheet = sheet_of(label.size == PageSize::label_60x40 ? label.size : PageSize::label_50x30);
  Page page;
  page.width = sheet.width;
  page.height = sheet.height;
  Pen pen(fonts, page);
  const Rect inner{kEdge, kEdge, sheet.width - 2 * kEdge, sheet.height - 2 * kEdge};
  Fit large{.largest = 46, .smallest = 14, .face = Face::bold, .align = Align::centre};

  const int modules = code->width + 2 * quiet_modules(code->symbology);
  if (code->linear() && modules * 2 > inner.width) {
    layout.notes.push_back("the code of " + headline + " is too wide for bars on this sticker and is printed as a Data Matrix");
    code = encode({Symbology::data_matrix, code->scanned, ""});
    if (!code) return invalid("item_label.bad_code", "The code of the sticker " + headline + " " + code.error().message + "; give it another code.");
  }
  bool cut = false;
  if (code->linear()) {
    // A bin is read from the aisle: without a title everything is larger.
    if (title.empty()) large.largest = 88;
    const double head = title.empty() ? sheet.height * 0.40 : 50, bars = sheet.height * (title.empty() ? 0.42 : 0.36);
    if (!pen.fits_whole(headline, inner.width, large)) return invalid("item_label.too_long", "'" + headline + "' is too long for a sticker of this size; shorten it or choose a larger one.");
    pen.centre(headline, {inner.x, inner.y, inner.width, head}, large);
    if (!pen.linear(*code, {inner.x, inner.y + head + 4, inner.width, bars}, static_cast<int>(bars)))
      return invalid("item_label.too_long", "The code of '" + headline + "' is too long for a sticker of this size; choose a larger one.");
    const double below = inner.y + head + 4 + bars + 6;
    pen.centre(title, {inner.x, below, inner.width, inner.bottom() - below}, {.largest = 24, .smallest = 16, .lines = 2, .align = Align::centre}, &cut);
  } else {
    const double side = inner.height;
    const double width = std::min(side, inner.width * 0.52);
    if (!pen.matrix(*code, {inner.x, inner.y, width, side}))
      return invalid("item_label.too_long", "The code of '" + headline + "' holds too much for a sticker of this size; choose a larger one.");
    const Rect text{inner.x + width + 8, inner.y, inner.width - width - 8, inner.height};
    large = {.largest = 40, .smallest = 15, .lines = title.empty() ? 6 : 3, .face = Face::bold};
    const double head = title.empty() ? text.height : text.height * 0.56;
    if (pen.fit(headline, text.width, large).cut) return invalid("item_label.too_long", "'" + headline + "' is too long for a sticker of this size; shorten it or choose a larger one.");
    bool headline_cut = false;
    pen.centre(headline, {text.x, text.y, text.width, head}, large, &headline_cut);
    if (headline_cut) return invalid("item_label.too_long", "'" + headline + "' is too long for a sticker of this size; shorten it or choose a larger one.");
    pen.centre(title, {text.x, text.y + head, text.width, text.height - head}, {.largest = 22, .smallest = 15, .lines = 4}, &cut);
  }
  if (cut) layout.notes.push_back("the title of " + headline + " was cut on its sticker");
  if (const std::string fault = fault_of(page); !fault.empty())
    return Error{ErrorKind::corrupt, "document.layout", "The sticker " + headline + " could not be laid out: " + fault + "."};
  layout.pages.push_back(std::move(page));
  return layout;
}

}  // namespace zifa::documents
