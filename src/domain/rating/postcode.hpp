// Postcodes as numbers, so that "from 10115 to 14199" means the same in every country's own way of writing them.
//
// Source: docs/rules/carriers.md, "Postcodes".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace zifa::rating {

using PostcodeKey = std::int64_t;

// Two letters as a small number (AA = 0), or nothing for other text. UK counts as GB.
std::optional<std::uint16_t> country_index(std::string_view country);
inline constexpr std::size_t kCountries = 26 * 26;

// How a shorter text is filled up: "90" as the start of a range means 90000, as its end 90999.
enum class Fill { whole, low, high };

// The place of a postcode among those of its country.
//
// Spaces, hyphens and dots do not count, nor does case; a US ZIP+4 is its ZIP. A code of digits that lost its leading zeros
// in a spreadsheet gets them back where the country's codes have one length: a whole code always, a bound when it misses one
// digit of five or more, or when the country numbers its codes instead of nesting them (AU, NZ, NO).
// GB compares districts as numbers: BT9 lies before BT10.
// Nothing for empty text, other signs, or more than ten characters.
std::optional<PostcodeKey> postcode_key(std::string_view country, std::string_view postcode, Fill fill);

// A range as sheets write it, both ends included. Without `to` it is the one code or prefix; with neither, the whole country,
// codes we cannot read included. A short `from` before a `to` of full length lost its zeros ("501" to "99950").
// Nothing when an end is no postcode or the end lies before the beginning.
struct PostcodeRange {
  PostcodeKey from, to;
};
inline constexpr PostcodeKey kNoPostcode = -1;  // lies in whole-country ranges only
std::optional<PostcodeRange> postcode_range(std::string_view country, std::string_view from, std::string_view to);

// The first three digits of a US ZIP; nothing for anything else.
std::optional<int> zip3(std::string_view postcode);

}  // namespace zifa::rating
