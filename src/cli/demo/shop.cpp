#include "cli/demo/shop.hpp"

#include <array>

#include "app/connect_account.hpp"
#include "app/reserve_stock.hpp"
#include "app/sync_account.hpp"
#include "base/json.hpp"
#include "base/resources.hpp"
#include "base/splitmix.hpp"
#include "base/text.hpp"

namespace zifa::cli {

namespace {

constexpr std::string_view kShenzhen = "深圳仓 Shenzhen";
constexpr std::string_view kLosAngeles = "洛杉矶仓 Los Angeles";
constexpr std::int64_t kStock = 5'000;

Result<Done> set_up_shipping(Tx& tx, Instant now) {
  for (const Warehouse& warehouse : TRY(tx.setup.warehouses()))
    if (warehouse.name == kShenzhen) return done;
  const WarehouseId shenzhen = TRY(tx.setup.save_warehouse({.name = std::string(kShenzhen),
                                                            .country = "CN",
                                                            .time_zone = "Asia/Shanghai",
                                                            .address = {.name = "Zifa Demo Shop", .line1 = "Example Road 88, Longhua District", .city = "Shenzhen", .state = "Guangdong", .postal_code = "518109", .country = "CN", .phone = "+86 755 0000 0000"}}));
  const WarehouseId los_angeles = TRY(tx.setup.save_warehouse({.name = std::string(kLosAngeles),
                                                               .country = "US",
                                                               .time_zone = "America/Los_Angeles",
                                                               .address = {.name = "Zifa Demo Shop", .line1 = "1200 Example Ave", .city = "Los Angeles", .state = "CA", .postal_code = "90021", .country = "US", .phone = "+1 213 555 0100"}}));
  struct Box {
    const char* name;
    std::int64_t l, w, h, tare_g, max_g, cost;
  };
  for (const Box& box : {Box{"S1", 160, 110, 60, 45, 3'000, 90}, Box{"S2", 220, 160, 100, 90, 6'000, 160}, Box{"M1", 300, 220, 150, 180, 12'000, 290}, Box{"M2", 380, 280, 200, 290, 18'000, 430}, Box{"L1", 450, 350, 300, 480, 25'000, 720}, Box{"L2", 600, 400, 400, 760, 30'000, 1'180}})
    TRY(tx.setup.save_carton({.name = box.name,
                              .inner = {Length::mm(box.l), Length::mm(box.w), Length::mm(box.h)},
                              .outer = {Length::mm(box.l + 6), Length::mm(box.w + 6), Length::mm(box.h + 8)},
                              .tare = Weight::grams(box.tare_g),
                              .max_weight = Weight::grams(box.max_g),
                              .cost = Money(box.cost, Currency::of("CNY"))}));
  TRY(tx.setup.save_rate_card({.name = "demo_lines", .content = std::string(resource("data/demo/demo_lines.csv")), .rows = 25, .imported_at = now}));
  const std::vector<int> twice_a_day{11 * 60, 17 * 60};
  TRY(tx.setup.save_service({.name = "云途标准 YunExpress Standard", .carrier_id = "yunexpress", .carrier_name = "YunExpress", .warehouse = shenzhen, .card_service = "DEMO-CN-STD", .number_source = "range", .range_prefix = "YT26", .range_width = 14, .range_next = 10'700'001, .range_last = 99'999'999, .pickup_minutes = twice_a_day}));
  TRY(tx.setup.save_service({.name = "EMS 特快 China Post EMS", .carrier_id = "china_post", .carrier_name = "China Post", .warehouse = shenzhen, .card_service = "DEMO-CN-EXP", .number_source = "range", .range_prefix = "EA", .range_suffix = "CN", .range_check = "s10", .range_width = 8, .range_next = 12'345'000, .range_last = 99'999'999, .pickup_minutes = twice_a_day}));
  TRY(tx.setup.save_service({.name = "USPS Ground Advantage", .carrier_id = "usps", .carrier_name = "USPS", .warehouse = los_angeles, .card_service = "DEMO-US-GND", .number_source = "range", .range_prefix = "9400111", .range_check = "mod10", .range_width = 14, .range_next = 20'210'000'001, .range_last = 99'999'999'999'999, .pickup_minutes = twice_a_day}));
  TRY(tx.setup.save_service({.name = "UPS Ground", .carrier_id = "ups", .carrier_name = "UPS", .warehouse = los_angeles, .card_service = "DEMO-US-UPS", .number_source = "range", .range_prefix = "1Z999AA1", .range_check = "ups", .range_width = 9, .range_next = 10'000'001, .range_last = 999'999'999, .pickup_minutes = twice_a_day}));
  TRY(tx.setup.set_setting("currency", "CNY"));
  TRY(tx.setup.set_setting("auto_label", "1"));
  TRY(tx.setup.set_setting("store_name", "Zifa Demo Shop"));
  return done;
}

// Marketplace by marketplace: an account with many of them uses up its quota, and waiting lets the played time pass.
Result<Done> read_listings(Desk& desk, AccountId id) {
  const Account account = TRY(desk.store().read([&](Tx& tx) { return tx.accounts.find(id); }));
  for (const std::string& market : account.marketplaces) {
    Result<std::int64_t> read = sync_listings(desk.services(), id, {market});
    for (int tries = 0; !read && read.error().kind == ErrorKind::throttled && tries < 10; ++tries) {
      Interrupt nobody;
      desk.clock().wait_until(desk.clock().now() + std::chrono::seconds(2), nobody);
      read = sync_listings(desk.services(), id, {market});
    }
    if (!read) return read.error();
  }
  return done;
}

}  // namespace

Result<std::vector<DemoAccount>> set_up_demo_shop(Desk& desk, const std::string& url) {
  const Instant now = desk.clock().now();
  TRY(desk.store().write([&](Tx& tx) { return set_up_shipping(tx, now); }));
  const http::Response answer = TRY(desk.http().send({.method = "GET", .target = url + "/_sandbox"}));
  const json::value facts = TRY(json::parse(answer.body));
  const json::array* played = json::find_array(facts, "accounts");
  if (played == nullptr) return invalid("sandbox.not_one", "What answers at " + url + " is no sandbox.");
  std::vector<DemoAccount> accounts;
  for (const json::value& one : *played) {
    const std::string region = json::get_text(one, "region");
    const std::string name = "Demo " + upper(region);
    const json::array* markets = json::find_array(one, "marketplaces");
    if (markets == nullptr || markets->empty() || !markets->front().is_string()) continue;
    const auto known = desk.store().read([&](Tx& tx) { return tx.accounts.named(name); });
    AccountId id;
    if (known) {
      id = known->id;
      TRY(desk.store().write([&](Tx& tx) -> Result<Done> {
        Account account = TRY(tx.accounts.find(id));
        account.endpoint = url;
        account.lwa_endpoint = url;
        account.seller_id = json::get_text(one, "seller_id");
        account.synced_until.reset();
        TRY(tx.accounts.update(account));
        return tx.accounts.set_credentials(id, {json::get_text(facts, "client_id"), json::get_text(facts, "client_secret"), json::get_text(one, "refresh_token")});
      }));
    } else {
      id = TRY(connect_sandbox(desk, name, url, region));
    }
    accounts.push_back({id, name, std::string(markets->front().as_string())});
  }
  TRY(desk.store().write([&](Tx& tx) -> Result<Done> {
    TRY(tx.setup.set_setting("tracking_url", url));
    return tx.setup.set_setting("tracking_token", "demo");
  }));
  for (const DemoAccount& account : accounts) TRY(read_listings(desk, account.id));
  TRY(stock_demo_shop(desk));
  return accounts;
}

Result<Done> stock_demo_shop(Desk& desk) {
  const Instant now = desk.clock().now();
  return desk.store().write([&](Tx& tx) -> Result<Done> {
    const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
    int number = 0;
    std::string after;
    do {
      const Page<Listing> page = TRY(tx.stock.listings(std::nullopt, "", true, after, 200));
      after = page.next;
      for (Listing listing : page.rows) {
        ++number;
        std::optional<Product> product = TRY(tx.stock.product_with_sku(listing.sku));
        if (!product) {
          // Sizes and weights of small goods, told by the SKU, so that every start shows the same shop.
          std::uint64_t seed = 7;
          for (const char c : listing.sku) seed = seed * 131 + static_cast<unsigned char>(c);
          SplitMix chance(seed);
          product = Product{.sku = listing.sku, .title = listing.title, .barcode = "69" + std::to_string(10'000'000'000 + chance.between(0, 89'999'999'999)).substr(0, 11)};
          product->size = {Length::mm(chance.between(60, 240)), Length::mm(chance.between(40, 160)), Length::mm(chance.between(15, 90))};
          product->weight = Weight::grams(chance.between(60, 900));
          product->image_url = listing.image_url;
          product->declared_zh = "日用品";
          product->declared_en = "Household goods";
          product->hs_code = "392490";
          product->origin = "CN";
          product->id = TRY(tx.stock.insert_product(*product));
          for (const Warehouse& warehouse : warehouses) {
            // American orders are served from Los Angeles where there is stock; every third product lies in Shenzhen alone.
            if (warehouse.country == "US" && number % 3 == 0) continue;
            const std::string zone(1, static_cast<char>('A' + number % 5));
            TRY(tx.stock.set_bin(warehouse.id, product->id, zone, zone + "-" + std::to_string(1 + number % 12) + "-" + std::to_string(1 + number % 4)));
            TRY(tx.stock.move({.at = now, .warehouse = warehouse.id, .product = product->id, .kind = "receipt", .quantity = kStock, .reason = "first stock", .actor = "demo"}));
          }
        }
        listing.product = product->id;
        TRY(tx.stock.save_listing(listing));
        for (const OrderId order : TRY(tx.stock.map_open_items(listing.account, listing.sku, product->id, 1))) TRY(reserve_stock(tx, order, now));
      }
    } while (!after.empty());
    return done;
  });
}

}  // namespace zifa::cli
