#include "adapters/store/store.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "adapters/store/migrate.hpp"
#include "adapters/store/rows.hpp"
#include "base/splitmix.hpp"

namespace zifa {

bool CheckReport::ok() const {
  return std::all_of(invariants.begin(), invariants.end(), [](const Invariant& i) { return i.broken == 0; });
}

bool is_postgres_url(std::string_view url) { return url.starts_with("postgresql://") || url.starts_with("postgres://"); }

namespace {

constexpr int kMostAttempts = 30;

// A connection with every aggregate bound to it.
struct Bound {
  Bound(std::unique_ptr<sql::Driver> driver, const Secrets& secrets)
      : connection(std::move(driver)),
        accounts(sql::account_store(connection, secrets)),
        orders(sql::order_store(connection, secrets)),
        parcels(sql::parcel_store(connection)),
        stock(sql::stock_store(connection)),
        setup(sql::setup_store(connection, secrets)),
        work(sql::work_store(connection)),
        people(sql::people_store(connection)),
        returns(sql::return_store(connection)),
        imports(sql::import_store(connection, secrets)),
        exports(sql::export_store(connection)),
        tx{*accounts, *orders, *parcels, *stock, *setup, *work, *people, *returns, *imports, *exports} {}

  sql::Connection connection;
  std::unique_ptr<AccountStore> accounts;
  std::unique_ptr<OrderStore> orders;
  std::unique_ptr<ParcelStore> parcels;
  std::unique_ptr<StockStore> stock;
  std::unique_ptr<SetupStore> setup;
  std::unique_ptr<WorkStore> work;
  std::unique_ptr<PeopleStore> people;
  std::unique_ptr<ReturnStore> returns;
  std::unique_ptr<ImportStore> imports;
  std::unique_ptr<ExportStore> exports;
  Tx tx;
};

class SqlStore final : public Store {
 public:
  SqlStore(StoreOptions options, const Secrets& secrets) : options_(std::move(options)), secrets_(secrets), postgres_(is_postgres_url(options_.url)) {}

  Result<Done> start() {
    auto writer = TRY(open(false));
    TRY(sql::migrate(writer->connection));
    writers_.push_back(std::move(writer));
    return done;
  }

  Result<Done> write_in(const std::function<Result<Done>(Tx&)>& f) override {
    // SQLite has one writer; PostgreSQL as many as there are threads.
    std::unique_lock<std::mutex> one_writer;
    if (!postgres_) one_writer = std::unique_lock(write_mutex_);
    // Transactions that crossed each other: PostgreSQL lets one of them through, the others begin again, each after a while of its own.
    for (int attempt = 0;; ++attempt) {
      Result<Done> ran = run(writers_, false, f);
      if (ran || !postgres_ || ran.error().code != "store.busy" || attempt >= kMostAttempts) return ran;
      const std::int64_t longest = std::int64_t{2} << std::min(attempt, 6);
      const std::int64_t turn = SplitMix(++crossings_ ^ reinterpret_cast<std::uintptr_t>(this)).between(0, longest);
      std::this_thread::sleep_for(std::chrono::milliseconds(turn));
    }
  }

  Result<Done> read_in(const std::function<Result<Done>(Tx&)>& f) override { return run(readers_, true, f); }

  Result<Done> backup_to(const std::string& path) override {
    auto reader = TRY(open(true));
    return reader->connection.driver().backup_to(path);
  }

  Result<CheckReport> check_invariants() override {
    auto reader = TRY(open(true));
    TRY(reader->connection.begin_read());
    Result<CheckReport> report = sql::check_invariants(reader->connection);
    reader->connection.rollback();
    return report;
  }

 private:
  Result<std::unique_ptr<Bound>> open(bool read_only) {
    auto driver = TRY(postgres_ ? sql::open_postgres(options_.url) : sql::open_sqlite(options_.url, read_only));
    return std::make_unique<Bound>(std::move(driver), secrets_);
  }

  Result<Done> run(std::vector<std::unique_ptr<Bound>>& idle, bool read_only, const std::function<Result<Done>(Tx&)>& f) {
    std::unique_ptr<Bound> bound;
    {
      const std::lock_guard lock(idle_mutex_);
      if (!idle.empty()) {
        bound = std::move(idle.back());
        idle.pop_back();
      }
    }
    // A kept connection whose server was restarted since: another one is opened, for nothing was asked of it yet.
    if (bound != nullptr && !(begin(*bound, read_only))) bound.reset();
    if (bound == nullptr) {
      bound = TRY(open(read_only));
      TRY(begin(*bound, read_only));
    }
    Result<Done> ran = within(*bound, f);
    if (!bound->connection.driver().usable()) return ran;
    const std::lock_guard lock(idle_mutex_);
    if (idle.size() < static_cast<std::size_t>(std::max(options_.readers, 1))) idle.push_back(std::move(bound));
    return ran;
  }

  static Result<Done> begin(Bound& bound, bool read_only) { return read_only ? bound.connection.begin_read() : bound.connection.begin_write(); }

  static Result<Done> within(Bound& bound, const std::function<Result<Done>(Tx&)>& f) {
    struct Guard {
      sql::Connection& connection;
      ~Guard() { connection.rollback(); }  // does nothing after a commit
    } guard{bound.connection};
    TRY(f(bound.tx));
    return bound.connection.commit();
  }

  StoreOptions options_;
  const Secrets& secrets_;
  const bool postgres_;
  std::atomic<std::uint64_t> crossings_ = 0;
  std::mutex write_mutex_, idle_mutex_;
  std::vector<std::unique_ptr<Bound>> writers_, readers_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options, const Secrets& secrets) {
  auto store = std::make_unique<SqlStore>(options, secrets);
  TRY(store->start());
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace zifa
