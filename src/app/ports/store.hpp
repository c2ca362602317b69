// What the use cases read and write. One transaction at a time; nothing here waits for the outside.
//
// `Store::write` runs a function inside one transaction: what it returns as an error rolls everything back. State, the
// event that tells of it and the jobs that follow are written in the same transaction.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "domain/order/order.hpp"
#include "domain/parcel/parcel.hpp"
#include "domain/setup/setup.hpp"
#include "domain/stock/stock.hpp"

namespace zifa {

struct Account {
  AccountId id;
  std::string name;
  std::string kind = "amazon";  // amazon, file
  std::string region, seller_id, endpoint, lwa_endpoint;
  std::vector<std::string> marketplaces;
  std::string status = "active";
  std::optional<Instant> synced_until, last_sync_at;
  std::string last_error;
  Instant created_at;
};

struct Credentials {
  std::string client_id, client_secret, refresh_token;
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;
  virtual Result<AccountId> insert(const Account& account) = 0;  // conflict `account.name_taken`
  virtual Result<Done> update(const Account& account) = 0;
  virtual Result<Account> find(AccountId id) = 0;                // not_found `account.unknown`
  virtual Result<Account> named(std::string_view name) = 0;
  virtual Result<std::vector<Account>> all() = 0;
  virtual Result<Done> set_credentials(AccountId id, const Credentials& credentials) = 0;
  virtual Result<Credentials> credentials(AccountId id) = 0;     // conflict `account.no_credentials`
};

// One page of a list: rows and where the next page begins ("" on the last).
template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;
};

struct OrderFilter {
  std::optional<OrderState> state;
  std::optional<bool> on_hold, printed, cancel_requested;
  bool open = false;                                  // only orders that still wait for work: not pending, shipped, delivered, cancelled
  std::optional<AccountId> account;
  std::optional<WarehouseId> warehouse;
  std::optional<ServiceId> service;
  std::string marketplace_id, country, shape, tag;
  std::optional<Instant> due_from, due_before;        // ship_by
  std::optional<Instant> purchased_from, purchased_before;
  std::vector<std::string> search;                    // each word or number; an order matches any of them
  std::string search_kind = "any";                    // any, order, tracking, sku, buyer, goods (any but buyer)
  std::vector<OrderId> ids;                           // only these
  std::string sort = "ship_by";                       // ship_by, -purchased_at, -updated_at
};

// What a row of the order list shows, read in a fixed number of queries for a page.
struct OrderRow {
  Order order;
  std::string account_name;
  std::vector<OrderItem> items;
  std::vector<std::string> tags;
  std::vector<std::string> tracking_numbers;
  std::string warehouse_name, service_name, carrier_name;
  std::vector<std::string> image_urls;  // beside items
};

class OrderStore {
 public:
  virtual ~OrderStore() = default;
  virtual Result<OrderId> insert(const Order& order, const PersonalData& personal = {}) = 0;
  virtual Result<Done> update(const Order& order) = 0;
  virtual Result<Order> find(OrderId id) = 0;  // not_found `order.unknown`
  virtual Result<std::vector<Order>> several(const std::vector<OrderId>& ids) = 0;         // those that exist, by id
  virtual Result<std::vector<OrderItem>> items_of(const std::vector<OrderId>& ids) = 0;    // of all of them, by order
  virtual Result<std::optional<Order>> by_amazon_id(AccountId account, std::string_view amazon_order_id) = 0;
  virtual Result<std::vector<Order>> with_amazon_id(std::string_view amazon_order_id) = 0;  // of every account
  virtual Result<OrderItemId> insert_item(const OrderItem& item) = 0;
  virtual Result<Done> update_item(const OrderItem& item) = 0;
  virtual Result<std::vector<OrderItem>> items(OrderId id) = 0;
  virtual Result<PersonalData> personal(OrderId id) = 0;
  virtual Result<Done> set_personal(OrderId id, const PersonalData& data) = 0;
  virtual Result<Page<OrderRow>> list(const OrderFilter& filter, std::string_view after, int limit) = 0;
  // Orders in each state. What waits on hold is counted as on_hold alone; cancel_requested is counted beside the states.
  struct Counts {
    std::array<std::int64_t, kOrderStates> by_state{};
    std::int64_t on_hold = 0, cancel_requested = 0;
  };
  virtual Result<Counts> counts(const OrderFilter& filter) = 0;
  virtual Result<std::vector<OrderId>> ids(const OrderFilter& filter, int limit) = 0;
  virtual Result<Done> add_tag(OrderId id, std::string_view tag) = 0;
  virtual Result<Done> remove_tag(OrderId id, std::string_view tag) = 0;
  virtual Result<std::vector<std::string>> tags(OrderId id) = 0;
};

