#include "domain/tracking/number_range.hpp"

#include <algorithm>

namespace zifa::tracking {

namespace {

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// 10 to the power of the width: the first serial too wide for it.
std::int64_t too_wide(int width) {
  std::int64_t n = 1;
  for (int i = 0; i < width; ++i) n *= 10;
  return n;
}

std::string serial_text(const NumberRange& range, std::int64_t serial) {
  std::string digits = std::to_string(serial);
  return std::string(static_cast<std::size_t>(range.serial_width) - digits.size(), '0') + digits;
}

}  // namespace

Result<Done> check_range(const NumberRange& range) {
  if (range.serial_width < 1 || range.serial_width > 18)
    return invalid("number_range.bad_width", "The number range " + range.name + " needs a serial of 1 to 18 digits, not " + std::to_string(range.serial_width) + ".");
  if (range.first < 0 || range.last < range.first || range.last >= too_wide(range.serial_width))
    return invalid("number_range.bad_bounds", "The number range " + range.name + " must run upwards and fit into " + std::to_string(range.serial_width) + " digits; mend its first and last number.");
  if (!is_plain(range.prefix) || !is_plain(range.suffix) || range.prefix.size() + range.suffix.size() > 40)
    return invalid("number_range.bad_text", "The prefix and suffix of the number range " + range.name + " may only hold the letters A-Z and digits, 40 at most.");
  if (range.check.method == CheckMethod::none) return done;
  if (range.unchecked_prefix > range.prefix.size())
    return invalid("number_range.bad_check", "The check digit of the number range " + range.name + " cannot skip more characters than its prefix has.");
  if (!check_character(range.check, range.prefix.substr(range.unchecked_prefix) + serial_text(range, range.first)))
    return invalid("number_range.bad_check", "The check digit method of the number range " + range.name + " does not fit its prefix and width (an S10 serial has eight digits).");
  return done;
}

Result<std::string> number_of_serial(const NumberRange& range, std::int64_t serial) {
  TRY(check_range(range));
  if (serial < range.first || serial > range.last)
    return refused("number_range.outside", "The number range " + range.name + " has no serial " + std::to_string(serial) + ".");
  const std::string digits = serial_text(range, serial);
  std::string number = range.prefix + digits;
  if (range.check.method != CheckMethod::none) {
    const auto check_digit = check_character(range.check, range.prefix.substr(range.unchecked_prefix) + digits);
    if (!check_digit) return invalid("number_range.bad_check", "The check digit method of the number range " + range.name + " does not fit its serials.");
    number += *check_digit;
  }
  return number + range.suffix;
}

Result<std::string> take_number(NumberRange& range) {
  if (range.next > range.last)
    return refused("number_range.exhausted", "The number range " + range.name + " is used up; ask the carrier for a new one and add it, or type the number.");
  const std::int64_t serial = std::max(range.next, range.first);
  std::string number = TRY(number_of_serial(range, serial));
  range.next = serial + 1;
  return number;
}

}  // namespace zifa::tracking
