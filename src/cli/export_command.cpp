#include "cli/export_command.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <ostream>

#include "app/desk.hpp"
#include "base/text.hpp"

namespace zifa::cli {

Result<std::unique_ptr<ExportTarget>> ExportTarget::open(const Arguments& arguments, Wiring& wiring) {
  std::unique_ptr<ExportTarget> target(new ExportTarget(wiring.out()));
  if (const auto name = arguments.get("--out")) {
    target->path_ = *name;
    // A pipe or a device is written to as it is: nothing may take its place.
    std::error_code unknown;
    const auto status = std::filesystem::status(target->path_, unknown);
    const bool may_replace = !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
    if (may_replace) target->part_ = target->path_ + ".part";
    target->file_.open(may_replace ? target->part_ : target->path_, std::ios::binary | std::ios::trunc);
    if (!target->file_) {
      target->part_.clear();
      return invalid("export.cannot_open", "The file " + target->path_ + " cannot be written; check its folder and permissions.");
    }
  }
  return target;
}

ExportTarget::~ExportTarget() {
  if (part_.empty()) return;
  file_.close();
  std::remove(part_.c_str());
}

std::ostream& ExportTarget::stream() { return path_.empty() ? standard_ : file_; }

documents::Sink ExportTarget::sink() {
  return [this](std::string_view bytes) -> Result<Done> {
    stream().write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return stream() ? Result<Done>(done) : not_written();
  };
}

Error ExportTarget::not_written() const {
  return unavailable("export.not_written", path_.empty() ? "Standard output takes nothing more; nothing was marked as handed over." : "The file " + path_ + " could not be written; look for room on the disk. Nothing was marked as handed over.");
}

Result<Done> ExportTarget::finish() {
  stream().flush();
  if (!stream()) return not_written();
  if (path_.empty()) return done;
  file_.close();
  if (file_.fail()) return not_written();
  if (part_.empty()) return done;
  if (std::rename(part_.c_str(), path_.c_str()) != 0) return not_written();
  part_.clear();
  return done;
}

int export_with(const char* command, std::initializer_list<std::string_view> formats, const Arguments& arguments, Wiring& wiring, const std::function<Result<int>(ExportCall&)>& run) {
  std::string format(*formats.begin());
  const std::string out = arguments.text("--out", "");
  if (const std::size_t dot = out.rfind('.'); dot != std::string::npos && std::find(formats.begin(), formats.end(), lower(out.substr(dot + 1))) != formats.end()) format = lower(out.substr(dot + 1));
  format = arguments.text("--format", format);
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) {
    std::string all;
    for (const std::string_view one : formats) all += (all.empty() ? "" : ", ") + std::string(one);
    return failed(wiring, command, invalid("export.bad_format", "\"" + printable(format, 30) + "\" is no format of this; use " + all + "."));
  }
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
  if (!desk) return failed(wiring, command, desk.error());
  std::optional<Account> account;
  if (const auto name = arguments.get("--account")) {
    auto found = (*desk)->store().read([&](Tx& tx) { return tx.accounts.named(*name); });
    if (!found) return failed(wiring, command, found.error());
    account = std::move(*found);
  }
  const auto target = ExportTarget::open(arguments, wiring);
  if (!target) return failed(wiring, command, target.error());
  ExportCall call{arguments, wiring, **desk, **target, std::move(format), std::move(account)};
  const Result<int> code = run(call);
  return code ? *code : failed(wiring, command, code.error());
}

int name_refused(ExportCall& call, const std::vector<Error>& refused) {
  for (const Error& error : refused) call.wiring.err() << error.message << "\n";
  return refused.empty() ? kDone : kRefused;
}

Result<int> put_table(ExportCall& call, const ExportTable& table) {
  TRY(write_table(call.desk.documents(), table, call.format, call.target.sink()));
  TRY(call.target.finish());
  return kDone;
}

Result<int> put_hand_over(ExportCall& call, std::string_view what, const HandedOver& handed) {
  call.wiring.err() << handed.lines << " lines of " << handed.parcels << " " << what;
  if (handed.again > 0) call.wiring.err() << ", " << handed.again << " of them again";
  call.wiring.err() << "\n";
  return name_refused(call, handed.refused);
}

Result<HandOver> hand_over_of(ExportCall& call, bool only_waiting) {
  HandOver wanted{.marketplace = call.arguments.text("--marketplace", ""), .again = call.arguments.has("--again"), .actor = "command line"};
  wanted.since = TRY(moment_of(call.arguments, "--since", false));
  if (wanted.since && !wanted.again) return invalid("usage.since_what", "--since says how far --again goes back; give both.");
  if (!call.account) {
    auto account = call.desk.store().read([&](Tx& tx) { return account_for_files(tx, only_waiting && !wanted.again); });
    if (!account) return account.error();
    call.account = std::move(*account);
    // What a connection sends by itself goes into a file only when its account is named.
    wanted.waiting = call.account->kind != "amazon";
  }
  wanted.account = call.account->id;
  return wanted;
}

Result<std::optional<WarehouseId>> warehouse_of(ExportCall& call) {
  const auto name = call.arguments.get("--warehouse");
  if (!name) return std::optional<WarehouseId>();
  std::string known;
  for (const Warehouse& warehouse : TRY(call.desk.store().read([](Tx& tx) { return tx.setup.warehouses(); }))) {
    if (warehouse.name == *name) return std::optional(warehouse.id);
    known += (known.empty() ? "" : ", ") + warehouse.name;
  }
  return not_found("warehouse.unknown", "There is no warehouse named \"" + printable(*name, 60) + "\"; there are: " + (known.empty() ? "none yet" : known) + ".");
}

Result<std::optional<Instant>> moment_of(const Arguments& arguments, std::string_view option, bool day_ends) {
  const auto text = arguments.get(option);
  if (!text) return std::optional<Instant>();
  if (text->size() == 10)
    if (const auto day = Day::parse(*text)) return std::optional(TimeZone::utc().start_of(day_ends ? *day + 1 : *day));
  if (const auto at = Instant::parse(*text)) return std::optional(*at);
  return invalid("usage.bad_moment", std::string(option) + " takes a day (2026-11-25) or a moment (2026-11-25T08:00:00Z), not \"" + printable(*text, 40) + "\".");
}

std::vector<Option> export_options(std::string_view formats, std::vector<Option> more) {
  std::vector<Option> options{{"--format", formats, "The format; else the one that FILE ends with, else the first."}, {"--out", "FILE", "Write there instead of standard output; the file has its name only once it is whole."}};
  options.insert(options.end(), more.begin(), more.end());
  options.push_back({"--db", "URL", "The database (else $ZIFA_DB, else zifa.db)."});
  return options;
}

}  // namespace zifa::cli
