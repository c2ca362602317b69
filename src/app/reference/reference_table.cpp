#include "app/reference/reference_table.hpp"

#include <sstream>

#include "base/check.hpp"
#include "base/csv.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa {

void read_reference(std::string_view path, const std::vector<std::string_view>& columns,
                    const std::function<void(const std::vector<std::string_view>&)>& take) {
  std::istringstream in{std::string(resource(path))};
  CsvReader reader(in, {});
  std::vector<std::string_view> fields;
  bool header_seen = false;
  for (auto step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    check(step == CsvReader::Step::row, std::string(path) + ": " + reader.problem());
    fields.clear();
    for (const std::string_view field : reader.fields()) fields.push_back(trim(field));
    if (fields[0].starts_with('#') || (fields.size() == 1 && fields[0].empty())) continue;
    if (!header_seen) {
      check(fields == columns, std::string(path) + " does not have the columns expected");
      header_seen = true;
      continue;
    }
    check(fields.size() == columns.size(), std::string(path) + " line " + std::to_string(reader.line()) + " has another number of fields than the header");
    take(fields);
  }
  check(header_seen, std::string(path) + " is empty");
}

}  // namespace zifa
