#include "base/resources.hpp"

#include <string>

#include "base/check.hpp"

namespace zifa {

std::string_view resource(std::string_view path) {
  const auto found = resources().find(path);
  check(found != resources().end(), "no such embedded file: " + std::string(path));
  return found->second;
}

}  // namespace zifa
