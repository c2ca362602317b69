#include <doctest/doctest.h>

#include "adapters/files/text_lines.hpp"
#include "tests/adapters/files_support.hpp"

using namespace files_test;

namespace {

std::string in(Charset charset, const std::string& text) {
  std::string out;
  Transcoder transcoder = Transcoder::from_utf8(charset);
  REQUIRE(transcoder.append(text, out));
  return out;
}

struct Sample {
  Charset charset;
  std::string country;
  std::vector<std::string> names;
};

const std::vector<Sample> kSamples{
    {Charset::shift_jis, "JP", {"山田 太郎", "佐藤花子", "ヤマダ　タロウ", "髙橋①", "ソニー能率手帳"}},
    {Charset::gb18030, "CN", {"王小明", "李娜", "张伟（上海）", "陈静", "北京市朝阳区"}},
    {Charset::windows_1252, "DE", {"Jürgen Müller", "Zoë O’Brien", "François Lefèvre", "Señor Ñandú", "Größe 5 €"}},
};

}  // namespace

TEST_CASE("an encoding has one name of ours and many of others") {
  for (const auto& [name, charset] : std::vector<std::pair<std::string, Charset>>{{"UTF-8", Charset::utf_8}, {"utf8", Charset::utf_8}, {"Shift_JIS", Charset::shift_jis}, {"SJIS-win", Charset::shift_jis}, {"cp932", Charset::shift_jis}, {"Windows-31J", Charset::shift_jis}, {"ISO-8859-1", Charset::windows_1252}, {"windows-1252", Charset::windows_1252}, {"GBK", Charset::gb18030}, {"gb2312", Charset::gb18030}, {"UTF-16LE", Charset::utf_16le}, {"utf-16be", Charset::utf_16be}})
    CHECK_MESSAGE(charset_named(name) == charset, name);
  CHECK_FALSE(charset_named("ebcdic"));
  CHECK_FALSE(charset_named(""));
}

TEST_CASE("a file is read in the encoding it is written in, and the encoding is told") {
  for (const Sample& sample : kSamples) {
    std::vector<std::string> rows{kUnshippedHeader};
    for (std::size_t n = 0; n < sample.names.size(); ++n) rows.push_back(unshipped(static_cast<int>(n), sample.names[n]));
    const std::string text = tabs(rows);
    struct Case {
      std::string what, file, encoding;
    };
    std::vector<Case> cases{
        {"UTF-8", text, "utf-8"},
        {"UTF-8 with a mark", "\xEF\xBB\xBF" + text, "utf-8 with BOM"},
        {"UTF-16, little end first", "\xFF\xFE" + in(Charset::utf_16le, text), "utf-16le with BOM"},
        {"UTF-16, big end first", "\xFE\xFF" + in(Charset::utf_16be, text), "utf-16be with BOM"},
        {"the country's own", in(sample.charset, text), std::string(name_of(sample.charset))},
    };
    for (const Case& c : cases)
      for (const std::string& account : {sample.country, std::string("")}) {
        const auto read = read_orders(c.file, country(account));
        CHECK_MESSAGE(read.refused() == "", c.what);
        CHECK_MESSAGE(read.facts.encoding == c.encoding, c.what);
        REQUIRE_MESSAGE(read.lines.size() == sample.names.size(), c.what);
        for (std::size_t n = 0; n < sample.names.size(); ++n) CHECK_MESSAGE(read.lines[n].recipient_name == (sample.names[n] == "ヤマダ　タロウ" ? "ヤマダ　タロウ" : sample.names[n]), c.what);
      }
  }
}

TEST_CASE("each of the names alone is enough to tell the encoding, given the account's country") {
  for (const Sample& sample : kSamples)
    for (const std::string& name : sample.names) {
      const auto read = read_orders(in(sample.charset, tabs({kUnshippedHeader, unshipped(1), unshipped(2, name)})), country(sample.country));
      CHECK_MESSAGE(read.refused() == "", name);
      REQUIRE_MESSAGE(read.lines.size() == 2, name);
      CHECK_MESSAGE(read.lines[1].recipient_name == name, read.facts.encoding);
    }
}

TEST_CASE("a named encoding is not guessed at") {
  FileOptions options;
  options.encoding = "SJIS";
  const auto read = read_orders(in(Charset::shift_jis, tabs({kUnshippedHeader, unshipped(1, "表示ソ")})), options);
  REQUIRE(read.lines.size() == 1);
  CHECK(read.lines[0].recipient_name == "表示ソ");
  options.encoding = "utf-8";
  CHECK(read_orders(in(Charset::shift_jis, tabs({kUnshippedHeader, unshipped(1, "表示ソ")})), options).refused() == "2 file.not_of_encoding");
}

