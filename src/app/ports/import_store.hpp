// Imports that run behind the screens: the file, how far it has been read, and what came of it.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

struct ImportRun {
  std::int64_t id = 0;
  std::string kind;                    // orders, listings, stock, returns
  AccountId account;                   // 0: none was named
  std::string file_name, wanted_format;
  std::string state = "waiting";       // waiting, running, done, cancelled, failed
  bool cancel_wanted = false;
  std::int64_t bytes = 0, bytes_read = 0;
  std::int64_t line = 0;               // lines up to this one are taken in or refused; the next run goes on behind it
  std::int64_t rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0;
  std::string format, encoding;        // as recognised
  std::string refusals = "[]";         // JSON: the first few lines with their reasons
  std::string error_code, error;       // why the rest of the file could not be read
  std::string created_by;
  Instant created_at;
  std::optional<Instant> started_at, ended_at;

  bool over() const { return state == "done" || state == "cancelled" || state == "failed"; }
};

class ImportStore {
 public:
  virtual ~ImportStore() = default;
  virtual Result<std::int64_t> insert(const ImportRun& run, std::string_view content) = 0;  // the content is sealed: it names buyers
  virtual Result<ImportRun> find(std::int64_t id) = 0;               // not_found `import.unknown`
  virtual Result<std::string> content(std::int64_t id) = 0;          // "" once the import is over
  // How far it is and what came of it; a wish to cancel that came meanwhile stays. The content of an import that is over is forgotten.
  virtual Result<Done> update(const ImportRun& run) = 0;
  virtual Result<Done> want_cancel(std::int64_t id) = 0;
  virtual Result<std::vector<ImportRun>> latest(int limit) = 0;
};

}  // namespace zifa
