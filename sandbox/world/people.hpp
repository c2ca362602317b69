// Made-up buyers and their addresses. The same number gives the same person, so that an order keeps a number instead of a life.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zifa::sandbox {

struct Address {
  std::string name, company, line1, line2, line3, city, state, postal_code, country, phone;
  bool commercial = false;
};

struct Person {
  std::string name;
  std::string email_local;  // before @marketplace.amazon.…
  Address address;
};

// `postal_code` may be empty: then the place is chosen too.
Person person_of(std::uint64_t seed, std::string_view country, std::string_view postal_code, bool business);

}  // namespace zifa::sandbox
