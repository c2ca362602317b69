#include "sandbox/labels/label.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/check.hpp"
#include "base/splitmix.hpp"
#include "sandbox/labels/barcode.hpp"

namespace zifa::sandbox {

namespace {

// Latin letters without their accents; whatever else is not ASCII becomes a question mark. Labels of carriers are no better.
std::string ascii(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= ' ' && c <= '~') plain += static_cast<char>(c);
    else if (c >= 0xC0) plain += '?';
  }
  return plain;
}

std::string pdf_text(std::string_view text) {
  std::string safe;
  for (const char c : ascii(text)) {
    if (c == '(' || c == ')' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string pdf_file(int width, int height, const std::string& content) {
  std::string file = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  const auto object = [&](const std::string& body) {
    offsets.push_back(file.size());
    file += std::to_string(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + std::to_string(width) + " " + std::to_string(height) + "] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>");
  object("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
  object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>");
  const std::size_t table = file.size();
  file += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    std::string digits = std::to_string(offset);
    file += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return file + "trailer\n<< /Size " + std::to_string(offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

std::string pdf_line(std::string_view font, int size, int x, int y, std::string_view text) {
  return "BT /" + std::string(font) + " " + std::to_string(size) + " Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + pdf_text(text) + ") Tj ET\n";
}

std::string draw_pdf(const LabelText& label) {
  std::string content = pdf_line("F2", 18, 14, 404, label.carrier) + pdf_line("F1", 12, 14, 386, label.service) + "0.8 w 10 378 m 278 378 l S\n";
  int y = 364;
  for (const std::string& line : label.from) content += pdf_line("F1", 8, 14, std::exchange(y, y - 10), line);
  y -= 14;
  content += pdf_line("F2", 10, 14, std::exchange(y, y - 16), "SHIP TO:");
  for (const std::string& line : label.to) content += pdf_line("F2", 12, 30, std::exchange(y, y - 15), line);
  content += "10 150 m 278 150 l S\n";
  const std::string modules = code128(label.tracking_number);
  // As wide as the label allows, in thousandths of a point.
  const int module = std::min(1'400, 250'000 / static_cast<int>(modules.size()));
  int x = (288'000 - module * static_cast<int>(modules.size())) / 2;
  const auto points = [](int thousandths) { return std::to_string(thousandths / 1000) + "." + std::to_string(1000 + thousandths % 1000).substr(1); };
  for (std::size_t i = 0; i < modules.size();) {
    std::size_t end = i;
    while (end < modules.size() && modules[end] == modules[i]) ++end;
    const int wide = module * static_cast<int>(end - i);
    if (modules[i] == '1') content += points(x) + " 58 " + points(wide) + " 80 re f\n";
    x += wide;
    i = end;
  }
  content += pdf_line("F2", 12, 40, 40, label.tracking_number) + pdf_line("F1", 8, 14, 20, label.reference);
  return pdf_file(288, 432, content);
}

std::string zpl_text(std::string_view text) {
  std::string safe;
  for (const char c : ascii(text)) safe += c == '^' || c == '~' ? ' ' : c;
  return safe;
}

std::string draw_zpl(const LabelText& label, int dpi) {
  const auto dots = [&](int at_203) { return std::to_string(at_203 * dpi / 203); };
  std::string zpl = "^XA\n^CI28\n^PW" + dots(812) + "\n^LL" + dots(1218) + "\n";
  const auto line = [&](int x, int y, int size, std::string_view text) { zpl += "^FO" + dots(x) + "," + dots(y) + "^A0N," + dots(size) + "," + dots(size) + "^FD" + zpl_text(text) + "^FS\n"; };
  line(40, 40, 56, label.carrier);
  line(40, 104, 36, label.service);
  zpl += "^FO" + dots(30) + "," + dots(150) + "^GB" + dots(752) + ",3,3^FS\n";
  int y = 170;
  for (const std::string& text : label.from) line(40, std::exchange(y, y + 28), 24, text);
  y += 30;
  line(40, std::exchange(y, y + 44), 30, "SHIP TO:");
  for (const std::string& text : label.to) line(90, std::exchange(y, y + 42), 36, text);
  zpl += "^FO" + dots(60) + "," + dots(860) + "^BY" + (dpi >= 300 ? "4" : "3") + "^BCN," + dots(220) + ",Y,N,N^FD" + zpl_text(label.tracking_number) + "^FS\n";
  line(40, 1170, 24, label.reference);
  return zpl + "^XZ\n";
}

// A five by seven font, one byte a column, lowest bit on top; capitals, digits and a few signs.
struct Glyph {
  char c;
  std::array<std::uint8_t, 5> columns;
};
constexpr std::array<Glyph, 46> kFont{{
    {'0', {0x3E, 0x51, 0x49, 0x45, 0x3E}}, {'1', {0x00, 0x42, 0x7F, 0x40, 0x00}}, {'2', {0x42, 0x61, 0x51, 0x49, 0x46}}, {'3', {0x21, 0x41, 0x45, 0x4B, 0x31}},
    {'4', {0x18, 0x14, 0x12, 0x7F, 0x10}}, {'5', {0x27, 0x45, 0x45, 0x45, 0x39}}, {'6', {0x3C, 0x4A, 0x49, 0x49, 0x30}}, {'7', {0x01, 0x71, 0x09, 0x05, 0x03}},
    {'8', {0x36, 0x49, 0x49, 0x49, 0x36}}, {'9', {0x06, 0x49, 0x49, 0x29, 0x1E}}, {'A', {0x7E, 0x11, 0x11, 0x11, 0x7E}}, {'B', {0x7F, 0x49, 0x49, 0x49, 0x36}},
    {'C', {0x3E, 0x41, 0x41, 0x41, 0x22}}, {'D', {0x7F, 0x41, 0x41, 0x22, 0x1C}}, {'E', {0x7F, 0x49, 0x49, 0x49, 0x41}}, {'F', {0x7F, 0x09, 0x09, 0x09, 0x01}},
    {'G', {0x3E, 0x41, 0x49, 0x49, 0x7A}}, {'H', {0x7F, 0x08, 0x08, 0x08, 0x7F}}, {'I', {0x00, 0x41, 0x7F, 0x41, 0x00}}, {'J', {0x20, 0x40, 0x41, 0x3F, 0x01}},
    {'K', {0x7F, 0x08, 0x14, 0x22, 0x41}}, {'L', {0x7F, 0x40, 0x40, 0x40, 0x40}}, {'M', {0x7F, 0x02, 0x0C, 0x02, 0x7F}}, {'N', {0x7F, 0x04, 0x08, 0x10, 0x7F}},
    {'O', {0x3E, 0x41, 0x41, 0x41, 0x3E}}, {'P', {0x7F, 0x09, 0x09, 0x09, 0x06}}, {'Q', {0x3E, 0x41, 0x51, 0x21, 0x5E}}, {'R', {0x7F, 0x09, 0x19, 0x29, 0x46}},
    {'S', {0x46, 0x49, 0x49, 0x49, 0x31}}, {'T', {0x01, 0x01, 0x7F, 0x01, 0x01}}, {'U', {0x3F, 0x40, 0x40, 0x40, 0x3F}}, {'V', {0x1F, 0x20, 0x40, 0x20, 0x1F}},
    {'W', {0x3F, 0x40, 0x38, 0x40, 0x3F}}, {'X', {0x63, 0x14, 0x08, 0x14, 0x63}}, {'Y', {0x07, 0x08, 0x70, 0x08, 0x07}}, {'Z', {0x61, 0x51, 0x49, 0x45, 0x43}},
    {'-', {0x08, 0x08, 0x08, 0x08, 0x08}}, {'.', {0x00, 0x60, 0x60, 0x00, 0x00}}, {',', {0x00, 0x50, 0x30, 0x00, 0x00}}, {':', {0x00, 0x36, 0x36, 0x00, 0x00}},
    {'/', {0x20, 0x10, 0x08, 0x04, 0x02}}, {'#', {0x14, 0x7F, 0x14, 0x7F, 0x14}}, {'&', {0x36, 0x49, 0x55, 0x22, 0x50}}, {'+', {0x08, 0x08, 0x3E, 0x08, 0x08}},
    {'\'', {0x00, 0x05, 0x03, 0x00, 0x00}}, {'?', {0x02, 0x01, 0x51, 0x09, 0x06}},
}};

void fill(Bitmap& bitmap, int x, int y, int width, int height) {
  for (int row = std::max(0, y); row < std::min(bitmap.height, y + height); ++row)
    for (int column = std::max(0, x); column < std::min(bitmap.width, x + width); ++column)
      bitmap.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(bitmap.width) + static_cast<std::size_t>(column)] = 0;
}

void write(Bitmap& bitmap, int x, int y, int scale, std::string_view text) {
  for (const char raw : ascii(text)) {
    const char c = static_cast<char>(std::toupper(static_cast<unsigned char>(raw)));
    for (const Glyph& glyph : kFont) {
      if (glyph.c != c) continue;
      for (int column = 0; column < 5; ++column)
        for (int row = 0; row < 7; ++row)
          if (glyph.columns[static_cast<std::size_t>(column)] >> row & 1) fill(bitmap, x + column * scale, y + row * scale, scale, scale);
    }
    x += 6 * scale;
  }
}

void chunk(std::string& png, std::string_view type, std::string_view data) {
  const auto number = [&](std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) png += static_cast<char>(value >> shift & 0xFF);
  };
  number(static_cast<std::uint32_t>(data.size()));
  const std::size_t start = png.size();
  png += type;
  png += data;
  number(static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(png.data() + start), static_cast<uInt>(png.size() - start))));
}

std::string digits(SplitMix& random, int n) {
  std::string text;
  for (int i = 0; i < n; ++i) text += static_cast<char>('0' + random.next() % 10);
  return text;
}

}  // namespace

Bitmap draw_bitmap(const LabelText& label, int dpi) {
  Bitmap bitmap{4 * dpi, 6 * dpi, std::vector<std::uint8_t>(static_cast<std::size_t>(24 * dpi * dpi), 255)};
  const auto dots = [&](int at_203) { return at_203 * dpi / 203; };
  const int unit = std::max(1, dpi / 100);
  write(bitmap, dots(40), dots(40), unit * 4, label.carrier);
  write(bitmap, dots(40), dots(104), unit * 2, label.service);
  fill(bitmap, dots(30), dots(150), dots(752), unit);
  int y = 170;
  for (const std::string& line : label.from) write(bitmap, dots(40), dots(std::exchange(y, y + 28)), unit, line);
  y += 30;
  write(bitmap, dots(40), dots(std::exchange(y, y + 44)), unit * 2, "SHIP TO:");
  for (const std::string& line : label.to) write(bitmap, dots(90), dots(std::exchange(y, y + 42)), unit * 2, line);
  const std::string modules = code128(label.tracking_number);
  const int module = std::max(1, (bitmap.width - dots(100)) / static_cast<int>(modules.size()));
  const int left = (bitmap.width - module * static_cast<int>(modules.size())) / 2;
  for (std::size_t i = 0; i < modules.size(); ++i)
    if (modules[i] == '1') fill(bitmap, left + module * static_cast<int>(i), dots(860), module, dots(220));
  write(bitmap, dots(80), dots(1100), unit * 2, label.tracking_number);
  write(bitmap, dots(40), dots(1170), unit, label.reference);
  return bitmap;
}

std::string png_of(const Bitmap& bitmap) {
  std::string rows;
  for (int y = 0; y < bitmap.height; ++y) {
    rows += '\0';  // no filter
    for (int x = 0; x < bitmap.width; x += 8) {
      int byte = 0;
      for (int bit = 0; bit < 8; ++bit) {
        const bool white = x + bit >= bitmap.width || bitmap.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(bitmap.width) + static_cast<std::size_t>(x + bit)] != 0;
        byte = byte << 1 | (white ? 1 : 0);
      }
      rows += static_cast<char>(byte);
    }
  }
  std::string packed(compressBound(static_cast<uLong>(rows.size())), '\0');
  uLongf size = static_cast<uLongf>(packed.size());
  check(compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()), static_cast<uLong>(rows.size()), Z_BEST_SPEED) == Z_OK, "zlib packs a label");
  packed.resize(size);
  std::string png = "\x89PNG\r\n\x1A\n", head;
  for (const int value : {bitmap.width, bitmap.height})
    for (int shift = 24; shift >= 0; shift -= 8) head += static_cast<char>(value >> shift & 0xFF);
  head += std::string("\x01\x00\x00\x00\x00", 5);  // one bit of grey
  chunk(png, "IHDR", head);
  chunk(png, "IDAT", packed);
  chunk(png, "IEND", "");
  return png;
}

