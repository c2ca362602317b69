// Measuring and drawing single lines of text.
//
// Most text (Latin, Greek, Cyrillic, Han, kana, hangul) needs no shaping: a letter has one glyph and one width, both
// kept in a table after the first look. Only lines with other scripts go through Pango. That is what makes a label
// cheap. Widths do not depend on the size (no hinting), so a text is measured once and fitted by division.
//
// Not for several threads at once: every thread takes its own out of the pool in documents.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

typedef struct _cairo cairo_t;

namespace zifa::documents {

enum class Face : std::uint8_t { regular, bold };

// Of the em square, for boxes around a line: no letter of the fonts we choose rises or falls further.
inline constexpr double kAscent = 0.90;
inline constexpr double kDescent = 0.24;
inline constexpr double kLineHeight = 1.2;

class Fonts {
 public:
  // Refuses `document.no_fonts`.
  static Result<std::unique_ptr<Fonts>> open();
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  // Of cleaned text at size 1.
  double width(std::string_view text, Face face);
  double width(char32_t c, Face face);
  // A letter (not a pictograph) that no installed font has; 0 if there is none.
  char32_t missing_letter(std::string_view text);
  void draw(cairo_t* to, double x, double baseline, double size, Face face, std::string_view text);

 private:
  struct Glyph;
  struct Font;
  struct Impl;
  explicit Fonts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace zifa::documents
