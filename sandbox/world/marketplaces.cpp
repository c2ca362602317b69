#include "sandbox/world/marketplaces.hpp"

#include "base/text.hpp"
#include "sandbox/world/tables.hpp"

namespace zifa::sandbox {

namespace {

std::vector<Marketplace> read_marketplaces() {
  std::vector<Marketplace> all;
  for (const Row& row : read_table("data/sandbox/marketplaces.csv", 12)) {
    Result<TimeZone> zone = TimeZone::named(row[4]);
    Result<Currency> currency = Currency::parse(row[3]);
    check(zone.has_value() && currency.has_value(), "a marketplace's zone and currency");
    Marketplace marketplace{.id = row[0], .country = row[1], .region = row[2], .currency = *currency, .zone = *zone, .domain = row[5], .name = row[6], .language = row[7],
                            .order_prefixes = {}, .usd_percent = static_cast<int>(to_int(row[9]).value_or(100)),
                            .tax_permille = static_cast<int>(to_int(row[10]).value_or(0)), .tax_included = row[11] == "1"};
    for (const std::string_view prefix : split(row[8], '|')) marketplace.order_prefixes.emplace_back(prefix);
    all.push_back(std::move(marketplace));
  }
  return all;
}

}  // namespace

const std::vector<Marketplace>& marketplaces() {
  static const std::vector<Marketplace> all = read_marketplaces();
  return all;
}

const Marketplace* find_marketplace(std::string_view id) {
  for (const Marketplace& marketplace : marketplaces())
    if (marketplace.id == id) return &marketplace;
  return nullptr;
}

}  // namespace zifa::sandbox
