// The sandbox's own tables (data/sandbox/*.csv), split into fields once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zifa::sandbox {

using Row = std::vector<std::string>;

// The rows of one embedded CSV file, without comment lines and the header. A table that cannot be read is our own mistake.
std::vector<Row> read_table(std::string_view path, std::size_t columns);

}  // namespace zifa::sandbox
