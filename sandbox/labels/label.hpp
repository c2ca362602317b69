// Parcel labels of four by six inches, as carriers hand them out: PDF, ZPL or PNG. Small, but real: the bar code can be read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zifa::sandbox {

struct LabelText {
  std::string carrier, service, tracking_number;
  std::vector<std::string> from, to;  // lines of the addresses
  std::string reference;
};

enum class LabelFormat { pdf, png, zpl };

// `dpi` 203 or 300; PDF has none.
std::string draw_label(const LabelText& text, LabelFormat format, int dpi = 203);

// One byte a pixel, 0 black, 255 white.
struct Bitmap {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};
Bitmap draw_bitmap(const LabelText& text, int dpi);
std::string png_of(const Bitmap& bitmap);

// A simple page of lines of text, for packing slips and collection forms.
std::string text_pdf(const std::vector<std::string>& lines);

// A well-formed number of the carrier, check digit included; made from the seed.
std::string tracking_number(std::string_view carrier_id, std::uint64_t seed);

}  // namespace zifa::sandbox
