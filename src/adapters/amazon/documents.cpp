#include "adapters/amazon/documents.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>

#include "adapters/http/gzip.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

constexpr std::size_t kMaxBytes = 1024U * 1024 * 1024;

std::string charset_of(std::string_view content_type) {
  for (const std::string_view part : split(content_type, ';')) {
    const std::string_view field = trim(part);
    if (field.size() < 8 || !equals_ignoring_case(field.substr(0, 8), "charset=")) continue;
    std::string_view name = trim(field.substr(8));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    return lower(name);
  }
  return {};
}

// The converter's name of a charset we read; "" for UTF-8 and for names we do not know.
std::string_view converter_of(std::string_view charset) {
  struct Entry {
    std::string_view name;
    std::string_view converter;
  };
  // Web custom: what calls itself ISO-8859-1 or Shift_JIS is the Windows superset of it.
  static constexpr std::array kCharsets{
      Entry{"iso-8859-1", "CP1252"}, Entry{"latin1", "CP1252"},    Entry{"windows-1252", "CP1252"}, Entry{"cp1252", "CP1252"},         Entry{"us-ascii", "CP1252"},
      Entry{"shift_jis", "CP932"},   Entry{"shift-jis", "CP932"},  Entry{"sjis", "CP932"},          Entry{"windows-31j", "CP932"},     Entry{"cp932", "CP932"},
      Entry{"ms932", "CP932"},       Entry{"euc-jp", "EUC-JP"},    Entry{"gbk", "GB18030"},         Entry{"gb2312", "GB18030"},        Entry{"gb18030", "GB18030"},
      Entry{"iso-8859-15", "ISO-8859-15"}, Entry{"iso-8859-2", "ISO-8859-2"}, Entry{"iso-8859-9", "CP1254"}, Entry{"utf-16", "UTF-16"}, Entry{"utf-16le", "UTF-16LE"},
      Entry{"utf-16be", "UTF-16BE"},
  };
  for (const Entry& entry : kCharsets)
    if (entry.name == charset) return entry.converter;
  return {};
}

std::string convert(std::string_view bytes, std::string_view converter) {
  const iconv_t handle = ::iconv_open("UTF-8", std::string(converter).c_str());
  // NOLINTNEXTLINE: (iconv_t)-1 is how this interface says no
  if (handle == reinterpret_cast<iconv_t>(-1)) return printable(bytes, bytes.size() * 3);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  std::array<char, 16'384> part{};
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = part.data();
    std::size_t room = part.size();
    const std::size_t result = ::iconv(handle, &in, &left, &to, &room);
    out.append(part.data(), part.size() - room);
    if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    // A byte that means nothing here, or half a character at the end.
    out += "\xEF\xBF\xBD";
    ++in;
    --left;
  }
  ::iconv_close(handle);
  return out;
}

}  // namespace

Result<std::string> decode_document(std::string bytes, const DocumentFacts& facts) {
  // Some servers undo the compression on the way although they announced it.
  if (http::looks_gzipped(bytes)) {
    auto unfolded = http::gunzip(bytes, kMaxBytes);
    if (!unfolded.has_value()) return corrupt("amazon.bad_document", "A document from Amazon cannot be read: " + unfolded.error().message);
    bytes = *std::move(unfolded);
  }
  std::string_view converter = converter_of(charset_of(facts.content_type));
  if (converter.empty() && !is_utf8(bytes)) converter = facts.japanese ? "CP932" : "CP1252";
  if (!converter.empty()) bytes = convert(bytes, converter);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  return bytes;
}

}  // namespace zifa::amazon