std::string draw_label(const LabelText& text, LabelFormat format, int dpi) {
  if (format == LabelFormat::pdf) return draw_pdf(text);
  return format == LabelFormat::zpl ? draw_zpl(text, dpi) : png_of(draw_bitmap(text, dpi));
}

std::string text_pdf(const std::vector<std::string>& lines) {
  std::string content;
  int y = 750;
  for (const std::string& line : lines) content += pdf_line("F1", 11, 50, std::exchange(y, y - 16), line);
  return pdf_file(612, 792, content);
}

std::string tracking_number(std::string_view carrier_id, std::uint64_t seed) {
  SplitMix random(seed ^ 0x6E756D626572ULL);
  if (carrier_id == "UPS") {
    // 1Z, shipper, service, serial; letters count as (code - 63) mod 10, every second place double.
    std::string body = "5E" + digits(random, 4) + "03" + digits(random, 7);
    int sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
      const int value = body[i] >= 'A' ? (body[i] - 63) % 10 : body[i] - '0';
      sum += i % 2 == 1 ? value * 2 : value;
    }
    return "1Z" + body + std::to_string((10 - sum % 10) % 10);
  }
  if (carrier_id == "FEDEX") {
    const std::string body = digits(random, 11);
    static constexpr std::array<int, 11> kWeights{3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1};
    int sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i) sum += (body[i] - '0') * kWeights[i];
    return body + std::to_string(sum % 11 % 10);
  }
  if (carrier_id == "YUNEXPRESS") return "YT" + digits(random, 16);
  if (carrier_id == "DHL") {
    const std::string body = std::to_string(1 + random.next() % 9) + digits(random, 8);
    std::int64_t value = 0;
    for (const char c : body) value = value * 10 + (c - '0');
    return body + std::to_string(value % 7);
  }
  if (carrier_id == "CHINA_POST") {
    const std::string body = digits(random, 8);
    static constexpr std::array<int, 8> kWeights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i) sum += (body[i] - '0') * kWeights[i];
    const int left = 11 - sum % 11;
    return "LZ" + body + std::to_string(left == 10 ? 0 : left == 11 ? 5 : left) + "CN";
  }
  // USPS: twenty-two digits, from the right every odd place three times.
  const std::string body = "92" + std::string("0019") + digits(random, 15);
  int sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i) sum += (body[body.size() - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
  return body + std::to_string((10 - sum % 10) % 10);
}

}  // namespace zifa::sandbox
