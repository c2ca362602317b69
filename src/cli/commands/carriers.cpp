#include <algorithm>
#include <ostream>

#include "app/reference/carriers.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

void append_json(std::string& out, const KnownCarrier& carrier, const std::optional<AmazonCarrier>& amazon) {
  out += "{\"id\":";
  json::append_text(out, carrier.id);
  out += ",\"name\":";
  json::append_text(out, carrier.name);
  out += ",\"name_zh\":";
  json::append_text(out, carrier.name_zh);
  out += ",\"family\":";
  if (carrier.family.empty()) {
    out += "null";
  } else {
    json::append_text(out, carrier.family);
  }
  out += ",\"amazon_code\":";
  json::append_text(out, amazon ? amazon->code : "Other");
  out += ",\"amazon_name\":";
  json::append_text(out, amazon ? amazon->name : carrier.name);
  out += ",\"known_to_amazon\":";
  out += amazon ? "true" : "false";
  out += "}\n";
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, utf8_length(text)), ' ');
}

int run_carriers(const Arguments& arguments, Wiring& wiring) {
  const std::string marketplace = upper(arguments.text("--marketplace", ""));
  std::string out;
  if (!arguments.has("--json")) out += padded("id", 18) + padded("Amazon code", 20) + "name\n";
  for (const KnownCarrier& carrier : known_carriers()) {
    const auto amazon = amazon_carrier(carrier.id, marketplace);
    if (arguments.has("--json")) {
      append_json(out, carrier, amazon);
    } else {
      out += padded(carrier.id, 18) + padded(amazon ? amazon->code : "Other", 20) + carrier.name + (carrier.name_zh.empty() ? "" : " " + carrier.name_zh) + "\n";
    }
  }
  wiring.out() << out;
  return kDone;
}

}  // namespace

extern const Command carriers;
const Command carriers{
    .name = "carriers",
    .summary = "List the carriers known by name: our id, the name, and what Amazon calls them.",
    .details = "An id stands for the carrier in every file and option. A carrier that Amazon's list lacks is sent to Amazon as Other plus its name.",
    .options =
        {
            {"--json", "", "One JSON object per line instead of a table."},
            {"--marketplace", "US", "Amazon's spelling in this marketplace."},
        },
    .run = run_carriers,
};

}  // namespace zifa::cli
