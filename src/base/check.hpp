// A promise of our own code. Broken, it stops the program, in release builds too: going on would spoil data.
#pragma once

#include <source_location>
#include <string_view>

namespace zifa {

[[noreturn]] void check_failed(std::string_view what, std::source_location where);

inline void check(bool holds, std::string_view what, std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]] check_failed(what, where);
}

}  // namespace zifa
