// A seller's files: looked at, matched, taken in; long ones behind the screens.
#include <algorithm>

#include "api/fields.hpp"
#include "api/words.hpp"
#include "app/column_mappings.hpp"
#include "app/run_import.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostNamed = 200;  // refused lines that one answer names
constexpr int kMostListed = 50;

bool asked(const Call& call, std::string_view name) {
  const std::string_view wanted = call.query.get(name);
  return wanted == "true" || wanted == "1";
}

// People of the warehouse count stock; what buyers ordered and what is offered is not theirs to change.
Result<Done> may_import(const Call& call, std::string_view kind) {
  if (call.caller.role >= Role::operations || kind == name_of(SellerFile::stock)) return done;
  return refused("session.forbidden", "Your role (" + std::string(name_of(call.caller.role)) + ") may import stock only; ask an owner.");
}

Result<ImportRequest> request_of(Call& call) {
  const auto kind = seller_file_named(call.path[0]);
  if (!kind) return not_found("path.unknown", "Files of orders, listings, stock and returns can be imported; \"" + printable(call.path[0], 40) + "\" is none of them.");
  TRY(may_import(call, call.path[0]));
  if (call.request.body.empty()) return invalid("file.empty", "The file is empty; choose another.");
  ImportRequest request{.kind = *kind, .format = std::string(call.query.get("format")), .name = printable(call.query.get("filename"), 200), .actor = call.caller.name, .dry_run = asked(call, "dry_run")};
  if (request.format.size() > 60) return invalid("field.bad", "The parameter \"format\" takes the name of a format.");
  const auto account = TRY(id_in_query(call, "account"));
  if (account) request.account = TRY(call.store().read([&](Tx& tx) { return tx.accounts.find(AccountId(*account)); }));
  else request.account = TRY(call.store().write([&](Tx& tx) { return only_account(tx, call.now); }));
  return request;
}

json::value columns_json(const FilePreview& preview) {
  json::array columns, sample;
  json::object guess;
  for (const std::string& column : preview.columns) columns.push_back(json::value(column));
  for (const auto& row : preview.sample) {
    json::array cells;
    for (const std::string& cell : row) cells.push_back(json::value(cell));
    sample.push_back(std::move(cells));
  }
  for (const auto& [field, column] : preview.guess) guess[field] = column;
  return json::object{{"columns", std::move(columns)}, {"sample", std::move(sample)}, {"guess", std::move(guess)}, {"signature", column_signature(preview.columns)}};
}

// The stored refusals {"line","code","reason"} in the caller's language.
json::array refusals_json(const std::string& stored, const std::string& language) {
  json::array all;
  const auto parsed = json::parse(stored);
  if (!parsed || !parsed->is_array()) return all;
  for (const json::value& one : parsed->as_array())
    all.push_back(json::object{{"line", json::get_int(one, "line").value_or(0)}, {"reason", in_language(invalid(json::get_text(one, "code"), json::get_text(one, "reason")), language)}});
  return all;
}

json::value run_json(const ImportRun& run, const std::string& language) {
  const bool failed = !run.error_code.empty();
  return json::object{{"id", id_text(run.id)},
                      {"kind", run.kind},
                      {"account_id", id_or_null(run.account)},
                      {"file", run.file_name},
                      {"state", run.state},
                      {"cancel_wanted", run.cancel_wanted},
                      {"progress", run.bytes > 0 ? run.bytes_read * 100 / run.bytes : 100},
                      {"rows", run.rows},
                      {"new", run.created},
                      {"updated", run.updated},
                      {"unchanged", run.unchanged},
                      {"refused", run.refused},
                      {"format", run.format},
                      {"encoding", run.encoding},
                      {"refusals", refusals_json(run.refusals, language)},
                      {"error", failed ? problem_json(invalid(run.error_code, run.error), language) : json::value(nullptr)},
                      {"created_by", run.created_by},
                      {"created_at", to_json(std::optional(run.created_at))},
                      {"started_at", to_json(run.started_at)},
                      {"ended_at", to_json(run.ended_at)}};
}

Answer take_in(Call& call) {
  const ImportRequest request = TRY(request_of(call));
  if (asked(call, "background") && !request.dry_run) {
    const ImportRun run = TRY(call.store().write(
        [&](Tx& tx) { return start_import(tx, {.kind = request.kind, .account = request.account, .file_name = request.name, .format = request.format, .actor = request.actor}, call.request.body, call.now); }));
    return ok(run_json(run, call.caller.language), 202);
  }
  json::array refusals;
  const ImportReport report = TRY(import_file(call.store(), call.desk.files(), open_in_memory(call.request.body), request, call.now, [&](const LineRefusal& refusal) {
    if (refusals.size() < kMostNamed) refusals.push_back(json::object{{"line", refusal.line}, {"reason", in_language(invalid(refusal.code, refusal.reason), call.caller.language)}});
  }));
  return ok(json::object{{"rows", report.rows},
                         {"new", report.created},
                         {"updated", report.updated},
                         {"unchanged", report.unchanged},
                         {"refused", report.refused},
                         {"format", report.format},
                         {"encoding", report.encoding},
                         {"amounts_left_out", report.amounts_left_out},
                         {"refusals", std::move(refusals)},
                         {"error", report.broke_off && !report.mapping_needed ? problem_json(*report.broke_off, call.caller.language) : json::value(nullptr)},
                         {"mapping_needed", report.mapping_needed ? columns_json(*report.mapping_needed) : json::value(nullptr)}});
}

