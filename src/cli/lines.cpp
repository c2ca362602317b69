#include "cli/lines.hpp"

namespace zifa::cli {

bool next_line(std::istream& in, std::string& line, std::size_t limit) {
  using Traits = std::char_traits<char>;
  line.clear();
  std::streambuf* bytes = in.rdbuf();
  int c = bytes->sbumpc();
  if (c == Traits::eof()) return false;
  for (; c != Traits::eof() && c != '\n'; c = bytes->sbumpc())
    if (line.size() < limit) line += static_cast<char>(c);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace zifa::cli
