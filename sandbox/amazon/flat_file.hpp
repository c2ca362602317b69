// Amazon's tab-separated files: a header, rows, no quoting.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace zifa::sandbox {

class FlatFile {
 public:
  explicit FlatFile(std::vector<std::string> columns) { add(columns); }

  void add(const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) text_ += '\t';
      for (const char c : fields[i]) text_ += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    }
    text_ += '\n';
    ++lines_;
  }
  bool has_rows() const { return lines_ > 1; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t lines_ = 0;
};

}  // namespace zifa::sandbox
