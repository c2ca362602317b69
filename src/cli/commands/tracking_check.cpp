#include <ostream>

#include "app/reference/carriers.hpp"
#include "app/reference/tracking_formats.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "cli/lines.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

using tracking::NumberCheck;
using tracking::NumberMatch;

// Longer lines cannot be numbers; the rest of one is read past, not kept.
constexpr std::size_t kLineLimit = 4 * 1024;

// The carrier that Amazon would have to be told: the best candidate's, or the named one where nothing is known of the number.
std::string amazon_code(const NumberCheck& checked, std::string_view named, std::string_view marketplace) {
  if (checked.verdict == tracking::Verdict::malformed) return "";
  const std::string_view carrier = checked.matches.empty() ? named : std::string_view(checked.matches.front().format->carrier);
  const auto amazon = amazon_carrier(carrier, marketplace);
  return amazon ? amazon->code : "";
}

void append_answer(std::string& out, std::string_view input, const NumberCheck& checked, std::string_view named, std::string_view marketplace) {
  out += "{\"input\":";
  json::append_text(out, input);
  out += ",\"number\":";
  json::append_text(out, checked.number);
  out += ",\"verdict\":\"";
  out += name_of(checked.verdict);
  out += "\",\"matches\":[";
  bool first = true;
  for (const NumberMatch& match : checked.matches) {
    if (!first) out += ',';
    first = false;
    out += "{\"carrier\":";
    json::append_text(out, match.format->carrier);
    out += ",\"format\":";
    json::append_text(out, match.format->id);
    out += ",\"check\":\"";
    out += name_of(match.check);
    out += "\"}";
  }
  out += "],\"amazon_code\":";
  const std::string code = amazon_code(checked, named, marketplace);
  if (code.empty()) {
    out += "null";
  } else {
    json::append_text(out, code);
  }
  out += ",\"named\":";
  if (checked.named_fits) {
    out += "{\"carrier\":";
    json::append_text(out, named);
    out += *checked.named_fits ? ",\"fits\":true}" : ",\"fits\":false}";
  } else {
    out += "null";
  }
  out += "}\n";
}

int run_tracking_check(const Arguments& arguments, Wiring& wiring) {
  const std::string named = arguments.text("--carrier", "");
  const std::string marketplace = upper(arguments.text("--marketplace", ""));
  if (arguments.has("--carrier") && find_carrier(named) == nullptr) {
    const std::string nearest = nearest_carrier_id(named);
    wiring.err() << "zifa tracking check: no carrier has the id \"" << printable(named, 60) << "\"." << (nearest.empty() ? "" : " Did you mean \"" + nearest + "\"?")
                 << " `zifa carriers` lists them.\n";
    return kUsage;
  }
  std::string out;
  const auto answer = [&](std::string_view input) {
    append_answer(out, input, check_tracking_number(input, named), named, marketplace);
    if (out.size() < 64 * 1024) return;
    wiring.out() << out;
    out.clear();
  };
  if (!arguments.positional().empty()) {
    for (const std::string& input : arguments.positional()) answer(input);
  } else {
    std::string line;
    while (next_line(wiring.in(), line, kLineLimit)) answer(line);
  }
  wiring.out() << out << std::flush;
  return kDone;
}

}  // namespace

extern const Command tracking_check;
const Command tracking_check{
    .name = "tracking check",
    .operands = "[NUMBER...]",
    .summary = "Say whose parcel numbers these are and whether their check digits are right.",
    .details = "One number per line of standard input, or as operands; one JSON line per number, in the same order:\n"
               "  {\"input\":..,\"number\":..,\"verdict\":..,\"matches\":[{\"carrier\":..,\"format\":..,\"check\":\"ok|failed|none\"}],\"amazon_code\":..,\"named\":..}\n"
               "verdict: valid      some format fits and its check digit, if it has one, is right (with --carrier: a format of that carrier)\n"
               "         suspect    formats fit, but every check digit fails or the named carrier is not among them\n"
               "         unknown    no format known\n"
               "         malformed  cannot be a tracking number (empty, longer than 64, other signs than letters and digits, all zeros)\n"
               "matches come best first. Exit codes: 0 done, 2 wrong call.",
    .options =
        {
            {"--carrier", "ID", "The carrier that the seller named; `zifa carriers` lists the ids."},
            {"--marketplace", "US", "The marketplace whose spelling of carrier names amazon_code takes."},
        },
    .most_operands = 100'000,
    .run = run_tracking_check,
};

}  // namespace zifa::cli
