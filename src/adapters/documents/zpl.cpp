#include "adapters/documents/zpl.hpp"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "adapters/documents/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::size_t kMostPictures = 512;

int dots(double value) { return static_cast<int>(std::lround(value)); }

// What font 0 has on every printer with ^CI28: ASCII, Latin-1 and Latin Extended-A.
bool printer_has(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c > 0x17F && c != U'€') return false;
  }
  return true;
}

void number(std::string& out, int n) { out += std::to_string(n); }

// A length of up to 419 as ZPL writes it: g-z are twenties from 20 to 400, G-Y ones from 1 to 19.
void repeat(std::string& out, int times, char digit) {
  while (times > 0) {
    int now = std::min(times, 419);
    times -= now;
    if (now > 1) {
      if (now >= 20) out += static_cast<char>('g' + now / 20 - 1);
      if (now % 20 > 0) out += static_cast<char>('G' + now % 20 - 1);
    }
    out += digit;
  }
}

// A picture as ^GFA: bits with 1 for black, whole bytes in a row.
std::string picture(const std::vector<unsigned char>& bits, int bytes_per_row, int rows) {
  const std::string total = std::to_string(bytes_per_row * rows);
  return "^GFA," + total + "," + total + "," + std::to_string(bytes_per_row) + "," + zpl_compressed(bits.data(), bytes_per_row, rows);
}

}  // namespace

std::string zpl_field(std::string_view text, bool& escaped) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto special = [](char c) { return c == '^' || c == '~' || c == '\\' || c == '_' || static_cast<unsigned char>(c) >= 0x80; };
  escaped = std::any_of(text.begin(), text.end(), special);
  if (!escaped) return std::string(text);
  std::string out;
  for (const char c : text) {
    if (!special(c)) {
      out += c;
      continue;
    }
    out += '_';
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::string zpl_code128(std::string_view text, bool gs1) {
  const auto is_digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  const auto digits_from = [&](std::size_t i) {
    std::size_t n = 0;
    while (is_digit(i + n)) ++n;
    return n;
  };
  // Digits in pairs (set C) pay off from four at either end, or six in the middle (ISO/IEC 15417, annex E).
  const auto worth_pairs = [&](std::size_t i, bool at_start) {
    const std::size_t n = digits_from(i);
    if (n == text.size() && n == 2) return true;
    return n >= (at_start || i + n == text.size() ? 4u : 6u);
  };
  std::string out;
  bool pairs = worth_pairs(0, true);
  out += pairs ? ">;" : ">:";
  if (gs1) out += ">8";
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\x1D') {
      out += ">8";
      ++at;
      continue;
    }
    if (pairs) {
      if (is_digit(at) && is_digit(at + 1)) {
        out += text.substr(at, 2);
        at += 2;
        continue;
      }
      out += ">6";
      pairs = false;
    } else if (is_digit(at) && worth_pairs(at, false)) {
      if (digits_from(at) % 2 == 1) out += text[at++];
      out += ">5";
      pairs = true;
      continue;
    }
    switch (text[at]) {
      case '^': out += "><"; break;
      case '>': out += ">0"; break;
      case '~': out += ">="; break;
      default: out += text[at];
    }
    ++at;
  }
  return out;
}

std::string zpl_compressed(const unsigned char* bits, int bytes_per_row, int rows) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  std::string hex(static_cast<std::size_t>(bytes_per_row) * 2, '0');
  for (int row = 0; row < rows; ++row) {
    const unsigned char* line = bits + row * bytes_per_row;
    if (row > 0 && std::memcmp(line, line - bytes_per_row, static_cast<std::size_t>(bytes_per_row)) == 0) {
      out += ':';
      continue;
    }
    for (int i = 0; i < bytes_per_row; ++i) {
      hex[static_cast<std::size_t>(2 * i)] = kHex[line[i] >> 4];
      hex[static_cast<std::size_t>(2 * i + 1)] = kHex[line[i] & 15];
    }
    // The tail of a row: a comma stands for zeros, an exclamation mark for ones.
    std::size_t end = hex.size();
    const char tail = hex.back();
    char mark = 0;
    if (tail == '0' || tail == 'F') {
      while (end > 0 && hex[end - 1] == tail) --end;
      // A comma fills whole bytes on some printers: leave the half byte in front of it written out.
      if (end % 2 == 1) ++end;
      if (end < hex.size()) mark = tail == '0' ? ',' : '!';
      else end = hex.size();
    }
    for (std::size_t i = 0; i < end;) {
      std::size_t same = i + 1;
      while (same < end && hex[same] == hex[i]) ++same;
      repeat(out, static_cast<int>(same - i), hex[i]);
      i = same;
    }
    if (mark) out += mark;
  }
  return out;
}

