#include "domain/parcel/parcel.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace zifa {

namespace {
constexpr std::array<std::string_view, 7> kNames{"planned", "packed", "dispatched", "delivered", "returned", "lost", "cancelled"};
}

std::string_view name_of(ParcelState state) { return kNames[static_cast<std::size_t>(state)]; }

std::optional<ParcelState> parcel_state_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ParcelState>(found - kNames.begin());
}

std::optional<ParcelId> parcel_number(std::string_view code) {
  code = trim(code);
  if (code.size() < 2 || (code[0] != 'P' && code[0] != 'p')) return std::nullopt;
  const auto number = to_int(code.substr(1));
  if (!number || *number <= 0) return std::nullopt;
  return ParcelId(*number);
}

}  // namespace zifa
