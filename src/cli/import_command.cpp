#include "cli/import_command.hpp"

#include <ostream>

#include "app/column_mappings.hpp"
#include "app/desk.hpp"
#include "app/import_file.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

constexpr std::int64_t kProgressEvery = 20'000;  // lines

// "order_id=Bestellnr,quantity=#3,date_format=DD.MM.YYYY"
Result<ChosenColumns> columns_of(std::string_view text) {
  ChosenColumns chosen;
  for (const std::string_view pair : split(text, ',')) {
    const std::size_t equals = pair.find('=');
    const std::string_view field = trim(pair.substr(0, equals)), column = equals == std::string_view::npos ? std::string_view() : trim(pair.substr(equals + 1));
    if (field.empty() || column.empty()) return invalid("usage.bad_mapping", "--mapping takes FIELD=COLUMN,FIELD=COLUMN,…; \"" + printable(pair, 60) + "\" is not such a pair.");
    if (field == "date_format") chosen.date_format = std::string(column);
    else chosen.fields[std::string(field)] = std::string(column);
  }
  return chosen;
}

// Remembered for this account, this kind of file and this header: the next such file needs no mapping.
Result<Done> remember(Desk& desk, const OpenFile& open, const ImportRequest& request, std::string_view text) {
  const ChosenColumns chosen = TRY(columns_of(text));
  TRY(knows_fields(desk.files(), request.kind, chosen));
  const FilePreview preview = TRY(preview_file(desk.files(), open, request));
  StoredMapping mapping = TRY(remembered(chosen, column_signature(preview.columns), request.name, desk.clock().now()));
  mapping.kind = name_of(request.kind);
  if (request.account) mapping.account = request.account->id;
  return desk.store().write([&](Tx& tx) { return tx.people.save_mapping(mapping); });
}

}  // namespace

int import_a_file(SellerFile kind, const Arguments& arguments, Wiring& wiring) {
  const std::string command = "import " + std::string(name_of(kind));
  const std::string& path = arguments.positional()[0];
  const OpenFile open = [&] { return wiring.open_file(path); };
  if (const auto file = open(); !file) return failed(wiring, command, file.error());
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring)});
  if (!desk) return failed(wiring, command, desk.error());
  const auto account = (*desk)->store().write([&](Tx& tx) -> Result<std::optional<Account>> {
    if (!arguments.has("--account")) return only_account(tx, (*desk)->clock().now());
    return std::optional(TRY(tx.accounts.named(arguments.text("--account", ""))));
  });
  if (!account) return failed(wiring, command, account.error());
  if (!*account) return failed(wiring, command, invalid("usage.which_account", "There are several accounts; name one with --account (`zifa account list` shows them)."));

  ImportRequest request{.kind = kind, .format = arguments.text("--format", ""), .account = *account, .name = path.substr(path.find_last_of("/\\") + 1), .actor = "command line", .dry_run = arguments.has("--dry-run")};
  std::int64_t told = 0;
  request.progress = [&](const ImportProgress& at) -> Result<Done> {
    if (wiring.stop_requested()) return refused("import.cancelled", "Stopped; what was taken in stays. Import the file again to go on.");
    if (at.so_far.rows / kProgressEvery > told / kProgressEvery) wiring.err() << at.so_far.rows << " lines\n";
    told = at.so_far.rows;
    return done;
  };
  if (arguments.has("--mapping"))
    if (const auto kept = remember(**desk, open, request, arguments.text("--mapping", "")); !kept) return failed(wiring, command, kept.error());
  const auto report = import_file((*desk)->store(), (*desk)->files(), open, request, (*desk)->clock().now(), [&](const LineRefusal& refusal) { wiring.err() << "line " << refusal.line << ": " << refusal.reason << "\n"; });
  if (!report) return failed(wiring, command, report.error());
  if (report->mapping_needed) return failed(wiring, command, *report->broke_off);
  wiring.out() << json::text(json::object{{"rows", report->rows}, {"new", report->created}, {"updated", report->updated}, {"unchanged", report->unchanged}, {"refused", report->refused}}) << "\n";
  if (report->amounts_left_out > 0) wiring.err() << command << ": " << report->amounts_left_out << " prices were left out, because neither the file nor the account names their currency.\n";
  if (report->broke_off) return failed(wiring, command, *report->broke_off);
  return report->refused > 0 ? kRefused : kDone;
}

std::vector<Option> import_options() {
  return {{"--format", "NAME", "The file's format (else recognised by its header)."},
          {"--account", "A", "The account the file belongs to."},
          {"--mapping", "FIELD=COLUMN,…", "Which column holds which field, by heading or number (#3); remembered for files with this header."},
          {"--dry-run", "", "Count and name what would happen; keep nothing."},
          {"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."}};
}

}  // namespace zifa::cli
