#include "app/reference/reference_table.hpp"

#include "base/check.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa {

void read_reference(std::string_view path, const std::vector<std::string_view>& columns,
                    const std::function<void(const std::vector<std::string_view>&)>& take) {
  bool header_seen = false;
  for (std::string_view line : split(resource(path), '\n')) {
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> fields = split(line, ',');
    if (!header_seen) {
      check(fields == columns, std::string(path) + " does not have the columns expected");
      header_seen = true;
      continue;
    }
    check(fields.size() == columns.size(), std::string(path) + " has a row of another length: " + std::string(line));
    take(fields);
  }
  check(header_seen, std::string(path) + " is empty");
}

}  // namespace zifa
