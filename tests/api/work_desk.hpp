// A shop that can ship: one warehouse in Shenzhen, boxes, a line with numbers of its own, goods, and a store that works with files.
#pragma once

#include "app/import_orders.hpp"
#include "base/resources.hpp"
#include "setup_desk.hpp"

namespace work_desk {

using namespace setup_desk;

inline constexpr const char* kUs = "ATVPDKIKX0DER";

inline std::string path_of(std::string_view field, const json::value& from) { return json::get_text(from, field); }

class WorkShop : public Shop {
 public:
  // `kind` of its store: file, or amazon for one that is connected.
  explicit WorkShop(const std::string& kind = "file") {
    const Instant now = clock.now();
    must(store().write([&](Tx& tx) -> Result<Done> {
      account = TRY(tx.accounts.insert({.name = "US shop", .kind = kind, .region = "na", .marketplaces = {kUs}, .created_at = now}));
      warehouse_id = TRY(tx.setup.save_warehouse({.name = "Shenzhen", .country = "CN", .time_zone = "Asia/Shanghai", .address = {.name = "Our shop", .line1 = "Road 1", .city = "Shenzhen", .postal_code = "518109", .country = "CN"}}));
      for (const auto& [name, side] : {std::pair{"S", 160}, {"M", 300}})
        TRY(tx.setup.save_carton({.name = name, .inner = {Length::mm(side), Length::mm(side), Length::mm(side)}, .outer = {Length::mm(side + 6), Length::mm(side + 6), Length::mm(side + 6)}, .tare = Weight::grams(90), .max_weight = Weight::grams(20'000), .cost = Money(90, Currency::of("CNY"))}));
      TRY(tx.setup.save_rate_card({.name = "lines", .content = std::string(resource("data/demo/demo_lines.csv")), .rows = 25, .imported_at = now}));
      standard = TRY(tx.setup.save_service({.name = "YunExpress Standard", .carrier_id = "yunexpress", .carrier_name = "YunExpress", .warehouse = warehouse_id, .card_service = "DEMO-CN-STD", .number_source = "range", .range_prefix = "YT26", .range_width = 14, .range_next = 10'700'001, .range_last = 99'999'999, .pickup_minutes = {11 * 60, 17 * 60}}));
      express = TRY(tx.setup.save_service({.name = "EMS", .carrier_id = "china_post", .carrier_name = "China Post", .warehouse = warehouse_id, .card_service = "DEMO-CN-EXP", .number_source = "range", .range_prefix = "EA", .range_suffix = "CN", .range_check = "s10", .range_width = 8, .range_next = 12'345'000, .range_last = 99'999'999, .pickup_minutes = {11 * 60, 17 * 60}}));
      for (const auto& [sku, barcode, bin] : {std::tuple{"MUG-1", "6901234567892", "A-2"}, {"PLATE-2", "6909999999994", "A-10"}}) {
        const ProductId product = TRY(tx.stock.insert_product({.sku = sku, .title = std::string("Title of ") + sku, .barcode = barcode, .size = {Length::mm(110), Length::mm(100), Length::mm(90)}, .weight = Weight::grams(420)}));
        TRY(tx.stock.move({.at = now, .warehouse = warehouse_id, .product = product, .kind = "receipt", .quantity = 100}));
        TRY(tx.stock.set_bin(warehouse_id, product, "A", bin));
      }
      return done;
    }));
  }

  // An order of this many MUG-1, and so on; `plan` lets the desk work until it has nothing to do.
  // Item ids are those of Amazon: digits.
  OrderId order(const std::string& amazon_id, std::vector<std::pair<std::string, std::int64_t>> goods = {{"MUG-1", 1}}, std::chrono::hours to_ship_by = std::chrono::hours(48), const std::string& marketplace = kUs) {
    const Instant now = clock.now();
    IncomingOrder in{.amazon_order_id = amazon_id, .marketplace_id = marketplace, .purchased_at = now - std::chrono::hours(3), .status = AmazonStatus::unshipped, .service_level = "Standard", .ship_by = now + to_ship_by, .deliver_by = now + std::chrono::hours(24 * 20)};
    in.buyer_name = "Ana Maria Ruiz";
    in.buyer_email = "ana@marketplace.amazon.com";
    in.ship_to = Address{.name = "Ana Maria Ruiz", .line1 = "12 Secret Street", .city = "Austin", .state = "TX", .postal_code = "73301", .country = "US", .phone = "+1 512 555 0147"};
    int n = 0;
    for (const auto& [sku, quantity] : goods) in.items.push_back({.amazon_item_id = item_ids == "SKU" ? sku : "5" + amazon_id.substr(0, 3) + amazon_id.substr(12) + std::to_string(++n), .sku = sku, .title = "Listing of " + sku, .quantity_ordered = quantity, .unit_price = Money(1299, Currency::of("USD")), .item_total = Money(1299 * quantity, Currency::of("USD"))});
    return must(store().write([&](Tx& tx) { return import_order(tx, account, in, now); })).id;
  }
  void work() { must(desk().run_until_idle()); }

  OrderId planned_order(const std::string& amazon_id, std::vector<std::pair<std::string, std::int64_t>> goods = {{"MUG-1", 1}}) {
    const OrderId id = order(amazon_id, std::move(goods));
    work();
    return id;
  }
  // Labelled, packed without a scan, and out of the house.
  ParcelId sent_parcel(OrderId id) {
    REQUIRE(outcome(act("buy_label", {id})) == "ok");
    const ParcelId parcel = first_parcel(id);
    REQUIRE(post("/api/pack/" + std::to_string(parcel.value()) + "/finish", R"({"override":{"reason":"counted by hand"}})", "operations").status == 200);
    REQUIRE(outcome(act("dispatch", {id})) == "ok");
    return parcel;
  }
  // Planned, labelled, verified and packed.
  ParcelId packed_parcel(const std::string& amazon_id) {
    const OrderId id = planned_order(amazon_id);
    act("buy_label", {id});
    const ParcelId parcel = first_parcel(id);
    REQUIRE(post("/api/pack/" + std::to_string(parcel.value()) + "/scan", R"({"code":"MUG-1","quantity":1})", "warehouse").status == 200);
    REQUIRE(post("/api/pack/" + std::to_string(parcel.value()) + "/finish", "{}", "warehouse").status == 200);
    return parcel;
  }

  Reply act(const std::string& action, const std::vector<OrderId>& ids, const std::string& args = "{}", std::string_view role = "operations") {
    std::string list;
    for (const OrderId id : ids) list += (list.empty() ? "\"" : ",\"") + std::to_string(id.value()) + "\"";
    return post("/api/orders/actions", R"({"action":")" + action + R"(","ids":[)" + list + R"(],"args":)" + args + "}", role);
  }
  // The result of the n-th order of a batch: "ok", or the code of what refused it.
  static std::string outcome(const Reply& reply, std::size_t n = 0) {
    const json::array* results = json::find_array(reply.body, "results");
    if (results == nullptr || results->size() <= n) return "no result: " + reply.raw;
    return json::get_bool((*results)[n], "ok") ? "ok" : json::get_text((*results)[n], "error.code");
  }
  Reply detail(OrderId id, std::string_view role = "operations") { return get("/api/orders/" + std::to_string(id.value()), role); }
  std::string state(OrderId id) { return detail(id).text("state"); }
  ParcelId first_parcel(OrderId id) {
    for (const Parcel& parcel : must(store().read([&](Tx& tx) { return tx.parcels.of_order(id); })))
      if (parcel.live()) return parcel.id;
    FAIL("the order has no parcel");
    return {};
  }

  std::string item_ids;  // "SKU": a table that knows none
  AccountId account;
  WarehouseId warehouse_id;
  ServiceId standard, express;
};

}  // namespace work_desk
