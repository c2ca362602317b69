#include <libpq-fe.h>

#include <charconv>
#include <vector>

#include "adapters/store/sql.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

Error failure(PGconn* connection, const PGresult* result, const std::string& doing) {
  const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string code = state != nullptr ? state : "";
  const std::string why(trim(result != nullptr && PQresultErrorMessage(result)[0] != '\0' ? PQresultErrorMessage(result) : PQerrorMessage(connection)));
  if (code.starts_with("40") || code == "55P03") return unavailable("store.busy", "The database is busy (" + doing + "): " + why + " Try again.");
  if (code.starts_with("23")) return conflict("store.constraint", "The database refused a row: " + why);
  if (code.starts_with("53")) return unavailable("store.disk_full", "The database server has no room left: " + why);
  if (code.empty() || code.starts_with("08") || code.starts_with("57")) return unavailable("store.no_connection", "The database server does not answer: " + why);
  return corrupt("store.failed", "The database failed while " + doing + ": " + why);
}

// ? becomes $1, $2, ... outside quotes.
std::string numbered(const std::string& sql) {
  std::string out;
  int next = 1;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      out += "$" + std::to_string(next++);
      continue;
    }
    out += c;
  }
  return out;
}

class PostgresStatement final : public DriverStatement {
 public:
  PostgresStatement(PGconn* connection, std::string name, int parameters) : connection_(connection), name_(std::move(name)), values_(static_cast<std::size_t>(parameters)) {}
  ~PostgresStatement() override { PQclear(result_); }

  void bind_null(int at) override { value(at) = {true, {}, 0}; }
  void bind_int(int at, std::int64_t number) override { value(at) = {false, std::to_string(number), 0}; }
  void bind_text(int at, std::string_view text) override { value(at) = {false, std::string(text), 0}; }
  void bind_blob(int at, std::string_view bytes) override { value(at) = {false, std::string(bytes), 1}; }

  Result<bool> step() override {
    if (result_ == nullptr) {
      std::vector<const char*> pointers;
      std::vector<int> lengths, formats;
      for (const Value& v : values_) {
        pointers.push_back(v.null ? nullptr : v.bytes.c_str());
        lengths.push_back(static_cast<int>(v.bytes.size()));
        formats.push_back(v.format);
        if (v.format == 0 && v.bytes.find('\0') != std::string::npos)
          return invalid("store.nul_in_text", "A text with a NUL byte cannot be stored; remove it.");
      }
      result_ = PQexecPrepared(connection_, name_.c_str(), static_cast<int>(values_.size()), pointers.data(), lengths.data(), formats.data(), 0);
      const ExecStatusType status = PQresultStatus(result_);
      if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        const Error error = failure(connection_, result_, "running a statement");
        clear();
        return error;
      }
      changes_ = to_int(PQcmdTuples(result_)).value_or(0);
      row_ = -1;
    }
    ++row_;
    if (row_ < PQntuples(result_)) return true;
    clear();
    return false;
  }
  void reset() override {
    clear();
    for (Value& v : values_) v = {true, {}, 0};
  }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t get_int(int column) const override { return to_scaled(get_text(column), 0).value_or(0); }
  std::string_view get_text(int column) const override {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  std::string_view get_blob(int column) const override {
    std::size_t size = 0;
    unsigned char* bytes = PQunescapeBytea(reinterpret_cast<const unsigned char*>(PQgetvalue(result_, row_, column)), &size);
    blob_.assign(reinterpret_cast<const char*>(bytes), size);
    PQfreemem(bytes);
    return blob_;
  }
  std::int64_t changes() const override { return changes_; }

 private:
  struct Value {
    bool null = true;
    std::string bytes;
    int format = 0;
  };
  Value& value(int at) {
    check(at >= 1 && static_cast<std::size_t>(at) <= values_.size(), "more values than parameters in " + name_);
    return values_[static_cast<std::size_t>(at - 1)];
  }
  void clear() {
    PQclear(result_);
    result_ = nullptr;
  }

  PGconn* connection_;
  std::string name_;
  std::vector<Value> values_;
  PGresult* result_ = nullptr;
  int row_ = -1;
  std::int64_t changes_ = 0;
  mutable std::string blob_;
};

class PostgresDriver final : public Driver {
 public:
  explicit PostgresDriver(PGconn* connection) : connection_(connection) {}
  ~PostgresDriver() override { PQfinish(connection_); }

  Dialect dialect() const override { return Dialect::postgres; }
  Result<Done> run(const std::string& sql) override {
    if (PQstatus(connection_) == CONNECTION_BAD) PQreset(connection_);
    PGresult* result = PQexec(connection_, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
      const Error error = failure(connection_, result, "running: " + sql.substr(0, 120));
      PQclear(result);
      return error;
    }
    PQclear(result);
    return done;
  }
  Result<std::unique_ptr<DriverStatement>> prepare(const std::string& sql) override {
    const std::string name = "s" + std::to_string(++count_);
    const std::string text = numbered(sql);
    PGresult* result = PQprepare(connection_, name.c_str(), text.c_str(), 0, nullptr);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
      const Error error = failure(connection_, result, "reading the statement: " + sql);
      PQclear(result);
      return error;
    }
    PQclear(result);
    PGresult* described = PQdescribePrepared(connection_, name.c_str());
    const int parameters = PQnparams(described);
    PQclear(described);
    return std::unique_ptr<DriverStatement>(std::make_unique<PostgresStatement>(connection_, name, parameters));
  }
  Result<Done> backup_to(const std::string&) override {
    return refused("store.backup_postgres", "A PostgreSQL database is backed up with pg_dump; `zifa backup` copies SQLite databases.");
  }
  void interrupt() override {
    PGcancel* cancel = PQgetCancel(connection_);
    char why[256];
    if (cancel != nullptr) PQcancel(cancel, why, sizeof why);
    PQfreeCancel(cancel);
  }

 private:
  PGconn* connection_;
  int count_ = 0;
};

}  // namespace

Result<std::unique_ptr<Driver>> open_postgres(const std::string& url) {
  PGconn* connection = PQconnectdb(url.c_str());
  if (PQstatus(connection) != CONNECTION_OK) {
    const std::string why(trim(PQerrorMessage(connection)));
    PQfinish(connection);
    return unavailable("store.no_connection", "The database server does not answer: " + why);
  }
  auto driver = std::make_unique<PostgresDriver>(connection);
  TRY(driver->run("SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET client_encoding = 'UTF8'; SET synchronous_commit = on"));
  return std::unique_ptr<Driver>(std::move(driver));
}

}  // namespace zifa::sql
