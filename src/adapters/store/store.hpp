// The store on SQLite or PostgreSQL.
#pragma once

#include <memory>
#include <string>

#include "app/ports/secrets.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct StoreOptions {
  std::string url;  // the path of a SQLite file, or postgresql://…
  int readers = 4;  // read connections kept
};

// Opens, and brings an older database up to date. Refuses `store.newer` for one written by a later program and
// `store.changed_migration` where a migration that ran is not the one this program has.
Result<std::unique_ptr<Store>> open_store(const StoreOptions& options, const Secrets& secrets);

bool is_postgres_url(std::string_view url);

// Puts a backup in the place of a database. The backup is opened and checked first; a database that is there is kept beside it under
// NAME.before-restore. Refuses `restore.not_a_backup`, `restore.postgres`.
Result<Done> restore_sqlite(const std::string& backup, const std::string& db);

}  // namespace zifa