struct ParcelFilter {
  std::string tracking;  // exception, no_scan, in_transit, delivered, all
  std::optional<AccountId> account;
  std::string carrier, search;
  std::optional<WaveId> wave;
  std::optional<HandoverId> handover;
};

// Facts of one order for the account-health metrics.
struct HealthRow {
  OrderId order;
  std::string amazon_order_id, marketplace_id, cancelled_by;
  Instant purchased_at;
  std::optional<Instant> ship_by, deliver_by, confirmed_at, cancelled_at, first_scan_at, delivered_at;
  bool tracking_valid = false;
  std::int64_t units = 1;
};

struct StoredConfirmation {
  ParcelId parcel;
  AccountId account;
  OrderId order;
  LabelId label;
  std::string state = "asked";  // asked, confirmed
  std::string via = "api";
  std::string carrier_code, carrier_name, method, tracking_number;
  Instant asked_at;
  std::optional<Instant> confirmed_at, first_confirmed_at;
  int edits = 0;
  std::string request_id;
};

class ParcelStore {
 public:
  virtual ~ParcelStore() = default;
  virtual Result<ParcelId> insert(const Parcel& parcel) = 0;  // with its items
  virtual Result<Done> update(const Parcel& parcel) = 0;      // items too
  virtual Result<Parcel> find(ParcelId id) = 0;               // not_found `parcel.unknown`
  virtual Result<std::vector<Parcel>> several(const std::vector<ParcelId>& ids) = 0;  // those that exist, in the order of the ids
  virtual Result<std::vector<Parcel>> of_order(OrderId id) = 0;
  virtual Result<std::vector<Parcel>> of_orders(const std::vector<OrderId>& ids) = 0;
  virtual Result<std::vector<Parcel>> of_wave(WaveId id) = 0;
  virtual Result<std::vector<Parcel>> of_waves(const std::vector<WaveId>& ids) = 0;
  virtual Result<std::vector<Parcel>> of_handover(HandoverId id) = 0;
  virtual Result<std::vector<Parcel>> of_handovers(const std::vector<HandoverId>& ids) = 0;
  virtual Result<Page<Parcel>> list(const ParcelFilter& filter, std::string_view after, int limit) = 0;
  // Parcels under way whose carrier was last asked before `before`, the longest unasked first.
  virtual Result<std::vector<Parcel>> to_track(Instant before, int limit) = 0;
  // The most urgent parcel not yet packed that holds this product, picked ones first.
  virtual Result<std::optional<Parcel>> to_pack_with(ProductId product) = 0;

  virtual Result<LabelId> insert_label(const Label& label) = 0;  // conflict `label.already_used` for a number or parcel with a live label
  virtual Result<Done> update_label(const Label& label) = 0;
  virtual Result<std::optional<Label>> live_label(ParcelId id) = 0;
  virtual Result<std::vector<Label>> live_labels(const std::vector<ParcelId>& ids) = 0;
  virtual Result<std::vector<Label>> labels(OrderId id) = 0;
  virtual Result<std::vector<Label>> with_tracking_number(std::string_view number) = 0;
  virtual Result<int> label_attempts(ParcelId id) = 0;

