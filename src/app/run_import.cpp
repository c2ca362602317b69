#include "app/run_import.hpp"

#include <algorithm>
#include <streambuf>

#include "app/reactions.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Later than everything that has a deadline.
constexpr std::int64_t kAfterDeadlines = INT64_MAX / 2;
// A worker gives the job back after so many lines: its lease must not run out, and other work gets its turn.
constexpr std::int64_t kRowsAtATime = 200'000;
constexpr std::size_t kMostNamed = 200;

class MemoryFile final : public std::streambuf {
 public:
  MemoryFile(std::string_view content, std::shared_ptr<std::int64_t> read) : read_(std::move(read)) {
    char* begin = const_cast<char*>(content.data());  // never written to
    setg(begin, begin, begin + content.size());
  }

 protected:
  std::streamsize xsgetn(char* to, std::streamsize count) override {
    const std::streamsize given = std::min<std::streamsize>(count, egptr() - gptr());
    std::copy_n(gptr(), given, to);
    setg(eback(), gptr() + given, egptr());
    if (read_) *read_ = gptr() - eback();
    return given;
  }
  pos_type seekoff(off_type by, std::ios_base::seekdir from, std::ios_base::openmode) override {
    const off_type base = from == std::ios_base::beg ? 0 : from == std::ios_base::cur ? gptr() - eback() : egptr() - eback();
    return seekpos(pos_type(base + by), std::ios_base::in);
  }
  pos_type seekpos(pos_type to, std::ios_base::openmode) override {
    const off_type at = to;
    if (at < 0 || at > egptr() - eback()) return pos_type(off_type(-1));
    setg(eback(), eback() + at, egptr());
    return to;
  }

 private:
  std::shared_ptr<std::int64_t> read_;
};

class MemoryStream final : public std::istream {
 public:
  MemoryStream(std::string_view content, std::shared_ptr<std::int64_t> read) : std::istream(nullptr), file_(content, std::move(read)) { rdbuf(&file_); }

 private:
  MemoryFile file_;
};

Result<Done> ended(Tx& tx, ImportRun& run, std::string state, const std::optional<Error>& why, Instant now) {
  run.state = std::move(state);
  run.ended_at = now;
  if (run.state == "done") run.bytes_read = run.bytes;
  if (why) {
    run.error_code = why->code;
    run.error = why->message;
  }
  return tx.imports.update(run);
}

// The first refusals are kept to be shown.
void keep(ImportRun& run, std::span<const LineRefusal> refusals) {
  auto kept = json::parse(run.refusals);
  if (!kept || !kept->is_array() || refusals.empty()) return;
  json::array& all = kept->as_array();
  for (const LineRefusal& refusal : refusals) {
    if (all.size() >= kMostNamed) break;
    all.push_back(json::object{{"line", refusal.line}, {"code", refusal.code}, {"reason", refusal.reason}});
  }
  run.refusals = json::text(*kept);
}

}  // namespace

OpenFile open_in_memory(std::string_view content, std::shared_ptr<std::int64_t> read) {
  return [content, read = std::move(read)]() -> Result<std::unique_ptr<std::istream>> { return std::unique_ptr<std::istream>(std::make_unique<MemoryStream>(content, read)); };
}

Result<ImportRun> start_import(Tx& tx, const NewImport& wanted, std::string_view content, Instant now) {
  if (content.empty()) return invalid("file.empty", "The file is empty; choose another.");
  ImportRun run{.kind = std::string(name_of(wanted.kind)), .file_name = wanted.file_name, .wanted_format = wanted.format, .bytes = static_cast<std::int64_t>(content.size()), .created_by = wanted.actor, .created_at = now};
  if (wanted.account) run.account = wanted.account->id;
  run.id = TRY(tx.imports.insert(run, content));
  TRY(enqueue(tx, "import_file", std::to_string(run.id), now, kAfterDeadlines));
  return run;
}

