#include "sandbox/world/tables.hpp"

#include <sstream>

#include "base/check.hpp"
#include "base/csv.hpp"
#include "base/resources.hpp"

namespace zifa::sandbox {

std::vector<Row> read_table(std::string_view path, std::size_t columns) {
  std::string_view text = resource(path);
  while (text.starts_with('#')) text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
  std::istringstream in{std::string(text)};
  CsvReader reader(in, {});
  std::vector<Row> rows;
  bool header = true;
  for (CsvReader::Step step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    check(step == CsvReader::Step::row && reader.fields().size() == columns, "a row of an embedded sandbox table");
    if (!header) rows.emplace_back(reader.fields().begin(), reader.fields().end());
    header = false;
  }
  check(!rows.empty(), "an embedded sandbox table has rows");
  return rows;
}

}  // namespace zifa::sandbox