  virtual Result<std::optional<StoredConfirmation>> confirmation(ParcelId id) = 0;
  virtual Result<Done> save_confirmation(const StoredConfirmation& confirmation) = 0;
  virtual Result<std::vector<StoredConfirmation>> confirmations(const std::vector<ParcelId>& ids) = 0;

  virtual Result<bool> add_scan(ParcelId id, const Scan& scan, Instant seen_at) = 0;  // false: known already
  virtual Result<std::vector<Scan>> scans(ParcelId id) = 0;
  virtual Result<std::vector<std::pair<ParcelId, Scan>>> scans_of(const std::vector<ParcelId>& ids) = 0;  // oldest first

  // What Today shows of the parcels: how they stand, and what Amazon still has to be told.
  struct Standing {
    std::int64_t in_transit = 0, exception = 0, no_scan = 0, delivered = 0;  // no_scan: left before `unscanned_since`; delivered since `delivered_since`
    std::int64_t to_confirm = 0, failed = 0, unsure = 0;
    std::optional<Instant> oldest_to_confirm;  // when the longest waiting one left
  };
  virtual Result<Standing> standing(Instant unscanned_since, Instant delivered_since) = 0;

  virtual Result<std::vector<HealthRow>> health_rows(AccountId account, Instant purchased_from) = 0;
};

struct StockRow {
  StockItem item;
  std::string sku, title, warehouse_name;
};

class StockStore {
 public:
  virtual ~StockStore() = default;
  virtual Result<ProductId> insert_product(const Product& product) = 0;  // conflict `product.sku_taken`
  virtual Result<Done> update_product(const Product& product) = 0;
  virtual Result<Product> product(ProductId id) = 0;
  virtual Result<std::vector<Product>> products_of(const std::vector<ProductId>& ids) = 0;
  virtual Result<std::optional<Product>> product_with_sku(std::string_view sku) = 0;
  virtual Result<std::vector<Product>> products_with_code(std::string_view code) = 0;  // SKU or barcode
  virtual Result<Page<Product>> products(std::string_view search, std::string_view after, int limit) = 0;

  virtual Result<std::vector<StockItem>> of_product(ProductId id) = 0;
  virtual Result<std::vector<StockItem>> of_products(const std::vector<ProductId>& ids) = 0;
  virtual Result<std::optional<StockItem>> at(WarehouseId warehouse, ProductId product) = 0;
  virtual Result<Page<StockRow>> list(std::optional<WarehouseId> warehouse, std::string_view search, std::string_view after, int limit) = 0;
  virtual Result<Done> set_bin(WarehouseId warehouse, ProductId product, std::string_view zone, std::string_view bin) = 0;
  // Adds the movement and keeps on_hand its sum. Refuses `stock.negative` unless `may_go_negative`.
  virtual Result<Done> move(const StockMovement& movement, bool may_go_negative = false) = 0;
  virtual Result<std::vector<StockMovement>> movements(ProductId id, int limit) = 0;
  // Refuses `stock.not_enough` when the available quantity does not cover it.
  virtual Result<Done> reserve(const Reservation& reservation) = 0;
  virtual Result<std::vector<Reservation>> reservations(OrderId id) = 0;
  virtual Result<std::vector<Reservation>> open_reservations(WarehouseId warehouse, ProductId product) = 0;  // the latest ship-by first
  // state released: the stock is free again; issued: it left with a parcel (a movement of kind issue is written apart).
  virtual Result<Done> close_reservation(const Reservation& reservation, std::string_view state) = 0;

  virtual Result<std::optional<Listing>> listing(AccountId account, std::string_view marketplace_id, std::string_view sku) = 0;
  virtual Result<Listing> listing(ListingId id) = 0;
  virtual Result<ListingId> save_listing(const Listing& listing) = 0;  // inserts when id is 0
  virtual Result<Page<Listing>> listings(std::optional<AccountId> account, std::string_view search, bool unmapped_only, std::string_view after, int limit) = 0;
  virtual Result<std::vector<Listing>> listings_of_product(ProductId id) = 0;
  // Fills product_id of the open orders' items with this seller SKU; answers the orders touched.
  virtual Result<std::vector<OrderId>> map_open_items(AccountId account, std::string_view sku, ProductId product, std::int64_t units_per) = 0;
  virtual Result<std::vector<OrderId>> orders_waiting_for(ProductId product) = 0;  // out of stock, by ship-by
  virtual Result<std::vector<StockRow>> low(std::int64_t at_most, int limit) = 0;
};

