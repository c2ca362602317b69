// The marketplaces the sandbox plays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"

namespace zifa::sandbox {

struct Marketplace {
  std::string id;
  std::string country;  // ISO 3166-1; GB for the United Kingdom
  std::string region;   // na, eu, fe
  Currency currency;
  TimeZone zone;
  std::string domain;    // www.amazon.de
  std::string name;      // Amazon.de
  std::string language;  // de_DE
  std::vector<std::string> order_prefixes;
  int usd_percent = 100;      // what a dollar's worth of goods costs there, in hundredths
  int tax_permille = 0;       // sales tax or VAT
  bool tax_included = false;  // prices hold the tax already
};

const std::vector<Marketplace>& marketplaces();
const Marketplace* find_marketplace(std::string_view id);

}  // namespace zifa::sandbox
