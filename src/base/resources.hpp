// Files embedded in the program when it is built: everything under data/, docs/api and web/dist, by its path there.
#pragma once

#include <map>
#include <string_view>

namespace zifa {

const std::map<std::string_view, std::string_view>& resources();

// The bytes of one file. A file that is not there is a mistake of ours and stops the program.
std::string_view resource(std::string_view path);

}  // namespace zifa