class SetupStore {
 public:
  virtual ~SetupStore() = default;
  virtual Result<std::vector<Warehouse>> warehouses() = 0;
  virtual Result<WarehouseId> save_warehouse(const Warehouse& warehouse) = 0;
  // Deletes it if nothing was ever done with it; false: something refers to it, and it stays.
  virtual Result<bool> remove_warehouse(WarehouseId id) = 0;
  virtual Result<std::vector<Carton>> cartons() = 0;
  virtual Result<CartonId> save_carton(const Carton& carton) = 0;
  virtual Result<bool> remove_carton(CartonId id) = 0;
  virtual Result<std::vector<ShippingService>> services() = 0;
  virtual Result<ServiceId> save_service(const ShippingService& service) = 0;
  virtual Result<bool> remove_service(ServiceId id) = 0;
  // The number a range gives next; the range moves on in this transaction. Refuses `service.range_used_up`.
  virtual Result<std::int64_t> take_from_range(ServiceId id) = 0;
  virtual Result<std::vector<RateCardFile>> rate_cards(bool with_content) = 0;
  virtual Result<std::int64_t> save_rate_card(const RateCardFile& card) = 0;
  virtual Result<Done> delete_rate_card(std::int64_t id) = 0;
  virtual Result<std::string> setting(std::string_view name, std::string_view otherwise) = 0;
  virtual Result<Done> set_setting(std::string_view name, std::string_view value) = 0;
  // Grows whenever warehouses, cartons, services or rate cards change: what is derived from them may be kept until then.
  virtual Result<std::int64_t> setup_version() = 0;
};

struct Event {
  std::int64_t id = 0;
  AccountId account;
  Instant at;
  std::string kind;  // a fact in the past: order_imported, label_bought
  OrderId order;
  ParcelId parcel;
  std::string actor;         // a user's name, or "zifa"
  std::string data = "{}";   // JSON; never personal data
};

struct Job {
  JobId id;
  std::string kind, key;
  std::string args = "{}";
  std::string state = "available";
  std::int64_t priority = 0;
  Instant run_at;
  int attempt = 0;
  std::string last_error;
  OrderId order;
  Instant created_at;
};

class WorkStore {
 public:
  virtual ~WorkStore() = default;
  virtual Result<Done> append(const Event& event) = 0;
  virtual Result<std::vector<Event>> events(OrderId id) = 0;
  virtual Result<std::vector<Event>> events_after(std::int64_t id, int limit) = 0;
  virtual Result<std::int64_t> last_event() = 0;

  // Nothing happens when an unfinished job of the same kind and key exists, but that an earlier run_at wins.
  virtual Result<Done> enqueue(const Job& job) = 0;
  // Takes up to `limit` jobs that are due, or whose lease ran out, for `owner` until `lease_until`.
  virtual Result<std::vector<Job>> claim(std::string_view owner, Instant now, Instant lease_until, int limit) = 0;
  // Only if `owner` still holds the lease (conflict `job.lease_lost` otherwise).
  virtual Result<Done> finish(const Job& job, std::string_view owner, std::string_view state, std::optional<Instant> run_at, std::string_view error, Instant now) = 0;
  virtual Result<Job> job(JobId id) = 0;
  virtual Result<std::vector<Job>> jobs(std::string_view state, int limit) = 0;
  virtual Result<std::optional<Job>> unfinished(std::string_view kind, std::string_view key) = 0;
  virtual Result<Done> set_job_state(JobId id, std::string_view state, Instant run_at) = 0;
  virtual Result<std::int64_t> count_jobs(std::string_view state) = 0;
  virtual Result<std::optional<Instant>> next_run_at() = 0;

