#include "adapters/documents/flow.hpp"

#include <algorithm>

#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"

namespace zifa::documents {

Rect sheet_of(PageSize size) {
  switch (size) {
    case PageSize::label_100x150: return {0, 0, 800, 1'200};
    case PageSize::label_100x100: return {0, 0, 800, 800};
    case PageSize::label_50x30: return {0, 0, 400, 240};
    case PageSize::label_60x40: return {0, 0, 480, 320};
    case PageSize::letter: return {0, 0, 1'727, 2'235};
    case PageSize::a4:
    case PageSize::a4_four_labels: return {0, 0, 1'680, 2'376};
  }
  return {0, 0, 1'680, 2'376};
}

// Stickers are too small for lists: those go on the larger label.
static bool is_sticker(PageSize size) { return size == PageSize::label_50x30 || size == PageSize::label_60x40; }

Flow::Flow(Fonts& fonts, Layout& layout, PageSize size, Head head) : fonts_(fonts), layout_(layout), sheet_(sheet_of(is_sticker(size) ? PageSize::label_100x150 : size)), head_(std::move(head)) {
  const bool label = sheet_.width < 1'000;
  scale_ = label ? 0.72 : 1;
  const double margin = label ? 28 : 112;
  const double footer = label ? 30 : 40;
  const double top = label ? 24 : 88, bottom = label ? 20 : 64;
  room_ = {margin, top, sheet_.width - 2 * margin, sheet_.height - top - footer - bottom};
  new_sheet();
}

void Flow::new_sheet() {
  if (pen_) layout_.pages.push_back(std::move(page_));
  page_ = {};
  page_.width = sheet_.width;
  page_.height = sheet_.height;
  pen_ = std::make_unique<Pen>(fonts_, page_);
  y_ = head_(*pen_, room_, layout_.pages.empty());
}

Rect Flow::take(double height) {
  if (y_ + height > room_.bottom()) new_sheet();
  const Rect taken{room_.x, y_, room_.width, height};
  y_ += height;
  return taken;
}

Result<Done> Flow::finish(const std::string& footer, Language language, const std::string& who) {
  layout_.pages.push_back(std::move(page_));
  pen_.reset();
  const std::size_t count = layout_.pages.size();
  for (std::size_t i = 0; i < count; ++i) {
    Pen pen(fonts_, layout_.pages[i]);
    const double size = 22 * scale_;
    const Rect line{room_.x, room_.bottom() + 12 * scale_, room_.width, size * kLineHeight};
    const std::string number = std::string(word(Word::page, language)) + " " + std::to_string(i + 1) + " / " + std::to_string(count);
    pen.write(footer, {line.x, line.y, line.width * 0.7, line.height}, {.largest = size, .smallest = size * 0.7});
    pen.write(number, {line.x + line.width * 0.72, line.y, line.width * 0.28, line.height}, {.largest = size, .smallest = size * 0.7, .align = Align::right});
    if (const std::string fault = fault_of(layout_.pages[i]); !fault.empty())
      return Error{ErrorKind::corrupt, "document.layout", who + " could not be laid out: " + fault + "."};
  }
  return done;
}

double write_facts(Pen& pen, const Rect& room, const std::vector<Fact>& facts, double scale) {
  double widest = 0;
  const double size = 26 * scale;
  for (const Fact& fact : facts)
    if (!fact.value.empty()) widest = std::max(widest, pen.fonts().width(fact.caption, Face::regular) * size);
  const double captions = std::min(widest + 18 * scale, room.width * 0.45);
  double y = room.y;
  const double step = 38 * scale;
  for (const Fact& fact : facts) {
    if (fact.value.empty()) continue;
    pen.centre(fact.caption, {room.x, y, captions - 8, step}, {.largest = size, .smallest = size * 0.6});
    const double large = fact.strong ? size * 1.2 : size;
    pen.centre(fact.value, {room.x + captions, y, room.width - captions, step}, {.largest = large, .smallest = size * 0.55, .face = Face::bold});
    y += step;
  }
  return y;
}

void write_address(Pen& pen, const Rect& room, const Address& address, double size) {
  std::vector<std::string> lines{clean(address.name, 120), clean(address.company, 120)};
  for (std::size_t i = 0; i < std::min<std::size_t>(address.lines.size(), 4); ++i) lines.push_back(clean(address.lines[i], 160));
  lines.push_back(locality_line(address));
  lines.push_back(clean(address.country_name.empty() ? address.country : address.country_name, 60));
  std::erase(lines, std::string());
  double y = room.y;
  for (std::size_t i = 0; i < lines.size() && y + size * kLineHeight <= room.bottom(); ++i)
    y = pen.write(lines[i], {room.x, y, room.width, size * kLineHeight}, {.largest = size, .smallest = size * 0.62, .face = i == 0 ? Face::bold : Face::regular});
}

Fitted fit_sku(Pen& pen, std::string_view sku, double width, double size) {
  Fitted one = pen.fit(sku, width, {.largest = size, .smallest = size * 0.7, .face = Face::bold});
  return one.cut ? pen.fit(sku, width, {.largest = size, .smallest = size * 0.6, .lines = 2, .face = Face::bold}) : one;
}

void write_quantity(Pen& pen, const Rect& room, std::int64_t quantity, double size) {
  const std::string text = count_text(quantity);
  const bool many = quantity != 1;
  if (many) {
    const double width = std::min(room.width, pen.fonts().width(text, Face::bold) * size + size * 0.8);
    const double height = std::min(room.height - 4, size * 1.3);
    pen.fill({room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height});
  }
  pen.centre(text, {room.x + 4, room.y, room.width - 8, room.height},
             {.largest = size, .smallest = size * 0.4, .face = Face::bold, .align = Align::centre, .white = many});
}

}  // namespace zifa::documents
