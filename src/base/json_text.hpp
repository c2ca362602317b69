// Writing JSON text piece by piece into a string, for answers that stream; light, unlike base/json.hpp.
#pragma once

#include <string>
#include <string_view>

namespace zifa::json {

// Appends the text as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void append_text(std::string& out, std::string_view text);

}  // namespace zifa::json