void ZplWriter::add(const Page& page, std::string& out, int copies) {
  out += "^XA^CI28^PW";
  number(out, dots(page.width));
  out += "^LL";
  number(out, dots(page.height));
  out += "^LH0,0\n";
  for (const FillItem& fill : page.fills) {
    if (fill.grey > 0.5) continue;
    const int width = std::max(1, dots(fill.box.width)), height = std::max(1, dots(fill.box.height));
    out += "^FO";
    number(out, dots(fill.box.x));
    out += ',';
    number(out, dots(fill.box.y));
    out += "^GB";
    number(out, width);
    out += ',';
    number(out, height);
    out += ',';
    number(out, std::min(width, height));
    out += "^FS\n";
  }
  for (const TextItem& text : page.texts) add_text(text, out);
  for (const CodeItem& code : page.codes) add_code(code, out);
  if (copies > 1) out += "^PQ" + std::to_string(copies) + "\n";
  out += "^XZ\n";
}

void ZplWriter::add_text(const TextItem& item, std::string& out) {
  if (item.text.empty()) return;
  // In a justified field (^FB) a backslash begins a command of its own, written as hexadecimal or not.
  if (printer_has(item.text) && (item.align == Align::left || item.text.find('\\') == std::string::npos)) {
    bool escaped = false;
    const std::string data = zpl_field(item.text, escaped);
    const int size = std::max(10, dots(item.size));
    out += "^FT";
    number(out, dots(item.align == Align::left ? item.box.x : item.room.x));
    out += ',';
    number(out, dots(item.baseline));
    out += "^A0N,";
    number(out, size);
    out += ',';
    number(out, size);
    if (item.align != Align::left) {
      out += "^FB";
      number(out, dots(item.room.width));
      out += item.align == Align::right ? ",1,0,R,0" : ",1,0,C,0";
    }
    if (item.white) out += "^FR";
    if (escaped) out += "^FH_";
    out += "^FD" + data + "^FS\n";
    return;
  }
  const int left = static_cast<int>(std::floor(item.box.x)), top = static_cast<int>(std::floor(item.box.y));
  std::string key = item.text;
  key += '\0';
  key += std::to_string(item.size) + (item.face == Face::bold ? "b" : "r") + std::to_string(item.baseline - top) + "/" + std::to_string(item.box.x - left);
  auto found = pictures_.find(key);
  if (found == pictures_.end()) {
    const int width = static_cast<int>(std::ceil(item.box.width + (item.box.x - left))) + 2;
    const int height = static_cast<int>(std::ceil(item.box.height)) + 1;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t* cairo = cairo_create(surface);
    fonts_.draw(cairo, item.box.x - left, item.baseline - top, item.size, item.face, item.text);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const unsigned char* grey = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    const int bytes = (width + 7) / 8;
    std::vector<unsigned char> bits(static_cast<std::size_t>(bytes * height));
    // Thermal heads have no grey: a dot is burnt when more than 2/5 of it is covered, which keeps thin strokes whole.
    for (int y = 0; grey && y < height; ++y)
      for (int x = 0; x < width; ++x)
        if (grey[y * stride + x] > 102) bits[static_cast<std::size_t>(y * bytes + x / 8)] |= static_cast<unsigned char>(0x80 >> (x % 8));
    cairo_surface_destroy(surface);
    if (pictures_.size() >= kMostPictures) pictures_.clear();
    found = pictures_.emplace(std::move(key), picture(bits, bytes, height)).first;
  }
  out += "^FO";
  number(out, left);
  out += ',';
  number(out, top);
  if (item.white) out += "^FR";
  out += found->second + "^FS\n";
}

void ZplWriter::add_code(const CodeItem& item, std::string& out) {
  const Code& code = item.code;
  out += "^FO";
  number(out, item.x);
  out += ',';
  number(out, item.y);
  switch (code.symbology) {
    case Symbology::code128:
    case Symbology::gs1_128: {
      bool escaped = false;
      const std::string data = zpl_field(zpl_code128(code.scanned, code.symbology == Symbology::gs1_128), escaped);
      out += "^BY" + std::to_string(item.module) + "^BCN," + std::to_string(item.height) + ",N,N,N,N" + (escaped ? "^FH_" : "") + "^FD" + data + "^FS\n";
      return;
    }
    case Symbology::itf:
      out += "^BY" + std::to_string(item.module) + ",3^B2N," + std::to_string(item.height) + ",N,N,N^FD" + code.data + "^FS\n";
      return;
    case Symbology::qr:
    case Symbology::data_matrix: {
      // Printers choose size, mask and escapes of their own for the same data (^BX, ^BQ); a picture is the one measured.
      const int side = code.width * item.module, bytes = (side + 7) / 8, rows = code.rows * item.module;
      std::vector<unsigned char> bits(static_cast<std::size_t>(bytes * rows));
      for (int y = 0; y < rows; ++y)
        for (int x = 0; x < side; ++x)
          if (code.dark[static_cast<std::size_t>(y / item.module * code.width + x / item.module)])
            bits[static_cast<std::size_t>(y * bytes + x / 8)] |= static_cast<unsigned char>(0x80 >> (x % 8));
      out += picture(bits, bytes, rows) + "^FS\n";
      return;
    }
  }
}

}  // namespace zifa::documents
