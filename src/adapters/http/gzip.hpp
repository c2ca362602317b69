// Compression of whole bodies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa::http {

// `level` 1 (fast) to 9 (small).
std::string gzip(std::string_view bytes, int level = 1);

// Refuses `gzip.bad` (kind corrupt) for bytes that are not gzip or end early, `gzip.too_large` for more than `limit`
// bytes of result: a few kilobytes can hide gigabytes. Several gzip members in a row are joined.
Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

bool looks_gzipped(std::string_view bytes);  // by its first two bytes

}  // namespace zifa::http
