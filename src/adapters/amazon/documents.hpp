// Documents of reports and feeds as plain UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa::amazon {

struct DocumentFacts {
  bool gzipped = false;           // compressionAlgorithm said so; bytes that are no longer gzip are taken as they are
  std::string content_type;       // header of the download: may name a charset
  bool japanese = false;          // of a Japanese marketplace: unnamed and not UTF-8 means Shift_JIS
};

// Order of trust: the charset the download names; UTF-8 if the bytes are that; Japanese: cp932; else windows-1252.
// A byte-order mark is dropped. Bytes that mean nothing in the charset become U+FFFD.
// Refuses `amazon.bad_document` for damaged or endless compression.
Result<std::string> decode_document(std::string bytes, const DocumentFacts& facts);

}  // namespace zifa::amazon
