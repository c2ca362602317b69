// The slip that travels with the parcel: for the buyer in the buyer's language, and for the packer to check against.
#include <algorithm>

#include "adapters/documents/flow.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"
#include "base/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::size_t kLongestMessage = 8'000;  // bytes; a cut last letter is left out by `clean`

// Amazon allows no links and no advertising in the parcel; a link is what a program can recognise for certain.
bool has_link(std::string_view text) {
  const std::string low = lower(text);
  for (const std::string_view mark : {"http://", "https://", "www.", "://"})
    if (low.find(mark) != low.npos) return true;
  return false;
}

struct Columns {
  double check = 0, bin = 0, sku = 0, title = 0, quantity = 0, price = 0, amount = 0;
};

Columns columns_of(const PackingSlip& slip, double width, bool narrow, bool prices) {
  Columns c;
  const bool bins = std::any_of(slip.items.begin(), slip.items.end(), [](const SlipItem& item) { return !item.bin.empty(); });
  c.check = narrow ? 34 : 56;
  c.bin = !bins ? 0 : narrow ? 96 : 170;
  c.quantity = narrow ? 84 : 120;
  c.price = prices ? (narrow ? 0 : 210) : 0;
  c.amount = prices ? (narrow ? 130 : 220) : 0;
  const double rest = width - c.check - c.bin - c.quantity - c.price - c.amount;
  c.sku = rest * (narrow ? 0.34 : 0.30);
  c.title = rest - c.sku;
  return c;
}

}  // namespace

