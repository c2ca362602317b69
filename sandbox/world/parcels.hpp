// Parcels that move: after a confirmation a carrier scans them by itself, at moments chosen by the seed.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

// A package was handed to a carrier: its number gets a journey, unless nobody could ever scan it.
void send_package(World& world, Order& order, const Package& package);
// The package's number was corrected: the journey goes with the new one.
void move_package(World& world, Order& order, const Package& package, std::string_view old_number);
void forget_package(World& world, const Order& order, const Package& package);

Parcel* find_parcel(World& world, std::string_view number);
// A scan; the orders in the parcel change with it. From then on a parcel that is `driven` no longer moves by itself.
void add_scan(World& world, Parcel& parcel, Scan scan);

// A number that a carrier could have given out: 8 to 40 letters and digits, most of them digits.
bool is_possible_number(std::string_view number);

}  // namespace zifa::sandbox
