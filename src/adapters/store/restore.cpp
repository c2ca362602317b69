#include <filesystem>

#include "adapters/store/sql.hpp"
#include "adapters/store/store.hpp"

namespace zifa {

namespace {

// A database in WAL mode leaves it only while no other connection is open. One that cannot be opened is used by nobody.
Result<Done> nobody_uses(const std::string& db) {
  std::error_code failed;
  if (!std::filesystem::exists(db, failed)) return done;
  auto driver = sql::open_sqlite(db, false);
  if (!driver) return driver.error().code == "store.busy" ? refused("restore.in_use", "Zifa is running on " + db + "; stop it, then restore.") : Result<Done>(done);
  sql::Connection connection(std::move(*driver));
  if (const auto hurried = connection.run("PRAGMA busy_timeout = 500"); !hurried) return done;
  auto statement = connection.prepare_once("PRAGMA journal_mode = DELETE");
  if (!statement) return done;
  const Result<bool> alone = statement->step();
  if ((!alone && alone.error().code == "store.busy") || (alone && *alone && statement->view(0) != "delete")) return refused("restore.in_use", "Zifa is running on " + db + "; stop it, then restore. Nothing was changed.");
  return done;
}

}  // namespace

Result<Done> restore_sqlite(const std::string& backup, const std::string& db) {
  namespace fs = std::filesystem;
  if (is_postgres_url(db)) return refused("restore.postgres", "A PostgreSQL database is restored by its own tool, with Zifa stopped: pg_restore --clean --if-exists --no-owner --dbname=ADDRESS " + backup + ", where ADDRESS is what --db says.");
  std::error_code failed;
  if (!fs::exists(backup, failed)) return not_found("file.cannot_open", "There is no file " + backup + ".");
  {
    auto driver = TRY(sql::open_sqlite(backup, true));
    sql::Connection connection(std::move(driver));
    auto statement = connection.prepare_once("SELECT count(*) FROM migration");
    if (!statement) return corrupt("restore.not_a_backup", backup + " is not a backup of a Zifa database; nothing was changed.");
    sql::Statement whole = TRY(connection.prepare_once("PRAGMA quick_check(1)"));
    if (!TRY(whole.step()) || whole.view(0) != "ok") return corrupt("restore.not_a_backup", backup + " is damaged; nothing was changed. Take another backup.");
  }
  TRY(nobody_uses(db));
  const std::string coming = db + ".restoring";
  fs::copy_file(backup, coming, fs::copy_options::overwrite_existing, failed);
  if (failed) return unavailable("store.io", "The backup could not be copied: " + failed.message() + ".");
  for (const char* part : {"-wal", "-shm"})
    if (fs::exists(db + part, failed)) fs::rename(db + part, db + ".before-restore" + part, failed);
  if (fs::exists(db, failed)) fs::rename(db, db + ".before-restore", failed);
  if (failed) return unavailable("store.io", "The present database could not be moved aside: " + failed.message() + ".");
  fs::rename(coming, db, failed);
  if (failed) return unavailable("store.io", "The backup could not be put in place: " + failed.message() + ".");
  return done;
}

}  // namespace zifa
