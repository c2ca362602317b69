#include "adapters/store/migrate.hpp"

#include <sodium.h>

#include <map>

#include "base/encoding.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

constexpr std::string_view kFolder = "src/adapters/store/migrations/";

std::string checksum(std::string_view text) {
  unsigned char hash[16];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return to_hex({reinterpret_cast<const char*>(hash), sizeof hash});
}

// number -> text; `0004_x.postgres.sql` stands in for `0004_x.sql` on PostgreSQL.
std::map<std::int64_t, std::string_view> migrations(Dialect dialect) {
  std::map<std::int64_t, std::string_view> found;
  for (const auto& [path, text] : resources()) {
    if (!path.starts_with(kFolder)) continue;
    const std::string_view name = path.substr(kFolder.size());
    const auto number = to_int(name.substr(0, 4));
    if (!number) continue;
    const bool for_postgres = name.ends_with(".postgres.sql");
    if (for_postgres && dialect != Dialect::postgres) continue;
    if (!for_postgres && found.contains(*number)) continue;
    found[*number] = text;
  }
  return found;
}

// SQLite compares text by its bytes; a PostgreSQL server may be set to the order of some language, in which the numbers that begin
// with "113-" are no range. Every column of text is therefore made with the collation that compares bytes.
std::string by_bytes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t found = text.find(" TEXT", at);
    if (found == std::string_view::npos) return out.append(text.substr(at));
    const std::size_t end = found + 5;
    out.append(text.substr(at, end - at));
    if (end == text.size() || text[end] == ' ' || text[end] == ',' || text[end] == '\n' || text[end] == ';') out += " COLLATE \"C\"";
    at = end;
  }
  return out;
}

}  // namespace

Result<Done> migrate(Connection& connection) {
  // Two programs that start at once on one PostgreSQL: the second waits, and finds the work done. Taken before the transaction, whose
  // view of the tables would otherwise be older than the wait.
  struct Turn {
    Connection* connection = nullptr;
    ~Turn() { if (connection != nullptr) (void)connection->run("SELECT pg_advisory_unlock(7283145)"); }
  } turn;
  if (connection.dialect() == Dialect::postgres) {
    TRY(connection.run("SELECT pg_advisory_lock(7283145)"));
    turn.connection = &connection;
  }
  TRY(connection.run("CREATE TABLE IF NOT EXISTS migration (number @int PRIMARY KEY, checksum TEXT NOT NULL)"));
  TRY(connection.begin_write());
  struct Guard {
    Connection& connection;
    ~Guard() { connection.rollback(); }
  } guard{connection};
  std::map<std::int64_t, std::string> ran;
  {
    Statement select = TRY(connection.prepare("SELECT number, checksum FROM migration"));
    while (TRY(select.step())) ran[select.integer(0)] = select.text(1);
  }
  const auto known = migrations(connection.dialect());
  for (const auto& [number, sum] : ran) {
    const auto ours = known.find(number);
    if (ours == known.end())
      return refused("store.newer", "This database was written by a later version of Zifa (migration " + std::to_string(number) + "). Start that version, or restore a backup made before the update.");
    if (checksum(ours->second) != sum)
      return refused("store.changed_migration", "Migration " + std::to_string(number) + " of this database is not the one this program knows. Start the version that made it.");
  }
  for (const auto& [number, text] : known) {
    if (ran.contains(number)) continue;
    TRY(connection.run(connection.dialect() == Dialect::postgres ? by_bytes(text) : std::string(text)));
    TRY(connection.execute("INSERT INTO migration (number, checksum) VALUES (?, ?)", number, checksum(text)));
  }
  return connection.commit();
}

}  // namespace zifa::sql
