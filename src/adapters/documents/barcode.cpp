#include "adapters/documents/barcode.hpp"

#include <zint.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::size_t kLongestLinear = 80;
constexpr std::size_t kLongestMatrix = 1'000;

Error bad(std::string_view why) { return invalid("barcode.bad_data", std::string(why)); }

bool printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<Done> check_data(const Barcode& barcode) {
  const std::string& data = barcode.data;
  if (data.empty()) return bad("is empty");
  const bool matrix = barcode.symbology == Symbology::data_matrix || barcode.symbology == Symbology::qr;
  if (data.size() > (matrix ? kLongestMatrix : kLongestLinear)) return bad("is too long for a barcode");
  switch (barcode.symbology) {
    case Symbology::code128:
      if (!printable_ascii(data)) return bad("has characters that Code 128 does not have");
      if (data.front() == ' ' || data.back() == ' ') return bad("begins or ends with a space");
      break;
    case Symbology::gs1_128:
      if (!printable_ascii(data)) return bad("has characters that GS1-128 does not have");
      if (gs1_elements(data).empty()) return bad("is not written as GS1 element strings such as (420)90210(92)00112345678901234567");
      break;
    case Symbology::itf:
      if (!digits(data)) return bad("has other characters than digits, and ITF takes digits only");
      if (data.size() % 2 != 0) return bad("has an odd number of digits, and ITF takes pairs");
      break;
    case Symbology::data_matrix:
    case Symbology::qr:
      if (!is_utf8(data)) return bad("is not UTF-8 text");
      if (data.find('\0') != data.npos) return bad("holds a zero byte");
      break;
  }
  return done;
}

int zint_number(Symbology symbology) {
  switch (symbology) {
    case Symbology::code128: return BARCODE_CODE128;
    case Symbology::gs1_128: return BARCODE_GS1_128;
    case Symbology::itf: return BARCODE_C25INTER;
    case Symbology::data_matrix: return BARCODE_DATAMATRIX;
    case Symbology::qr: return BARCODE_QRCODE;
  }
  return BARCODE_CODE128;
}

std::string scanned_text(const Barcode& barcode) {
  if (barcode.symbology != Symbology::gs1_128) return barcode.data;
  std::string out;
  const auto elements = gs1_elements(barcode.data);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    out += elements[i].identifier + elements[i].value;
    if (i + 1 < elements.size() && gs1_needs_separator(elements[i].identifier)) out += '\x1D';
  }
  return out;
}

}  // namespace

Result<Code> encode(const Barcode& barcode) {
  TRY(check_data(barcode));
  struct Delete {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
  };
  const std::unique_ptr<zint_symbol, Delete> symbol(ZBarcode_Create());
  if (!symbol) return Error{ErrorKind::unavailable, "document.failed", "There is no memory left to draw a barcode."};
  symbol->symbology = zint_number(barcode.symbology);
  symbol->input_mode = barcode.symbology == Symbology::gs1_128 ? (GS1_MODE | GS1PARENS_MODE) : UNICODE_MODE;
  if (barcode.symbology == Symbology::qr) symbol->option_1 = 2;  // error correction M
  if (barcode.symbology == Symbology::data_matrix) symbol->option_3 = DM_SQUARE;
  const int answer = ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(barcode.data.data()), static_cast<int>(barcode.data.size()));
  if (answer >= ZINT_ERROR) {
    std::string why = symbol->errtxt;
    if (const std::size_t colon = why.find(": "); colon != why.npos) why.erase(0, colon + 2);  // "Error 259: ..."
    return bad("cannot be written: " + why);
  }
  Code code;
  code.symbology = barcode.symbology;
  code.data = barcode.data;
  code.scanned = scanned_text(barcode);
  code.width = symbol->width;
  code.rows = symbol->rows;
  code.dark.resize(static_cast<std::size_t>(code.width) * static_cast<std::size_t>(code.rows));
  for (int y = 0; y < code.rows; ++y)
    for (int x = 0; x < code.width; ++x)
      code.dark[static_cast<std::size_t>(y * code.width + x)] = (symbol->encoded_data[y][x >> 3] >> (x & 7)) & 1;
  return code;
}

std::vector<Gs1Element> gs1_elements(std::string_view text) {
  std::vector<Gs1Element> elements;
  while (!text.empty()) {
    const std::size_t close = text.find(')');
    if (text.front() != '(' || close == text.npos || close < 3 || close > 5 || !digits(text.substr(1, close - 1))) return {};
    const std::size_t next = text.find('(', close);
    const std::string_view value = text.substr(close + 1, next == text.npos ? text.npos : next - close - 1);
    if (value.empty() || value.find(')') != value.npos) return {};
    elements.push_back({std::string(text.substr(1, close - 1)), std::string(value)});
    text.remove_prefix(next == text.npos ? text.size() : next);
  }
  return elements;
}

bool gs1_needs_separator(std::string_view identifier) {
  // Identifiers whose element strings have a length of their own (GS1 General Specifications, figure 7.8.5-2).
  static constexpr std::array<std::string_view, 22> kFixed{"00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17",
                                                           "18", "19", "20", "31", "32", "33", "34", "35", "36", "41"};
  return std::find(kFixed.begin(), kFixed.end(), identifier.substr(0, 2)) == kFixed.end();
}

}  // namespace zifa::documents
