#include "base/charset.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

struct Name {
  Charset charset;
  std::string_view ours;
  const char* iconv;
  std::string_view others;  // lower case, letters and digits only, separated by spaces
};

constexpr std::array kNames{
    Name{Charset::utf_8, "utf-8", "UTF-8", "utf8 utf8bom ascii usascii cp65001 65001"},
    Name{Charset::utf_16le, "utf-16le", "UTF-16LE", "utf16le utf16 unicode ucs2 ucs2le"},
    Name{Charset::utf_16be, "utf-16be", "UTF-16BE", "utf16be ucs2be"},
    Name{Charset::shift_jis, "shift_jis", "CP932", "shiftjis sjis sjiswin cp932 ms932 windows31j windows932 mskanji xsjis 932"},
    Name{Charset::windows_1252, "windows-1252", "CP1252", "windows1252 cp1252 latin1 iso88591 iso885915 ansi 1252"},
    Name{Charset::gb18030, "gb18030", "GB18030", "gb18030 gbk gb2312 cp936 ms936 windows936 euccn 936"},
};

const Name& entry(Charset charset) {
  for (const Name& name : kNames)
    if (name.charset == charset) return name;
  check(false, "every charset has a name");
  return kNames[0];
}

void* open(const char* to, const char* from) {
  const iconv_t handle = iconv_open(to, from);
  check(handle != reinterpret_cast<iconv_t>(-1), "the C library knows our encodings");
  return handle;
}

// How much a line looks like ordinary text in an encoding: signs for and against, one for each character beyond ASCII.
struct Signs {
  int good = 0;
  int odd = 0;
  bool possible = true;
};

unsigned char byte_at(std::string_view s, std::size_t i) { return static_cast<unsigned char>(s[i]); }

bool ascii_letter(std::string_view s, std::size_t i) {
  const char c = i < s.size() ? s[i] : ' ';
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Western letters come alone or in twos and touch ASCII letters; signs such as the euro or curled quotes stand alone.
Signs western(std::string_view line) {
  constexpr std::string_view kSigns =
      "\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA1\xA3\xA9\xAA\xAB\xAE\xB0\xB2\xB3\xB4\xB5\xB7\xBA\xBB\xBC\xBD\xBE\xBF\xD7";
  constexpr std::string_view kLetters = "\x8A\x8C\x8E\x9A\x9C\x9E";
  constexpr std::string_view kNoCharacter = "\x81\x8D\x8F\x90\x9D";
  const auto letter = [&](std::size_t i) {
    const unsigned char c = byte_at(line, i);
    return (c >= 0xC0 && c <= 0xFC && c != 0xD7 && c != 0xF7 && c != 0xF0 && c != 0xD0) || kLetters.find(line[i]) != std::string_view::npos;
  };
  const auto sign = [&](std::size_t i) { return kSigns.find(line[i]) != std::string_view::npos; };
  Signs signs;
  for (std::size_t i = 0; i < line.size();) {
    if (byte_at(line, i) < 0x80) {
      ++i;
      continue;
    }
    std::size_t end = i;
    for (; end < line.size() && byte_at(line, end) >= 0x80; ++end)
      if (kNoCharacter.find(line[end]) != std::string_view::npos) signs.possible = false;
    const bool touches = (i > 0 && ascii_letter(line, i - 1)) || ascii_letter(line, end);
    const std::size_t length = end - i;
    // "JosÃ(" is half of a UTF-8 letter, no name: capitals do not follow small letters.
    const bool capital_inside = i > 0 && line[i - 1] >= 'a' && line[i - 1] <= 'z' && byte_at(line, i) >= 0xC0 && byte_at(line, i) <= 0xDE && letter(i);
    const bool good = !capital_inside && (length == 1 ? sign(i) || (letter(i) && touches) : length == 2 && letter(i + 1) && touches && (letter(i) || sign(i)));
    (good ? signs.good : signs.odd) += static_cast<int>(length);
    i = end;
  }
  return signs;
}

// Two-byte encodings: `weigh` says 1 for a pair of ordinary letters, -1 for one that exists but is rare, 0 for none at all.
template <class Single, class Weigh>
Signs eastern(std::string_view line, Single single, Weigh weigh) {
  Signs signs;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const unsigned char a = byte_at(line, i);
    if (a < 0x80) continue;
    if (single(a)) {
      ++signs.odd;
      continue;
    }
    const unsigned char b = i + 1 < line.size() ? byte_at(line, i + 1) : 0;
    const int weight = weigh(a, b);
    if (weight == 0) {
      signs.possible = false;
      return signs;
    }
    weight > 0 ? ++signs.good : ++signs.odd;
    ++i;
  }
  return signs;
}

