// A page as it will be printed, before anybody draws it: lines of text at their places, filled boxes, barcodes.
//
// PDF and ZPL are two ways to draw the same page, so that both say the same and tests can look at either.
// Unit everywhere: the dot of a 203 dpi label printer, 8 to the millimetre. Barcodes lie on whole dots.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "adapters/documents/barcode.hpp"
#include "adapters/documents/fonts.hpp"
#include "base/result.hpp"

namespace zifa::documents {

inline constexpr double kDotsPerMm = 8;
inline constexpr double kPointsPerDot = 72.0 / 25.4 / kDotsPerMm;

struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool overlaps(const Rect& other) const {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }
  bool holds(const Rect& other) const {
    return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
  }
};

enum class Align { left, centre, right };

struct TextItem {
  std::string text;  // one cleaned line
  Rect box;          // of the line itself, not of the space it was fitted into
  double baseline = 0;
  double size = 0;
  Face face = Face::regular;
  bool white = false;  // on a filled box
  Rect room;           // the space it was fitted into, and where in it
  Align align = Align::left;
};

struct FillItem {
  Rect box;
  double grey = 0;  // 0 black .. 1 white
};

struct CodeItem {
  Code code;
  Rect box;      // with its quiet zones
  int x = 0, y = 0;  // of the first module
  int module = 2;    // dots
  int height = 0;    // of the bars; 2D codes: rows * module
};

// A filled shape with a thin edge, for drawings.
struct ShapeItem {
  std::vector<std::array<double, 2>> corners;
  double grey = 1;
  double edge = 1;
};

struct Page {
  double width = 0, height = 0;
  std::vector<FillItem> fills;
  std::vector<ShapeItem> shapes;
  std::vector<TextItem> texts;
  std::vector<CodeItem> codes;
};

// What makes a page unfit for printing although every part of it could be drawn: something in the quiet zone of a
// barcode, or over the edge. Our layouts do not do that; asked before every page is written, so that a mistake in one
// of them costs one row and not a day of unscannable labels.
std::string fault_of(const Page& page);

}  // namespace zifa::documents
