#include <ostream>

#include "base/json.hpp"
#include "app/desk.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

int run(const Arguments& arguments, Wiring& wiring) {
  const auto desk = wiring.open_desk({.db = database_of(arguments, wiring), .must_exist = true});
  if (!desk) return failed(wiring, "check", desk.error());
  const auto report = (*desk)->store().check_invariants();
  if (!report) return failed(wiring, "check", report.error());
  if (arguments.has("--json")) {
    json::array invariants;
    for (const Invariant& i : report->invariants) invariants.push_back(json::object{{"id", i.id}, {"checked", i.checked}, {"broken", i.broken}});
    wiring.out() << json::text(json::object{{"ok", report->ok()}, {"orders", report->orders}, {"labels", report->labels}, {"confirmations", report->confirmations}, {"invariants", std::move(invariants)}}) << "\n";
  } else {
    for (const Invariant& i : report->invariants) wiring.out() << (i.broken == 0 ? "ok      " : "BROKEN  ") << i.id << "  " << i.checked << " checked" << (i.broken > 0 ? ", " + std::to_string(i.broken) + " broken" : "") << "\n";
    wiring.out() << report->orders << " orders, " << report->labels << " labels, " << report->confirmations << " confirmed parcels\n";
  }
  for (const Invariant& i : report->invariants)
    for (const std::string& example : i.examples) wiring.err() << "zifa check: " << i.id << " is broken by " << example << "\n";
  return report->ok() ? kDone : kRefused;
}

}  // namespace

extern const Command check;
const Command check{
    .name = "check",
    .summary = "Verify every invariant of the stored data.",
    .details = "Exits 0 when everything holds, 1 when a rule is broken (each named on standard error), 2 when the database cannot be read.",
    .options = {{"--db", "URL", "The database: a file, or postgresql://… (else $ZIFA_DB, else zifa.db)."}, {"--json", "", "One JSON object instead of lines."}},
    .run = run,
};

}  // namespace zifa::cli
