#include "domain/tracking/check_digit.hpp"

#include <algorithm>

namespace zifa::tracking {

namespace {

struct NamedMethod {
  std::string_view name;
  CheckMethod method;
};

constexpr std::array kMethods{
    NamedMethod{"none", CheckMethod::none},
    NamedMethod{"mod10", CheckMethod::mod10},
    NamedMethod{"luhn", CheckMethod::luhn},
    NamedMethod{"mod7", CheckMethod::mod7},
    NamedMethod{"s10", CheckMethod::s10},
    NamedMethod{"sum_product_with_weightings_and_modulo", CheckMethod::sum_product},
    NamedMethod{"mod_37_36", CheckMethod::mod_37_36},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
char digit(int n) { return static_cast<char>('0' + n); }

std::optional<char> mod10(const CheckRule& rule, std::string_view serial) {
  int sum = 0;
  for (std::size_t i = 0; i < serial.size(); ++i) {
    const char c = rule.reverse ? serial[serial.size() - 1 - i] : serial[i];
    if (!is_digit(c) && !is_letter(c)) return std::nullopt;
    const int value = is_digit(c) ? c - '0' : (c - 3) % 10;
    sum += value * (i % 2 == 0 ? rule.evens : rule.odds);
  }
  return digit((10 - sum % 10) % 10);
}

std::optional<char> luhn(std::string_view serial) {
  int sum = 0;
  for (std::size_t i = 0; i < serial.size(); ++i) {
    const char c = serial[serial.size() - 1 - i];
    if (!is_digit(c)) return std::nullopt;
    int value = c - '0';
    if (i % 2 == 0) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
    sum += value;
  }
  return digit((10 - sum % 10) % 10);
}

std::optional<char> mod7(std::string_view serial) {
  int rest = 0;
  for (const char c : serial) {
    if (!is_digit(c)) return std::nullopt;
    rest = (rest * 10 + (c - '0')) % 7;
  }
  return digit(rest);
}

std::optional<char> s10(std::string_view serial) {
  constexpr std::array kWeights{8, 6, 4, 2, 3, 5, 9, 7};
  if (serial.size() != kWeights.size() || !std::all_of(serial.begin(), serial.end(), is_digit)) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (serial[i] - '0');
  const int c = 11 - sum % 11;
  return digit(c == 10 ? 0 : c == 11 ? 5 : c);
}

std::optional<char> sum_product(const CheckRule& rule, std::string_view serial) {
  if (serial.size() > rule.weight_count || rule.modulo1 <= 0 || rule.modulo2 <= 0 || rule.modulo2 > 10) return std::nullopt;
  int sum = 0;
  for (std::size_t i = 0; i < serial.size(); ++i) {
    if (!is_digit(serial[i])) return std::nullopt;
    sum += rule.weights[i] * (serial[i] - '0');
  }
  return digit(sum % rule.modulo1 % rule.modulo2);
}

std::optional<char> mod_37_36(std::string_view serial) {
  int c = 36;
  for (const char character : serial) {
    if (!is_digit(character) && !is_letter(character)) return std::nullopt;
    c += is_digit(character) ? character - '0' : character - 'A' + 10;
    if (c > 36) c -= 36;
    c *= 2;
    if (c > 36) c -= 37;
  }
  c = 37 - c;
  if (c == 36) c = 0;
  return c < 10 ? digit(c) : static_cast<char>('A' + c - 10);
}

}  // namespace

std::optional<CheckMethod> check_method_named(std::string_view name) {
  for (const NamedMethod& known : kMethods)
    if (known.name == name) return known.method;
  return std::nullopt;
}

std::string_view name_of(CheckMethod method) {
  for (const NamedMethod& known : kMethods)
    if (known.method == method) return known.name;
  return "none";
}

std::optional<char> check_character(const CheckRule& rule, std::string_view serial) {
  if (serial.empty()) return std::nullopt;
  switch (rule.method) {
    case CheckMethod::none: return std::nullopt;
    case CheckMethod::mod10: return mod10(rule, serial);
    case CheckMethod::luhn: return luhn(serial);
    case CheckMethod::mod7: return mod7(serial);
    case CheckMethod::s10: return s10(serial);
    case CheckMethod::sum_product: return sum_product(rule, serial);
    case CheckMethod::mod_37_36: return mod_37_36(serial);
  }
  return std::nullopt;
}

}  // namespace zifa::tracking
