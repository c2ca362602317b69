// The commercial or pro-forma invoice: what customs compare with the declaration. English always, Chinese beside it when
// the packing room reads Chinese.
#include <algorithm>
#include <array>

#include "adapters/documents/flow.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"
#include "base/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::array<double, 7> kShares{0.05, 0.36, 0.13, 0.10, 0.08, 0.12, 0.16};

Rect cell(const Rect& row, std::size_t i) {
  double x = row.x;
  for (std::size_t k = 0; k < i; ++k) x += row.width * kShares[k];
  return {x + 4, row.y, row.width * kShares[i] - 10, row.height};
}

Align align_of(std::size_t column) { return column >= 4 ? Align::right : Align::left; }

// The sum, or the refusal that names the two currencies.
Result<Money> add(std::optional<Money> sum, const Money& more, const std::string& who) {
  if (!sum) return more;
  Result<Money> result = sum->plus(more);
  if (!result)
    return invalid("invoice.two_currencies", who + " has amounts in " + std::string(sum->currency().code()) + " and " + std::string(more.currency().code()) +
                                                 ", or more than can be added; declare all goods, freight and insurance in one currency.");
  return result;
}

}  // namespace

Result<Layout> lay_out_invoice(Fonts& fonts, const CommercialInvoice& invoice) {
  const std::string number = clean(invoice.number, 60), order = clean(invoice.order_id, 60);
  const std::string who = "The invoice " + (number.empty() ? "for order " + order : number);
  if (number.empty()) return invalid("invoice.no_number", who + " has no number; number it.");
  if (invoice.items.empty()) return invalid("invoice.no_items", who + " has no goods; list what is in the parcel.");
  for (const Address* address : {&invoice.seller, &invoice.buyer}) {
    const std::string name = clean(address->name + address->company, 300);
    if (name.empty() || clean(address->country, 8).empty())
      return invalid("invoice.no_address", who + " lacks the name or the country of the " + (address == &invoice.seller ? "seller" : "buyer") + "; complete the address.");
    std::string all = name + locality_line(*address);
    for (const std::string& line : address->lines) all += clean(line, 160);
    if (fonts.missing_letter(all) != 0)
      return refused("document.no_font", "An address on " + who + " has letters that no installed font has; install a font for the script (Noto covers all) or write the address in Latin letters.");
  }
  std::optional<Money> goods;
  Weight net;
  std::int64_t units = 0;
  for (const CustomsItem& item : invoice.items) {
    goods = TRY(add(goods, item.value, who));
    net += item.weight;
    if (item.quantity > 0 && units <= INT64_MAX - item.quantity) units += item.quantity;
  }
  std::optional<Money> total = goods;
  if (invoice.freight) total = TRY(add(total, *invoice.freight, who));
  if (invoice.insurance) total = TRY(add(total, *invoice.insurance, who));

  const bool zh = language_of(invoice.language) == Language::zh;
  const auto say = [&](Word w) { return (zh ? std::string(word(w, Language::zh)) + " " : std::string()) + std::string(word(w, Language::en)); };
  const std::string title = say(invoice.kind == CommercialInvoice::Kind::proforma ? Word::proforma_invoice : Word::commercial_invoice);
  std::optional<Code> code;
  if (Result<Code> made = encode({Symbology::code128, number, ""})) code = std::move(made).value();

  Layout layout;
  const auto head = [&](Pen& pen, const Rect& room, bool first) {
    const double u = room.width < 1'000 ? 0.72 : 1;
    const double top = 66 * u;
    double y = room.y;
    pen.centre(title, {room.x, y, room.width * 0.54, top}, {.largest = 46 * u, .smallest = 18 * u, .face = Face::bold});
    if (!code || !pen.linear(*code, {room.x + room.width * 0.56, y, room.width * 0.44, top}, static_cast<int>(top)))
      pen.centre(number, {room.x + room.width * 0.56, y, room.width * 0.44, top}, {.largest = 30 * u, .smallest = 12 * u, .align = Align::right});
    y += top + 8 * u;
    pen.rule(room.x, y, room.width, 3);
    y += 14 * u;
    if (first) {
      const double half = room.width / 2, block = 250 * u;
      const auto party = [&](double x, Word w, const Address& address, const std::string& tax) {
        pen.write(say(w), {x, y, half - 20, 26 * u}, {.largest = 20 * u, .smallest = 11 * u, .face = Face::bold});
        write_address(pen, {x, y + 30 * u, half - 24, block - 66 * u}, address, 25 * u);
        std::string line = clean(tax, 120);
        if (const std::string phone = clean(address.phone, 40); !phone.empty()) line += (line.empty() ? "Tel " : " · Tel ") + phone;
        pen.write(line, {x, y + block - 32 * u, half - 24, 28 * u}, {.largest = 20 * u, .smallest = 9 * u});
      };
      party(room.x, Word::seller, invoice.seller, invoice.seller_tax_id);
      party(room.x + half, Word::buyer, invoice.buyer, invoice.buyer_tax_id);
      y += block + 6 * u;
      const std::string carrier = clean(invoice.carrier, 60), tracking = clean(invoice.tracking_number, 90);
      const double left = write_facts(pen, {room.x, y, half - 20, 200 * u},
                                      {{say(Word::invoice_number), number, true}, {say(Word::shipped), invoice.date ? invoice.date->iso() : "", false},
                                       {say(Word::order), order, false}, {say(Word::parcel), clean(invoice.parcel_no, 60), false}}, u);
      const double right = write_facts(pen, {room.x + half, y, half, 200 * u},
                                       {{say(Word::carrier), carrier, false}, {say(Word::tracking_number), tracking, false}, {say(Word::incoterm), clean(invoice.incoterm, 60), true},
                                        {say(Word::reason), clean(invoice.reason, 80), false}}, u);
      y = std::max(left, right) + 16 * u;
    }
    const Rect row{room.x, y, room.width, 44 * u};
    pen.fill(row);
    const std::array<std::string, 7> captions{"#", say(Word::item), say(Word::hs_code), say(Word::origin), say(Word::quantity), say(Word::net_weight), say(Word::value)};
    for (std::size_t i = 0; i < captions.size(); ++i)
      pen.centre(captions[i], cell(row, i), {.largest = 22 * u, .smallest = 8 * u, .face = Face::bold, .align = align_of(i), .white = true});
    return y + row.height;
  };

  Flow flow(fonts, layout, invoice.size, head);
  const double u = flow.scale();
  for (std::size_t i = 0; i < invoice.items.size(); ++i) {
    const CustomsItem& item = invoice.items[i];
    const std::string name = clean(item.name_en, 300), local = clean(item.name_local, 200);
    const double width = flow.room().width * kShares[1] - 10;
    const Fit name_fit{.largest = 25 * u, .smallest = 19 * u, .lines = 3};
    const Fitted named = flow.pen().fit(name, width, name_fit);
    const Fit local_fit{.largest = 21 * u, .smallest = 16 * u, .lines = 2};
    const Fitted localised = flow.pen().fit(local, width, local_fit);
    if (named.cut) layout.notes.push_back("the declared name '" + clean(name, 40) + "' was cut on invoice " + number + "; shorten it");
    const double height = std::max(50 * u, named.height() + localised.height() + 16 * u);
    const Rect row = flow.take(height + 2);
    Pen& pen = flow.pen();
    const double y = row.y + (height - named.height() - localised.height()) / 2;
    const Rect words = cell(row, 1);
    pen.write(named, {words.x, y, words.width, named.height()}, name_fit);
    pen.write(localised, {words.x, y + named.height(), words.width, localised.height()}, local_fit);
    const std::array<std::string, 7> cells{count_text(static_cast<std::int64_t>(i) + 1), "", clean(item.hs_code, 20), upper(clean(item.origin, 8)), count_text(item.quantity),
                                           weight_text(item.weight), money_text(item.value, Language::en)};
    for (std::size_t k = 0; k < cells.size(); ++k) {
      Rect room = cell(row, k);
      room.height = height;
      pen.centre(cells[k], room, {.largest = 24 * u, .smallest = 8 * u, .align = align_of(k)});
    }
    pen.fill({row.x, row.y + height, row.width, 2}, 0.7);
  }

  // Sums and signature stay together on the last sheet.
  flow.skip(12 * u);
  const int sums = 2 + (invoice.freight ? 1 : 0) + (invoice.insurance ? 1 : 0);
  const Rect end = flow.take((sums * 42 + 190) * u);
  Pen& pen = flow.pen();
  double y = end.y;
  const double split = end.width * 0.5;
  write_facts(pen, {end.x, y, split - 20, 120 * u},
              {{say(Word::units), count_text(units), false}, {say(Word::net_weight), weight_text(net), false},
               {say(Word::gross_weight), invoice.gross_weight.micrograms() > 0 ? weight_text(invoice.gross_weight) : "", false}}, u);
  const auto sum = [&](Word w, const Money& money, bool strong) {
    const Fit fit{.largest = (strong ? 32 : 25) * u, .smallest = 10 * u, .face = strong ? Face::bold : Face::regular, .align = Align::right};
    pen.centre(say(w), {end.x + split, y, end.width * 0.24, 42 * u}, fit);
    pen.centre(money_text(money, Language::en), {end.x + split + end.width * 0.25, y, end.width * 0.25 - 6, 42 * u}, fit);
    y += 42 * u;
  };
  sum(Word::goods_total, *goods, false);
  if (invoice.freight) sum(Word::freight, *invoice.freight, false);
  if (invoice.insurance) sum(Word::insurance, *invoice.insurance, false);
  sum(Word::total, *total, true);
  y = std::max(y, end.y + 120 * u) + 8 * u;
  pen.write(say(Word::declared_true), {end.x, y, end.width, 30 * u}, {.largest = 22 * u, .smallest = 11 * u});
  y += 36 * u;
  std::string signature = invoice.signed_on ? invoice.signed_on->iso() + "  " : std::string();
  signature += clean(invoice.signed_by, 80);
  pen.centre(say(Word::date_signature), {end.x, y, split - 10, 44 * u}, {.largest = 22 * u, .smallest = 10 * u});
  pen.centre(signature, {end.x + split, y, end.width - split, 44 * u}, {.largest = 27 * u, .smallest = 10 * u, .face = Face::bold});
  pen.rule(end.x + split, y + 46 * u, end.width - split, 2);

  TRY(flow.finish(number + (order.empty() ? "" : " · " + order), Language::en, who));
  return layout;
}

}  // namespace zifa::documents
