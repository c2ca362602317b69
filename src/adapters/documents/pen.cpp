#include "adapters/documents/pen.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/documents/text.hpp"

namespace zifa::documents {

namespace {

constexpr double kShrink = 0.94;
constexpr std::string_view kEllipsis = "…";

// Sums of pieces measured apart differ in the last digits; a line that fits to within a hundredth of a dot fits.
constexpr double kSlack = 0.01;

// A piece of text that is never broken unless it is longer than a line by itself, with the spaces in front of it.
struct Piece {
  std::size_t from = 0, to = 0;  // bytes, without the spaces
  std::size_t spaces = 0;
  double width = 0;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  Piece now;
  char32_t last = 0;
  const auto close = [&](std::size_t end) {
    now.to = end;
    if (now.to > now.from) pieces.push_back(now);
    now = {end, end, 0, 0};
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    if (c == ' ') {
      if (begin > now.from) close(begin);
      now.from = at;
      ++now.spaces;
      last = c;
      continue;
    }
    const bool inside = begin > now.from;
    const bool wide = breaks_anywhere(c) || breaks_anywhere(last);
    if (inside && ((wide && !is_closing(c) && !is_opening(last)) || ((last == '-' || last == '/') && c != '-' && c != '/'))) close(begin);
    last = c;
  }
  close(text.size());
  return pieces;
}

}  // namespace

std::string Pen::shorten(std::string_view text, double width, double size, Face face) {
  const double room = width - fonts_.width(kEllipsis, face) * size;
  std::size_t kept = 0;
  if (needs_shaping(text)) {
    // The width of a prefix is not the sum of its letters: halve.
    std::vector<std::size_t> ends{0};
    for (std::size_t at = 0; at < text.size();) {
      next_character(text, at);
      ends.push_back(at);
    }
    std::size_t low = 0, high = ends.size() - 1;
    while (low < high) {
      const std::size_t middle = (low + high + 1) / 2;
      if (fonts_.width(text.substr(0, ends[middle]), face) * size <= room) low = middle;
      else high = middle - 1;
    }
    kept = ends[low];
  } else {
    double sum = 0;
    for (std::size_t at = 0; at < text.size();) {
      sum += fonts_.width(next_character(text, at), face) * size;
      if (sum > room) break;
      kept = at;
    }
  }
  std::string out(text.substr(0, kept));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out += kEllipsis;
}

std::vector<std::string> Pen::wrap(std::string_view text, double width, double size, const Fit& fit, bool& cut) {
  cut = false;
  std::vector<std::string> lines;
  const std::vector<Piece> pieces = pieces_of(text);
  const double space = fonts_.width(U' ', fit.face) * size;
  std::size_t from = 0, to = 0;  // bytes of the line being filled
  double filled = 0;
  const auto full = [&] { return static_cast<int>(lines.size()) + 1 >= fit.lines; };
  const auto end_line = [&] {
    lines.emplace_back(text.substr(from, to - from));
    filled = 0;
  };
  const auto cut_here = [&] {
    lines.push_back(shorten(text.substr(from), width, size, fit.face));
    cut = true;
    return lines;
  };
  bool started = false;
  for (const Piece& piece : pieces) {
    const std::string_view word = text.substr(piece.from, piece.to - piece.from);
    const double needed = fonts_.width(word, fit.face) * size;
    const double gap = started ? static_cast<double>(piece.spaces) * space : 0;
    if (started && filled + gap + needed <= width + kSlack) {
      filled += gap + needed;
      to = piece.to;
      continue;
    }
    if (started) {
      if (full()) return cut_here();
      end_line();
    }
    started = true;
    from = piece.from;
    to = piece.to;
    filled = needed;
    if (needed <= width + kSlack) continue;
    // Longer than a line by itself: broken where the line is full.
    double sum = 0;
    for (std::size_t at = piece.from; at < piece.to;) {
      const std::size_t begin = at;
      const char32_t c = next_character(text, at);
      const double letter = fonts_.width(c, fit.face) * size;
      if (sum + letter > width && begin > from) {
        if (full()) return cut_here();
        to = begin;
        end_line();
        from = begin;
        sum = 0;
      }
      sum += letter;
    }
    to = piece.to;
    filled = sum;
  }
  if (started) end_line();
  return lines;
}

Fitted Pen::fit(std::string_view text, double width, const Fit& fit) {
  Fitted best;
  if (text.empty()) return best;
  // Too long by far: do not try the sizes in between. (Broken lines waste some room, hence the reserve.)
  const double whole = fonts_.width(text, fit.face);
  double size = fit.largest;
  const double estimate = width * fit.lines / std::max(whole, 1e-9);
  if (estimate < size) size = std::clamp(fit.lines == 1 ? estimate : std::min(size, estimate * 1.15), fit.smallest, size);
  if (fit.lines == 1) {
    best.size = size;
    best.cut = whole * size > width + kSlack;
    best.lines.push_back(best.cut ? shorten(text, width, size, fit.face) : std::string(text));
    return best;
  }
  for (;;) {
    best.size = size;
    best.lines = wrap(text, width, size, fit, best.cut);
    if (!best.cut || size <= fit.smallest) return best;
    size = std::max(fit.smallest, size * kShrink);
  }
}

bool Pen::fits_whole(std::string_view text, double width, Fit& fit) {
  const double whole = std::max(fonts_.width(text, fit.face), 1e-9);
  fit.largest = std::min(fit.largest, width / whole);
  fit.lines = 1;
  const bool fits = fit.largest >= fit.smallest;
  fit.smallest = std::min(fit.smallest, fit.largest);
  return fits;
}

double Pen::write(const Fitted& fitted, const Rect& room, const Fit& fit) {
  double y = room.y;
  const double step = fitted.size * kLineHeight;
  for (const std::string& line : fitted.lines) {
    TextItem item;
    item.text = line;
    item.size = fitted.size;
    item.face = fit.face;
    item.white = fit.white;
    item.align = fit.align;
    item.baseline = y + fitted.size * (kAscent + (kLineHeight - kAscent - kDescent) / 2);
    const double width = std::min(fonts_.width(line, fit.face) * fitted.size, room.width);
    const double spare = room.width - width;
    item.box = {room.x + (fit.align == Align::left ? 0 : fit.align == Align::centre ? spare / 2 : spare), item.baseline - fitted.size * kAscent, width,
                fitted.size * (kAscent + kDescent)};
    item.room = {room.x, item.box.y, room.width, item.box.height};
    page_.texts.push_back(std::move(item));
    y += step;
  }
  return y;
}

double Pen::write(std::string_view text, const Rect& room, const Fit& fit_, bool* cut) {
  if (text.empty()) return room.y;
  const Fitted fitted = fit(text, room.width, fit_);
  if (cut) *cut = *cut || fitted.cut;
  return write(fitted, room, fit_);
}

void Pen::centre(std::string_view text, const Rect& room, const Fit& wanted, bool* cut) {
  if (text.empty()) return;
  // No higher than the room: a larger letter would reach into what stands above or below.
  Fit bounded = wanted;
  bounded.largest = std::min(bounded.largest, room.height / (kAscent + kDescent));
  bounded.smallest = std::min(bounded.smallest, bounded.largest);
  Fitted fitted = fit(text, room.width, bounded);
  while (fitted.lines.size() > 1 && fitted.height() > room.height && bounded.lines > 1) {
    if (bounded.largest > bounded.smallest) bounded.largest = std::max(bounded.smallest, std::min(bounded.largest, fitted.size) * kShrink);
    else --bounded.lines;
    fitted = fit(text, room.width, bounded);
  }
  if (cut) *cut = *cut || fitted.cut;
  write(fitted, {room.x, room.y + (room.height - fitted.height()) / 2, room.width, fitted.height()}, wanted);
}

void Pen::frame(const Rect& box, double thickness) {
  rule(box.x, box.y, box.width, thickness);
  rule(box.x, box.bottom() - thickness, box.width, thickness);
  upright(box.x, box.y + thickness, box.height - 2 * thickness, thickness);
  upright(box.right() - thickness, box.y + thickness, box.height - 2 * thickness, thickness);
}

bool Pen::linear(Code code, const Rect& room, int height) {
  const int modules = code.width + 2 * quiet_modules(code.symbology);
  const int module = std::min(4, static_cast<int>(std::floor(room.width / modules)));
  if (module < 2) return false;
  CodeItem item;
  item.module = module;
  item.height = height;
  const double width = static_cast<double>(modules * module);
  const int left = static_cast<int>(std::floor(room.x + (room.width - width) / 2));
  item.y = static_cast<int>(std::ceil(room.y));
  item.x = left + quiet_modules(code.symbology) * module;
  item.box = {static_cast<double>(left), static_cast<double>(item.y), width, static_cast<double>(height)};
  item.code = std::move(code);
  page_.codes.push_back(std::move(item));
  return true;
}

bool Pen::matrix(Code code, const Rect& room) {
  const int quiet = quiet_modules(code.symbology);
  const double side = std::min(room.width, room.height);
  const int modules = std::max(code.width, code.rows) + 2 * quiet;
  const int module = std::min(8, static_cast<int>(std::floor(side / modules)));
  if (module < 3) return false;
  CodeItem item;
  item.module = module;
  item.height = code.rows * module;
  const int width = (code.width + 2 * quiet) * module, full_height = (code.rows + 2 * quiet) * module;
  const int left = static_cast<int>(std::floor(room.x + (room.width - width) / 2));
  const int top = static_cast<int>(std::floor(room.y + (room.height - full_height) / 2));
  item.x = left + quiet * module;
  item.y = top + quiet * module;
  item.box = {static_cast<double>(left), static_cast<double>(top), static_cast<double>(width), static_cast<double>(full_height)};
  item.code = std::move(code);
  page_.codes.push_back(std::move(item));
  return true;
}

}  // namespace zifa::documents
