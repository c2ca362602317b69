// Character encodings of text that other programs wrote, read into UTF-8 and written from it. Nothing is ever replaced by a
// question mark: bytes that are not of the encoding, and characters that it cannot write, are said to be so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace zifa {

enum class Charset { utf_8, utf_16le, utf_16be, shift_jis, windows_1252, gb18030 };

// "utf-8", "shift_jis", ...
std::string_view name_of(Charset charset);
// The usual names too: "cp932", "SJIS-win", "latin1", "gbk", "UTF8", in any case. Nothing for others.
std::optional<Charset> charset_named(std::string_view name);

// One open conversion; keep it for many pieces of text, opening one is dear.
//
// UTF-8 is checked and copied. Shift_JIS is Windows code page 932, as Japanese Amazon and spreadsheets write it; windows-1252 also
// reads ISO-8859-1 but for its control characters; GB18030 also reads GBK and GB2312.
class Transcoder {
 public:
  static Transcoder to_utf8(Charset from);
  static Transcoder from_utf8(Charset to);
  Transcoder(Transcoder&& other) noexcept;
  Transcoder& operator=(Transcoder&& other) noexcept;
  ~Transcoder();

  // Appends; false if some of it cannot be converted (what was appended before that stays). A piece must not end inside a character.
  bool append(std::string_view text, std::string& out);

 private:
  explicit Transcoder(void* handle) : handle_(handle) {}
  void* handle_;  // null where text is UTF-8 on both sides
};

// What text without a byte-order mark is written in, judged by the lines that are not plain ASCII: UTF-8 if they are UTF-8,
// else the encoding whose usual letters they are made of. `country` of the sender ("JP", "CN", "DE") decides between equals.
// Bytes that resemble nothing are taken for damaged UTF-8. Source: docs/rules/flat_files.md, "Encodings".
Charset guess_charset(std::string_view sample, std::string_view country);

}  // namespace zifa
