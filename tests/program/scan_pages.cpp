// What a hand scanner reads off printed pages: a line per picture, its bar codes separated by tabs.
//   scan_pages PAGE.pgm ...
// The separators of GS1 are written as spaces. Exits 1 when a page shows no bar code or is no picture.
#include <algorithm>
#include <cstdio>

#include "tests/documents/reading.hpp"

int main(int argc, char** argv) {
  using namespace zifa::documents::reading;
  int code = 0;
  for (int i = 1; i < argc; ++i) {
    const Picture page = read_pgm(argv[i]);
    const std::vector<std::string> found = page.grey.empty() ? std::vector<std::string>{} : scan_all(page);
    if (found.empty()) code = 1;
    for (std::size_t n = 0; n < found.size(); ++n) {
      std::string text = found[n];
      std::replace(text.begin(), text.end(), '\x1D', ' ');
      std::printf("%s%s", n == 0 ? "" : "\t", text.c_str());
    }
    std::printf("\n");
  }
  return code;
}