  struct Answered {
    std::string body_hash;
    int status = 0;
    std::string response;
  };
  virtual Result<std::optional<Answered>> answered(std::string_view key) = 0;
  virtual Result<Done> remember_answer(std::string_view key, const Answered& answer, Instant now) = 0;

  struct Wave {
    WaveId id;
    WarehouseId warehouse;
    std::string state = "open";
    Instant created_at;
    std::string created_by;
  };
  struct Handover {
    HandoverId id;
    WarehouseId warehouse;
    std::string carrier_id;
    std::string state = "open";
    Instant opened_at;
    std::string opened_by;
    std::optional<Instant> closed_at;
  };
  struct Pick {
    ProductId product;
    std::int64_t picked = 0;
    std::string short_reason;
  };
  virtual Result<WaveId> insert_wave(const Wave& wave) = 0;
  virtual Result<Wave> wave(WaveId id) = 0;
  virtual Result<std::vector<Wave>> waves(std::string_view state, int limit) = 0;
  virtual Result<Done> close_wave(WaveId id, Instant now) = 0;
  virtual Result<Done> set_pick(WaveId id, const Pick& pick) = 0;
  virtual Result<std::vector<std::pair<WaveId, Pick>>> picks(const std::vector<WaveId>& ids) = 0;
  virtual Result<HandoverId> insert_handover(const Handover& handover) = 0;
  virtual Result<Handover> handover(HandoverId id) = 0;
  virtual Result<std::vector<Handover>> handovers(std::string_view state, int limit) = 0;
  virtual Result<Done> close_handover(HandoverId id, Instant now) = 0;

  struct PrintRun {
    std::int64_t id = 0;
    std::string kind, format, size = "100x150", language = "zh-CN";
    std::vector<ParcelId> parcels;
    std::int64_t subject = 0;
    std::int64_t pages = 0;
    bool fetched = false;
    Instant created_at;
    std::string created_by;
  };
  virtual Result<std::int64_t> insert_print(const PrintRun& run) = 0;
  virtual Result<PrintRun> print(std::int64_t id) = 0;
  virtual Result<Done> set_print(const PrintRun& run) = 0;

  struct HealthReport {
    AccountId account;
    std::string marketplace_id;
    Instant at;
    std::string content;
  };
  virtual Result<Done> save_health_report(const HealthReport& report) = 0;
  virtual Result<std::optional<HealthReport>> health_report(AccountId account, std::string_view marketplace_id) = 0;
  virtual Result<Done> note_outage(AccountId account, std::string_view operation, std::string_view error, Instant now) = 0;
  virtual Result<Done> end_outage(AccountId account, Instant now) = 0;
};

struct User {
  UserId id;
  std::string name, password_hash, role = "warehouse", language = "zh-CN", time_zone = "Asia/Shanghai";
  bool active = true;
  int failed_sign_ins = 0;
  std::optional<Instant> locked_until, last_seen_at;
  Instant created_at;
};

struct Session {
  std::string token_hash, csrf;
  UserId user;
  Instant created_at, expires_at;
};

struct ApiToken {
  std::int64_t id = 0;
  std::string name, token_hash, role;
  Instant created_at;
  std::optional<Instant> last_used_at;
};

struct SavedView {
  std::int64_t id = 0;
  UserId user;
  std::string name, screen, query;
  bool shared = false;
};

// Which column of a seller's file is which, chosen for files of this header. Without an account: for every account; without a kind: for
// every kind of file.
struct StoredMapping {
  std::string signature;  // of the header
  std::string kind;       // orders, listings, stock, returns, or ""
  AccountId account;
  std::string name;
  std::string fields;     // JSON
  Instant updated_at;
};

