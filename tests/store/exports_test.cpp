// The long lists behind files: page by page, by rising id, on both databases.
#include "app/ports/export_store.hpp"
#include "tests/store/opened.hpp"

namespace zifa::testing {

namespace {

// Two accounts; the first has three orders of two lines with one parcel each, the second one order.
struct Filled {
  OpenedStore store;
  AccountId ours, theirs;
  WarehouseId warehouse;
  std::vector<OrderId> orders;
  std::vector<ParcelId> parcels;

  Filled() {
    store->write([&](Tx& tx) -> Result<Done> {
      ours = TRY(tx.accounts.insert({.name = "ours", .kind = "file", .created_at = kNow}));
      theirs = TRY(tx.accounts.insert({.name = "theirs", .kind = "file", .created_at = kNow}));
      warehouse = TRY(tx.setup.save_warehouse({.name = "Shenzhen", .country = "CN", .time_zone = "Asia/Shanghai"}));
      const ProductId product = TRY(tx.stock.insert_product({.sku = "MUG"}));
      for (int i = 0; i < 4; ++i) {
        const AccountId account = i < 3 ? ours : theirs;
        Order order{.account = account, .amazon_order_id = "111-" + std::to_string(i), .state = OrderState::to_print, .amazon_status = AmazonStatus::unshipped, .purchased_at = kNow, .ship_by = kNow + std::chrono::hours(10 - i), .updated_at = kNow};
        orders.push_back(TRY(tx.orders.insert(order)));
        Parcel parcel{.account = account, .order = orders.back(), .warehouse = warehouse, .created_at = kNow, .updated_at = kNow};
        for (const int line : {1, 2}) parcel.items.push_back({.item = TRY(tx.orders.insert_item({.order = orders.back(), .amazon_item_id = std::to_string(10 * i + line), .sku = "MUG", .quantity = 2})), .product = product, .quantity = line, .units = line});
        parcels.push_back(TRY(tx.parcels.insert(parcel)));
        TRY(tx.parcels.insert_label({.parcel = parcels.back(), .order = orders.back(), .attempt = 1, .service = ServiceId(1), .carrier_id = "ups", .tracking_number = "N" + std::to_string(i), .bought_at = kNow}));
      }
      return done;
    }).value();
  }
  void leave(std::size_t which, const std::string& confirm_state) {
    store->write([&](Tx& tx) -> Result<Done> {
      Parcel parcel = TRY(tx.parcels.find(parcels[which]));
      parcel.state = ParcelState::dispatched;
      parcel.dispatched_at = kNow;
      parcel.confirm_state = confirm_state;
      TRY(tx.parcels.update(parcel));
      if (confirm_state != "confirmed") return done;
      return tx.parcels.save_confirmation({.parcel = parcel.id, .account = parcel.account, .order = parcel.order, .label = LabelId(1), .state = "confirmed", .carrier_code = "UPS", .tracking_number = "N", .asked_at = kNow, .confirmed_at = kNow + std::chrono::hours(2), .first_confirmed_at = kNow + std::chrono::hours(1)});
    }).value();
  }
  template <class F>
  auto read(F f) { return store->read([&](Tx& tx) { return f(tx.exports); }).value(); }
};

}  // namespace

TEST_CASE("labels and confirmations are read page by page, of one account or of all") {
  Filled shop;
  const auto first = shop.read([&](ExportStore& e) { return e.labels(std::nullopt, LabelId(0), 3); });
  REQUIRE(first.size() == 3);
  CHECK(first[1].amazon_order_id == "111-1");
  const auto rest = shop.read([&](ExportStore& e) { return e.labels(std::nullopt, first.back().label.id, 3); });
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].label.tracking_number == "N3");
  CHECK(shop.read([&](ExportStore& e) { return e.labels(shop.theirs, LabelId(0), 9); }).size() == 1);
  CHECK(shop.read([&](ExportStore& e) { return e.labelled(shop.ours, ParcelId(0), 9); }).size() == 3);

  shop.leave(0, "confirmed");
  shop.leave(2, "confirmed");
  const auto lines = shop.read([&](ExportStore& e) { return e.confirmed(std::nullopt, ParcelId(0), 1); });  // one parcel, all its lines
  REQUIRE(lines.size() == 2);
  CHECK(lines[1].quantity == 2);
  CHECK(lines[0].ordered == 2);
  CHECK(lines[0].confirmed_at == kNow + std::chrono::hours(1));
  CHECK(shop.read([&](ExportStore& e) { return e.confirmed(std::nullopt, lines.back().parcel, 9); }).size() == 2);
}

