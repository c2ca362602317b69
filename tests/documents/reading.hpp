// Reading printed pages back: a camera's view of a page, and a scanner over it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/documents/paper.hpp"

namespace zifa::documents::reading {

// A page drawn as a thermal printer would, one pixel a dot; 0 black .. 255 white.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> grey;
};
Picture picture_of(Fonts& fonts, const Page& page);
// The part of it that a scanner is held over.
Picture part(const Picture& whole, const Rect& box);

// What the scanner says about a picture with one barcode: its text, "" when it sees none.
std::string scan(const Picture& picture, Symbology symbology);
// What it finds on a whole page, at most one barcode of each kind.
std::vector<std::string> scan_all(const Picture& picture);

// A portable grey map, as pdftoppm writes it.
Picture read_pgm(const std::string& path);

}  // namespace zifa::documents::reading