Result<ImportRun> cancel_import(Tx& tx, std::int64_t id, Instant now) {
  ImportRun run = TRY(tx.imports.find(id));
  if (run.over()) return conflict("import.over", "The import of " + (run.file_name.empty() ? "this file" : run.file_name) + " has ended already.");
  TRY(tx.imports.want_cancel(id));
  run.cancel_wanted = true;
  if (run.state != "waiting") return run;
  TRY(ended(tx, run, "cancelled", std::nullopt, now));
  return run;
}

Result<Done> run_import_file(Services& services, JobRun& job) {
  const std::int64_t id = to_int(job.job.key).value_or(0);
  std::string content;
  ImportRequest request;
  ImportRun run = TRY(services.store.write([&](Tx& tx) -> Result<ImportRun> {
    ImportRun found = TRY(tx.imports.find(id));
    if (found.over()) return found;
    content = TRY(tx.imports.content(id));
    if (found.account.value() != 0) request.account = TRY(tx.accounts.find(found.account));
    if (!found.started_at) found.started_at = job.now();
    found.state = "running";
    TRY(tx.imports.update(found));
    return found;
  }));
  if (run.over()) return done;
  const auto kind = seller_file_named(run.kind);
  if (!kind || services.files == nullptr) return invalid("import.unknown_kind", "This program cannot read a file of " + run.kind + ".");

  const auto read = std::make_shared<std::int64_t>(0);
  std::int64_t committed = run.line, told = run.line;  // a database may run the same lines twice
  request.kind = *kind;
  request.format = run.wanted_format;
  request.name = run.file_name;
  request.actor = run.created_by;
  request.behind_line = static_cast<std::size_t>(run.line);
  request.progress = [&](const ImportProgress& at) -> Result<Done> {
    ImportRun now = TRY(at.tx.imports.find(id));
    if (now.cancel_wanted) return refused("import.cancelled", "Cancelled; what was taken in by then stays.");
    if (now.line != committed && now.line != told) return conflict("job.lease_lost", "Another worker goes on with this import.");
    if (now.rows >= run.rows + kRowsAtATime) return refused("import.goes_on", "The rest follows.");
    committed = now.line;
    told = now.line = std::max(now.line, static_cast<std::int64_t>(at.line));
    now.rows = run.rows + at.so_far.rows;
    now.created = run.created + at.so_far.created;
    now.updated = run.updated + at.so_far.updated;
    now.unchanged = run.unchanged + at.so_far.unchanged;
    now.refused = run.refused + at.so_far.refused;
    now.format = at.so_far.format;
    now.encoding = at.so_far.encoding;
    now.bytes_read = std::min(*read, run.bytes);
    keep(now, at.refusals);
    return at.tx.imports.update(now);
  };
  const auto report = import_file(services.store, *services.files, open_in_memory(content, read), request, job.now(), [](const LineRefusal&) {});
  if (!report && (report.error().kind == ErrorKind::unavailable || report.error().kind == ErrorKind::unknown)) return report.error();
  const std::optional<Error> why = report ? report->broke_off : std::optional(report.error());
  if (why && why->code == "job.lease_lost") return *why;
  if (why && why->code == "import.goes_on") {
    job.again_at(job.now());
    return done;
  }
  return services.store.write([&](Tx& tx) -> Result<Done> {
    run = TRY(tx.imports.find(id));
    const bool cancelled = why && why->code == "import.cancelled";
    TRY(ended(tx, run, cancelled ? "cancelled" : why ? "failed" : "done", cancelled ? std::nullopt : why, services.clock.now()));
    return job.complete(tx);
  });
}

Result<Done> import_given_up(Tx& tx, const Job& job, const Error& error, Instant now) {
  auto run = tx.imports.find(to_int(job.key).value_or(0));
  if (!run || run->over()) return done;
  return ended(tx, *run, "failed", error, now);
}

}  // namespace zifa
