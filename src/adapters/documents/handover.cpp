// The list the driver signs: which parcels, how many, how heavy. It is the evidence when the first scan comes late.
#include <algorithm>
#include <array>

#include "adapters/documents/flow.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"
#include "base/text.hpp"

namespace zifa::documents {

Result<Layout> lay_out_handover(Fonts& fonts, const HandoverList& list) {
  const std::string carrier = clean(list.carrier, 80), manifest = clean(list.manifest_no, 60);
  const std::string who = "The hand-over list " + (manifest.empty() ? "for " + carrier : manifest);
  if (list.parcels.empty()) return invalid("handover.no_parcels", who + " has no parcels; there is nothing to hand over.");
  for (const HandoverParcel& parcel : list.parcels)
    if (clean(parcel.tracking_number, 90).empty())
      return invalid("handover.no_number", "Parcel " + clean(parcel.parcel_no, 60) + " on " + who + " has no tracking number; take it off the list or buy its label.");
  std::optional<Code> code;
  std::vector<std::string> early_notes;
  if (!manifest.empty()) {
    Result<Code> made = encode({Symbology::code128, manifest, ""});
    if (made) code = std::move(made).value();
    else early_notes.push_back("the list number " + manifest + " cannot be a barcode");
  }
  const Language language = language_of(list.language) == Language::zh ? Language::zh : Language::en;
  // Drivers abroad and at home read the same sheet: captions in both languages when the list is Chinese.
  const auto say = [&](Word w) { return std::string(word(w, language)) + (language == Language::zh ? " " + std::string(word(w, Language::en)) : ""); };

  Weight total;
  for (const HandoverParcel& parcel : list.parcels) total += parcel.weight;
  const std::string count = count_text(static_cast<std::int64_t>(list.parcels.size()));

  Layout layout;
  layout.notes = std::move(early_notes);
  constexpr std::array<double, 6> kShares{0.06, 0.19, 0.32, 0.19, 0.11, 0.13};
  const auto cell = [&](const Rect& row, std::size_t i) {
    double x = row.x;
    for (std::size_t k = 0; k < i; ++k) x += row.width * kShares[k];
    return Rect{x + 4, row.y, row.width * kShares[i] - 10, row.height};
  };
  const auto head = [&](Pen& pen, const Rect& room, bool first) {
    const bool narrow = room.width < 1'000;
    const double u = narrow ? 0.72 : 1;
    double y = room.y;
    const double top = 66 * u;
    pen.centre(say(Word::handover_list), {room.x, y, room.width * 0.5, top}, {.largest = 46 * u, .smallest = 20 * u, .face = Face::bold});
    if (code && !pen.linear(*code, {room.x + room.width * 0.52, y, room.width * 0.48, top}, static_cast<int>(top)) && first)
      layout.notes.push_back("the list number " + manifest + " is too long for a barcode");
    y += top + 12 * u;
    if (first) {
      const double left = write_facts(pen, {room.x, y, room.width * 0.56, 200 * u},
                                      {{say(Word::carrier), carrier, true}, {say(Word::manifest), manifest, false}, {say(Word::warehouse), clean(list.from, 160), false},
                                       {say(Word::pickup), clean(list.pickup, 60), true}, {say(Word::vehicle), clean(list.vehicle, 40), false}}, u);
      const double x = room.x + room.width * 0.60, width = room.width * 0.40;
      const std::array<std::pair<std::string, std::string>, 2> figures{{{say(Word::parcels), count}, {say(Word::weight), weight_text(total)}}};
      for (std::size_t i = 0; i < 2; ++i) {
        const Rect box{x + static_cast<double>(i) * width / 2, y, width / 2 - 8 * u, 110 * u};
        pen.frame(box, 2);
        pen.centre(figures[i].second, {box.x + 6, box.y + 6, box.width - 12, 62 * u}, {.largest = 48 * u, .smallest = 14 * u, .face = Face::bold, .align = Align::centre});
        pen.centre(figures[i].first, {box.x + 6, box.y + 70 * u, box.width - 12, 32 * u}, {.largest = 22 * u, .smallest = 11 * u, .align = Align::centre});
      }
      y = std::max(left, y + 110 * u) + 16 * u;
    }
    const Rect row{room.x, y, room.width, 42 * u};
    pen.fill(row);
    const std::array<std::string, 6> captions{"#", say(Word::parcel), say(Word::tracking_number), say(Word::service), say(Word::country), say(Word::weight)};
    for (std::size_t i = 0; i < captions.size(); ++i)
      pen.centre(captions[i], cell(row, i), {.largest = 22 * u, .smallest = 9 * u, .face = Face::bold, .align = i == 5 ? Align::right : Align::left, .white = true});
    return y + row.height;
  };

  Flow flow(fonts, layout, list.size, head);
  const double u = flow.scale();
  for (std::size_t i = 0; i < list.parcels.size(); ++i) {
    const HandoverParcel& parcel = list.parcels[i];
    const Rect row = flow.take(42 * u);
    Pen& pen = flow.pen();
    if (i % 2 == 1) pen.fill(row, 0.94);
    const std::string number = clean(parcel.tracking_number, 90);
    const std::array<std::string, 6> cells{count_text(static_cast<std::int64_t>(i) + 1), clean(parcel.parcel_no, 60), number, clean(parcel.service, 80),
                                           upper(clean(parcel.country, 8)), weight_text(parcel.weight)};
    for (std::size_t k = 0; k < cells.size(); ++k) {
      Fit fit{.largest = 25 * u, .smallest = 12 * u, .face = k == 2 ? Face::bold : Face::regular, .align = k == 5 ? Align::right : Align::left};
      if (k == 2 && !pen.fits_whole(cells[k], cell(row, k).width, fit) && fit.largest < 7)
        return invalid("handover.number_too_long", "The tracking number of parcel " + cells[1] + " on " + who + " is too long to print; check it.");
      pen.centre(cells[k], cell(row, k), fit);
    }
  }

  // Counted, signed: kept together at the end.
  flow.skip(20 * u);
  const Rect end = flow.take(330 * u);
  Pen& pen = flow.pen();
  pen.rule(end.x, end.y, end.width, 3);
  const double half = end.width / 2;
  const auto line = [&](double x, double y, double width, Word w) {
    pen.centre(say(w), {x, y, width, 34 * u}, {.largest = 24 * u, .smallest = 12 * u});
    pen.rule(x, y + 92 * u, width - 40 * u, 2);
  };
  pen.centre(say(Word::total) + ":  " + count + "   " + weight_text(total), {end.x, end.y + 8 * u, half, 48 * u}, {.largest = 34 * u, .smallest = 14 * u, .face = Face::bold});
  line(end.x, end.y + 70 * u, half, Word::sender);
  line(end.x + half, end.y + 70 * u, half, Word::driver);
  line(end.x, end.y + 190 * u, half, Word::received);
  line(end.x + half, end.y + 190 * u, half, Word::date);

  TRY(flow.finish(carrier + (manifest.empty() ? "" : " · " + manifest), language, who));
  return layout;
}

}  // namespace zifa::documents
