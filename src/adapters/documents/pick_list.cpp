// The pick list of a wave: where to go, what to take, how many, and for which totes. Read while walking: bin and
// quantity are the large things.
#include <algorithm>

#include "adapters/documents/flow.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"

namespace zifa::documents {

namespace {

struct Columns {
  double number, bin, goods, quantity, orders, check;
};

Columns columns_of(double width, bool narrow) {
  Columns c{narrow ? 40.0 : 64.0, narrow ? 150.0 : 250.0, 0, narrow ? 90.0 : 140.0, narrow ? 150.0 : 330.0, narrow ? 56.0 : 96.0};
  c.goods = width - c.number - c.bin - c.quantity - c.orders - c.check;
  return c;
}

}  // namespace

Result<Layout> lay_out_pick_list(Fonts& fonts, const PickList& list) {
  const std::string wave = clean(list.wave, 60);
  const std::string who = "The pick list of wave " + (wave.empty() ? "without a name" : wave);
  if (list.lines.empty()) return invalid("pick_list.no_lines", who + " has no lines; there is nothing to pick.");
  std::optional<Code> code;
  if (!wave.empty()) {
    Result<Code> made = encode({Symbology::code128, wave, ""});
    if (!made) return invalid("pick_list.bad_wave", who + " " + made.error().message + "; give the wave a name of plain letters and digits.");
    code = std::move(made).value();
  }
  const Language language = language_of(list.language) == Language::zh ? Language::zh : Language::en;
  const auto say = [&](Word w) { return std::string(word(w, language)); };

  std::int64_t units = 0;
  for (const PickLine& line : list.lines)
    if (line.quantity > 0 && units <= INT64_MAX - line.quantity) units += line.quantity;

  Layout layout;
  Columns columns{};
  const auto head = [&](Pen& pen, const Rect& room, bool first) {
    const bool narrow = room.width < 1'000;
    const double u = narrow ? 0.72 : 1;
    columns = columns_of(room.width, narrow);
    double y = room.y;
    const double top = 66 * u;
    pen.centre(say(Word::pick_list) + (wave.empty() ? "" : "  " + wave), {room.x, y, room.width * 0.5, top}, {.largest = 50 * u, .smallest = 22 * u, .face = Face::bold});
    double below = y + top;
    if (code) {
      if (pen.linear(*code, {room.x + room.width * 0.52, y, room.width * 0.48, top}, static_cast<int>(top))) below = y + top;
      else if (first) layout.notes.push_back("the wave " + wave + " is too long for a barcode on the list");
    }
    y = below + 10 * u;
    if (first) {
      const std::string order = list.last_line_first ? say(Word::last_line_first) : "";
      write_facts(pen, {room.x, y, room.width * 0.48, 120 * u},
                  {{say(Word::warehouse), clean(list.warehouse, 80), false}, {say(Word::picker), clean(list.picker, 60), false}, {say(Word::due), clean(list.due, 60), true}}, u);
      // The three figures that say how long it takes.
      const std::array<std::pair<Word, std::int64_t>, 3> figures{{{Word::orders, list.orders}, {Word::lines, static_cast<std::int64_t>(list.lines.size())}, {Word::units, units}}};
      const double slot = room.width * 0.48 / 3;
      for (std::size_t i = 0; i < figures.size(); ++i) {
        const Rect box{room.x + room.width * 0.52 + static_cast<double>(i) * slot, y, slot - 10 * u, 104 * u};
        pen.frame(box, 2);
        pen.centre(count_text(figures[i].second), {box.x + 4, box.y + 4, box.width - 8, 60 * u}, {.largest = 50 * u, .smallest = 14 * u, .face = Face::bold, .align = Align::centre});
        pen.centre(say(figures[i].first), {box.x + 4, box.y + 66 * u, box.width - 8, 32 * u}, {.largest = 22 * u, .smallest = 12 * u, .align = Align::centre});
      }
      y += 124 * u;
      if (!order.empty()) {
        pen.write(order, {room.x, y, room.width, 30 * u}, {.largest = 22 * u, .smallest = 12 * u, .face = Face::bold});
        y += 34 * u;
      }
    }
    const double height = 42 * u;
    pen.fill({room.x, y, room.width, height});
    const auto caption = [&](const std::string& text, double x, double width, Align align) {
      pen.centre(text, {x + 6 * u, y, width - 12 * u, height}, {.largest = 23 * u, .smallest = 11 * u, .face = Face::bold, .align = align, .white = true});
    };
    double x = room.x;
    caption("#", x, columns.number, Align::left);
    caption(say(Word::bin), x += columns.number, columns.bin, Align::left);
    caption("SKU", x += columns.bin, columns.goods, Align::left);
    caption(say(Word::quantity), x += columns.goods, columns.quantity, Align::centre);
    caption(say(Word::for_orders), x += columns.quantity, columns.orders, Align::left);
    caption(say(Word::picked), x += columns.orders, columns.check, Align::centre);
    return y + height;
  };

  Flow flow(fonts, layout, list.size, head);
  const double u = flow.scale();
  std::string zone;
  for (std::size_t i = 0; i < list.lines.size(); ++i) {
    const PickLine& line = list.lines[list.last_line_first ? list.lines.size() - 1 - i : i];
    const std::string sku = clean(line.sku, 80), title = clean(line.title, 300), bin = clean(line.bin, 40), here = clean(line.zone, 40);
    std::string orders;
    for (const std::string& order : line.orders) {
      const std::string text = clean(order, 60);
      if (!text.empty()) orders += (orders.empty() ? "" : ", ") + text;
    }
    const Fit sku_fit{.face = Face::bold};
    const Fitted skued = fit_sku(flow.pen(), sku, columns.goods - 20 * u, 30 * u);
    const Fit title_fit{.largest = 23 * u, .smallest = 19 * u, .lines = 2};
    const Fitted titled = flow.pen().fit(title, columns.goods - 20 * u, title_fit);
    // Units without their tote are units in the wrong parcel: this text is never cut, the row grows instead.
    const double most = flow.room().height * 0.6;
    const Fit orders_fit{.largest = 23 * u, .smallest = 18 * u, .lines = static_cast<int>(most / (18 * u * kLineHeight))};
    const Fitted ordered = flow.pen().fit(orders, columns.orders - 20 * u, orders_fit);
    if (skued.cut) layout.notes.push_back("the SKU " + sku + " was cut");
    if (ordered.cut) layout.notes.push_back("the totes of " + sku + " in bin " + bin + " do not all fit on a page; pick it from the screen");
    const double height = std::max({72 * u, skued.height() + titled.height() + 18 * u, ordered.height() + 18 * u});
    const bool new_zone = here != zone && !here.empty();
    const double band = new_zone ? 44 * u : 0;
    Rect row = flow.take(band + height + 2);
    Pen& pen = flow.pen();
    if (new_zone) {
      pen.fill({row.x, row.y, row.width, band - 4 * u}, 0.86);
      pen.centre(say(Word::zone) + " " + here, {row.x + 10 * u, row.y, row.width - 20 * u, band - 4 * u}, {.largest = 28 * u, .smallest = 14 * u, .face = Face::bold});
      row.y += band;
      zone = here;
    }
    double x = row.x;
    pen.centre(count_text(static_cast<std::int64_t>(i) + 1), {x + 6 * u, row.y, columns.number - 10 * u, height}, {.largest = 22 * u, .smallest = 10 * u});
    x += columns.number;
    Fit bin_fit{.largest = 40 * u, .smallest = 14 * u, .face = Face::bold};
    if (!pen.fits_whole(bin, columns.bin - 14 * u, bin_fit)) bin_fit = {.largest = 20 * u, .smallest = 12 * u, .lines = 3, .face = Face::bold};
    pen.centre(bin, {x + 6 * u, row.y, columns.bin - 14 * u, height}, bin_fit);
    x += columns.bin;
    const double goods = row.y + (height - skued.height() - titled.height()) / 2;
    pen.write(skued, {x + 6 * u, goods, columns.goods - 20 * u, skued.height()}, sku_fit);
    pen.write(titled, {x + 6 * u, goods + skued.height(), columns.goods - 20 * u, titled.height()}, title_fit);
    x += columns.goods;
    write_quantity(pen, {x, row.y, columns.quantity, height}, line.quantity, 44 * u);
    x += columns.quantity;
    pen.write(ordered, {x + 10 * u, row.y + std::max(8 * u, (height - ordered.height()) / 2), columns.orders - 20 * u, ordered.height()}, orders_fit);
    x += columns.orders;
    const double tick = 36 * u;
    pen.frame({x + (columns.check - tick) / 2, row.y + (height - tick) / 2, tick, tick}, 2);
    pen.fill({row.x, row.y + height, row.width, 2}, 0.7);
  }
  TRY(flow.finish(wave + (list.due.empty() ? "" : " · " + say(Word::due) + " " + clean(list.due, 60)), language, who));
  return layout;
}

}  // namespace zifa::documents
