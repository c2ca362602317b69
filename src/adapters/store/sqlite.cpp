#include <sqlite3.h>

#include "adapters/store/sql.hpp"

namespace zifa::sql {

namespace {

Error failure(sqlite3* db, int code, const std::string& doing) {
  const std::string why = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return unavailable("store.busy", "The database is busy (" + doing + "): " + why + ". Try again.");
    case SQLITE_FULL: return unavailable("store.disk_full", "The disk is full; nothing was changed. Free some space and try again.");
    case SQLITE_CONSTRAINT: return conflict("store.constraint", "The database refused a row: " + why + ".");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return unavailable("store.cannot_open", "The database cannot be opened for writing: " + why + ". Check the folder's permissions.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return corrupt("store.not_a_database", "The database file is damaged or not a Zifa database: " + why + ".");
    case SQLITE_IOERR: return unavailable("store.io", "The disk could not be read or written: " + why + ".");
    default: return corrupt("store.failed", "The database failed while " + doing + ": " + why + ".");
  }
}

class SqliteStatement final : public DriverStatement {
 public:
  SqliteStatement(sqlite3* db, sqlite3_stmt* statement) : db_(db), statement_(statement) {}
  ~SqliteStatement() override { sqlite3_finalize(statement_); }

  void bind_null(int at) override { sqlite3_bind_null(statement_, at); }
  void bind_int(int at, std::int64_t value) override { sqlite3_bind_int64(statement_, at, value); }
  void bind_text(int at, std::string_view value) override {
    sqlite3_bind_text64(statement_, at, value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bind_blob(int at, std::string_view value) override {
    sqlite3_bind_blob64(statement_, at, value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT);
  }
  Result<bool> step() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
      changes_ = sqlite3_changes64(db_);
      sqlite3_reset(statement_);
      return false;
    }
    const Error error = failure(db_, sqlite3_extended_errcode(db_), std::string("running: ") + sqlite3_sql(statement_));
    sqlite3_reset(statement_);
    return error;
  }
  void reset() override {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t get_int(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view get_text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string_view() : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  std::string_view get_blob(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  std::int64_t changes() const override { return changes_; }

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_;
  std::int64_t changes_ = 0;
};

class SqliteDriver final : public Driver {
 public:
  explicit SqliteDriver(sqlite3* db) : db_(db) {}
  ~SqliteDriver() override { sqlite3_close_v2(db_); }

  Dialect dialect() const override { return Dialect::sqlite; }
  Result<Done> run(const std::string& sql) override {
    const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(db_, sqlite3_extended_errcode(db_), "running: " + sql.substr(0, 120));
    return done;
  }
  Result<std::unique_ptr<DriverStatement>> prepare(const std::string& sql) override {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure(db_, code, "reading the statement: " + sql);
    return std::unique_ptr<DriverStatement>(std::make_unique<SqliteStatement>(db_, statement));
  }
  Result<Done> backup_to(const std::string& path) override {
    sqlite3* to = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (code != SQLITE_OK) {
      const Error error = failure(to, code, "opening " + path);
      sqlite3_close_v2(to);
      return error;
    }
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", db_, "main");
    if (backup == nullptr) {
      const Error error = failure(to, sqlite3_errcode(to), "starting the copy");
      sqlite3_close_v2(to);
      return error;
    }
    // In one go: a copy made in steps starts over whenever another connection writes.
    code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) {
      const Error error = failure(to, code, "copying to " + path);
      sqlite3_close_v2(to);
      return error;
    }
    sqlite3_exec(to, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
    sqlite3_close_v2(to);
    return done;
  }
  void interrupt() override { sqlite3_interrupt(db_); }

 private:
  sqlite3* db_;
};

}  // namespace

Result<std::unique_ptr<Driver>> open_sqlite(const std::string& path, bool read_only) {
  // Nobody asks SQLite how much memory it uses; counting it takes a lock for every allocation.
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* db = nullptr;
  const int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  if (code != SQLITE_OK) {
    const Error error = failure(db, code, "opening " + path);
    sqlite3_close_v2(db);
    return error;
  }
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, 20'000);
  sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 1'200, 400);
  auto driver = std::make_unique<SqliteDriver>(db);
  // NORMAL in WAL mode: a power cut may lose the last commits but never tears the database; what must not be
  // repeated outside is protected by natural keys and read-backs, not by the last fsync.
  for (const char* pragma : {"PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16000", "PRAGMA mmap_size = 0"}) TRY(driver->run(pragma));
  if (!read_only)
    for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA wal_autocheckpoint = 16000"}) TRY(driver->run(pragma));
  return std::unique_ptr<Driver>(std::move(driver));
}

}  // namespace zifa::sql
