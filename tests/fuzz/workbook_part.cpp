// The sheet of a workbook as the fuzzer likes it, inside a sound archive; and the small readers of formats, numbers and escapes.
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "adapters/files/table.hpp"
#include "adapters/files/workbook_parts.hpp"
#include "base/text.hpp"
#include "tests/adapters/files_workbooks.hpp"

using namespace zifa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  files_test::Book book;
  book.sheet = text;
  book.shared = "<si><t>one</t></si><si><t>two</t></si>";
  auto table = open_table(std::make_unique<std::istringstream>(book.bytes()), {});
  while (table) {
    const auto step = (*table)->next();
    if (!step || *step == Table::Step::end) break;
    if (*step == Table::Step::row)
      for (const std::string_view field : (*table)->fields())
        if (!is_utf8(field)) std::abort();
  }
  kind_of_format(text);
  number_text(text.substr(0, 40));
  std::string out;
  append_unescaped(text, out);
  if (out.size() > text.size()) std::abort();
  return 0;
}
