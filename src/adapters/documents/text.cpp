#include "adapters/documents/text.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace zifa::documents {

namespace {

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

constexpr std::array kSpaces{Range{0x09, 0x0D}, Range{0x20, 0x20}, Range{0x85, 0x85}, Range{0xA0, 0xA0},
                             Range{0x1680, 0x1680}, Range{0x2000, 0x200A}, Range{0x2028, 0x2029},
                             Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000}};

// Direction marks are dropped because an embedded override could reorder an address on paper.
constexpr std::array kDropped{Range{0x00, 0x1F}, Range{0x7F, 0x9F}, Range{0xAD, 0xAD}, Range{0x034F, 0x034F},
                              Range{0x061C, 0x061C}, Range{0x200B, 0x200B}, Range{0x200D, 0x200F},
                              Range{0x202A, 0x202E}, Range{0x2060, 0x206F}, Range{0x20E0, 0x20E3},
                              Range{0xE000, 0xF8FF}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF},
                              Range{0xFFF0, 0xFFFF}, Range{0x1F000, 0x1FAFF}, Range{0xE0000, 0x10FFFF}};

constexpr std::array kShaped{Range{0x0300, 0x036F}, Range{0x0590, 0x08FF}, Range{0x0900, 0x109F},
                             Range{0x1100, 0x11FF}, Range{0x1780, 0x18AF}, Range{0x1900, 0x1AFF},
                             Range{0x1B00, 0x1CFF}, Range{0x1DC0, 0x1DFF}, Range{0x200C, 0x200C},
                             Range{0x20D0, 0x20FF}, Range{0x302A, 0x302F}, Range{0x3099, 0x309A},
                             Range{0xA800, 0xABFF}, Range{0xD7B0, 0xD7FF}, Range{0xFB1D, 0xFDFF},
                             Range{0xFE20, 0xFE2F}, Range{0xFE70, 0xFEFE}, Range{0x10800, 0x16FFF},
                             Range{0x1D000, 0x1EFFF}};

constexpr std::array kBroken{Range{0x1100, 0x11FF}, Range{0x2E80, 0xA4CF}, Range{0xAC00, 0xD7FF},
                             Range{0xF900, 0xFAFF}, Range{0xFE30, 0xFE4F}, Range{0xFF00, 0xFFEF},
                             Range{0x20000, 0x3FFFF}};

constexpr std::u32string_view kClosing = U"、。，．：；？！）］｝〉》」』】〕’”…‥・ーァィゥェォッャュョ,.:;!?)]}%°";
constexpr std::u32string_view kOpening = U"（［｛〈《「『【〔‘“([{$£¥€＃№";

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t a = byte(at);
  if (a < 0x80) return at += 1, a;
  const std::size_t length = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 4;
  if (at + length > text.size()) return at = text.size(), 0xFFFD;
  char32_t c = a & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) c = (c << 6) | (byte(at + i) & 0x3F);
  at += length;
  return c;
}

void append_character(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string clean(std::string_view text, std::size_t limit) {
  std::string out;
  out.reserve(std::min(text.size(), limit * 4));
  bool space = false;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size() && characters < limit;) {
    const unsigned char lead = static_cast<unsigned char>(text[at]);
    char32_t c = lead;
    if (lead >= 0x80) {
      const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
      if (length == 0 || at + length > text.size() || !is_utf8(text.substr(at, length))) {
        ++at;
        continue;
      }
      c = next_character(text, at);
    } else {
      ++at;
    }
    if (c == ' ' || (c != ' ' && (c < 0x21 || c >= 0x80) && in(kSpaces, c))) {
      space = !out.empty();
      continue;
    }
    if ((c < 0x20 || c >= 0x7F) && in(kDropped, c)) continue;
    if (space) {
      out += ' ';
      space = false;
      ++characters;
    }
    append_character(out, c);
    ++characters;
  }
  return out;
}

bool needs_shaping(char32_t c) { return c >= 0x0300 && in(kShaped, c); }

bool needs_shaping(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0xCC) {
      ++at;
      continue;
    }
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
      ++at;
      continue;
    }
    if (needs_shaping(next_character(text, at))) return true;
  }
  return false;
}

bool is_symbol(char32_t c) { return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF) || c == 0x3030 || c == 0x303D; }

bool breaks_anywhere(char32_t c) { return c >= 0x1100 && in(kBroken, c); }
bool is_closing(char32_t c) { return kClosing.find(c) != kClosing.npos; }
bool is_opening(char32_t c) { return kOpening.find(c) != kOpening.npos; }

}  // namespace zifa::documents
