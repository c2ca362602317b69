#include "sandbox/world/goods.hpp"

#include "base/json.hpp"
#include "base/splitmix.hpp"
#include "base/text.hpp"
#include "sandbox/world/tables.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

namespace {

int number(const std::string& text) { return static_cast<int>(to_int(text).value_or(0)); }

// 1899 US cents become 14.99 pounds or 2,849 yen.
std::int64_t local_price(const Marketplace& marketplace, std::int64_t usd_cents) {
  const std::int64_t minor = usd_cents * marketplace.usd_percent / 100;
  if (marketplace.currency.decimals() == 0) return std::max<std::int64_t>(minor / 100 / 10 * 10 - 1, 1);
  if (marketplace.usd_percent == 100) return minor;
  return minor / 100 * 100 + 99;
}

std::string asin_of(std::uint64_t seed) {
  static constexpr std::string_view kLetters = "0123456789BCDFGHJKLMNPQRSTVWXYZ";
  SplitMix random(seed);
  std::string asin = "B0";
  while (asin.size() < 10) asin += kLetters[random.next() % kLetters.size()];
  return asin;
}

std::string attributes_of(const Listing& listing, const Marketplace& marketplace) {
  const Product& product = *listing.product;
  const auto one = [&](json::object value) {
    value["marketplace_id"] = marketplace.id;
    return json::array{std::move(value)};
  };
  const auto measure = [](std::int64_t value, std::string_view unit) { return json::object{{"unit", unit}, {"value", value}}; };
  const double amount = static_cast<double>(listing.price->minor()) / (marketplace.currency.decimals() == 0 ? 1 : 100);
  json::value shown = amount;
  if (marketplace.currency.decimals() == 0) shown = listing.price->minor();
  const json::object attributes{
      {"item_name", one({{"language_tag", marketplace.language}, {"value", product.title}})},
      {"brand", one({{"language_tag", marketplace.language}, {"value", "YoungCraft"}})},
      {"condition_type", one({{"value", "new_new"}})},
      {"merchant_suggested_asin", one({{"value", product.asin}})},
      {"country_of_origin", one({{"value", "CN"}})},
      {"item_package_weight", one(measure(product.weight_g, "grams"))},
      {"item_package_dimensions", one({{"length", measure(product.size_mm[0], "millimeters")}, {"width", measure(product.size_mm[1], "millimeters")}, {"height", measure(product.size_mm[2], "millimeters")}})},
      {"batteries_required", one({{"value", product.cargo == "battery"}})},
      {"fulfillment_availability", json::array{json::object{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", *listing.quantity}, {"lead_time_to_ship_max_days", listing.handling_days}}}},
      {"merchant_shipping_group", one({{"value", "legacy-template-id"}})},
      {"purchasable_offer", one({{"currency", marketplace.currency.code()}, {"audience", "ALL"},
                                 {"our_price", json::array{json::object{{"schedule", json::array{json::object{{"value_with_tax", shown}}}}}}}})},
  };
  return json::text(attributes);
}

}  // namespace

std::int64_t price_in(const Marketplace& to, const Marketplace& from, std::int64_t minor) {
  if (to.currency == from.currency) return minor;
  const std::int64_t hundredths = from.currency.decimals() == 0 ? minor * 100 : minor;
  return local_price(to, hundredths * 100 / from.usd_percent);
}

void put_seed_listings(Account& account, std::uint64_t seed, Instant now) {
  const Marketplace& marketplace = *find_marketplace(account.marketplaces.front());
  SplitMix random(mix(seed, "goods"));
  for (const Row& row : read_table("data/sandbox/goods.csv", 11)) {
    Product product{.sku = row[0], .asin = asin_of(random.next()), .title = marketplace.country == "JP" ? row[10] : row[9], .product_type = row[1], .cargo = row[8],
                    .weight_g = number(row[3]), .size_mm = {number(row[4]), number(row[5]), number(row[6])}};
    Listing listing;
    listing.product = std::make_shared<const Product>(std::move(product));
    listing.marketplaces = {marketplace.id};
    listing.price = Money(local_price(marketplace, number(row[2])), marketplace.currency);
    // Enough for a year of a busy shop, so that nobody runs out by accident.
    listing.quantity = random.between(50, 150) * 100;
    listing.handling_days = number(row[7]);
    listing.created = now - std::chrono::hours(24 * random.between(30, 700));
    listing.updated = listing.created;
    listing.attributes = attributes_of(listing, marketplace);
    account.known_skus.insert(listing.product->sku);
    account.listings.emplace(listing.product->sku, std::move(listing));
  }
}

}  // namespace zifa::sandbox
