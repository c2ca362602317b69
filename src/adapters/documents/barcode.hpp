// Barcodes as rows of modules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/documents.hpp"

namespace zifa::documents {

struct Code {
  Symbology symbology = Symbology::code128;
  std::string data;      // as given
  std::string scanned;   // what a scanner reads: GS1 without brackets, a group separator (29) where FNC1 separates
  int width = 0;         // modules
  int rows = 1;          // 1 for linear codes
  std::vector<std::uint8_t> dark;  // width * rows, 1 = dark
  bool linear() const { return rows == 1; }
};

// White needed on each side, in modules. Source: docs/rules/labels.md, "Quiet zones".
constexpr int quiet_modules(Symbology symbology) {
  switch (symbology) {
    case Symbology::code128:
    case Symbology::gs1_128:
    case Symbology::itf: return 10;
    case Symbology::data_matrix: return 2;  // one is asked for; thermal heads bleed
    case Symbology::qr: return 4;
  }
  return 10;
}

// Refuses `barcode.bad_data` with a message that can follow "the tracking number ...": "has letters, ITF takes digits only".
Result<Code> encode(const Barcode& barcode);

// The element strings of "(420)90210(92)001...": identifier and value. Nothing when it is not written like that.
struct Gs1Element {
  std::string identifier, value;
};
std::vector<Gs1Element> gs1_elements(std::string_view text);
// Whether a separator must follow the element when another one comes behind it.
bool gs1_needs_separator(std::string_view identifier);

}  // namespace zifa::documents