Result<Layout> lay_out_slip(Fonts& fonts, const PackingSlip& slip) {
  const std::string order = clean(slip.order_id, 60);
  if (order.empty()) return invalid("slip.no_order", "A packing slip for parcel " + clean(slip.parcel_no, 60) + " has no order number; give it one.");
  const std::string who = "The packing slip of order " + order;
  if (slip.items.empty()) return invalid("slip.no_items", who + " has no items; a parcel cannot be empty.");
  if (has_link(slip.note))
    return refused("slip.link_in_note", who + " has a link in its note, which Amazon does not allow in a parcel; take the link out.");
  const std::string parcel = clean(slip.parcel_no, 60);
  std::optional<Code> code;
  if (!parcel.empty()) {
    Result<Code> made = encode({Symbology::code128, parcel, ""});
    if (!made) return invalid("slip.bad_parcel_number", "The parcel number '" + parcel + "' of order " + order + " " + made.error().message + "; give the parcel another number.");
    code = std::move(made).value();
  }

  const Language language = language_of(slip.language);
  const auto say = [&](Word w) { return std::string(word(w, language)); };
  const bool priced = std::any_of(slip.items.begin(), slip.items.end(), [](const SlipItem& item) { return item.unit_price.has_value(); });
  const bool prices = !slip.gift && priced;

  Layout layout;
  Columns columns;
  const auto table_head = [&](Pen& pen, const Rect& room, double y, double u) {
    const double size = 22 * u, height = 40 * u;
    double x = room.x + columns.check;
    const auto head = [&](const std::string& text, double width, Align align) {
      if (width <= 0) return;
      pen.centre(text, {x, y, width - 10 * u, height}, {.largest = size, .smallest = size * 0.6, .face = Face::bold, .align = align});
      x += width;
    };
    pen.fill({room.x, y, room.width, height}, 0.90);
    head(say(Word::bin), columns.bin, Align::left);
    head("SKU", columns.sku, Align::left);
    head(say(Word::item), columns.title, Align::left);
    head(say(Word::quantity), columns.quantity, Align::centre);
    head(say(Word::unit_price), columns.price, Align::right);
    head(say(Word::amount), columns.amount, Align::right);
    return y + height + 4 * u;
  };
  const auto head = [&](Pen& pen, const Rect& room, bool first) {
    const bool narrow = room.width < 1'000;
    const double u = narrow ? 0.72 : 1;
    columns = columns_of(slip, room.width, narrow, prices);
    double y = room.y;
    const double top = 62 * u;
    pen.centre(clean(slip.seller, 120), {room.x, y, room.width * 0.55, top}, {.largest = 46 * u, .smallest = 20 * u, .face = Face::bold});
    pen.centre(say(Word::packing_slip), {room.x + room.width * 0.57, y, room.width * 0.43, top}, {.largest = 44 * u, .smallest = 20 * u, .align = Align::right});
    y += top + 6 * u;
    pen.rule(room.x, y, room.width, 3);
    y += 16 * u;
    if (!first) {
      pen.write(order + (parcel.empty() ? "" : "   " + parcel), {room.x, y, room.width, 34 * u}, {.largest = 26 * u, .smallest = 14 * u, .face = Face::bold});
      return table_head(pen, room, y + 46 * u, u);
    }
    const double block = narrow ? 268 : 330;
    const double half = room.width * 0.5;
    pen.write(say(Word::ship_to), {room.x, y, half - 20, 26 * u}, {.largest = 20 * u, .smallest = 12 * u, .face = Face::bold});
    write_address(pen, {room.x, y + 32 * u, half - 24, block - 40 * u}, slip.ship_to, 28 * u);
    const Rect right{room.x + half, y, room.width - half, block};
    const std::string piece = slip.parcel_count > 1 ? std::to_string(slip.parcel_index) + " / " + std::to_string(slip.parcel_count) : "";
    const double below = write_facts(pen, right,
                                     {{say(Word::order_number), order, false},
                                      {say(Word::order_date), slip.ordered_on ? day_text(*slip.ordered_on, language) : "", false},
                                      {say(Word::service), clean(slip.service, 80), false},
                                      {say(Word::parcel), parcel, false},
                                      {say(Word::piece), piece, false}},
                                     u);
    if (code && !pen.linear(*code, {right.x, below + 14 * u, right.width, 90 * u}, static_cast<int>(74 * u)))
      layout.notes.push_back("the parcel number " + parcel + " is too long for a barcode on the slip");
    y += block;
    if (!slip.seller_lines.empty()) {
      std::string lines;
      for (const std::string& line : slip.seller_lines) {
        if (const std::string text = clean(line, 160); !text.empty()) lines += (lines.empty() ? "" : " · ") + text;
      }
      pen.write(lines, {room.x, y, room.width, 30 * u}, {.largest = 20 * u, .smallest = 12 * u});
      y += 36 * u;
    }
    return table_head(pen, room, y + 8 * u, u);
  };

  Flow flow(fonts, layout, slip.size, head);
  const double u = flow.scale();
  std::int64_t units = 0;
  for (const SlipItem& item : slip.items) {
    if (item.quantity > 0 && units <= INT64_MAX - item.quantity) units += item.quantity;
    const std::string title = clean(item.title, 500), sku = clean(item.sku, 80), item_note = clean(item.note, 500);
    const Fit title_fit{.largest = 25 * u, .smallest = 20 * u, .lines = 3};
    const Fitted titled = flow.pen().fit(title, columns.title - 14 * u, title_fit);
    const Fit note_fit{.largest = 22 * u, .smallest = 17 * u, .lines = 6};
    const Fitted noted = flow.pen().fit(item_note, columns.title - 14 * u, note_fit);
    const Fit sku_fit{.face = Face::bold};
    const Fitted skued = fit_sku(flow.pen(), sku, columns.sku - 14 * u, 26 * u);
    if (titled.cut) layout.notes.push_back("the title of " + sku + " was cut");
    if (noted.cut) layout.notes.push_back("the note of " + sku + " was cut; read it on the screen");
    if (skued.cut) layout.notes.push_back("the SKU " + sku + " was cut");
    const double height = std::max({52 * u, titled.height() + noted.height() + 18 * u, skued.height() + 18 * u});
    const Rect row = flow.take(height + 2);
    Pen& pen = flow.pen();
    const double tick = 28 * u;
    pen.frame({row.x + 4, row.y + (height - tick) / 2, tick, tick}, 2);
    double x = row.x + columns.check;
    if (columns.bin > 0)
      pen.centre(clean(item.bin, 40), {x, row.y, columns.bin - 10 * u, height}, {.largest = 26 * u, .smallest = 13 * u, .face = Face::bold});
    x += columns.bin;
    pen.write(skued, {x, row.y + (height - skued.height()) / 2, columns.sku - 14 * u, skued.height()}, sku_fit);
    x += columns.sku;
    const double goods = row.y + (height - titled.height() - noted.height()) / 2;
    pen.write(titled, {x, goods, columns.title - 14 * u, titled.height()}, title_fit);
    pen.write(noted, {x, goods + titled.height(), columns.title - 14 * u, noted.height()}, note_fit);
    x += columns.title;
    write_quantity(pen, {x, row.y, columns.quantity, height}, item.quantity, 34 * u);
    x += columns.quantity;
    if (prices && item.unit_price) {
      const Fit money{.largest = 24 * u, .smallest = 12 * u, .align = Align::right};
      if (columns.price > 0) pen.centre(money_text(*item.unit_price, language), {x, row.y, columns.price - 10 * u, height}, money);
      x += columns.price;
      const Result<Money> amount = item.unit_price->times(item.quantity);
      if (amount) pen.centre(money_text(*amount, language), {x, row.y, columns.amount - 10 * u, height}, money);
    }
    pen.fill({row.x, row.y + height, row.width, 2}, 0.75);
  }

  const Rect sum = flow.take(56 * u);
  const std::string units_caption = say(Word::items_total);
  const double counted = columns.check + columns.bin + columns.sku + columns.title;
  flow.pen().centre(units_caption, {sum.x, sum.y, counted - 16 * u, sum.height}, {.largest = 26 * u, .smallest = 14 * u, .align = Align::right});
  flow.pen().centre(count_text(units), {sum.x + counted, sum.y, columns.quantity, sum.height}, {.largest = 34 * u, .smallest = 12 * u, .face = Face::bold, .align = Align::centre});

  if (!slip.gift) {
    const auto money_row = [&](Word w, const std::optional<Money>& money, bool strong) {
      if (!money) return;
      const Rect row = flow.take(40 * u);
      const Fit fit{.largest = (strong ? 30 : 24) * u, .smallest = 12 * u, .face = strong ? Face::bold : Face::regular, .align = Align::right};
      flow.pen().centre(say(w), {row.x, row.y, row.width - 280 * u, row.height}, fit);
      flow.pen().centre(money_text(*money, language), {row.right() - 270 * u, row.y, 260 * u, row.height}, fit);
    };
    money_row(Word::shipping, slip.shipping, false);
    money_row(Word::tax, slip.tax, false);
    money_row(Word::total, slip.total, true);
  }

  // Long messages are written in pieces, so that they can run over sheets.
  const auto message = [&](Word heading, const std::string& text, double size) {
    const Fit fit{.largest = size * u, .smallest = size * u, .lines = 500};
    const double step = size * u * kLineHeight;
    bool first = true;
    for (const std::string_view paragraph : split(text, '\n')) {
      for (std::string& text_line : flow.pen().fit(clean(paragraph, 4'000), flow.room().width - 60 * u, fit).lines) {
        if (first) flow.skip(24 * u);
        const double above = first ? 34 * u : 0;
        const Rect row = flow.take(above + step);
        if (first) flow.pen().write(say(heading), {row.x, row.y, row.width, 30 * u}, {.largest = 20 * u, .smallest = 12 * u, .face = Face::bold});
        first = false;
        flow.pen().fill({row.x, row.y + above, 5 * u, step}, 0.6);
        flow.pen().write(Fitted{size * u, {std::move(text_line)}, false}, {row.x + 30 * u, row.y + above, row.width - 60 * u, step}, fit);
      }
    }
  };
  message(Word::gift_message, slip.gift_message.substr(0, kLongestMessage), 32);
  message(Word::note, slip.note.substr(0, kLongestMessage), 25);

  TRY(flow.finish(order + (parcel.empty() ? "" : " · " + parcel), language, who));
  return layout;
}

}  // namespace zifa::documents
