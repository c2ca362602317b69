// The CN22 block: on the label where there is room, on a page of its own otherwise.
// Fields and wording follow the form; source: docs/rules/labels.md, "Customs declaration CN22".
#include <algorithm>
#include <array>

#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/text.hpp"
#include "adapters/documents/words.hpp"
#include "base/text.hpp"

namespace zifa::documents {

namespace {

struct Measures {
  double heading, kinds, table_head, row, local, totals, certify, signature, text;
};
constexpr Measures kSmall{34, 48, 24, 26, 20, 28, 34, 30, 18};
constexpr Measures kLarge{50, 76, 34, 40, 30, 42, 64, 48, 24};

double row_height(const CustomsItem& item, const Measures& m) { return m.row + (item.name_local.empty() ? 0 : m.local); }
double fixed_height(const Measures& m) { return m.heading + m.kinds + m.table_head + m.totals + m.certify + m.signature + 8; }

struct Column {
  double x, width;
};

// Shares of the width: description, weight, value, tariff number, origin.
std::array<Column, 5> columns_of(const Rect& room) {
  constexpr std::array<double, 5> kShares{0.45, 0.11, 0.19, 0.17, 0.08};
  std::array<Column, 5> columns{};
  double x = room.x;
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    columns[i] = {x, room.width * kShares[i]};
    x += columns[i].width;
  }
  return columns;
}

std::string both(Word w) { return std::string(word(w, Language::en)) + " " + std::string(word(w, Language::zh)); }

}  // namespace

double customs_height(const Customs& customs) {
  double height = fixed_height(kSmall);
  for (const CustomsItem& item : customs.items) height += row_height(item, kSmall);
  return height;
}

