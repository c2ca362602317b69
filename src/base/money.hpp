// An amount in the minor unit of its currency: 12.99 USD is 1299, 1300 JPY is 1300.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace zifa {

// An ISO 4217 code. Kept as three letters; codes we do not know are kept too, with two decimals.
class Currency {
 public:
  constexpr Currency() = default;
  // Refuses `money.bad_currency` unless the text is three letters; lower case is raised.
  static Result<Currency> parse(std::string_view text);
  // For codes in our own source, known to be good.
  static consteval Currency of(const char (&code)[4]) { return Currency(code[0], code[1], code[2]); }

  std::string_view code() const { return {letters_.data(), 3}; }
  // Digits after the point in written amounts: 2 for most, 0 for JPY, KRW, ..., 3 for KWD, BHD, ... (ISO 4217).
  int decimals() const;
  auto operator<=>(const Currency&) const = default;
  bool operator==(const Currency&) const = default;

 private:
  constexpr Currency(char a, char b, char c) : letters_{a, b, c} {}
  std::array<char, 3> letters_{'X', 'X', 'X'};
};

class Money {
 public:
  constexpr Money() = default;
  constexpr Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
  // "1299.00", "1,299.00", "-3" in the currency's major unit. More digits than the currency has are refused unless zero.
  // Refuses `money.bad_amount`.
  static Result<Money> parse(std::string_view amount, Currency currency);

  constexpr std::int64_t minor() const { return minor_; }
  constexpr Currency currency() const { return currency_; }
  // The amount in major units with the currency's digits and no symbol: "1299.00".
  std::string amount() const;
  // "1299.00 USD"
  std::string text() const;

  // Adding two currencies is a refusal: `money.two_currencies`. Overflow: `money.overflow`.
  Result<Money> plus(const Money& other) const;
  Result<Money> minus(const Money& other) const;
  Result<Money> times(std::int64_t n) const;
  bool operator==(const Money&) const = default;

 private:
  std::int64_t minor_ = 0;
  Currency currency_;
};

}  // namespace zifa
