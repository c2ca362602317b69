// Pages as ZPL II for 203 dpi label printers.
//
// Latin letters are printed with the printer's own font 0, which is narrower than the font the page was measured with,
// so a line that fits there fits here. Every other line goes as a picture (^GFA), because which further letters a
// printer has depends on its model. Linear barcodes are the printer's own commands with explicit code sets; square codes
// go as pictures, because printers choose size, mask and escapes of their own for ^BX and ^BQ. Source: docs/rules/labels.md, "ZPL".
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/documents/paper.hpp"

namespace zifa::documents {

class ZplWriter {
 public:
  explicit ZplWriter(Fonts& fonts) : fonts_(fonts) {}
  // One format, ^XA ... ^XZ, appended to `out`; the printer prints it `copies` times.
  void add(const Page& page, std::string& out, int copies = 1);

 private:
  void add_text(const TextItem& item, std::string& out);
  void add_code(const CodeItem& item, std::string& out);

  Fonts& fonts_;
  // Captions come back on every label: their pictures are kept. Emptied when it grows beyond a few hundred.
  std::unordered_map<std::string, std::string> pictures_;
};

// Field data with the characters that mean something to a printer, and all beyond ASCII, written as hexadecimal: a
// format is plain ASCII and survives spoolers that think in code pages. Says whether ^FH is needed.
std::string zpl_field(std::string_view text, bool& escaped);
// Code 128 with the code sets chosen for the shortest bars, in ^BC's invocation codes. `gs1` = FNC1 first, and a 29 in
// the text stands for FNC1.
std::string zpl_code128(std::string_view text, bool gs1);
// The run-length form of ^GFA data: `rows` of `bytes_per_row` bytes.
std::string zpl_compressed(const unsigned char* bits, int bytes_per_row, int rows);

}  // namespace zifa::documents
