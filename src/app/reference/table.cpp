#include "app/reference/table.hpp"

#include <algorithm>
#include <sstream>

#include "base/check.hpp"
#include "base/csv.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa {

ReferenceTable::ReferenceTable(std::string_view path) : path_(path) {
  std::istringstream in{std::string(resource(path))};
  CsvReader reader(in, {});
  for (auto step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    check(step == CsvReader::Step::row, path_ + ": " + reader.problem());
    const auto& fields = reader.fields();
    if (fields[0].starts_with("#")) continue;
    std::vector<std::string> row;
    for (const std::string_view field : fields) row.emplace_back(trim(field));
    if (columns_.empty()) {
      columns_ = std::move(row);
      continue;
    }
    check(row.size() == columns_.size(), path_ + ": line " + std::to_string(reader.line()) + " has another number of fields than the header");
    rows_.push_back(std::move(row));
  }
  check(!columns_.empty(), path_ + ": no header line");
}

std::string_view ReferenceTable::at(std::size_t row, std::string_view column) const {
  const auto it = std::find(columns_.begin(), columns_.end(), column);
  check(it != columns_.end(), path_ + ": no column " + std::string(column));
  return rows_.at(row)[static_cast<std::size_t>(it - columns_.begin())];
}

}  // namespace zifa
