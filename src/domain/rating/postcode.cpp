#include "domain/rating/postcode.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace zifa::rating {

namespace {

constexpr std::size_t kLongest = 10;

// Countries whose codes are digits of one length. `numbered`: neighbours in the count are neighbours on the ground.
struct DigitCodes {
  std::string_view country;
  std::size_t length;
  bool numbered;
};
constexpr std::array kDigitCodes{
    DigitCodes{"AT", 4, false}, DigitCodes{"AU", 4, true},  DigitCodes{"BE", 4, false}, DigitCodes{"BG", 4, false}, DigitCodes{"CH", 4, false}, DigitCodes{"CN", 6, false},
    DigitCodes{"CZ", 5, false}, DigitCodes{"DE", 5, false}, DigitCodes{"DK", 4, false}, DigitCodes{"EE", 5, false}, DigitCodes{"ES", 5, false}, DigitCodes{"FI", 5, false},
    DigitCodes{"FR", 5, false}, DigitCodes{"GR", 5, false}, DigitCodes{"HR", 5, false}, DigitCodes{"HU", 4, false}, DigitCodes{"IN", 6, false}, DigitCodes{"IT", 5, false},
    DigitCodes{"JP", 7, false}, DigitCodes{"KR", 5, false}, DigitCodes{"LU", 4, false}, DigitCodes{"MX", 5, false}, DigitCodes{"MY", 5, false}, DigitCodes{"NO", 4, true},
    DigitCodes{"NZ", 4, true},  DigitCodes{"PL", 5, false}, DigitCodes{"RO", 6, false}, DigitCodes{"SA", 5, false}, DigitCodes{"SE", 5, false}, DigitCodes{"SG", 6, false},
    DigitCodes{"SI", 4, false}, DigitCodes{"SK", 5, false}, DigitCodes{"TH", 5, false}, DigitCodes{"TR", 5, false}, DigitCodes{"US", 5, false},
};

struct Plain {
  std::array<char, kLongest> text{};
  std::size_t size = 0;
  bool digits = true;
  std::string_view view() const { return {text.data(), size}; }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without separators, in upper case.
std::optional<Plain> plain(std::string_view postcode) {
  Plain p;
  for (char c : postcode) {
    if (c == ' ' || c == '-' || c == '.' || c == '\t') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!is_digit(c) && !(c >= 'A' && c <= 'Z')) return std::nullopt;
    if (p.size == kLongest) return std::nullopt;
    p.text[p.size++] = c;
    p.digits = p.digits && is_digit(c);
  }
  if (p.size == 0) return std::nullopt;
  return p;
}

int value_of(char c) { return is_digit(c) ? c - '0' : c - 'A' + 10; }

// Left to right, digits before letters, filled up to the longest length.
PostcodeKey generic_key(std::string_view text, Fill fill) {
  PostcodeKey key = 0;
  for (std::size_t i = 0; i < kLongest; ++i) key = key * 37 + (i < text.size() ? value_of(text[i]) + 1 : fill == Fill::high ? 36 : 0);
  return key;
}

// GB: area letters, district number, district letter, inward code ("BT9 5GS", "EC1A 1BB").
std::optional<PostcodeKey> british_key(std::string_view text, Fill fill) {
  std::size_t at = 0;
  std::array<int, 2> area{};
  while (at < text.size() && at < 2 && !is_digit(text[at])) {
    area[at] = value_of(text[at]) - 9;
    ++at;
  }
  if (at == 0) return std::nullopt;
  std::string_view rest = text.substr(at);
  const int low_fill = 0;
  const bool high = fill == Fill::high;
  // The inward code is the last three characters, a digit and two letters, if the text is that long.
  std::string_view inward;
  if (rest.size() >= 4 && is_digit(rest[rest.size() - 3]) && !is_digit(rest[rest.size() - 2]) && !is_digit(rest[rest.size() - 1])) {
    inward = rest.substr(rest.size() - 3);
    rest.remove_suffix(3);
  }
  int district = -1;
  std::size_t digits = 0;
  while (digits < rest.size() && digits < 2 && is_digit(rest[digits])) {
    district = (district < 0 ? 0 : district * 10) + (rest[digits] - '0');
    ++digits;
  }
  const bool has_letter = digits < rest.size() && !is_digit(rest[digits]);
  if (digits + (has_letter ? 1 : 0) != rest.size()) return std::nullopt;
  const bool district_open = district < 0;
  PostcodeKey key = area[0] * 27 + (at == 2 ? area[1] : 0);
  key = key * 101 + (district_open ? (high ? 100 : low_fill) : district);
  key = key * 27 + (has_letter ? value_of(rest[digits]) - 9 : (district_open || inward.empty()) && high ? 26 : 0);
  key = key * 10 + (!inward.empty() ? inward[0] - '0' : high ? 9 : 0);
  for (std::size_t i = 1; i < 3; ++i) key = key * 26 + (!inward.empty() ? value_of(inward[i]) - 10 : high ? 25 : 0);
  return key;
}

const DigitCodes* digit_codes(std::string_view country) {
  if (country.size() != 2) return nullptr;
  const auto it = std::find_if(kDigitCodes.begin(), kDigitCodes.end(), [&](const DigitCodes& d) { return (country[0] & ~0x20) == d.country[0] && (country[1] & ~0x20) == d.country[1]; });
  return it == kDigitCodes.end() ? nullptr : &*it;
}

void pad_left(Plain& p, std::size_t length) {
  const std::size_t missing = length - p.size;
  std::copy_backward(p.text.begin(), p.text.begin() + static_cast<std::ptrdiff_t>(p.size), p.text.begin() + static_cast<std::ptrdiff_t>(length));
  std::fill_n(p.text.begin(), missing, '0');
  p.size = length;
}

std::string_view trimmed_country(std::string_view country) { return country == "UK" || country == "uk" ? "GB" : country; }

}  // namespace

