#include <libpq-fe.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "adapters/store/sql.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

// The text with $1, $2, ... for each ? outside quotes.
struct Numbered {
  std::string sql;
  int parameters = 0;
};

Error failure(PGconn* connection, const PGresult* result, const std::string& doing) {
  const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string code = state != nullptr ? state : "";
  const std::string why(trim(result != nullptr && PQresultErrorMessage(result)[0] != '\0' ? PQresultErrorMessage(result) : PQerrorMessage(connection)));
  if (code.starts_with("40") || code == "55P03") return unavailable("store.busy", "The database is busy (" + doing + "): " + why + " Try again.");
  if (code.starts_with("23")) return conflict("store.constraint", "The database refused a row: " + why);
  if (code.starts_with("22")) return invalid("store.bad_value", "The database cannot keep a value: " + why);
  if (code == "53100") return unavailable("store.disk_full", "The database server's disk is full; nothing was changed. Free some space and try again.");
  if (code.starts_with("53")) return unavailable("store.no_room", "The database server is at its limits: " + why);
  if (code == "25006") return unavailable("store.cannot_write", "The database takes no writes (a read-only or standby server): " + why);
  if (code == "57014") return unavailable("store.interrupted", "The database was interrupted: " + why);
  if (code.empty() || code.starts_with("08") || code.starts_with("57")) return unavailable("store.no_connection", "The database server does not answer: " + why);
  if (code == "42501") return unavailable("store.not_allowed", "The database user may not do that: " + why + " Give it the rights of the database's owner.");
  return corrupt("store.failed", "The database failed while " + doing + ": " + why);
}

Numbered numbered(const std::string& sql) {
  Numbered out;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      out.sql += "$" + std::to_string(++out.parameters);
      continue;
    }
    out.sql += c;
  }
  return out;
}

