// Plain text: trimming, splitting, numbers, UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace zifa {

std::string_view trim(std::string_view text);             // ASCII white space at both ends
std::string lower(std::string_view text);                 // ASCII letters only
// For finding: Latin, Greek and Cyrillic capitals as small letters, full-width letters and digits as plain ones. Other text, and
// bytes that are not UTF-8, stay as they are.
std::string folded(std::string_view utf8);
std::string upper(std::string_view text);                 // ASCII letters only
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::vector<std::string_view> split(std::string_view text, char separator);  // "" gives one empty part
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// A whole number with an optional sign and nothing else; nothing for anything else, overflow included.
std::optional<std::int64_t> to_int(std::string_view text);
// A decimal number scaled by 10^decimals, exact: to_scaled("1.25", 3) = 1250. More digits than that: nothing, unless zero.
std::optional<std::int64_t> to_scaled(std::string_view text, int decimals);

bool is_utf8(std::string_view bytes);
std::size_t utf8_length(std::string_view text);           // code points
// At most `limit` bytes, never cutting a character in two.
std::string utf8_prefix(std::string_view text, std::size_t limit);
// The text as a JSON string, quotes included.
std::string json_quoted(std::string_view text);
// Invalid bytes and control characters other than tab and newline become U+FFFD: safe for a screen or a log.
std::string printable(std::string_view bytes, std::size_t limit = 200);

}  // namespace zifa