Signs japanese(std::string_view line) {
  return eastern(
      line, [](unsigned char a) { return a >= 0xA1 && a <= 0xDF; },  // half-width katakana: rare, and what other encodings look like
      [](unsigned char a, unsigned char b) {
        if (b < 0x40 || b == 0x7F || b > 0xFC || a == 0x80 || a == 0xA0 || a > 0xFC) return 0;
        return a <= 0x83 || (a >= 0x88 && a <= 0x97) ? 1 : -1;  // kana, full-width letters, the kanji of every day
      });
}

Signs chinese(std::string_view line) {
  return eastern(
      line, [](unsigned char) { return false; },
      [](unsigned char a, unsigned char b) {
        if (a == 0x80 || a == 0xFF || b == 0x7F || b == 0xFF || b < 0x30 || (b > 0x39 && b < 0x40)) return 0;
        if (b < 0x40) return -1;  // half of a four-byte character
        return (a >= 0xB0 && a <= 0xF7 && b >= 0xA1) || (a >= 0xA1 && a <= 0xA3 && b >= 0xA1) ? 1 : -1;  // GB2312
      });
}

}  // namespace

std::string_view name_of(Charset charset) { return entry(charset).ours; }

std::optional<Charset> charset_named(std::string_view name) {
  std::string plain;
  for (const char c : lower(name))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  for (const Name& known : kNames)
    for (const std::string_view other : split(known.others, ' '))
      if (other == plain) return known.charset;
  return std::nullopt;
}

Transcoder Transcoder::to_utf8(Charset from) { return Transcoder(from == Charset::utf_8 ? nullptr : open("UTF-8", entry(from).iconv)); }

Transcoder Transcoder::from_utf8(Charset to) { return Transcoder(to == Charset::utf_8 ? nullptr : open(entry(to).iconv, "UTF-8")); }

Transcoder::Transcoder(Transcoder&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Transcoder& Transcoder::operator=(Transcoder&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Transcoder::~Transcoder() {
  if (handle_ != nullptr) iconv_close(handle_);
}

bool Transcoder::append(std::string_view text, std::string& out) {
  if (handle_ == nullptr) {
    if (!is_utf8(text)) return false;
    out.append(text);
    return true;
  }
  iconv(handle_, nullptr, nullptr, nullptr, nullptr);  // back to the initial state
  char* from = const_cast<char*>(text.data());         // iconv does not write through it
  std::size_t left = text.size();
  std::size_t used = out.size();
  while (left > 0) {
    out.resize(used + left * 2 + 8);
    char* to = out.data() + used;
    std::size_t room = out.size() - used;
    const std::size_t converted = iconv(handle_, &from, &left, &to, &room);
    used = static_cast<std::size_t>(to - out.data());
    if (converted == static_cast<std::size_t>(-1) && errno != E2BIG) {
      out.resize(used);
      return false;
    }
  }
  out.resize(used);
  return true;
}

Charset guess_charset(std::string_view sample, std::string_view country) {
  int utf8_lines = 0;
  int other_lines = 0;
  struct Candidate {
    Charset charset;
    Signs (*read)(std::string_view);
    std::string_view home;  // countries whose files are often written so
    long long score = 0;
  };
  std::array candidates{
      Candidate{Charset::windows_1252, western, "US CA MX BR GB UK DE FR IT ES NL BE IE SE AU"},
      Candidate{Charset::shift_jis, japanese, "JP"},
      Candidate{Charset::gb18030, chinese, "CN SG"},
  };
  while (!sample.empty()) {
    const std::size_t end = sample.find('\n');
    const std::string_view line = sample.substr(0, end);
    const bool whole = end != std::string_view::npos;
    sample.remove_prefix(whole ? end + 1 : sample.size());
    bool plain = true;
    for (const char c : line) plain = plain && static_cast<unsigned char>(c) < 0x80;
    if (plain) continue;
    if (is_utf8(line)) {
      ++utf8_lines;
    } else if (!whole && utf8_lines > other_lines) {
      continue;  // the sample ends inside this line, perhaps inside a character
    } else {
      ++other_lines;
    }
    for (Candidate& candidate : candidates) {
      const Signs signs = candidate.read(line);
      const bool at_home = country.size() == 2 && candidate.home.find(country) != std::string_view::npos;
      if (!signs.possible && whole) {
        candidate.score -= 4;
      } else if (signs.possible) {
        // A line says yes or no once, however long it is. Rare letters are not held against the encoding of the sender's own country.
        candidate.score += signs.good > 2 * signs.odd ? 3 : signs.good > signs.odd ? 1 : at_home && signs.good > 0 ? 1 : -3;
      }
    }
  }
  if (other_lines == 0 || utf8_lines >= other_lines) return Charset::utf_8;
  const Candidate* best = nullptr;
  for (Candidate& candidate : candidates) {
    candidate.score *= 2;  // so that home decides between equals only
    if (candidate.score > 0 && country.size() == 2 && candidate.home.find(country) != std::string_view::npos) ++candidate.score;
    if (candidate.score > 0 && (best == nullptr || candidate.score > best->score)) best = &candidate;
  }
  return best == nullptr ? Charset::utf_8 : best->charset;
}

}  // namespace zifa
