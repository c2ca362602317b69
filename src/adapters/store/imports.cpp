#include "adapters/store/rows.hpp"

namespace zifa::sql {

namespace {

#define RUN_COLUMNS                                                                                                                                                  \
  "id, kind, account_id, file_name, wanted_format, state, cancel_wanted, bytes, bytes_read, line, row_count, created, updated, unchanged, refused, format, encoding, " \
  "refusals, error_code, error, created_by, created_at, started_at, ended_at"

ImportRun run_at(const Statement& s) {
  ImportRun run{.id = s.integer(0), .kind = s.text(1), .account = s.id<AccountId>(2), .file_name = s.text(3), .wanted_format = s.text(4), .state = s.text(5), .cancel_wanted = s.boolean(6)};
  int at = 7;
  for (std::int64_t* number : {&run.bytes, &run.bytes_read, &run.line, &run.rows, &run.created, &run.updated, &run.unchanged, &run.refused}) *number = s.integer(at++);
  for (std::string* text : {&run.format, &run.encoding, &run.refusals, &run.error_code, &run.error, &run.created_by}) *text = s.text(at++);
  run.created_at = s.instant(at++);
  run.started_at = s.instant_if(at++);
  run.ended_at = s.instant_if(at);
  return run;
}

class SqlImports final : public ImportStore {
 public:
  SqlImports(Connection& c, const Secrets& secrets) : c_(c), secrets_(secrets) {}

  Result<std::int64_t> insert(const ImportRun& run, std::string_view content) override {
    std::int64_t id = 0;
    {
      Statement s = TRY(c_.prepare("INSERT INTO import_run (kind, account_id, file_name, wanted_format, state, bytes, created_by, created_at) VALUES (?,?,?,?,?,?,?,?) RETURNING id"));
      s.add(run.kind).add_or_null(run.account).with(run.file_name, run.wanted_format, run.state, run.bytes, run.created_by, run.created_at);
      if (!TRY(s.step())) return corrupt("store.failed", "The import was not stored.");
      id = s.integer(0);
    }
    Statement s = TRY(c_.prepare("INSERT INTO import_content (import_id, content) VALUES (?,?)"));
    s.add(id).add_blob(secrets_.seal(content, "import"));
    TRY(s.run());
    return id;
  }

  Result<ImportRun> find(std::int64_t id) override {
    Statement s = TRY(c_.prepare("SELECT " RUN_COLUMNS " FROM import_run WHERE id=?"));
    s.add(id);
    if (!TRY(s.step())) return not_found("import.unknown", "There is no import " + std::to_string(id) + ".");
    return run_at(s);
  }

  Result<std::string> content(std::int64_t id) override {
    Statement s = TRY(c_.prepare("SELECT content FROM import_content WHERE import_id=?"));
    s.add(id);
    if (!TRY(s.step())) return std::string();
    return secrets_.open(s.blob(0), "import");
  }

  Result<Done> update(const ImportRun& r) override {
    TRY(c_.execute("UPDATE import_run SET state=?, bytes_read=?, line=?, row_count=?, created=?, updated=?, unchanged=?, refused=?, format=?, encoding=?, refusals=?, error_code=?, error=?, started_at=?, ended_at=? WHERE id=?", r.state,
                   r.bytes_read, r.line, r.rows, r.created, r.updated, r.unchanged, r.refused, r.format, r.encoding, r.refusals, r.error_code, r.error, r.started_at, r.ended_at, r.id));
    if (r.over()) TRY(c_.execute("DELETE FROM import_content WHERE import_id=?", r.id));
    return done;
  }

  Result<Done> want_cancel(std::int64_t id) override {
    TRY(c_.execute("UPDATE import_run SET cancel_wanted=1 WHERE id=?", id));
    return done;
  }

  Result<std::vector<ImportRun>> latest(int limit) override {
    Statement s = TRY(c_.prepare("SELECT " RUN_COLUMNS " FROM import_run ORDER BY id DESC LIMIT ?"));
    s.add(limit);
    std::vector<ImportRun> all;
    while (TRY(s.step())) all.push_back(run_at(s));
    return all;
  }

 private:
  Connection& c_;
  const Secrets& secrets_;
};

}  // namespace

std::unique_ptr<ImportStore> import_store(Connection& connection, const Secrets& secrets) { return std::make_unique<SqlImports>(connection, secrets); }

}  // namespace zifa::sql
