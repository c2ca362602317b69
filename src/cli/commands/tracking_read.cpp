#include <fstream>
#include <ostream>
#include <sstream>

#include "app/ports/carrier.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

using carriers::Carrier;
using tracking::History;
using tracking::HistoryEvent;
using tracking::LocalTime;

constexpr std::size_t kAnswerLimit = 64ULL * 1024 * 1024;

void append_time(std::string& out, const std::optional<LocalTime>& at) {
  if (at) {
    json::append_text(out, at->iso());
  } else {
    out += "null";
  }
}

void append_history(std::string& out, const History& history) {
  out += "{\"number\":";
  if (history.number.empty()) {
    out += "null";
  } else {
    json::append_text(out, history.number);
  }
  out += ",\"state\":\"";
  out += name_of(history.state);
  out += "\",\"first_scan_at\":";
  append_time(out, history.first_scan_at());
  out += ",\"delivered_at\":";
  append_time(out, history.delivered_at());
  out += ",\"events\":[";
  bool first = true;
  for (const HistoryEvent& event : history.events) {
    if (!first) out += ',';
    first = false;
    out += "{\"at\":";
    append_time(out, event.at);
    out += ",\"state\":\"";
    out += name_of(event.state);
    out += "\",\"code\":";
    json::append_text(out, event.code);
    out += ",\"text\":";
    json::append_text(out, event.text);
    out += ",\"place\":";
    json::append_text(out, event.place);
    if (!event.at.offset) out += ",\"local\":true";
    out += '}';
  }
  out += "]}\n";
}

std::string known_ids() {
  std::vector<std::string> ids;
  for (const Carrier* carrier : carriers::carriers()) {
    ids.emplace_back(carrier->id);
    for (const std::string_view other : carrier->also) ids.emplace_back(other);
  }
  return join(ids, ", ");
}

Result<std::string> content_of(const std::string& name, Wiring& wiring) {
  std::ifstream file;
  if (name != "-") file.open(name, std::ios::binary);
  std::istream& in = name == "-" ? wiring.in() : file;
  std::string content;
  std::string block(64 * 1024, '\0');
  while (in && content.size() <= kAnswerLimit) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    content.append(block, 0, static_cast<std::size_t>(in.gcount()));
  }
  if ((name != "-" && !file.is_open()) || in.bad()) return not_found("file.unreadable", "The file " + name + " cannot be read.");
  if (content.size() > kAnswerLimit) return invalid("file.too_large", "The file " + name + " is larger than 64 MiB; that is no tracking answer.");
  return content;
}

int run_tracking_read(const Arguments& arguments, Wiring& wiring) {
  const std::string id = arguments.text("--carrier", "");
  const Carrier* carrier = carriers::carrier_named(id);
  if (carrier == nullptr) {
    wiring.err() << "zifa tracking read: " << (id.empty() ? "--carrier ID is needed" : "no answers can be read of \"" + printable(id, 60) + "\"") << "; known are " << known_ids() << ".\n";
    return kUsage;
  }
  bool some_read = false, all_good = true;
  for (const std::string& name : arguments.positional()) {
    const auto fail = [&](std::string_view message) {
      all_good = false;
      wiring.err() << name << ": " << message << "\n";
    };
    auto content = content_of(name, wiring);
    if (!content) {
      fail(content.error().message);
      continue;
    }
    http::Response response;
    response.body = *std::move(content);
    const auto answer = carrier->tracking.read(response);
    if (!answer) {
      fail(answer.error().message);
      continue;
    }
    some_read = true;
    for (const carriers::TrackingProblem& problem : answer->problems) fail((problem.number.empty() ? "" : printable(problem.number, 64) + ": ") + printable(problem.message, 300));
    std::string out;
    for (const History& history : answer->numbers) append_history(out, history);
    wiring.out() << out;
  }
  wiring.out() << std::flush;
  return !some_read ? kUsage : all_good ? kDone : kRefused;
}

}  // namespace

extern const Command tracking_read;
const Command tracking_read{
    .name = "tracking read",
    .operands = "FILE...",
    .summary = "Put a carrier's raw tracking answers into one form, one JSON line per number.",
    .details = "FILE holds an answer as the carrier's API gives it, JSON or XML; - is standard input.\n"
               "  {\"number\":..,\"state\":..,\"first_scan_at\":..,\"delivered_at\":..,\"events\":[{\"at\":..,\"state\":..,\"code\":..,\"text\":..,\"place\":..}]}\n"
               "Events come oldest first. A code that is not known keeps its code and text with the state unknown. Times carry the carrier's offset, or the place's;\n"
               "where neither is known the event has \"local\":true. Exit codes: 0 done, 1 some numbers or files refused (named on standard error), 2 nothing could be read.",
    .options =
        {
            {"--carrier", "ID", "Whose answers these are: usps, ups, fedex, dhl, gls, sendle, asendia, canada_post, easypost, 17track, ..."},
        },
    .least_operands = 1,
    .most_operands = 100'000,
    .run = run_tracking_read,
};

}  // namespace zifa::cli