// PostgreSQL keeps no NUL and nothing that is not UTF-8: such bytes become U+FFFD, so that one broken character in a pasted number or a
// title does not refuse the whole of it.
std::string storable(std::string_view text) {
  if (is_utf8(text) && text.find('\0') == std::string_view::npos) return std::string(text);
  std::string out;
  while (!text.empty()) {
    std::size_t size = std::min<std::size_t>(4, text.size());
    while (size > 0 && !(utf8_length(text.substr(0, size)) == 1 && is_utf8(text.substr(0, size)))) --size;
    if (size == 0 || text.front() == '\0') out += "\xEF\xBF\xBD";
    else out += text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

// A connection, and the first thing that went wrong in its transaction: whatever is asked after that is refused for that reason,
// not for its own, and only the first one says whether trying again may help.
struct Session {
  PGconn* connection;
  std::optional<Error> spoilt_by;

  Error failed(const PGresult* result, const std::string& doing) {
    const char* state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    if (spoilt_by && state != nullptr && std::string_view(state) == "25P02") return *spoilt_by;
    Error error = failure(connection, result, doing);
    if (!spoilt_by && PQtransactionStatus(connection) == PQTRANS_INERROR) spoilt_by = error;
    return error;
  }
};

class PostgresStatement final : public DriverStatement {
 public:
  // With a name it was prepared on the server; without one the text is sent along.
  PostgresStatement(Session& session, std::string name, Numbered text) : session_(session), connection_(session.connection), name_(std::move(name)), text_(std::move(text)), values_(static_cast<std::size_t>(text_.parameters)) {}
  ~PostgresStatement() override { PQclear(result_); }

  void bind_null(int at) override { value(at) = {true, {}, 0}; }
  void bind_int(int at, std::int64_t number) override { value(at) = {false, std::to_string(number), 0}; }
  void bind_text(int at, std::string_view text) override { value(at) = {false, storable(text), 0}; }
  void bind_blob(int at, std::string_view bytes) override { value(at) = {false, std::string(bytes), 1}; }

  Result<bool> step() override {
    if (result_ == nullptr) {
      std::vector<const char*> pointers;
      std::vector<int> lengths, formats;
      for (const Value& v : values_) {
        pointers.push_back(v.null ? nullptr : v.bytes.c_str());
        lengths.push_back(static_cast<int>(v.bytes.size()));
        formats.push_back(v.format);
      }
      const int count = static_cast<int>(values_.size());
      result_ = name_.empty() ? PQexecParams(connection_, text_.sql.c_str(), count, nullptr, pointers.data(), lengths.data(), formats.data(), 0)
                              : PQexecPrepared(connection_, name_.c_str(), count, pointers.data(), lengths.data(), formats.data(), 0);
      const ExecStatusType status = PQresultStatus(result_);
      if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        const Error error = session_.failed(result_, "running: " + text_.sql.substr(0, 200));
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
    check(at >= 1 && static_cast<std::size_t>(at) <= values_.size(), "more values than parameters in " + text_.sql);
    return values_[static_cast<std::size_t>(at - 1)];
  }
  void clear() {
    PQclear(result_);
    result_ = nullptr;
  }

  Session& session_;
  PGconn* connection_;
  std::string name_;
  Numbered text_;
  std::vector<Value> values_;
  PGresult* result_ = nullptr;
  int row_ = -1;
  std::int64_t changes_ = 0;
  mutable std::string blob_;
};

class PostgresDriver final : public Driver {
 public:
  explicit PostgresDriver(PGconn* connection) : connection_(connection), session_{connection, {}} {}
  ~PostgresDriver() override { PQfinish(connection_); }

  Dialect dialect() const override { return Dialect::postgres; }
  Result<Done> run(const std::string& sql) override {
    PGresult* result = PQexec(connection_, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
      const Error error = session_.failed(result, "running: " + sql.substr(0, 120));
      PQclear(result);
      return error;
    }
    // A transaction in which something failed is ended by COMMIT without a complaint, but nothing of it is kept.
    const bool undone = sql == "COMMIT" && std::string_view(PQcmdStatus(result)) == "ROLLBACK";
    PQclear(result);
    std::optional<Error> why;
    if (PQtransactionStatus(connection_) != PQTRANS_INERROR) why.swap(session_.spoilt_by);
    if (undone) return why ? *why : corrupt("store.failed", "The database undid the transaction.");
    return done;
  }
  Result<std::unique_ptr<DriverStatement>> prepare(const std::string& sql) override {
    const std::string name = "s" + std::to_string(++count_);
    Numbered text = numbered(sql);
    PGresult* result = PQprepare(connection_, name.c_str(), text.sql.c_str(), 0, nullptr);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
      const Error error = session_.failed(result, "reading the statement: " + sql);
      PQclear(result);
      return error;
    }
    PQclear(result);
    return std::unique_ptr<DriverStatement>(std::make_unique<PostgresStatement>(session_, name, std::move(text)));
  }
  Result<std::unique_ptr<DriverStatement>> prepare_once(const std::string& sql) override {
    return std::unique_ptr<DriverStatement>(std::make_unique<PostgresStatement>(session_, "", numbered(sql)));
  }
  bool usable() const override { return PQstatus(connection_) == CONNECTION_OK; }
  Result<Done> backup_to(const std::string&) override {
    return refused("store.backup_postgres", "A PostgreSQL database is backed up by its own tool, while work goes on: " + pg_dump_command(connection_) + ". Keep a copy of the key file beside it.");
  }
  void interrupt() override {
    PGcancel* cancel = PQgetCancel(connection_);
    char why[256];
    if (cancel != nullptr) PQcancel(cancel, why, sizeof why);
    PQfreeCancel(cancel);
  }

 private:
  // The command for this database, without its password.
  static std::string pg_dump_command(PGconn* connection) {
    std::string command = "pg_dump --format=custom --file=zifa.dump";
    const auto option = [&](const char* name, const char* value) {
      if (value != nullptr && *value != '\0') command += std::string(" --") + name + "=" + value;
    };
    option("host", PQhost(connection));
    option("port", PQport(connection));
    option("username", PQuser(connection));
    return command + " " + PQdb(connection);
  }

  PGconn* connection_;
  Session session_;
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
  TRY(driver->run("SET client_min_messages = error; SET TIME ZONE 'UTC'; SET client_encoding = 'UTF8'; SET synchronous_commit = on"));
  return std::unique_ptr<Driver>(std::move(driver));
}

}  // namespace zifa::sql
