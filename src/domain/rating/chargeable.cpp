#include "domain/rating/chargeable.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace zifa::rating {

namespace {

constexpr std::int64_t kMicrometresPerInch = 25'400;

// Thousandths of a cubic millimetre in a cubic inch.
constexpr std::int64_t kCubicInch = 16'387'064;

std::int64_t whole_inches_up(Length side) { return (side.micrometres() + kMicrometresPerInch - 1) / kMicrometresPerInch * kMicrometresPerInch; }

// Cubic micrometres.
Wide volume_of(const Volumetric& volumetric, const Size& size) {
  if (volumetric.inches_up) return Wide(whole_inches_up(size.length)) * whole_inches_up(size.width) * whole_inches_up(size.height);
  return Wide(size.length.micrometres()) * size.width.micrometres() * size.height.micrometres();
}

// Most sides are whole millimetres; the small numbers then keep the divisions that follow cheap.
Grams volumetric_weight(const Volumetric& volumetric, Wide cubic_micrometres) {
  constexpr Wide kPerCubicMillimetre = 1'000'000'000;
  const bool whole = cubic_micrometres % kPerCubicMillimetre == 0;
  const Wide volume = whole ? cubic_micrometres / kPerCubicMillimetre : cubic_micrometres;
  const Wide unit = whole ? Wide(1) : kPerCubicMillimetre;
  // cm3 per kg is mm3 per g. A cubic inch is 16387.064 mm3, a pound 453.59237 g.
  if (!volumetric.imperial) return {volume, unit * volumetric.divisor};
  return {volume * 45'359'237, unit * 1'638'706'400 * volumetric.divisor};
}

Grams actual_weight(Weight weight) {
  if (weight.micrograms() % 1'000'000 == 0) return {weight.micrograms() / 1'000'000, 1};
  return {weight.micrograms(), 1'000'000};
}

bool counts(const Volumetric& volumetric, const Size& size, Wide cubic_micrometres, const Grams& by_volume, const Grams& actual) {
  switch (volumetric.rule) {
    case VolumeRule::none: return false;
    case VolumeRule::max:
    case VolumeRule::half: return true;
    case VolumeRule::longer_than: return size.sorted().length.micrometres() > volumetric.limit;
    case VolumeRule::over_cubic: return cubic_micrometres > Wide(volumetric.limit) * 1'000'000;
    case VolumeRule::ratio_over: return by_volume.part * 1'000 * actual.whole > actual.part * volumetric.limit * by_volume.whole;
  }
  return false;
}

// "over_1728in3" with prefix "over_" and suffix "in3" is 1728000 thousandths.
std::optional<std::int64_t> number_between(std::string_view text, std::string_view prefix, std::string_view suffix) {
  if (!text.starts_with(prefix) || !text.ends_with(suffix) || text.size() < prefix.size() + suffix.size()) return std::nullopt;
  const auto n = to_scaled(text.substr(prefix.size(), text.size() - prefix.size() - suffix.size()), 3);
  if (!n || *n < 0 || *n > 1'000'000'000) return std::nullopt;
  return n;
}

}  // namespace

std::optional<Volumetric> volumetric_named(std::string_view rule, std::int64_t divisor) {
  constexpr std::string_view kInchUp = "_inch_up";
  Volumetric v;
  v.divisor = divisor;
  v.imperial = divisor < 1'000;
  if (rule.ends_with(kInchUp)) {
    v.inches_up = true;
    rule.remove_suffix(kInchUp.size());
  }
  if (rule.empty() || rule == "none") {
    v.rule = VolumeRule::none;
  } else if (rule == "max") {
    v.rule = VolumeRule::max;
  } else if (rule == "half") {
    v.rule = VolumeRule::half;
  } else if (const auto cm = number_between(rule, "longer_than_", "")) {
    v.rule = VolumeRule::longer_than;
    v.limit = *cm * 10;
  } else if (const auto in3 = number_between(rule, "over_", "in3")) {
    v.rule = VolumeRule::over_cubic;
    v.limit = *in3 * kCubicInch / 1'000;
  } else if (const auto cm3 = number_between(rule, "over_", "cm3")) {
    v.rule = VolumeRule::over_cubic;
    v.limit = *cm3 * 1'000;
  } else if (const auto ratio = number_between(rule, "ratio_over_", "")) {
    v.rule = VolumeRule::ratio_over;
    v.limit = *ratio;
  } else {
    return std::nullopt;
  }
  if (v.rule != VolumeRule::none && divisor <= 0) v.rule = VolumeRule::none;
  return v;
}

Grams chargeable(const Volumetric& volumetric, const Size& size, Weight weight) {
  const Grams actual = actual_weight(weight);
  if (volumetric.rule == VolumeRule::none) return actual;
  const Wide volume = volume_of(volumetric, size);
  const Grams by_volume = volumetric_weight(volumetric, volume);
  if (!(by_volume > actual) || !counts(volumetric, size, volume, by_volume, actual)) return actual;
  if (volumetric.rule == VolumeRule::half) return {actual.part * by_volume.whole + by_volume.part * actual.whole, 2 * actual.whole * by_volume.whole};
  return by_volume;
}

}  // namespace zifa::rating
