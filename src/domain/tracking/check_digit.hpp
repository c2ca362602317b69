// The last character of many parcel numbers is computed from the others, so that a misread digit is noticed.
//
// Source: docs/rules/tracking_numbers.md, "Check digits".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace zifa::tracking {

enum class CheckMethod : std::uint8_t {
  none,
  mod10,        // alternating weights; letters count as (ASCII code - 3) mod 10
  luhn,         // weights 2 and 1 from the right, digits of the products summed
  mod7,         // the whole number mod 7
  s10,          // UPU S10: weights 8 6 4 2 3 5 9 7, mod 11
  sum_product,  // weights, then mod modulo1, then mod modulo2
  mod_37_36,    // ISO 7064, digits and letters
};

// The method by its name in tables; nothing for a name we do not know.
std::optional<CheckMethod> check_method_named(std::string_view name);
std::string_view name_of(CheckMethod method);

struct CheckRule {
  CheckMethod method = CheckMethod::none;
  int evens = 3;         // mod10: weight of the characters at index 0, 2, 4, ...
  int odds = 1;          // mod10: weight of those at 1, 3, 5, ...
  bool reverse = false;  // mod10: count the index from the right end
  std::array<std::uint8_t, 32> weights{};  // sum_product
  std::uint8_t weight_count = 0;
  int modulo1 = 11;
  int modulo2 = 10;
};

// The check character of a serial number of digits and upper-case letters. Nothing where the rule cannot be applied:
// a letter in a sum of digits, an S10 serial that has not eight digits, more digits than weights, an empty serial.
std::optional<char> check_character(const CheckRule& rule, std::string_view serial);

}  // namespace zifa::tracking
