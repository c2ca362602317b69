// Comma- and tab-separated text, read as a stream: memory does not grow with the file's length.
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace zifa {

struct CsvFormat {
  char separator = ',';
  // Amazon's tab-separated reports know no quoting: a quote there is a character like any other.
  bool quoting = true;
};

// Rows of fields. Line ends are \n, \r\n or \r. A byte-order mark at the start is skipped.
// Fields stay valid until the next call of `next`.
class CsvReader {
 public:
  static constexpr std::size_t kMaxFields = 4'096;
  static constexpr std::size_t kMaxRowBytes = 4 * 1024 * 1024;

  CsvReader(std::istream& in, CsvFormat format) : in_(in), format_(format) {}

  enum class Step { row, end, bad_row };
  // `bad_row`: the row is unusable (`problem()` says why) and has been skipped; reading goes on behind it.
  // Blank lines are skipped.
  Step next();

  const std::vector<std::string_view>& fields() const { return views_; }
  // The line the row began on; the first line of the file is 1.
  std::size_t line() const { return row_line_; }
  const std::string& problem() const { return problem_; }

 private:
  int get();
  int peek();
  void skip_line();

  std::istream& in_;
  CsvFormat format_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool started_ = false;
  std::string row_;
  std::vector<std::size_t> ends_;
  std::vector<std::string_view> views_;
  std::size_t line_ = 1;
  std::size_t row_line_ = 0;
  std::string problem_;
};

// One field as CSV, quoted where needed.
std::string csv_field(std::string_view text, char separator = ',');

}  // namespace zifa
