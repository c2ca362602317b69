// Rows of an embedded reference table (data/*.csv). The tables are ours: one that does not read is a mistake of ours.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zifa {

// Calls `take` with the fields of every row, in the order of `columns`; comment lines and the header are not rows.
void read_reference(std::string_view path, const std::vector<std::string_view>& columns,
                    const std::function<void(const std::vector<std::string_view>&)>& take);

}  // namespace zifa