TEST_CASE("what waits for its confirmation has left, is due or failed, and of nobody's guess") {
  Filled shop;
  shop.leave(0, "due");
  shop.leave(1, "unsure");
  shop.leave(2, "failed");
  shop.leave(3, "due");
  CHECK(shop.read([&](ExportStore& e) { return e.to_confirm(shop.ours, ParcelId(0), 9); }) == std::vector{shop.parcels[0], shop.parcels[2]});
  CHECK(shop.read([&](ExportStore& e) { return e.to_confirm(shop.ours, shop.parcels[0], 9); }) == std::vector{shop.parcels[2]});
  shop.leave(1, "confirmed");
  CHECK(shop.read([&](ExportStore& e) { return e.confirmed_since(shop.ours, kNow + std::chrono::hours(1), ParcelId(0), 9); }) == std::vector{shop.parcels[1]});
  CHECK(shop.read([&](ExportStore& e) { return e.confirmed_since(shop.ours, kNow + std::chrono::hours(2), ParcelId(0), 9); }).empty());
}

TEST_CASE("the most urgent parcel is picked first, and none whose order is stopped") {
  Filled shop;
  CHECK(shop.read([&](ExportStore& e) { return e.to_pick(shop.warehouse, 2); }) == std::vector{shop.parcels[3], shop.parcels[2]});
  shop.leave(3, "due");
  shop.store->write([&](Tx& tx) -> Result<Done> {
    Order held = TRY(tx.orders.find(shop.orders[2])), asked = TRY(tx.orders.find(shop.orders[1]));
    held.on_hold = true;
    asked.cancel_requested_at = kNow;
    TRY(tx.orders.update(held));
    return tx.orders.update(asked);
  }).value();
  CHECK(shop.read([&](ExportStore& e) { return e.to_pick(shop.warehouse, 9); }) == std::vector{shop.parcels[0]});
}

TEST_CASE("only what the seller cancelled is told to Amazon, until it was told") {
  Filled shop;
  shop.store->write([&](Tx& tx) -> Result<Done> {
    for (const std::size_t which : {0, 1}) {
      Order order = TRY(tx.orders.find(shop.orders[which]));
      order.cancelled_at = kNow;
      order.cancel_reason = "NoInventory";
      order.state = OrderState::cancelled;
      TRY(tx.orders.update(order));
      // The second was cancelled at Amazon.
      TRY(tx.work.append({.account = shop.ours, .at = kNow, .kind = "order_cancelled", .order = order.id, .data = which == 0 ? R"({"by":"seller","reason":"NoInventory"})" : R"({"by":"buyer"})"}));
    }
    return done;
  }).value();
  const auto open = shop.read([&](ExportStore& e) { return e.cancelled(shop.ours, true, OrderId(0), 9); });
  REQUIRE(open.size() == 2);
  CHECK(open[0].order == shop.orders[0]);
  CHECK_FALSE(open[0].handed_over);
  shop.store->write([&](Tx& tx) { return tx.work.append({.account = shop.ours, .at = kNow, .kind = "cancellation_handed_over", .order = shop.orders[0]}); }).value();
  CHECK(shop.read([&](ExportStore& e) { return e.cancelled(shop.ours, true, OrderId(0), 9); }).empty());
  CHECK(shop.read([&](ExportStore& e) { return e.cancelled(std::nullopt, false, OrderId(0), 9); }).front().handed_over);
}

}  // namespace zifa::testing
