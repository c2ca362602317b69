// The listings that an account begins with.
#pragma once

#include "sandbox/world/model.hpp"

namespace zifa::sandbox {

// Twenty seller-fulfilled listings in the account's first marketplace.
void put_seed_listings(Account& account, std::uint64_t seed, Instant now);

// A price of the first marketplace, in another one: converted roughly and ended in .99.
std::int64_t price_in(const Marketplace& to, const Marketplace& from, std::int64_t minor);

}  // namespace zifa::sandbox