std::optional<std::uint16_t> country_index(std::string_view country) {
  country = trimmed_country(country);
  if (country.size() != 2) return std::nullopt;
  int index = 0;
  for (const char c : country) {
    const char letter = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (letter < 'A' || letter > 'Z') return std::nullopt;
    index = index * 26 + (letter - 'A');
  }
  return static_cast<std::uint16_t>(index);
}

std::optional<PostcodeKey> postcode_key(std::string_view country, std::string_view postcode, Fill fill) {
  country = trimmed_country(country);
  auto p = plain(postcode);
  if (!p) return std::nullopt;
  if (country == "GB" || country == "gb") return british_key(p->view(), fill);
  if (const DigitCodes* codes = p->digits ? digit_codes(country) : nullptr) {
    if (codes->country == "US" && p->size == 9) p->size = 5;
    const bool lost_zero = codes->length >= 5 && p->size + 1 == codes->length;
    if (p->size < codes->length && (fill == Fill::whole || codes->numbered || lost_zero)) pad_left(*p, codes->length);
  }
  return generic_key(p->view(), fill);
}

std::optional<PostcodeRange> postcode_range(std::string_view country, std::string_view from, std::string_view to) {
  if (from.empty() && to.empty()) return PostcodeRange{kNoPostcode, std::numeric_limits<PostcodeKey>::max() / 2};
  if (to.empty()) to = from;
  const DigitCodes* codes = digit_codes(country);
  const auto low = plain(from), high = plain(to);
  const bool lost_zeros = codes != nullptr && low && high && low->digits && high->digits && low->size < codes->length && high->size == codes->length;
  const auto a = postcode_key(country, from, lost_zeros ? Fill::whole : Fill::low);
  const auto b = postcode_key(country, to, Fill::high);
  if (!a || !b || *b < *a) return std::nullopt;
  return PostcodeRange{*a, *b};
}

std::optional<int> zip3(std::string_view postcode) {
  const auto p = plain(postcode);
  if (!p || !p->digits) return std::nullopt;
  std::string_view digits = p->view();
  std::array<char, 5> padded{'0', '0', '0', '0', '0'};
  if (digits.size() == 4) {  // a leading zero got lost
    std::copy(digits.begin(), digits.end(), padded.begin() + 1);
    digits = {padded.data(), 5};
  }
  if (digits.size() != 3 && digits.size() != 5 && digits.size() != 9) return std::nullopt;
  return (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
}

}  // namespace zifa::rating
