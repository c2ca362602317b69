#include "domain/tracking/number.hpp"

#include <algorithm>
#include <array>

namespace zifa::tracking {

namespace {

// Characters that pasted numbers are full of and that stand for plain ones (Unicode compatibility decomposition).
// `first..last` become the characters of `plain`, repeated as often as needed; "" drops them.
struct Compatible {
  char32_t first, last;
  std::string_view plain;
};
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";
constexpr std::array kCompatible{
    Compatible{0x0009, 0x000D, ""},          // tabs and line ends
    Compatible{0x0020, 0x0020, ""},          //
    Compatible{0x002D, 0x002D, ""},          // hyphen
    Compatible{0x00A0, 0x00A0, ""},          // no-break space
    Compatible{0x00AA, 0x00AA, "A"},         // ª
    Compatible{0x00AD, 0x00AD, ""},          // soft hyphen
    Compatible{0x00B2, 0x00B3, "23"},        // ² ³
    Compatible{0x00B9, 0x00B9, "1"},         // ¹
    Compatible{0x00BA, 0x00BA, "O"},         // º
    Compatible{0x1680, 0x1680, ""},          //
    Compatible{0x2000, 0x200F, ""},          // spaces, zero-width marks, direction marks
    Compatible{0x2010, 0x2015, ""},          // hyphens and dashes
    Compatible{0x2028, 0x202F, ""},          // separators, direction marks, narrow space
    Compatible{0x205F, 0x2064, ""},          // medium space, word joiner
    Compatible{0x2066, 0x2069, ""},          // direction isolates
    Compatible{0x2070, 0x2070, "0"},         // superscripts
    Compatible{0x2071, 0x2071, "I"},
    Compatible{0x2074, 0x2079, "456789"},
    Compatible{0x207F, 0x207F, "N"},
    Compatible{0x2080, 0x2089, kDigits},     // subscripts
    Compatible{0x2212, 0x2212, ""},          // minus
    Compatible{0x2460, 0x2468, "123456789"}, // circled
    Compatible{0x24B6, 0x24CF, kLetters},
    Compatible{0x24D0, 0x24E9, kLetters},
    Compatible{0x24EA, 0x24EA, "0"},
    Compatible{0x3000, 0x3000, ""},          // ideographic space
    Compatible{0xFE58, 0xFE58, ""},          // small dashes
    Compatible{0xFE63, 0xFE63, ""},
    Compatible{0xFEFF, 0xFEFF, ""},          // byte-order mark
    Compatible{0xFF0D, 0xFF0D, ""},          // full-width hyphen, digits, letters
    Compatible{0xFF10, 0xFF19, kDigits},
    Compatible{0xFF21, 0xFF3A, kLetters},
    Compatible{0xFF41, 0xFF5A, kLetters},
    Compatible{0x1D400, 0x1D6A3, kLetters},  // mathematical letters and digits
    Compatible{0x1D7CE, 0x1D7FF, kDigits},
    Compatible{0x1F130, 0x1F149, kLetters},  // squared
    Compatible{0x1FBF0, 0x1FBF9, kDigits},   // segmented
};

// One code point at `at`, which moves behind it; nothing for bytes that are not UTF-8.
std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
  if (length == 0 || at + length > text.size()) return std::nullopt;
  char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return std::nullopt;
    code = (code << 6) | (byte(at + i) & 0x3FU);
  }
  at += length;
  return code;
}

// Appends what the code point stands for; false when it stands for nothing that a number may hold.
bool append_plain(char32_t code, std::string& number) {
  const auto it = std::lower_bound(kCompatible.begin(), kCompatible.end(), code, [](const Compatible& c, char32_t sought) { return c.last < sought; });
  if (it == kCompatible.end() || code < it->first) return false;
  if (!it->plain.empty()) number += it->plain[(code - it->first) % it->plain.size()];
  return true;
}

bool is_of(const NumberFormat& format, std::string_view carrier) { return format.carrier == carrier || (!format.family.empty() && format.family == carrier); }

}  // namespace

std::string_view name_of(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::ok: return "ok";
    case CheckOutcome::none: return "none";
    case CheckOutcome::failed: return "failed";
  }
  return "none";
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid: return "valid";
    case Verdict::suspect: return "suspect";
    case Verdict::unknown: return "unknown";
    case Verdict::malformed: return "malformed";
  }
  return "malformed";
}

std::optional<std::string> normal_number(std::string_view typed) {
  std::string number;
  number.reserve(std::min<std::size_t>(typed.size(), kNumberLimit));
  for (std::size_t at = 0; at < typed.size();) {
    const char c = typed[at];
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) {
      number += c;
      ++at;
    } else if (c >= 'a' && c <= 'z') {
      number += static_cast<char>(c - 'a' + 'A');
      ++at;
    } else {
      const auto code = next_code_point(typed, at);
      if (!code || !append_plain(*code, number)) return std::nullopt;
    }
    if (number.size() > kNumberLimit) return std::nullopt;
  }
  // All zeros is what gets typed to get past a form; it would even pass several check digits.
  if (number.find_first_not_of('0') == std::string::npos) return std::nullopt;
  return number;
}

NumberCheck judge_number(const NumberFormats& formats, std::string_view typed, std::string_view named_carrier) {
  NumberCheck answer;
  const bool named = !named_carrier.empty();
  if (named) answer.named_fits = false;
  auto number = normal_number(typed);
  if (!number) {
    answer.number = typed;
    return answer;
  }
  answer.number = std::move(*number);

  std::vector<NumberMatch>& matches = answer.matches;
  formats.find(answer.number, matches);
  std::erase_if(matches, [&](const NumberMatch& m) { return m.format->named_only && !(named && is_of(*m.format, named_carrier)); });
  std::stable_sort(matches.begin(), matches.end(), [&](const NumberMatch& a, const NumberMatch& b) {
    if (named) {
      const bool a_named = is_of(*a.format, named_carrier), b_named = is_of(*b.format, named_carrier);
      if (a_named != b_named) return a_named;
    }
    if (a.check != b.check) return a.check < b.check;
    return a.format->rank < b.format->rank;
  });

  if (matches.empty()) {
    answer.verdict = Verdict::unknown;
    return answer;
  }
  const auto good = [](const NumberMatch& m) { return m.check != CheckOutcome::failed; };
  if (named) {
    // Named formats come first, the best of them at the front.
    answer.named_fits = is_of(*matches.front().format, named_carrier);
    answer.verdict = *answer.named_fits && good(matches.front()) ? Verdict::valid : Verdict::suspect;
  } else {
    answer.verdict = std::any_of(matches.begin(), matches.end(), good) ? Verdict::valid : Verdict::suspect;
  }
  return answer;
}

}  // namespace zifa::tracking