class PeopleStore {
 public:
  virtual ~PeopleStore() = default;
  virtual Result<std::int64_t> count_users() = 0;
  virtual Result<UserId> insert_user(const User& user) = 0;  // conflict `user.name_taken`
  virtual Result<Done> update_user(const User& user) = 0;
  virtual Result<User> user(UserId id) = 0;
  virtual Result<std::optional<User>> user_named(std::string_view name) = 0;
  virtual Result<std::vector<User>> users() = 0;
  virtual Result<Done> insert_session(const Session& session) = 0;
  virtual Result<std::optional<Session>> session(std::string_view token_hash) = 0;
  virtual Result<Done> delete_session(std::string_view token_hash) = 0;
  virtual Result<Done> delete_sessions_of(UserId user) = 0;
  virtual Result<std::int64_t> insert_token(const ApiToken& token) = 0;
  virtual Result<std::optional<ApiToken>> token(std::string_view token_hash) = 0;
  virtual Result<std::vector<ApiToken>> tokens() = 0;
  virtual Result<Done> delete_token(std::int64_t id) = 0;
  virtual Result<std::int64_t> insert_view(const SavedView& view) = 0;
  virtual Result<std::vector<SavedView>> views(UserId user) = 0;
  virtual Result<Done> delete_view(std::int64_t id, UserId user) = 0;
  // The one that fits best: chosen for this account, else for every account; for this kind of file, else for every kind.
  virtual Result<std::optional<StoredMapping>> mapping(std::string_view signature, std::string_view kind, AccountId account) = 0;
  virtual Result<Done> save_mapping(const StoredMapping& mapping) = 0;
  virtual Result<std::vector<StoredMapping>> mappings() = 0;
  virtual Result<bool> delete_mapping(std::string_view signature, std::string_view kind, AccountId account) = 0;  // false: there was none
};

// One row of what `zifa check` verified.
struct Invariant {
  std::string id;
  std::int64_t checked = 0;
  std::int64_t broken = 0;
  std::vector<std::string> examples;  // a few of the broken ones
};

struct CheckReport {
  std::int64_t orders = 0, labels = 0, confirmations = 0;
  std::vector<Invariant> invariants;
  bool ok() const;
};

class ReturnStore;  // ports/return_store.hpp
class ImportStore;  // ports/import_store.hpp
class ExportStore;  // ports/export_store.hpp

// Everything reachable inside one transaction.
struct Tx {
  AccountStore& accounts;
  OrderStore& orders;
  ParcelStore& parcels;
  StockStore& stock;
  SetupStore& setup;
  WorkStore& work;
  PeopleStore& people;
  ReturnStore& returns;
  ImportStore& imports;
  ExportStore& exports;
};

class Store {
 public:
  virtual ~Store() = default;

  // One writer at a time on SQLite; on PostgreSQL a serialisation failure is tried again a few times, so `f` must have
  // no effects outside the transaction.
  virtual Result<Done> write_in(const std::function<Result<Done>(Tx&)>& f) = 0;
  virtual Result<Done> read_in(const std::function<Result<Done>(Tx&)>& f) = 0;

  template <class F>
  auto write(F&& f) -> std::invoke_result_t<F, Tx&> { return within(&Store::write_in, std::forward<F>(f)); }
  template <class F>
  auto read(F&& f) -> std::invoke_result_t<F, Tx&> { return within(&Store::read_in, std::forward<F>(f)); }

  virtual Result<Done> backup_to(const std::string& path) = 0;
  virtual Result<CheckReport> check_invariants() = 0;

 private:
  template <class F>
  auto within(Result<Done> (Store::*run)(const std::function<Result<Done>(Tx&)>&), F&& f) -> std::invoke_result_t<F, Tx&> {
    std::optional<std::invoke_result_t<F, Tx&>> answer;
    Result<Done> ran = (this->*run)([&](Tx& tx) -> Result<Done> {
      answer.emplace(f(tx));
      if (!answer->has_value()) return answer->error();
      return done;
    });
    if (!ran) return ran.error();
    return std::move(*answer);
  }
};

}  // namespace zifa
