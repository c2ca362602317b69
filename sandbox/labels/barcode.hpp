// Code 128, the bar code of parcel labels (ISO/IEC 15417).
#pragma once

#include <string>
#include <string_view>

namespace zifa::sandbox {

// The bars and spaces of a text of printable ASCII, one character per module: '1' black, '0' white, without quiet zones.
// Other characters are left out.
std::string code128(std::string_view text);

}  // namespace zifa::sandbox
