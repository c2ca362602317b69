// A reference table of data/: comment lines (#), one line of column names, rows. Ours, so a broken one stops the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace zifa {

class ReferenceTable {
 public:
  // `path` as in resource(): "data/carriers.csv".
  explicit ReferenceTable(std::string_view path);

  std::size_t size() const { return rows_.size(); }
  // The field of a row by its column's name, trimmed. A column that is not there is a mistake of ours.
  std::string_view at(std::size_t row, std::string_view column) const;

 private:
  std::string path_;
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace zifa
