#include <fstream>
#include <iterator>
#include <ostream>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/inputs/workday_json.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

Error usage(std::string message) { return invalid("usage", std::move(message)); }

std::string quoted(std::string_view text) { return json::text(json::value(text)); }
std::string instant(Instant at) { return "\"" + at.iso() + "\""; }

std::string repair_text(const plan::Repair& repair, const WorkdayFile& file, std::size_t late) {
  using Kind = plan::Repair::Kind;
  std::string kind, detail, facts;
  switch (repair.kind) {
    case Kind::add_station:
      kind = "add_station";
      detail = "Work with " + std::to_string(repair.stations) + " stations";
      facts = "\"stations\":" + std::to_string(repair.stations);
      break;
    case Kind::extend_shift:
      kind = "extend_shift";
      detail = "Let the shift that begins " + repair.shift.from.iso() + " go on until " + repair.shift.to.iso();
      facts = "\"from\":" + instant(repair.shift.from) + ",\"to\":" + instant(repair.shift.to);
      break;
    case Kind::extra_pickup:
      kind = "extra_pickup";
      detail = "Ask " + printable(file.carrier_names[repair.carrier], 60) + " for one more pickup at " + repair.at.iso();
      facts = "\"carrier\":" + quoted(file.carrier_names[repair.carrier]) + ",\"at\":" + instant(repair.at);
      break;
  }
  detail += ": " + std::to_string(repair.late_after) + " late instead of " + std::to_string(late) + ".";
  return "{\"kind\":\"" + kind + "\",\"detail\":" + quoted(detail) + ",\"late_after\":" + std::to_string(repair.late_after) + "," + facts + "}";
}

std::string answer_text(const WorkdayFile& file, const plan::Plan& planned, const std::vector<plan::Repair>& repairs) {
  std::string out = "{\"on_time\":" + std::to_string(file.order_ids.size() - planned.late.size()) + ",\"late\":[";
  for (std::size_t i = 0; i < planned.late.size(); ++i) out += (i > 0 ? "," : "") + quoted(file.order_ids[planned.late[i]]);
  out += "],\"lower_bound_late\":" + std::to_string(planned.lower_bound_late) + ",\"optimal\":" + (planned.optimal ? "true" : "false") + ",\"slots\":[";
  bool first = true;
  for (const plan::Slot& slot : planned.slots) {
    if (!first) out += ",";
    first = false;
    out += "{\"order\":" + quoted(file.order_ids[slot.order]) + ",\"station\":" + std::to_string(slot.station) + ",\"start\":" + instant(slot.start) +
           ",\"end\":" + instant(slot.end) + ",\"pickup\":" + (slot.pickup ? instant(*slot.pickup) : "null") + "}";
  }
  out += "],\"repairs\":[";
  for (std::size_t i = 0; i < repairs.size(); ++i) out += (i > 0 ? "," : "") + repair_text(repairs[i], file, planned.late.size());
  return out + "]}\n";
}

Result<int> plan_file(const Arguments& arguments, Wiring& wiring) {
  if (!arguments.has("--input")) return usage("name the day's file: --input FILE.json (- for standard input).");
  const std::string path = arguments.text("--input", "");
  std::ifstream opened;
  if (path != "-") {
    opened.open(path, std::ios::binary);
    if (!opened) return usage("cannot read " + printable(path, 200) + "; check the path and its permissions.");
  }
  std::istream& in = path == "-" ? wiring.in() : opened;
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const WorkdayFile file = TRY(read_workday(text, [&](const std::string& where, const std::string& reason) { wiring.err() << where << ": " << reason << "\n"; }));
  const plan::Plan planned = plan::plan_day(file.day);
  const std::vector<plan::Repair> repairs = arguments.has("--no-repairs") ? std::vector<plan::Repair>{} : plan::repairs(file.day, planned);
  const std::string out = answer_text(file, planned, repairs);
  if (const auto target = arguments.get("--out")) {
    std::ofstream written(std::string(*target), std::ios::binary | std::ios::trunc);
    written << out;
    written.close();
    if (!written) return usage("cannot write " + printable(*target, 200) + "; check the folder and its permissions.");
  } else {
    wiring.out() << out;
  }
  if (file.refused > 0) wiring.err() << file.refused << " entries refused; the others are planned.\n";
  return file.refused > 0 ? kRefused : kDone;
}

}  // namespace

extern const Command plan;
const Command plan{
    .name = "plan",
    .summary = "Plan a day's packing so that as few orders as possible miss the pickup they must leave with.",
    .details =
        "The input is one JSON object:\n"
        "  {\"now\":INSTANT,\"stations\":2,\"shifts\":[{\"from\":INSTANT,\"to\":INSTANT}],\"pickups\":[{\"carrier\":\"ups\",\"at\":INSTANT}],\n"
        "   \"orders\":[{\"id\":\"...\",\"work_min\":4,\"ready_at\":INSTANT or null,\"ship_by\":INSTANT,\"carriers\":[\"ups\"] or null}]}\n"
        "An order is on time if its work ends, on one station inside one shift, no later than a pickup of one of its carriers that is no\n"
        "later than its ship_by; with no pickups at all, no later than its ship_by.\n\n"
        "The answer names the late orders, the fewest that any plan could have (lower_bound_late), whether that is reached (optimal), a\n"
        "slot for every order planned, and what would save late ones: a station more, a longer shift, a pickup more.\n\n"
        "Exit codes: 0 done; 1 some orders, shifts or pickups refused, each named on standard error; 2 wrong call or unreadable input.",
    .options =
        {
            {"--input", "FILE", "The day as JSON; - reads standard input."},
            {"--no-repairs", "", "Do not look for what would save late orders."},
            {"--out", "FILE", "Write the answer there instead of standard output."},
        },
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const auto code = plan_file(arguments, wiring);
          if (code) return *code;
          wiring.err() << "zifa plan: " << code.error().message << "\n";
          return kUsage;
        },
};

}  // namespace zifa::cli
