// Paths and queries of Amazon's operations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/http.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

// One segment of a path: SKUs may hold slashes, spaces, & and %.
inline std::string segment(std::string_view text) { return percent_encode(text); }

inline void add_list(http::Query& query, std::string_view name, const std::vector<std::string>& values) {
  if (!values.empty()) query.add(name, join(values, ","));
}
inline void add_text(http::Query& query, std::string_view name, std::string_view value) {
  if (!value.empty()) query.add(name, value);
}
inline std::string with_query(std::string path, const http::Query& query) {
  const std::string text = query.encoded();
  return text.empty() ? path : path + "?" + text;
}

}  // namespace zifa::amazon
