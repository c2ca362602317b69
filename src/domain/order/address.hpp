// Where a parcel goes or comes from. Personal data: kept sealed in the database, never written to logs.
#pragma once

#include <string>

namespace zifa {

struct Address {
  std::string name;
  std::string company;
  std::string line1, line2, line3;
  std::string city;
  std::string district;     // county, prefecture ward, 区
  std::string state;        // state, province, prefecture
  std::string postal_code;
  std::string country;      // ISO 3166-1 alpha-2, upper case; "UK" is stored as GB
  std::string phone;
  std::string kind;         // RESIDENTIAL, COMMERCIAL, PICKUP_POINT or empty

  bool operator==(const Address&) const = default;
};

}  // namespace zifa
