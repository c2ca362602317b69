// A long import, behind the screens: the file is kept until a worker has read it, and everybody sees how far it is.
//
// Where it stands is written together with what the lines hold. A program that dies goes on behind the last line that was taken in;
// a person may cancel, and what was taken in by then stays.
#pragma once

#include "app/import_file.hpp"
#include "app/jobs.hpp"
#include "app/ports/import_store.hpp"

namespace zifa {

struct NewImport {
  SellerFile kind = SellerFile::orders;
  std::optional<Account> account;
  std::string file_name, format, actor;
};

// Keeps the file and enqueues the work. Refuses `file.empty`.
Result<ImportRun> start_import(Tx& tx, const NewImport& wanted, std::string_view content, Instant now);

// One that waits is cancelled at once, one that runs soon. Refuses `import.unknown`, `import.over`.
Result<ImportRun> cancel_import(Tx& tx, std::int64_t id, Instant now);

// The job `import_file`; its key is the run's id.
Result<Done> run_import_file(Services& services, JobRun& run);
Result<Done> import_given_up(Tx& tx, const Job& job, const Error& error, Instant now);

// A file that lies in memory, opened as often as it is asked. It must outlive the streams. `read` (if any) follows how far the last one is.
OpenFile open_in_memory(std::string_view content, std::shared_ptr<std::int64_t> read = nullptr);

}  // namespace zifa
