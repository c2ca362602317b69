#include "base/money.hpp"

#include <algorithm>
#include <array>

namespace zifa {

Result<Currency> Currency::parse(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (text.size() != 3 || !std::all_of(text.begin(), text.end(), letter))
    return invalid("money.bad_currency", "\"" + std::string(text.substr(0, 16)) + "\" is not a currency; write three letters such as USD.");
  const auto up = [](char c) { return static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c); };
  return Currency(up(text[0]), up(text[1]), up(text[2]));
}

int Currency::decimals() const {
  static constexpr std::array<std::string_view, 16> kNone{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                          "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"};
  static constexpr std::array<std::string_view, 7> kThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::find(kNone.begin(), kNone.end(), code()) != kNone.end()) return 0;
  if (std::find(kThree.begin(), kThree.end(), code()) != kThree.end()) return 3;
  return 2;
}

namespace {
Error bad_amount(std::string_view text) {
  return invalid("money.bad_amount", "\"" + std::string(text.substr(0, 40)) + "\" is not an amount of money.");
}
}  // namespace

Result<Money> Money::parse(std::string_view text, Currency currency) {
  const std::string_view whole = text;
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::int64_t minor = 0;
  int after_point = -1;
  int digits = 0;
  const int decimals = currency.decimals();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ',' && after_point < 0 && digits > 0) {  // a thousands comma: exactly three digits follow each
      const std::string_view rest = text.substr(i + 1);
      if (rest.size() < 3 || !std::all_of(rest.begin(), rest.begin() + 3, [](char d) { return d >= '0' && d <= '9'; }) ||
          (rest.size() > 3 && rest[3] >= '0' && rest[3] <= '9'))
        return bad_amount(whole);
      continue;
    }
    if (c == '.' && after_point < 0) {
      after_point = 0;
      continue;
    }
    if (c < '0' || c > '9') return bad_amount(whole);
    ++digits;
    if (after_point >= decimals) {
      if (c != '0') return bad_amount(whole);
      continue;
    }
    if (__builtin_mul_overflow(minor, std::int64_t{10}, &minor) || __builtin_add_overflow(minor, std::int64_t{c - '0'}, &minor))
      return bad_amount(whole);
    if (after_point >= 0) ++after_point;
  }
  if (digits == 0) return bad_amount(whole);
  for (int i = std::max(after_point, 0); i < decimals; ++i)
    if (__builtin_mul_overflow(minor, std::int64_t{10}, &minor)) return bad_amount(whole);
  return Money(negative ? -minor : minor, currency);
}

std::string Money::amount() const {
  const int decimals = currency_.decimals();
  std::string digits = std::to_string(minor_ < 0 ? 0 - static_cast<std::uint64_t>(minor_) : static_cast<std::uint64_t>(minor_));
  if (static_cast<int>(digits.size()) <= decimals) digits.insert(0, static_cast<std::size_t>(decimals) + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), 1, '.');
  return minor_ < 0 ? "-" + digits : digits;
}

std::string Money::text() const { return amount() + " " + std::string(currency_.code()); }

Result<Money> Money::plus(const Money& other) const {
  if (currency_ != other.currency_) return refused("money.two_currencies", text() + " and " + other.text() + " cannot be added.");
  std::int64_t sum = 0;
  if (__builtin_add_overflow(minor_, other.minor_, &sum)) return invalid("money.overflow", "The sum is too large.");
  return Money(sum, currency_);
}

Result<Money> Money::minus(const Money& other) const { return plus(Money(-other.minor_, other.currency_)); }

Result<Money> Money::times(std::int64_t n) const {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(minor_, n, &product)) return invalid("money.overflow", "The product is too large.");
  return Money(product, currency_);
}

}  // namespace zifa