TEST_CASE("a line whose bytes are not of the file's encoding is refused, the others go through") {
  struct Case {
    std::string what, file, encoding;
  };
  const auto spoilt = [](std::string text, std::string_view mark, std::string_view bytes_of) {
    text.replace(text.find(mark), mark.size(), bytes_of);
    return text;
  };
  const std::string utf8 = tabs({kUnshippedHeader, unshipped(1, "José"), unshipped(2, "BROKEN"), unshipped(3, "Zoë"), unshipped(4)});
  const std::string plain = tabs({kUnshippedHeader, unshipped(1), unshipped(2, "BROKEN"), unshipped(3), unshipped(4)});
  const std::string sjis = in(Charset::shift_jis, tabs({kUnshippedHeader, unshipped(1, "山田太郎"), unshipped(2, "BROKEN"), unshipped(3, "佐藤花子"), unshipped(4)}));
  const std::string gbk = in(Charset::gb18030, tabs({kUnshippedHeader, unshipped(1, "王小明"), unshipped(2, "BROKEN"), unshipped(3, "李娜"), unshipped(4)}));
  const std::string western = in(Charset::windows_1252, tabs({kUnshippedHeader, unshipped(1, "Müller"), unshipped(2, "BROKEN"), unshipped(3, "José"), unshipped(4)}));
  const std::string utf16 = "\xFF\xFE" + in(Charset::utf_16le, utf8);
  const std::string broken16 = spoilt(utf16, in(Charset::utf_16le, "BROKEN"), std::string("\x00\xD8x\x00", 4));
  for (const Case& c : {
           Case{"a Latin letter in UTF-8", spoilt(utf8, "BROKEN", "Jos\xE9"), "utf-8"},
           Case{"half a letter in UTF-8", spoilt(utf8, "BROKEN", "Jos\xC3("), "utf-8"},
           Case{"an overlong letter", spoilt(utf8, "BROKEN", "\xC0\xAF"), "utf-8"},
           Case{"half a pair", spoilt(utf8, "BROKEN", "\xED\xA0\x80"), "utf-8"},
           Case{"bytes of no text in plain ASCII", spoilt(plain, "BROKEN", "\xFF\xFE"), "utf-8"},
           Case{"half a letter in plain ASCII", spoilt(plain, "BROKEN", "Jos\xC3("), "utf-8"},
           Case{"half a letter in Shift_JIS", spoilt(sjis, "BROKEN", "\x82"), "shift_jis"},
           Case{"no letter of GB18030", spoilt(gbk, "BROKEN", "\xFF\xFF"), "gb18030"},
           Case{"no letter of windows-1252", spoilt(western, "BROKEN", "\x81\x8D"), "windows-1252"},
           Case{"half a pair in UTF-16", broken16, "utf-16le with BOM"},
       }) {
    const auto read = read_orders(c.file);
    CHECK_MESSAGE(read.refused() == "3 file.not_of_encoding", c.what);
    CHECK_MESSAGE(read.facts.encoding == c.encoding, c.what);
    CHECK_MESSAGE(read.lines.size() == 3, c.what);
  }
}

TEST_CASE("zero bytes cost their line, and UTF-16 without a mark is not taken for them") {
  std::string text = tabs({kUnshippedHeader, unshipped(1), unshipped(2), unshipped(3)});
  text[text.find("1000002") + 3] = '\0';
  const auto read = read_orders(text);
  CHECK(read.refused() == "3 file.zero_bytes");
  CHECK(read.lines.size() == 2);
  const std::string plain = tabs({kUnshippedHeader, unshipped(1)});
  CHECK(read_orders(in(Charset::utf_16le, plain)).lines.size() == 1);
  CHECK(read_orders(in(Charset::utf_16be, plain)).lines.size() == 1);
}

TEST_CASE("lines end as any system ends them, the last one perhaps not at all") {
  const std::string unix_text = tabs({kUnshippedHeader, unshipped(1), unshipped(2)});
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const char c : unix_text) text += c == '\n' ? end : std::string(1, c);
    CHECK(read_orders(text).lines.size() == 2);
    CHECK(read_orders(text.substr(0, text.size() - end.size())).lines.size() == 2);
  }
}

TEST_CASE("the encoding is found out although the first letter beyond ASCII comes late") {
  std::vector<std::string> rows{kUnshippedHeader};
  for (int n = 0; n < 5'000; ++n) rows.push_back(unshipped(n));
  for (int n = 0; n < 50; ++n) rows.push_back(unshipped(10'000 + n, "山田太郎"));
  const auto read = read_orders(in(Charset::shift_jis, tabs(rows)));
  CHECK(read.refused() == "");
  CHECK(read.facts.encoding == "shift_jis");
  REQUIRE(read.lines.size() == 5'050);
  CHECK(read.lines.back().recipient_name == "山田太郎");
}

TEST_CASE("a line of five megabytes is refused and forgotten") {
  const auto read = read_orders(tabs({kUnshippedHeader, unshipped(1), unshipped(2, std::string(5 << 20, 'x')), unshipped(3)}));
  CHECK(read.refused() == "3 file.line_too_long");
  CHECK(read.lines.size() == 2);
  CHECK(read_orders(std::string(6 << 20, 'x')).code() == "file.unknown_format");
}

TEST_CASE("pieces of a stream are cut anywhere and the lines are the same") {
  const std::string text = "\xFF\xFE" + in(Charset::utf_16le, "a😀b\n山田\n");
  std::istringstream stream(text);
  TextLines lines(stream, std::nullopt, "");
  TextLine line;
  REQUIRE(lines.next(line));
  CHECK(line.text == "a😀b");
  REQUIRE(lines.next(line));
  CHECK(line.text == "山田");
  CHECK(line.number == 2);
  CHECK_FALSE(lines.next(line));
  CHECK_FALSE(lines.next(line));
}
