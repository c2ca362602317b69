// What a carrier weighs a parcel as: its real weight, or its size turned into a weight, or something in between.
//
// Source: docs/rules/carriers.md, "Billable weight".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/length.hpp"
#include "base/weight.hpp"
#include "domain/rating/exact.hpp"

namespace zifa::rating {

enum class VolumeRule : std::uint8_t {
  none,         // 不计泡: the actual weight
  max,          // 全抛: the greater of the two
  half,         // 半抛: the actual weight plus half of the excess
  longer_than,  // max, only when the longest side is over `limit` (micrometres)
  over_cubic,   // max, only above `limit` (thousandths of a cubic millimetre)
  ratio_over,   // max, only when the volumetric weight is over `limit` thousandths of the actual one
};

struct Volumetric {
  VolumeRule rule = VolumeRule::none;
  std::int64_t divisor = 0;  // cm3 per kg, or cubic inches per pound
  bool imperial = false;     // divisor in cubic inches per pound
  bool inches_up = false;    // every started inch of a side counts as a whole one before multiplying
  std::int64_t limit = 0;

  bool operator==(const Volumetric&) const = default;
};

// Reads `none`, `max`, `half`, `longer_than_60` (cm), `over_1728in3`, `over_30000cm3`, `ratio_over_1.5`, each with
// `_inch_up` behind it where every started inch counts. "" is none. Nothing for other words.
// A divisor under 1000 is cubic inches per pound (139, 166), others are cm3 per kg (5000, 6000, 8000); 0 switches volume off.
std::optional<Volumetric> volumetric_named(std::string_view rule, std::int64_t divisor);

// The weight by which a row is chosen: exact, before any rounding. Sides up to 10 m, weights up to 100 t.
Grams chargeable(const Volumetric& volumetric, const Size& size, Weight actual);

}  // namespace zifa::rating
