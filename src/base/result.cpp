#include "base/result.hpp"

#include <cstdio>
#include <cstdlib>

namespace zifa {

std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return "invalid";
    case ErrorKind::not_found: return "not_found";
    case ErrorKind::conflict: return "conflict";
    case ErrorKind::refused: return "refused";
    case ErrorKind::unauthorized: return "unauthorized";
    case ErrorKind::unavailable: return "unavailable";
    case ErrorKind::throttled: return "throttled";
    case ErrorKind::unknown: return "unknown";
    case ErrorKind::corrupt: return "corrupt";
  }
  return "invalid";
}

void check_failed(std::string_view what, std::source_location where) {
  std::fprintf(stderr, "zifa: broken promise: %.*s (%s:%u)\n", static_cast<int>(what.size()), what.data(),
               where.file_name(), where.line());
  std::abort();
}

}  // namespace zifa
