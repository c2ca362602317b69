// Amazon's marketplaces: country, currency, domain, language, and the regional server that answers for each.
//
// Table: data/marketplaces.csv. How a marketplace counts days and promises is in policies.hpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace zifa {

struct MarketplaceFacts {
  std::string amazon_id;  // ATVPDKIKX0DER
  std::string country;    // US; GB for the United Kingdom
  std::string region;     // na, eu, fe
  Currency currency;
  std::string zone;
  std::string domain;     // amazon.co.jp
  std::vector<std::string> languages;  // ja_JP; the first is the default
};

std::span<const MarketplaceFacts> marketplaces();

// By Amazon's id, or by country ("US", "uk", "GB"). Null if there is none.
const MarketplaceFacts* find_marketplace(std::string_view id_or_country);

// Base URL of the Selling Partner API in a region. Refuses `marketplace.unknown_region`.
Result<std::string> spapi_endpoint(std::string_view region);
// Login with Amazon, one for all regions.
inline constexpr std::string_view kLwaEndpoint = "https://api.amazon.com";

// True for a server of Amazon's own: one that must not be sent made-up calls.
bool is_amazon_endpoint(std::string_view url);

}  // namespace zifa
