#include "app/reference/marketplaces.hpp"

#include "app/reference/reference_table.hpp"
#include "base/text.hpp"

namespace zifa {

std::span<const MarketplaceFacts> marketplaces() {
  static const auto all = [] {
    std::vector<MarketplaceFacts> table;
    read_reference("data/marketplaces.csv", {"amazon_id", "country", "region", "currency", "zone", "domain", "languages"}, [&](const std::vector<std::string_view>& row) {
      MarketplaceFacts facts{std::string(row[0]), std::string(row[1]), std::string(row[2]), Currency::parse(row[3]).value(), std::string(row[4]), std::string(row[5]), {}};
      for (const std::string_view language : split(row[6], ' ')) facts.languages.emplace_back(language);
      table.push_back(std::move(facts));
    });
    return table;
  }();
  return all;
}

const MarketplaceFacts* find_marketplace(std::string_view id_or_country) {
  const std::string country = equals_ignoring_case(id_or_country, "UK") ? "GB" : upper(id_or_country);
  for (const MarketplaceFacts& facts : marketplaces())
    if (facts.amazon_id == id_or_country || facts.country == country) return &facts;
  return nullptr;
}

Result<std::string> spapi_endpoint(std::string_view region) {
  if (region != "na" && region != "eu" && region != "fe")
    return invalid("marketplace.unknown_region", "\"" + printable(region, 40) + "\" is not a region of Amazon's; use na (Americas), eu (Europe, Middle East, Africa, India) or fe (Japan, Australia, Singapore).");
  return "https://sellingpartnerapi-" + std::string(region) + ".amazon.com";
}

bool is_amazon_endpoint(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::string_view host = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t user_ends = host.rfind('@'); user_ends != std::string_view::npos) host.remove_prefix(user_ends + 1);
  host = host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  const std::string name = lower(host);
  return name == "amazon.com" || name.ends_with(".amazon.com");
}

}  // namespace zifa