std::size_t draw_customs(Pen& pen, const Customs& customs, const Rect& room, std::size_t from, bool large, Layout& layout) {
  const Measures& m = large ? kLarge : kSmall;
  const double pad = 10;
  const Rect inner{room.x + pad, room.y, room.width - 2 * pad, room.height};
  double y = room.y;

  pen.centre(both(Word::customs_declaration), {inner.x, y, inner.width * 0.56, m.heading}, {.largest = m.text * 1.25, .smallest = 10, .face = Face::bold});
  pen.centre("CN 22", {inner.right() - 110, y, 110, m.heading}, {.largest = m.text * 1.45, .smallest = 10, .face = Face::bold, .align = Align::right});
  pen.centre(both(Word::opened_officially), {inner.x + inner.width * 0.57, y, inner.width * 0.43 - 116, m.heading}, {.largest = m.text * 0.8, .smallest = 8});
  y += m.heading;

  constexpr std::array<std::pair<Customs::Kind, Word>, 6> kKinds{{{Customs::Kind::gift, Word::kind_gift},
                                                                  {Customs::Kind::documents, Word::kind_documents},
                                                                  {Customs::Kind::sample, Word::kind_sample},
                                                                  {Customs::Kind::merchandise, Word::kind_merchandise},
                                                                  {Customs::Kind::returned, Word::kind_returned},
                                                                  {Customs::Kind::other, Word::kind_other}}};
  const double slot = inner.width / 3, line = m.kinds / 2, tick = m.text * 0.9;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    const double x = inner.x + static_cast<double>(i % 3) * slot, top = y + (i < 3 ? 0 : line);
    const Rect box{x, top + (line - tick) / 2, tick, tick};
    pen.frame(box, 2);
    if (kKinds[i].first == customs.kind) pen.fill({box.x + 4, box.y + 4, box.width - 8, box.height - 8});
    pen.centre(both(kKinds[i].second), {x + tick + 8, top, slot - tick - 16, line}, {.largest = m.text * 0.9, .smallest = 8});
  }
  y += m.kinds;

  const auto columns = columns_of(inner);
  pen.rule(room.x, y, room.width, 2);
  const std::array<std::string, 5> heads{both(Word::description), "kg", both(Word::value), both(Word::hs_code), std::string(word(Word::origin, Language::en))};
  for (std::size_t i = 0; i < heads.size(); ++i)
    pen.centre(heads[i], {columns[i].x, y + 2, columns[i].width - 6, m.table_head - 2},
               {.largest = m.text * 0.78, .smallest = 8, .align = i == 1 || i == 2 ? Align::right : Align::left});
  y += m.table_head;
  pen.rule(room.x, y, room.width, 1);

  const double floor = room.bottom() - m.totals - m.certify - m.signature - 4;
  std::size_t next = from;
  for (; next < customs.items.size(); ++next) {
    const CustomsItem& item = customs.items[next];
    const double height = row_height(item, m);
    if (y + height > floor + 0.01) break;
    bool cut = false;
    const std::string name = std::to_string(item.quantity) + " x " + clean(item.name_en, 200);
    pen.centre(name, {columns[0].x, y + 3, columns[0].width - 8, m.row - 3}, {.largest = m.text, .smallest = m.text * 0.7}, &cut);
    if (!item.name_local.empty())
      pen.centre(clean(item.name_local, 200), {columns[0].x, y + m.row - 2, columns[0].width - 8, m.local}, {.largest = m.text * 0.88, .smallest = m.text * 0.65}, &cut);
    std::string weight = weight_text(item.weight);
    weight.resize(weight.size() - 3);
    const std::array<std::string, 5> cells{"", weight, item.value.text(), clean(item.hs_code, 20), upper(clean(item.origin, 8))};
    for (std::size_t i = 1; i < cells.size(); ++i) {
      Fit fit{.largest = m.text, .smallest = 8, .align = i == 1 || i == 2 ? Align::right : Align::left};
      const double width = columns[i].width - (i == 2 ? 14 : 6);
      if (!pen.fits_whole(cells[i], width, fit)) layout.notes.push_back("'" + cells[i] + "' of the customs declaration is printed very small; check it");
      pen.centre(cells[i], {columns[i].x, y + 3, width, m.row - 3}, fit);
    }
    if (cut) layout.notes.push_back("the declared name '" + clean(item.name_en, 40) + "' was cut to fit the customs declaration; shorten it");
    y += height;
  }
  const bool last = next == customs.items.size();

  y = floor + 2;
  pen.rule(room.x, y, room.width, 1);
  std::string weight = weight_text(customs.total_weight);
  weight.resize(weight.size() - 3);
  const std::string total = last ? both(Word::total) : "continued on the next page 见下页";
  pen.centre(total, {columns[0].x, y, columns[0].width * 0.5, m.totals}, {.largest = m.text, .smallest = 8, .face = Face::bold});
  if (const std::string tax = clean(customs.tax_id, 60); !tax.empty())
    pen.centre(tax, {columns[0].x + columns[0].width * 0.5, y, columns[0].width * 0.5 - 8, m.totals}, {.largest = m.text, .smallest = 8, .face = Face::bold});
  if (last) {
    pen.centre(weight, {columns[1].x, y, columns[1].width - 6, m.totals}, {.largest = m.text, .smallest = 8, .face = Face::bold, .align = Align::right});
    pen.centre(customs.total_value.text(), {columns[2].x, y, columns[2].width - 14, m.totals}, {.largest = m.text, .smallest = 8, .face = Face::bold, .align = Align::right});
  }
  y += m.totals;
  pen.rule(room.x, y, room.width, 1);
  pen.centre(word(Word::certify, Language::en), {inner.x, y + 2, inner.width, m.certify - 2}, {.largest = m.text * 0.76, .smallest = 9, .lines = 2});
  y += m.certify;
  std::string signature;
  if (customs.signed_on) signature = customs.signed_on->iso() + "  ";
  signature += clean(customs.signed_by, 80);
  const std::string head = both(Word::date_signature);
  const double head_width = inner.width * 0.44;
  pen.centre(head, {inner.x, y, head_width, m.signature - 4}, {.largest = m.text * 0.8, .smallest = 8});
  pen.centre(signature, {inner.x + head_width + 8, y, inner.width - head_width - 8, m.signature - 6}, {.largest = m.text * 1.1, .smallest = 8, .face = Face::bold});
  pen.rule(inner.x + head_width + 8, y + m.signature - 6, inner.width - head_width - 8, 1);
  return next;
}

}  // namespace zifa::documents
