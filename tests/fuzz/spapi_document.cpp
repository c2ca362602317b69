// Documents of reports and feeds: whatever comes in, UTF-8 comes out.
#include <cstddef>
#include <cstdint>

#include "adapters/amazon/account_health_report.hpp"
#include "adapters/amazon/documents.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static constexpr const char* kTypes[] = {"", "text/plain", "text/plain; charset=Shift_JIS", "text/plain; charset=utf-16", "text/plain;charset=gbk", "text/plain;charset=\"iso-8859-1\"", "charset=", ";;charset=\""};
  const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  zifa::amazon::DocumentFacts facts;
  facts.gzipped = (data[0] & 1) != 0;
  facts.japanese = (data[0] & 2) != 0;
  facts.content_type = kTypes[data[1] % std::size(kTypes)];
  const auto text = zifa::amazon::decode_document(bytes, facts);
  if (text.has_value()) zifa::check(zifa::is_utf8(*text), "a document is UTF-8");
  (void)zifa::amazon::read_account_health_report(bytes);
  return 0;
}
