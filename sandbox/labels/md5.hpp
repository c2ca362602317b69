// MD5 (RFC 1321): the checksum Amazon puts beside labels and schemas. Nothing depends on it for security.
#pragma once

#include <string>
#include <string_view>

namespace zifa::sandbox {

std::string md5_base64(std::string_view bytes);

}  // namespace zifa::sandbox
