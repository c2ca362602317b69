// A new, empty database for one test: a SQLite file, or the PostgreSQL that ZIFA_TEST_POSTGRES names, swept clean.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/secrets/sodium_secrets.hpp"
#include "adapters/store/sql.hpp"
#include "adapters/store/store.hpp"
#include "app/ports/store.hpp"

namespace zifa::testing {

inline const Instant kNow = Instant::from_ms(1'795'000'000'000);

class OpenedStore {
 public:
  OpenedStore() {
    static int count = 0;
    folder_ = std::filesystem::temp_directory_path() / ("zifa_store_" + std::to_string(::getpid()) + "_" + std::to_string(++count));
    std::filesystem::create_directories(folder_);
    const char* postgres = std::getenv("ZIFA_TEST_POSTGRES");
    url_ = postgres != nullptr ? postgres : (folder_ / "desk.db").string();
    secrets_ = open_secrets({.key_file = (folder_ / "key").string(), .weak_passwords_for_tests = true}).value();
    if (postgres != nullptr) raw("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    open();
  }
  ~OpenedStore() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    store_.reset();
    store_ = std::move(try_open().value());
  }
  Result<std::unique_ptr<Store>> try_open() { return open_store({.url = url_}, *secrets_); }
  void close() { store_.reset(); }

  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }
  bool is_postgres() const { return is_postgres_url(url_); }
  const std::string& url() const { return url_; }
  const std::filesystem::path& folder() const { return folder_; }
  const Secrets& secrets() const { return *secrets_; }

  // Straight to the database, past every rule.
  void raw(const std::string& sql) {
    auto driver = is_postgres() ? sql::open_postgres(url_) : sql::open_sqlite(url_, false);
    REQUIRE(driver);
    sql::Connection connection(std::move(*driver));
    if (!is_postgres()) REQUIRE(connection.run("PRAGMA foreign_keys = OFF"));
    const Result<Done> ran = connection.run(sql);
    REQUIRE_MESSAGE(ran, (ran ? "" : ran.error().message));
  }
  std::int64_t number(const std::string& sql) {
    auto driver = is_postgres() ? sql::open_postgres(url_) : sql::open_sqlite(url_, false);
    sql::Connection connection(std::move(driver.value()));
    sql::Statement statement = connection.prepare(sql).value();
    REQUIRE(statement.step().value());
    return statement.integer(0);
  }

 private:
  std::filesystem::path folder_;
  std::string url_;
  std::unique_ptr<Secrets> secrets_;
  std::unique_ptr<Store> store_;
};

inline AccountId an_account(Store& store, const std::string& name = "shop") {
  return store.write([&](Tx& tx) { return tx.accounts.insert({.name = name, .region = "na", .seller_id = "A1", .marketplaces = {"ATVPDKIKX0DER"}, .created_at = kNow}); }).value();
}

inline Order an_order(AccountId account, const std::string& number) {
  Order order{.account = account, .amazon_order_id = number, .marketplace_id = "ATVPDKIKX0DER", .amazon_status = AmazonStatus::unshipped, .purchased_at = kNow};
  order.ship_by = kNow + std::chrono::hours(48);
  order.country = "US";
  order.shape = "single";
  order.units = 1;
  order.imported_at = order.updated_at = kNow;
  return order;
}

// An order with one item of one unit.
inline OrderId stored_order(Tx& tx, const Order& order, const PersonalData& personal = {}, const std::string& sku = "MUG") {
  const OrderId id = tx.orders.insert(order, personal).value();
  REQUIRE(tx.orders.insert_item({.order = id, .amazon_item_id = "item-" + order.amazon_order_id, .sku = sku, .title = "A mug", .quantity = 1}));
  return id;
}

}  // namespace zifa::testing
