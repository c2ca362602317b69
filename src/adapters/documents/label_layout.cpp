#include "adapters/documents/label_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "adapters/documents/text.hpp"
#include "adapters/documents/words.hpp"
#include "base/text.hpp"

namespace zifa::documents {

namespace {

constexpr double kMargin = 20;
constexpr double kPad = 10;
constexpr std::size_t kLongestPostcode = 16;
constexpr double kSmallestShipTo = 20;  // 2.5 mm
constexpr double kLeastShipToHeight = 200;

// Everything of the label as it will be read: cleaned once.
struct Texts {
  std::string who, carrier, service, routing, name, company, phone, locality, postcode, country, country_code, from, from_rest, from_phone, return_to, parcel, order,
      contents, batch;
  std::vector<std::string> lines;
};

std::string who_is(const LabelPage& label) {
  std::string who = "Parcel " + (label.parcel_no.empty() ? std::string("without a number") : clean(label.parcel_no, 60));
  if (!label.order_id.empty()) who += " of order " + clean(label.order_id, 60);
  return who;
}

// In the packing room's language and, where a carrier abroad reads it too, in English.
std::string caption(Word w, Language language) {
  std::string text(word(w, language));
  if (language != Language::en) text += " " + std::string(word(w, Language::en));
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

Texts texts_of(const LabelPage& label) {
  Texts t;
  t.who = who_is(label);
  t.carrier = clean(label.carrier, 80);
  t.service = clean(label.service, 120);
  t.routing = clean(label.routing_code, 40);
  t.name = clean(label.to.name, 200);
  t.company = clean(label.to.company, 200);
  for (const std::string& line : label.to.lines) {
    if (t.lines.size() == 12) break;
    if (std::string cleaned = clean(line, 300); !cleaned.empty()) t.lines.push_back(std::move(cleaned));
  }
  t.phone = clean(label.to.phone, 40);
  t.postcode = clean(label.to.postcode, 400);
  t.locality = locality_line(label.to);
  t.country_code = upper(clean(label.to.country, 8));
  t.country = clean(label.to.country_name, 120);
  if (t.country.empty()) t.country = t.country_code;
  t.from = clean(label.from.name.empty() ? label.from.company : label.from.name, 120);
  std::vector<std::string> rest;
  if (!label.from.name.empty()) rest.push_back(clean(label.from.company, 120));
  for (std::size_t i = 0; i < std::min<std::size_t>(label.from.lines.size(), 6); ++i) rest.push_back(clean(label.from.lines[i], 120));
  rest.push_back(locality_line(label.from));
  rest.push_back(clean(label.from.country_name.empty() ? label.from.country : label.from.country_name, 60));
  t.from_rest = joined(rest, ", ");
  if (const std::string phone = clean(label.from.phone, 40); !phone.empty()) t.from_phone = ", Tel " + phone;
  t.return_to = clean(label.return_to, 240);
  t.parcel = clean(label.parcel_no, 60);
  t.order = clean(label.order_id, 60);
  t.contents = clean(label.contents, 400);
  t.batch = clean(label.batch, 40);
  if (label.position > 0) {
    if (!t.batch.empty()) t.batch += "  ";
    t.batch += std::to_string(label.position);
    if (label.of > 0) t.batch += "/" + std::to_string(label.of);
  }
  return t;
}

Result<Done> check_texts(Fonts& fonts, const LabelPage& label, const Texts& t) {
  if (label.tracking.data.empty())
    return invalid("label.no_tracking_number", t.who + " has no tracking number; buy its label first.");
  if (t.name.empty() && t.company.empty())
    return invalid("label.no_address", t.who + " has no recipient's name; complete the address.");
  if (t.lines.empty() && t.locality.empty())
    return invalid("label.no_address", t.who + " has no street and no city; complete the address.");
  if (t.country_code.size() != 2)
    return invalid("label.bad_country", t.who + " has the country '" + t.country_code + "', which is not a two-letter code; choose the country.");
  if (utf8_length(t.postcode) > kLongestPostcode)
    return invalid("label.bad_postcode", t.who + " has a postcode of more than " + std::to_string(kLongestPostcode) + " characters; correct the address.");
  const auto covered = [&](std::string_view text) { return fonts.missing_letter(text); };
  char32_t missing = 0;
  for (const std::string* text : {&t.name, &t.company, &t.locality, &t.country})
    if (!missing) missing = covered(*text);
  for (const std::string& line : t.lines)
    if (!missing) missing = covered(line);
  if (missing) {
    std::string letter;
    append_character(letter, missing);
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string code;
    for (int shift = missing > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) code += kHex[(missing >> shift) & 0xF];
    return refused("document.no_font", "The address of " + t.who + " has the letter '" + letter + "' (U+" + code +
                                           ") that no installed font has; install a font for its script (Noto covers all) or write the address in Latin letters.");
  }
  return done;
}

// The recipient, as large as the room allows. Streets may be cut as a last resort; postcode and country never are.
Result<Done> draw_ship_to(Pen& pen, const LabelPage& label, const Texts& t, const Rect& room, Layout& layout) {
  struct Block {
    std::string text;
    double size;
    Face face;
    int lines;
  };
  std::vector<Block> blocks;
  const auto add = [&](const std::string& text, double size, Face face, int lines) {
    if (!text.empty()) blocks.push_back({text, size, face, lines});
  };
  add(t.name, 42, Face::bold, 2);
  add(t.company, 32, Face::regular, 2);
  for (const std::string& line : t.lines) add(line, 35, Face::regular, 3);
  add(t.locality, 38, Face::bold, 1);
  add(t.country, 40, Face::bold, 2);
  if (!t.phone.empty()) add("Tel " + t.phone, 26, Face::regular, 1);

  // A name or a city is rather made smaller than broken; the locality is never broken, for it ends or begins with the
  // postcode.
  const auto fit_block = [&](const Block& block, double size) {
    const double least = std::max(size * 0.72, kSmallestShipTo);
    Fitted one = pen.fit(block.text, room.width, {.largest = size, .smallest = std::min(size, least), .face = block.face});
    if (!one.cut || block.lines == 1) return one;
    return pen.fit(block.text, room.width, {.largest = size, .smallest = size, .lines = block.lines, .face = block.face});
  };
  std::vector<Fitted> fitted(blocks.size());
  for (double scale = room.height > 300 ? 1.25 : 1;; scale = std::max(scale * 0.94, kSmallestShipTo / 35)) {
    double height = 0;
    bool cut = false;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const double size = std::max(blocks[i].size * scale, std::min(blocks[i].size, kSmallestShipTo));
      fitted[i] = fit_block(blocks[i], size);
      height += fitted[i].height();
      cut = cut || fitted[i].cut;
    }
    if (!cut && height <= room.height) {
      double y = room.y;
      for (std::size_t i = 0; i < blocks.size(); ++i)
        y = pen.write(fitted[i], {room.x, y, room.width, fitted[i].height()}, {.face = blocks[i].face});
      return done;
    }
    if (scale <= kSmallestShipTo / 35) break;
  }

  // Too much even at the smallest size: what the carrier needs stands below, whole; the rest shares what is left.
  const double size = kSmallestShipTo;
  const double step = size * kLineHeight;
  const double large = room.height > 9 * step ? 30 : size;
  const Fitted country = pen.fit(t.country, room.width, {.largest = large, .smallest = size, .lines = 2, .face = Face::bold});
  if (country.cut) return invalid("label.bad_country", t.who + " has a country name that does not fit on the label; choose the country from the list.");
  double bottom = room.bottom() - country.height();
  pen.write(country, {room.x, bottom, room.width, country.height()}, {.face = Face::bold});
  Fit locality{.largest = large, .smallest = size, .lines = 1, .face = Face::bold};
  bool cut = false;
  if (pen.fits_whole(t.locality, room.width, locality)) {
    bottom -= locality.largest * kLineHeight;
    pen.write(t.locality, {room.x, bottom, room.width, step}, locality);
  } else {
    Fit whole{.largest = large, .smallest = 12, .lines = 1, .face = Face::bold};
    if (!t.postcode.empty()) {
      if (!pen.fits_whole(t.postcode, room.width, whole))
        return invalid("label.bad_postcode", t.who + " has a postcode that does not fit on the label; correct the address.");
      bottom -= whole.largest * kLineHeight;
      pen.write(t.postcode, {room.x, bottom, room.width, step}, whole);
    }
    bottom -= step;
    const std::string city = joined({clean(label.to.city, 200), clean(label.to.region, 100)}, ", ");
    pen.write(city, {room.x, bottom, room.width, step}, {.largest = size, .smallest = size, .face = Face::bold}, &cut);
  }
  double y = room.y;
  const auto lines_left = [&](double until) { return static_cast<int>((until - y + 0.01) / step); };
  const std::string streets = joined(t.lines, ", ");
  // Without a street there is no delivery: better no label than such a one.
  if (lines_left(bottom) < 1 + (streets.empty() ? 0 : 1))
    return invalid("label.too_full", "The address of " + t.who + " does not fit on a label of this size beside everything else; print it on 100 x 150 mm.");
  const auto line = [&](const std::string& text, Face face, int lines, int keep) {
    const int left = std::min(lines, lines_left(bottom - keep * step));
    if (text.empty()) return;
    if (left < 1) cut = true;
    else y = pen.write(text, {room.x, y, room.width, left * step}, {.largest = size, .smallest = size, .lines = left, .face = face}, &cut);
  };
  const int street_lines = streets.empty() ? 0 : std::min(3, static_cast<int>(pen.fit(streets, room.width, {.largest = size, .smallest = size, .lines = 3}).lines.size()));
  line(t.name, Face::bold, lines_left(bottom) > street_lines + 2 ? 2 : 1, streets.empty() ? 0 : 1);
  line(t.company, Face::regular, 1, street_lines);
  line(streets, Face::regular, 40, 0);
  if (!t.phone.empty()) line("Tel " + t.phone, Face::regular, 1, 0);
  if (cut) layout.notes.push_back("the address of " + t.who + " was cut to fit the label; check it");
  return done;
}

// Terms, battery and fragile marks side by side above the tracking number, where handlers look.
constexpr double kMarksHeight = 52;

void draw_marks(Pen& pen, const LabelPage& label, Language language, const Rect& room) {
  struct Mark {
    std::string text;
    bool inverse;
  };
  std::vector<Mark> marks;
  if (label.terms != LabelPage::Terms::none) marks.push_back({label.terms == LabelPage::Terms::ddp ? "DDP" : "DAP", true});
  if (label.battery) marks.push_back({clean(label.un_number, 12) + " " + std::string(word(Word::battery, Language::en)) + (language == Language::zh ? " " + std::string(word(Word::battery, language)) : ""), false});
  if (label.fragile) marks.push_back({std::string(word(Word::fragile, Language::en)) + (language == Language::zh ? " " + std::string(word(Word::fragile, language)) : ""), false});
  double x = room.x;
  constexpr double kSize = 30;
  // Natural widths, narrowed together when they are too much for the label.
  double natural = 0;
  for (const Mark& mark : marks) natural += pen.fonts().width(mark.text, Face::bold) * kSize + 36;
  const double gaps = 10 * (static_cast<double>(marks.size()) - 1);
  const double squeeze = std::min(1.0, (room.width - gaps) / natural);
  for (const Mark& mark : marks) {
    const Rect box{x, room.y, (pen.fonts().width(mark.text, Face::bold) * kSize + 36) * squeeze, room.height};
    if (mark.inverse) pen.fill(box);
    else pen.frame(box, 3);
    pen.centre(mark.text, {box.x + 8, box.y, box.width - 16, box.height}, {.largest = kSize, .smallest = 10, .face = Face::bold, .align = Align::centre, .white = mark.inverse});
    x += box.width + 10;
  }
}

// The tracking number as a barcode with its digits below. Gives nothing when there is not enough width for a scanner.
bool draw_tracking(Pen& pen, const Code& code, const std::string& number, Language language, const Rect& room) {
  pen.write(caption(Word::tracking_number, language), {room.x, room.y, room.width, 20}, {.largest = 16, .smallest = 12, .face = Face::bold});
  const double top = room.y + 26;
  if (!code.linear()) {
    const double side = room.bottom() - top;
    if (!pen.matrix(code, {room.x, top, side, side})) return false;
    Fit fit{.largest = 36, .smallest = 16, .lines = 3, .face = Face::bold};
    const Rect beside{room.x + side + kPad, top, room.width - side - kPad, side};
    if (pen.fit(number, beside.width, fit).cut) return false;
    pen.centre(number, beside, fit);
    return true;
  }
  Fit fit{.largest = 36, .smallest = 18, .lines = 1, .face = Face::bold, .align = Align::centre};
  const double digits = 44;
  // Over the frame's inside: the quiet zones may use the padding, for the frame stays outside of them.
  if (!pen.linear(code, {room.x, top, room.width, room.height}, static_cast<int>(room.bottom() - digits - 4 - top))) return false;
  if (pen.fits_whole(number, room.width, fit)) {
    pen.centre(number, {room.x, room.bottom() - digits, room.width, digits}, fit);
    return true;
  }
  fit.largest = 18, fit.smallest = 14, fit.lines = 2;
  if (pen.fit(number, room.width, fit).cut) return false;
  pen.centre(number, {room.x, room.bottom() - digits, room.width, digits}, fit);
  return true;
}

double footer_height(const Texts& t) {
  double height = 46;
  if (!t.contents.empty()) height += 52;
  if (!t.return_to.empty()) height += 26;
  return height;
}

void draw_footer(Pen& pen, const Texts& t, Language language, const Rect& room, Layout& layout) {
  double y = room.y + 4;
  double right = room.right();
  if (!t.batch.empty()) {
    pen.centre(t.batch, {right - 200, y, 200, 36}, {.largest = 30, .smallest = 14, .face = Face::bold, .align = Align::right});
    right -= 200 + kPad;
  }
  bool cut = false;
  double x = room.x;
  const double half = t.order.empty() ? right - x : (right - x) * 0.42;
  if (!t.parcel.empty()) {
    pen.centre(t.parcel, {x, y, half - kPad, 36}, {.largest = 28, .smallest = 13, .face = Face::bold}, &cut);
    x += half;
  }
  if (!t.order.empty())
    pen.centre(std::string(word(Word::order, language)) + " " + t.order, {x, y, right - x, 36}, {.largest = 21, .smallest = 12}, &cut);
  if (cut) layout.notes.push_back("the reference of " + t.who + " was cut to fit the label");
  y += 40;
  if (!t.contents.empty()) {
    const std::string head = std::string(word(Word::contents, language)) + (language == Language::zh ? "：" : ": ");
    bool contents_cut = false;
    pen.write(head + t.contents, {room.x, y, room.width, 50}, {.largest = 22, .smallest = 17, .lines = 2}, &contents_cut);
    if (contents_cut) layout.notes.push_back("the contents of " + t.who + " do not all fit on the label; use the packing slip");
    y += 52;
  }
  if (!t.return_to.empty()) {
    const std::string head = std::string(word(Word::return_to, Language::en)) + ": ";
    bool return_cut = false;
    pen.write(head + t.return_to, {room.x, y, room.width, 24}, {.largest = 19, .smallest = 13}, &return_cut);
    if (return_cut) layout.notes.push_back("the return address of " + t.who + " was cut to fit the label");
  }
}

void draw_header(Pen& pen, const Texts& t, const Rect& room) {
  const std::string& large = t.routing.empty() ? t.country_code : t.routing;
  const double width = std::clamp(pen.fonts().width(large, Face::bold) * 76 + 40, 130.0, 330.0);
  const Rect box{room.right() - width, room.y, width, room.height};
  pen.fill(box);
  pen.centre(large, {box.x + kPad, box.y, box.width - 2 * kPad, box.height}, {.largest = 76, .smallest = 20, .face = Face::bold, .align = Align::centre, .white = true});
  const double text = room.width - width - 3 * kPad;
  const double split = t.service.empty() ? room.height : room.height * 0.58;
  pen.centre(t.carrier, {room.x + kPad, room.y + 4, text, split - 4}, {.largest = 50, .smallest = 18, .face = Face::bold});
  if (!t.service.empty())
    pen.centre(t.service, {room.x + kPad, room.y + split, text, room.height - split - 6}, {.largest = 26, .smallest = 15});
}

void draw_sender(Pen& pen, const LabelPage& label, const Texts& t, Language language, const Rect& room, Layout& layout) {
  const double facts = 268;
  const Rect left{room.x + kPad, room.y + 8, room.width - facts - 3 * kPad, room.height - 14};
  double y = pen.write(caption(Word::from, language), left, {.largest = 15, .smallest = 12, .face = Face::bold});
  y = pen.write(t.from, {left.x, y, left.width, 26}, {.largest = 21, .smallest = 14, .face = Face::bold});
  // A number is whole or not there: the telephone is left out before anything is cut.
  const auto fitted = [&](const std::string& text, Fit& fit) {
    for (double size = 19;; size = std::max(13.0, size - 1)) {
      fit = {.largest = size, .smallest = size, .lines = std::max(1, static_cast<int>((left.bottom() - y) / (size * kLineHeight)))};
      Fitted rest = pen.fit(text, left.width, fit);
      if (!rest.cut || size <= 13) return rest;
    }
  };
  Fit fit;
  Fitted rest = fitted(t.from_rest + t.from_phone, fit);
  if (rest.cut && !t.from_phone.empty()) rest = fitted(t.from_rest, fit);
  if (rest.cut) layout.notes.push_back("the sender's address of " + t.who + " was cut to fit the label");
  pen.write(rest, {left.x, y, left.width, rest.height()}, fit);

  const double x = room.right() - facts;
  pen.upright(x - kPad, room.y, room.height);
  std::vector<std::array<std::string, 2>> rows;
  if (label.weight.micrograms() > 0) rows.push_back({std::string(word(Word::weight, language)), weight_text(label.weight)});
  if (label.outer) rows.push_back({std::string(word(Word::size, language)), size_text(*label.outer)});
  if (label.shipped_on) rows.push_back({std::string(word(Word::shipped, language)), label.shipped_on->iso()});
  if (label.parcel_count > 1)
    rows.push_back({std::string(word(Word::piece, language)), std::to_string(label.parcel_index) + "/" + std::to_string(label.parcel_count)});
  const double step = std::min(27.0, (room.height - 12) / 4);
  double row_y = room.y + 8;
  for (const auto& row : rows) {
    pen.centre(row[0], {x, row_y, 74, step}, {.largest = 17, .smallest = 11});
    pen.centre(row[1], {x + 78, row_y, facts - 78 - kPad, step}, {.largest = 21, .smallest = 11, .face = Face::bold, .align = Align::right});
    row_y += step;
  }
}

Rect page_of(PageSize size) {
  switch (size) {
    case PageSize::label_100x100: return {0, 0, 800, 800};
    case PageSize::a4_four_labels: return {0, 0, 840, 1184};
    default: return {0, 0, 800, 1200};
  }
}

Page customs_page(Fonts& fonts, const LabelPage& label, const Texts& t, const Rect& sheet, std::size_t& from, Layout& layout) {
  Page page;
  page.width = sheet.width;
  page.height = sheet.height;
  Pen pen(fonts, page);
  const Rect frame{kMargin, kMargin, sheet.width - 2 * kMargin, sheet.height - 2 * kMargin};
  pen.frame(frame, 3);
  const Rect head{frame.x + kPad, frame.y + 6, frame.width - 2 * kPad, 40};
  Fit fit{.largest = 26, .smallest = 10, .face = Face::bold};
  pen.centre(clean(label.tracking.data, 80), {head.x, head.y, head.width * 0.6, head.height}, fit);
  pen.centre(t.parcel, {head.x + head.width * 0.62, head.y, head.width * 0.38, head.height}, {.largest = 24, .smallest = 10, .align = Align::right});
  pen.rule(frame.x, frame.y + 50, frame.width, 3);
  from = draw_customs(pen, *label.customs, {frame.x, frame.y + 53, frame.width, frame.height - 56}, from, true, layout);
  return page;
}

}  // namespace

std::string locality_line(const Address& address) {
  const std::string city = clean(address.city, 200), region = clean(address.region, 100), postcode = clean(address.postcode, 400);
  const std::string country = upper(clean(address.country, 8));
  // Countries that write the postcode before the city (UPU addressing systems); the others behind city and region.
  static constexpr std::array<std::string_view, 40> kPostcodeFirst{"AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
                                                                   "IL", "IS", "IT", "LI", "LT", "LU", "MC", "MX", "MY", "NL", "NO", "PL", "PT", "RO",
                                                                   "RS", "SE", "SI", "SK", "SM", "TR", "VA", "CN", "TN", "MA", "DZ", "BA"};
  const auto space = [](std::string a, const std::string& b) { return a.empty() ? b : b.empty() ? a : a + " " + b; };
  if (country == "JP") return space(postcode.empty() ? "" : "〒" + postcode, region + city);
  if (country == "CN" && !city.empty() && static_cast<unsigned char>(city.front()) >= 0x80) return space(postcode, region + city);
  if (std::find(kPostcodeFirst.begin(), kPostcodeFirst.end(), country) != kPostcodeFirst.end()) {
    std::string line = space(postcode, city);
    if (!region.empty()) line += (country == "IT" || country == "ES") ? " (" + region + ")" : ", " + region;
    return line;
  }
  std::string line = city;
  if (!region.empty()) line += (line.empty() ? "" : ", ") + region;
  return space(line, postcode);
}

Result<Layout> lay_out_label(Fonts& fonts, const LabelPage& label) {
  const Texts t = texts_of(label);
  TRY(check_texts(fonts, label, t));
  const Language language = language_of(label.language) == Language::zh ? Language::zh : Language::en;

  Result<Code> tracking = encode(label.tracking);
  if (!tracking)
    return Error{tracking.error().kind, "label.bad_tracking_number",
                 "The tracking number '" + printable(label.tracking.data, 60) + "' of " + t.who + " " + tracking.error().message + "; check the number."};
  std::optional<Code> second;
  if (label.routing && !label.routing->data.empty()) {
    Result<Code> code = encode(*label.routing);
    if (!code)
      return Error{code.error().kind, "label.bad_routing_code",
                   "The routing code '" + printable(label.routing->data, 60) + "' of " + t.who + " " + code.error().message + "; check the carrier's answer."};
    second = std::move(code).value();
  }
  const std::string number = clean(label.tracking.caption.empty() ? label.tracking.data : label.tracking.caption, 120);

  Layout layout;
  const Rect sheet = page_of(label.size);
  const bool tall = sheet.height > 1'000;
  Page page;
  page.width = sheet.width;
  page.height = sheet.height;
  Pen pen(fonts, page);
  const Rect frame{kMargin, kMargin, sheet.width - 2 * kMargin, sheet.height - 2 * kMargin};
  const Rect inner{frame.x + kPad, frame.y, frame.width - 2 * kPad, frame.height};
  pen.frame(frame, 3);

  // From the top: carrier, sender.
  double y = frame.y;
  const double header = tall ? 108 : 88;
  draw_header(pen, t, {frame.x, y, frame.width, header});
  y += header;
  pen.rule(frame.x, y, frame.width, 3);
  y += 3;
  const double sender = tall ? 124 : 96;
  draw_sender(pen, label, t, language, {frame.x, y, frame.width, sender}, layout);
  y += sender;
  pen.rule(frame.x, y, frame.width, 3);
  y += 3;

  // From the bottom: footer, customs, tracking, a second linear code. The recipient gets what is left.
  double bottom = frame.bottom() - 3;
  const double footer = footer_height(t);
  bottom -= footer;
  draw_footer(pen, t, language, {inner.x, bottom, inner.width, footer}, layout);
  bottom -= 2;
  pen.rule(frame.x, bottom, frame.width);
  const bool linear_routing = second && second->linear();
  double tracking_height = tall ? (tracking->linear() ? 236 : 230) : linear_routing ? 164 : 184;
  const double routing_height = linear_routing ? (tall ? 124 : 84) : 0;

  const bool marks = label.terms != LabelPage::Terms::none || label.battery || label.fragile;
  const double marks_height = marks ? kMarksHeight + 8 : 0;

  bool customs_behind = label.customs.has_value();
  if (label.customs && tall) {
    const double height = customs_height(*label.customs);
    constexpr double kLowTracking = 204;  // bars of 15 mm still
    if (bottom - height - 2 - kLowTracking - routing_height - marks_height - y >= kLeastShipToHeight) {
      bottom -= height;
      if (draw_customs(pen, *label.customs, {frame.x, bottom, frame.width, height}, 0, false, layout) < label.customs->items.size())
        return Error{ErrorKind::corrupt, "document.layout", "The customs declaration of " + t.who + " does not fit where it was measured to fit."};
      bottom -= 2;
      pen.rule(frame.x, bottom, frame.width);
      customs_behind = false;
      tracking_height = kLowTracking;
    }
  }
  bottom -= tracking_height;
  if (!draw_tracking(pen, *tracking, number, language, {inner.x, bottom + 6, inner.width, tracking_height - 10}))
    return invalid("label.number_too_long", "The tracking number '" + printable(label.tracking.data, 90) + "' of " + t.who +
                                                " is too long for a barcode that scans on this label; check the number or choose a larger label.");
  bottom -= 3;
  pen.rule(frame.x, bottom, frame.width, 3);
  if (linear_routing) {
    bottom -= routing_height;
    if (!pen.linear(*second, {inner.x, bottom + 8, inner.width, routing_height}, static_cast<int>(routing_height - 38)))
      return invalid("label.bad_routing_code", "The routing code '" + printable(label.routing->data, 60) + "' of " + t.who + " is too long for a barcode on this label.");
    pen.centre(clean(label.routing->caption.empty() ? label.routing->data : label.routing->caption, 120),
               {inner.x, bottom + routing_height - 28, inner.width, 25}, {.largest = 20, .smallest = 10, .align = Align::centre});
    bottom -= 2;
    pen.rule(frame.x, bottom, frame.width);
  }

  if (marks) {
    bottom -= marks_height;
    draw_marks(pen, label, language, {inner.x, bottom, inner.width, kMarksHeight});
  }

  // In between: the recipient, with a square code beside.
  const Rect middle{inner.x, y + 8, inner.width, bottom - y - 14};
  const bool square = second && !second->linear();
  const double beside = square ? (tall ? 210 : 180) : 0;
  if (square) {
    const double side = std::min(beside, middle.height);
    if (!pen.matrix(*second, {middle.right() - beside, middle.bottom() - side, beside, side}))
      return invalid("label.bad_routing_code", "The routing code of " + t.who + " holds too much for the place it has on this label.");
  }
  const std::string tab = caption(Word::ship_to, language);
  const double tab_width = pen.fonts().width(tab, Face::bold) * 20 + 20;
  pen.fill({middle.x, middle.y, tab_width, 30});
  pen.centre(tab, {middle.x + 10, middle.y, tab_width - 10, 30}, {.largest = 20, .smallest = 16, .face = Face::bold, .white = true});
  if (label.reprints > 0) {
    const std::string text = caption(Word::reprint, language) + " " + std::to_string(label.reprints);
    const double width = std::min(260.0, pen.fonts().width(text, Face::bold) * 24 + 24);
    const Rect box{middle.right() - (square ? beside + kPad : 0) - width, middle.y, width, 34};
    pen.frame(box, 3);
    pen.centre(text, {box.x + 8, box.y, width - 16, box.height}, {.largest = 24, .smallest = 14, .face = Face::bold, .align = Align::centre});
  }
  TRY(draw_ship_to(pen, label, t, {middle.x, middle.y + 40, middle.width - (beside > 0 ? beside + 2 * kPad : 0), middle.height - 40}, layout));

  if (const std::string fault = fault_of(page); !fault.empty())
    return Error{ErrorKind::corrupt, "document.layout", "The label of " + t.who + " could not be laid out: " + fault + "."};
  layout.pages.push_back(std::move(page));

  if (customs_behind) {
    std::size_t from = 0;
    do {
      const std::size_t before = from;
      layout.pages.push_back(customs_page(fonts, label, t, sheet, from, layout));
      if (from == before && from < label.customs->items.size())
        return Error{ErrorKind::corrupt, "document.layout", "The customs declaration of " + t.who + " could not be laid out."};
    } while (from < label.customs->items.size());
  }
  return layout;
}

}  // namespace zifa::documents
