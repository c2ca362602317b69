// Writes measured text, rules and barcodes onto a page. A layout is a sequence of pen strokes from top to bottom.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/fonts.hpp"
#include "adapters/documents/paper.hpp"

namespace zifa::documents {

struct Fit {
  double largest = 24, smallest = 18;  // sizes, dots
  int lines = 1;                       // at most
  Face face = Face::regular;
  Align align = Align::left;
  bool white = false;
};

// Text broken into lines that fit, at the largest size that allows it.
struct Fitted {
  double size = 0;
  std::vector<std::string> lines;
  bool cut = false;  // an ellipsis stands for the rest
  double height() const { return static_cast<double>(lines.size()) * size * kLineHeight; }
};

class Pen {
 public:
  Pen(Fonts& fonts, Page& page) : fonts_(fonts), page_(page) {}

  Fonts& fonts() { return fonts_; }
  Page& page() { return page_; }

  // `text` must be cleaned already.
  Fitted fit(std::string_view text, double width, const Fit& fit);
  // All of it on one line, however small that gets; false when it would fall below `smallest`.
  bool fits_whole(std::string_view text, double width, Fit& fit);

  // Lines from `room.y` downwards; gives the bottom of the last line.
  double write(const Fitted& fitted, const Rect& room, const Fit& fit);
  // Fits and writes. `cut` (if given) is set when an ellipsis was needed.
  double write(std::string_view text, const Rect& room, const Fit& fit, bool* cut = nullptr);
  // The same, in the vertical middle of the room.
  void centre(std::string_view text, const Rect& room, const Fit& fit, bool* cut = nullptr);

  void fill(const Rect& box, double grey = 0) { page_.fills.push_back({box, grey}); }
  void rule(double x, double y, double width, double thickness = 2) { fill({x, y, width, thickness}); }
  void upright(double x, double y, double height, double thickness = 2) { fill({x, y, thickness, height}); }
  void frame(const Rect& box, double thickness = 2);

  // A linear code in the middle of the room, its modules as wide as fits, 4 dots at most and 2 at least; `height` is
  // that of the bars. False when even 2 dots are too wide.
  bool linear(Code code, const Rect& room, int height);
  // A square code in the middle of the room, modules of 3 to 8 dots. False when 3 are too wide.
  bool matrix(Code code, const Rect& room);

 private:
  std::vector<std::string> wrap(std::string_view text, double width, double size, const Fit& fit, bool& cut);
  std::string shorten(std::string_view text, double width, double size, Face face);

  Fonts& fonts_;
  Page& page_;
};

}  // namespace zifa::documents
