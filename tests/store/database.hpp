// A database of its own for each case: a file, or, with ZIFA_TEST_POSTGRES=url, the emptied database of that server.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

#include "adapters/secrets/sodium_secrets.hpp"
#include "adapters/store/sql.hpp"
#include "adapters/store/store.hpp"
#include "app/ports/import_store.hpp"
#include "app/ports/return_store.hpp"

namespace zifa::store_tests {

inline const char* postgres_url() { return std::getenv("ZIFA_TEST_POSTGRES"); }

inline const Instant kNow = Instant::from_ms(1'772'413'200'000);  // 2026-03-02T01:00:00Z
inline Instant after_hours(int hours) { return kNow + std::chrono::hours(hours); }

// The value, or the end of the case with the reason.
template <class T>
T must(Result<T> result) {
  if (!result) FAIL((result.error().code + ": " + result.error().message));
  return std::move(*result);
}
template <class T>
std::string code_of(const Result<T>& result) { return result ? "" : result.error().code; }

class Database {
 public:
  Database() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() / ("zifa_store_" + std::to_string(::getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(folder_);
    url_ = postgres_url() != nullptr ? postgres_url() : (folder_ / "desk.db").string();
    secrets_ = must(open_secrets({.key_file = (folder_ / "key").string(), .weak_passwords_for_tests = true}));
    if (postgres_url() != nullptr) run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }
  ~Database() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& url() const { return url_; }
  std::filesystem::path folder() const { return folder_; }
  const Secrets& secrets() const { return *secrets_; }
  Store& store() {
    if (store_ == nullptr) store_ = another();
    return *store_;
  }
  // As a second program on the same database has it.
  std::unique_ptr<Store> another() { return must(open_store({.url = url_}, *secrets_)); }
  void close() { store_.reset(); }

  // Past the store: what no program of ours would do.
  sql::Connection raw() { return sql::Connection(must(postgres_url() != nullptr ? sql::open_postgres(url_) : sql::open_sqlite(url_, false))); }
  void run(const std::string& text) {
    sql::Connection connection = raw();
    if (connection.dialect() == sql::Dialect::sqlite) must(connection.run("PRAGMA foreign_keys = OFF"));
    must(connection.run(text));
  }

  template <class F>
  auto write(F&& f) { return must(store().write(std::forward<F>(f))); }
  template <class F>
  auto read(F&& f) { return must(store().read(std::forward<F>(f))); }

 private:
  std::filesystem::path folder_;
  std::string url_;
  std::unique_ptr<Secrets> secrets_;
  std::unique_ptr<Store> store_;
};

// A shop with an account, a warehouse, a product and a service; orders and parcels are added to it.
struct Shop {
  explicit Shop(Database& of) : db(of) {
    db.write([&](Tx& tx) -> Result<Done> {
      account = TRY(tx.accounts.insert({.name = "Mugs", .region = "na", .seller_id = "A1", .marketplaces = {"ATVPDKIKX0DER"}, .created_at = kNow}));
      warehouse = TRY(tx.setup.save_warehouse({.name = "Shenzhen", .country = "CN", .time_zone = "Asia/Shanghai"}));
      service = TRY(tx.setup.save_service({.name = "Yun", .carrier_id = "yunexpress", .number_source = "range", .range_next = 7, .range_last = 8}));
      product = TRY(tx.stock.insert_product({.sku = "MUG", .title = "A mug", .barcode = "6901234567892"}));
      return tx.stock.move({.at = kNow, .warehouse = warehouse, .product = product, .kind = "receipt", .quantity = 10});
    });
  }

  Order order(std::string amazon_order_id, OrderState state = OrderState::to_plan) {
    Order o{.account = account, .amazon_order_id = std::move(amazon_order_id), .marketplace_id = "ATVPDKIKX0DER", .state = state};
    o.amazon_status = AmazonStatus::unshipped;
    o.purchased_at = kNow;
    o.ship_by = after_hours(48);
    o.country = "US";
    o.shape = "single";
    o.units = 2;
    o.total = Money(1'999, *Currency::parse("USD"));
    o.imported_at = o.updated_at = kNow;
    return o;
  }
  OrderId add(Order o, const PersonalData& personal = {}, std::string sku = "MUG") {
    return db.write([&](Tx& tx) -> Result<OrderId> {
      const OrderId id = TRY(tx.orders.insert(o, personal));
      TRY(tx.orders.insert_item({.order = id, .amazon_item_id = "1", .sku = sku, .title = "A mug", .quantity = 2, .product = product}));
      return id;
    });
  }
  ParcelId parcel(OrderId order, ParcelState state = ParcelState::planned) {
    return db.write([&](Tx& tx) -> Result<ParcelId> {
      Parcel p{.account = account, .order = order, .warehouse = warehouse, .state = state, .service = service};
      p.created_at = p.updated_at = kNow;
      p.items.push_back({TRY(tx.orders.items(order)).front().id, product, 2, 2, 0});
      return tx.parcels.insert(p);
    });
  }
  Label label(ParcelId parcel, OrderId order, std::string number, int attempt = 1) {
    return {.parcel = parcel, .order = order, .attempt = attempt, .service = service, .carrier_id = "yunexpress", .carrier_name = "YunExpress", .tracking_number = std::move(number), .verdict = "valid", .bought_at = kNow};
  }

  Database& db;
  AccountId account;
  WarehouseId warehouse;
  ServiceId service;
  ProductId product;
};

}  // namespace zifa::store_tests
