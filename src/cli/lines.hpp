// Reading a stream line by line with a limit, so that a hostile line cannot fill the memory.
#pragma once

#include <istream>
#include <string>

namespace zifa::cli {

// The next line without its end (\n or \r\n); false at the end of the stream. Of a line longer than `limit` the rest is
// read past and not kept.
bool next_line(std::istream& in, std::string& line, std::size_t limit);

}  // namespace zifa::cli