Answer preview(Call& call) {
  const ImportRequest request = TRY(request_of(call));
  return ok(columns_json(TRY(preview_file(call.desk.files(), open_in_memory(call.request.body), request))));
}

Answer list(Call& call) {
  return call.store().read([&](Tx& tx) -> Answer {
    json::array items;
    for (const ImportRun& run : TRY(tx.imports.latest(kMostListed)))
      if (may_import(call, run.kind)) items.push_back(run_json(run, call.caller.language));
    return ok(json::object{{"items", std::move(items)}, {"next", nullptr}});
  });
}

Answer one(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  return call.store().read([&](Tx& tx) -> Answer {
    const ImportRun run = TRY(tx.imports.find(id));
    TRY(may_import(call, run.kind));
    return ok(run_json(run, call.caller.language));
  });
}

Answer cancel(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  return call.store().write([&](Tx& tx) -> Answer {
    TRY(may_import(call, TRY(tx.imports.find(id)).kind));
    return ok(run_json(TRY(cancel_import(tx, id, call.now)), call.caller.language));
  });
}

constexpr std::string_view kRunSchema =
    R"({"type":"object","properties":{"id":{"type":"string"},"kind":{"type":"string"},"account_id":{"type":["string","null"]},"file":{"type":"string"},"state":{"enum":["waiting","running","done","cancelled","failed"]},"cancel_wanted":{"type":"boolean"},"progress":{"type":"integer","minimum":0,"maximum":100},"rows":{"type":"integer"},"new":{"type":"integer"},"updated":{"type":"integer"},"unchanged":{"type":"integer"},"refused":{"type":"integer"},"format":{"type":"string"},"encoding":{"type":"string"},"refusals":{"type":"array","items":{"type":"object","properties":{"line":{"type":"integer"},"reason":{"type":"string"}}}},"error":{"type":["object","null"]},"created_by":{"type":"string"},"created_at":{"type":"string"},"started_at":{"type":["string","null"]},"ended_at":{"type":["string","null"]}}})";

}  // namespace

extern const Resource imports;
const Resource imports{
    .name = "imports",
    .routes =
        {
            {.method = "POST", .path = "/api/imports/{kind}", .summary = "Import a file of orders, listings, stock or returns (the body is the file). dry_run=true only looks at it; background=true answers 202 at once and reads it behind the screens.", .raw_body = true,
             .gives = R"({"type":"object","properties":{"rows":{"type":"integer"},"new":{"type":"integer"},"updated":{"type":"integer"},"unchanged":{"type":"integer"},"refused":{"type":"integer"},"format":{"type":"string"},"encoding":{"type":"string"},"amounts_left_out":{"type":"integer"},"refusals":{"type":"array","items":{"type":"object","properties":{"line":{"type":"integer"},"reason":{"type":"string"}}}},"error":{"type":["object","null"]},"mapping_needed":{"type":["object","null"],"properties":{"columns":{"type":"array","items":{"type":"string"}},"sample":{"type":"array","items":{"type":"array","items":{"type":"string"}}},"guess":{"type":"object"},"signature":{"type":"string"}}}}})",
             .query = "filename,account,format,dry_run,background", .run = take_in},
            {.method = "POST", .path = "/api/imports/{kind}/preview", .summary = "The header of a file, a few rows and a guess of its columns; nothing is taken in.", .raw_body = true,
             .gives = R"({"type":"object","properties":{"columns":{"type":"array","items":{"type":"string"}},"sample":{"type":"array","items":{"type":"array","items":{"type":"string"}}},"guess":{"type":"object"},"signature":{"type":"string"}}})",
             .query = "filename,account", .run = preview},
            {.method = "GET", .path = "/api/imports", .summary = "The latest imports that ran behind the screens.", .gives = R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object"}},"next":{"type":["string","null"]}}})", .run = list},
            {.method = "GET", .path = "/api/imports/{id}", .summary = "How far an import is and what came of it.", .gives = kRunSchema, .run = one},
            {.method = "POST", .path = "/api/imports/{id}/cancel", .summary = "Stop an import; what was taken in stays.", .gives = kRunSchema, .run = cancel},
        },
};

}  // namespace zifa::api
