// Bytes written as text: base64, hex, percent-encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zifa {

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);  // padding required; white space skipped
std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);
// One segment of a path or one query value: everything but A-Z a-z 0-9 - . _ ~ becomes %XX (RFC 3986).
std::string percent_encode(std::string_view text);
// `plus_is_space` for query strings and forms. A broken %-sequence stays as it is.
std::string percent_decode(std::string_view text, bool plus_is_space = false);

}  // namespace zifa
