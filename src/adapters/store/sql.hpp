// One thin layer over sqlite3 and libpq: connections, prepared statements, transactions. No SQL is hidden and none is made up.
//
// SQL is written once, with ? for parameters; what the two databases spell differently is written as a macro that
// the driver replaces when a statement is prepared: @id (an integer key that counts by itself), @int, @blob, @by_key (a table that is
// its primary key's index). Text compares by its bytes in both (see migrate.cpp): prefixes are ranges, pages go on where they ended.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace zifa::sql {

enum class Dialect { sqlite, postgres };

// A prepared statement of a driver. Parameters count from 1, columns from 0.
class DriverStatement {
 public:
  virtual ~DriverStatement() = default;
  virtual void bind_null(int at) = 0;
  virtual void bind_int(int at, std::int64_t value) = 0;
  virtual void bind_text(int at, std::string_view value) = 0;  // copied
  virtual void bind_blob(int at, std::string_view value) = 0;  // copied
  virtual Result<bool> step() = 0;  // true: a row is there
  virtual void reset() = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t get_int(int column) const = 0;
  virtual std::string_view get_text(int column) const = 0;  // valid until the next step
  virtual std::string_view get_blob(int column) const = 0;
  virtual std::int64_t changes() const = 0;  // rows changed by the last step
};

class Driver {
 public:
  virtual ~Driver() = default;
  virtual Dialect dialect() const = 0;
  virtual Result<Done> run(const std::string& sql) = 0;  // several statements, no parameters
  virtual Result<std::unique_ptr<DriverStatement>> prepare(const std::string& sql) = 0;
  // For a text that is used once: nothing of it stays on the server.
  virtual Result<std::unique_ptr<DriverStatement>> prepare_once(const std::string& sql) { return prepare(sql); }
  // False once the server was lost: prepared statements are gone with it, so the whole connection is dropped.
  virtual bool usable() const { return true; }
  // SQLite: writes a consistent copy while others go on. PostgreSQL: refused, use pg_dump.
  virtual Result<Done> backup_to(const std::string& path) = 0;
  virtual void interrupt() = 0;
};

// `path` of a file, or postgresql://… . `read_only` connections see the last committed state.
Result<std::unique_ptr<Driver>> open_sqlite(const std::string& path, bool read_only);
Result<std::unique_ptr<Driver>> open_postgres(const std::string& url);

// Binding by type, in order; reading by type.
class Statement {
 public:
  explicit Statement(DriverStatement* driver) : driver_(driver) { driver_->reset(); }
  explicit Statement(std::unique_ptr<DriverStatement> owned) : owned_(std::move(owned)), driver_(owned_.get()) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&& other) noexcept : owned_(std::move(other.owned_)), driver_(other.driver_), next_(other.next_) { other.driver_ = nullptr; }
  ~Statement() { if (driver_ != nullptr) driver_->reset(); }

  Statement& add(std::int64_t value) { driver_->bind_int(next_++, value); return *this; }
  Statement& add(int value) { return add(std::int64_t{value}); }
  Statement& add(bool value) { return add(std::int64_t{value ? 1 : 0}); }
  Statement& add(std::string_view value) { driver_->bind_text(next_++, value); return *this; }
  Statement& add(const char* value) { return add(std::string_view(value)); }
  Statement& add(const std::string& value) { return add(std::string_view(value)); }
  Statement& add(Instant value) { return add(value.ms()); }
  Statement& add(std::nullptr_t) { driver_->bind_null(next_++); return *this; }
  template <class Tag>
  Statement& add(const Id<Tag, std::int64_t>& id) { return add(id.value()); }
  template <class T>
  Statement& add(const std::optional<T>& value) { return value ? add(*value) : add(nullptr); }
  Statement& add_blob(std::string_view value) { driver_->bind_blob(next_++, value); return *this; }
  // NULL when the text is empty.
  Statement& add_text_or_null(std::string_view value) { return value.empty() ? add(nullptr) : add(value); }
  // NULL when the id is 0.
  template <class Tag>
  Statement& add_or_null(const Id<Tag, std::int64_t>& id) { return id.value() == 0 ? add(nullptr) : add(id.value()); }
  template <class... Values>
  Statement& with(const Values&... values) { (add(values), ...); return *this; }

  Result<bool> step() { return driver_->step(); }
  // For statements that answer no rows; the number of rows changed.
  Result<std::int64_t> run();
  // Starts over with new values.
  void again() { driver_->reset(); next_ = 1; }

  bool is_null(int column) const { return driver_->is_null(column); }
  std::int64_t integer(int column) const { return driver_->get_int(column); }
  bool boolean(int column) const { return driver_->get_int(column) != 0; }
  std::string text(int column) const { return std::string(driver_->get_text(column)); }
  std::string_view view(int column) const { return driver_->get_text(column); }
  std::string blob(int column) const { return std::string(driver_->get_blob(column)); }
  Instant instant(int column) const { return Instant::from_ms(driver_->get_int(column)); }
  std::optional<Instant> instant_if(int column) const { return is_null(column) ? std::nullopt : std::optional(instant(column)); }
  std::optional<std::int64_t> integer_if(int column) const { return is_null(column) ? std::nullopt : std::optional(integer(column)); }
  template <class IdType>
  IdType id(int column) const { return IdType(is_null(column) ? 0 : integer(column)); }

 private:
  std::unique_ptr<DriverStatement> owned_;
  DriverStatement* driver_;
  int next_ = 1;
};

// One connection with its prepared statements. Used by one thread at a time.
class Connection {
 public:
  explicit Connection(std::unique_ptr<Driver> driver) : driver_(std::move(driver)) {}

  Dialect dialect() const { return driver_->dialect(); }
  Driver& driver() { return *driver_; }
  Result<Done> run(const std::string& sql) { return driver_->run(expanded(sql)); }
  // Prepared once per text and kept. A statement must be finished before the same text is asked for again.
  Result<Statement> prepare(std::string_view sql);
  // For texts put together at run time: prepared, used once, forgotten.
  Result<Statement> prepare_once(std::string_view sql);
  // Prepare, bind, run; for statements without rows. Answers the number of rows changed.
  template <class... Values>
  Result<std::int64_t> execute(std::string_view sql, const Values&... values) {
    Statement statement = TRY(prepare(sql));
    statement.with(values...);
    return statement.run();
  }

  // Runs a statement that may break a constraint. On PostgreSQL such a failure would spoil the whole transaction; behind a savepoint
  // it undoes the statement alone, as on SQLite, and the use case may go on.
  template <class F>
  auto attempt(F&& statement) -> std::invoke_result_t<F> {
    if (dialect() == Dialect::sqlite || !in_transaction_) return statement();
    TRY(driver_->run("SAVEPOINT attempt"));
    auto result = statement();
    TRY(driver_->run(result ? "RELEASE SAVEPOINT attempt" : "ROLLBACK TO SAVEPOINT attempt"));
    return result;
  }

  Result<Done> begin_write();
  Result<Done> begin_read();
  Result<Done> commit();
  void rollback();
  bool in_transaction() const { return in_transaction_; }

 private:
  std::string expanded(std::string_view sql) const;

  std::unique_ptr<Driver> driver_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, std::unique_ptr<DriverStatement>, Hash, std::equal_to<>> statements_;
  bool in_transaction_ = false;
};

}  // namespace zifa::sql
