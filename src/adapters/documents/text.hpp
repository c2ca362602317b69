// Text as it comes from buyers, made fit for paper.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zifa::documents {

// The character at `at` (of well-formed UTF-8), moving `at` behind it.
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& out, char32_t c);

// One line of printable text: bytes that are not UTF-8, control and direction characters, private and unassigned
// planes, emoji and their modifiers are left out; every kind of white space becomes one space; ends are trimmed.
// At most `limit` characters, the rest is dropped.
std::string clean(std::string_view text, std::size_t limit = 1'000);

// Letters that need a shaping engine: right-to-left, Indic and South-East Asian scripts, combining marks.
bool needs_shaping(char32_t c);
bool needs_shaping(std::string_view text);

// A pictograph rather than a letter: left out when no font has it, instead of printing a box.
bool is_symbol(char32_t c);

// Han, kana, hangul and their full-width punctuation: a line may break between any two of them.
bool breaks_anywhere(char32_t c);
// Punctuation that may not begin, or end, a line.
bool is_closing(char32_t c);
bool is_opening(char32_t c);

}  // namespace zifa::documents
