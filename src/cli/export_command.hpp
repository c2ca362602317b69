// What the commands `zifa export …` have in common: where the bytes go, which format, whose rows.
#pragma once

#include <fstream>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/export_tables.hpp"
#include "app/hand_over_files.hpp"
#include "app/ports/documents.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

// Standard output, or a file that has its name only once it is whole.
class ExportTarget {
 public:
  static Result<std::unique_ptr<ExportTarget>> open(const Arguments& arguments, Wiring& wiring);
  ~ExportTarget();

  std::ostream& stream();
  documents::Sink sink();
  // Everything has been taken, and the file is in its place. Refuses `export.not_written`.
  Result<Done> finish();

 private:
  explicit ExportTarget(std::ostream& standard) : standard_(standard) {}
  Error not_written() const;
  std::ostream& standard_;
  std::string path_, part_;
  std::ofstream file_;
};

struct ExportCall {
  const Arguments& arguments;
  Wiring& wiring;
  Desk& desk;
  ExportTarget& target;
  std::string format;
  std::optional<Account> account;  // the one named
};

// Opens the desk and the target and runs; the answer of `run` is the exit code. `formats`: the first is meant where neither --format nor the
// name of the file says otherwise.
int export_with(const char* command, std::initializer_list<std::string_view> formats, const Arguments& arguments, Wiring& wiring, const std::function<Result<int>(ExportCall&)>& run);

Result<int> put_table(ExportCall& call, const ExportTable& table);
Result<int> put_hand_over(ExportCall& call, std::string_view what, const HandedOver& handed);
// Refused rows on standard error; 1 if there are any.
int name_refused(ExportCall& call, const std::vector<Error>& refused);

// The hand-over asked for by --account, --marketplace, --again and --since.
Result<HandOver> hand_over_of(ExportCall& call, bool only_waiting = false);
Result<std::optional<WarehouseId>> warehouse_of(ExportCall& call);
// A day (its beginning in UTC) or a moment.
Result<std::optional<Instant>> moment_of(const Arguments& arguments, std::string_view option, bool day_ends);

// --format, --out, --account, --db, and `more` before them.
std::vector<Option> export_options(std::string_view formats, std::vector<Option> more = {});

}  // namespace zifa::cli
