#include <fstream>
#include <ostream>

#include "app/reference/policies.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/inputs/order_history_csv.hpp"
#include "cli/wiring.hpp"

namespace zifa::cli {

namespace {

using health::Assessment;
using health::Basis;

struct Call {
  Instant as_of;
  std::string marketplace;  // "" = the one in the file
  Basis basis = Basis::ship_by;
  int days_ahead = 60;
  bool open_late = false;
  bool list_failing = false;
};

Error usage(std::string message) { return invalid("usage", std::move(message)); }

Result<Call> read_call(const Arguments& arguments) {
  Call call;
  if (!arguments.has("--orders")) return usage("name the file of orders: --orders FILE.csv (- for standard input).");
  const auto as_of = arguments.get("--as-of");
  if (!as_of) return usage("name the moment to assess: --as-of 2026-11-25T09:00:00Z.");
  auto instant = Instant::parse(*as_of);
  if (!instant) return usage("--as-of " + printable(instant.error().message, 300));
  call.as_of = *instant;
  if (call.as_of < Instant::from_ms(Day::of(1990, 1, 1).number() * std::int64_t{86'400'000}) ||
      call.as_of > Instant::from_ms(Day::of(2200, 1, 1).number() * std::int64_t{86'400'000}))
    return usage("--as-of must lie between the years 1990 and 2200.");
  if (const auto name = arguments.get("--marketplace")) {
    const auto code = marketplace_code(*name);
    if (!code) return usage("--marketplace \"" + printable(*name, 40) + "\" is not known; known are " + join(marketplace_codes(), ", ") + ".");
    call.marketplace = *code;
  }
  const std::string basis = arguments.text("--basis", "ship_by");
  if (basis == "ordered") call.basis = Basis::ordered;
  else if (basis == "confirmed") call.basis = Basis::confirmed;
  else if (basis != "ship_by") return usage("--basis takes ship_by, ordered or confirmed, not \"" + printable(basis, 40) + "\".");
  const std::string open_late = arguments.text("--open-late", "none");
  if (open_late != "none" && open_late != "all") return usage("--open-late takes none or all, not \"" + printable(open_late, 40) + "\".");
  call.open_late = open_late == "all";
  call.days_ahead = static_cast<int>(TRY(arguments.number("--days-ahead", 60, 0, 3'660)));
  call.list_failing = arguments.has("--list-failing");
  return call;
}

// The one marketplace asked about; leaves only its orders in the file.
Result<std::string> select_marketplace(OrderHistoryFile& file, const std::string& asked) {
  std::vector<bool> used(file.marketplaces.size());
  for (const std::uint8_t place : file.marketplace) used[place] = true;
  std::vector<std::string> present;
  for (std::size_t i = 0; i < used.size(); ++i)
    if (used[i]) present.push_back(file.marketplaces[i]);
  if (asked.empty() && present.size() > 1)
    return usage("the file holds orders of several marketplaces (" + join(present, ", ") + "); choose one with --marketplace.");
  const std::string code = !asked.empty() ? asked : present.empty() ? "US" : present[0];
  if (present.size() > 1 || (present.size() == 1 && present[0] != code)) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < file.orders.size(); ++i)
      if (file.marketplaces[file.marketplace[i]] == code) {
        if (kept != i) file.orders[kept] = std::move(file.orders[i]);
        ++kept;
      }
    file.orders.resize(kept);
  }
  return code;
}

std::string quoted(std::string_view text) { return json::text(json::value(text)); }

void append_rate(std::string& out, const Assessment& a, std::int64_t late, std::int64_t orders) {
  const auto rate = a.policy ? health::shown_rate(*a.policy, late, orders) : std::nullopt;
  out += "\"rate\":";
  out += rate ? "\"" + *rate + "\"" : "null";
}

void append_metric(std::string& out, const Assessment& a, const OrderHistoryFile& file, bool list_failing) {
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  out += "{\"id\":" + quoted(a.id) + ",\"late\":" + number(a.late) + ",\"orders\":" + number(a.orders) + ",";
  append_rate(out, a, a.late, a.orders);
  out += ",\"limit\":" + (a.policy ? quoted(a.policy->limit_text) : "null");
  out += std::string(",\"met\":") + (!a.met ? "null" : *a.met ? "true" : "false");
  out += ",\"on_time_needed\":" + number(a.on_time_needed) + ",\"late_affordable\":" + number(a.late_affordable);
  out += ",\"clears_on\":" + (a.clears_on ? "\"" + a.clears_on->iso() + "\"" : "null");
  if (list_failing) {
    out += ",\"failing\":[";
    for (std::size_t i = 0; i < a.failing.size(); ++i) out += (i > 0 ? "," : "") + quoted(file.orders[a.failing[i]].order_id);
    out += "]";
  }
  out += ",\"by_day\":[";
  bool first = true;
  for (const health::DayValue& value : a.by_day) {
    if (!first) out += ",";
    first = false;
    out += "{\"day\":\"" + value.day.iso() + "\",\"late\":" + number(value.late) + ",\"orders\":" + number(value.orders) + ",";
    append_rate(out, a, value.late, value.orders);
    out += "}";
  }
  out += "]}";
}

Result<int> assess_file(const Arguments& arguments, Wiring& wiring) {
  const Call call = TRY(read_call(arguments));
  const std::string path = arguments.text("--orders", "");
  std::ifstream opened;
  if (path != "-") {
    opened.open(path, std::ios::binary);
    if (!opened) return usage("cannot read " + printable(path, 200) + "; check the path and its permissions.");
  }
  std::istream& in = path == "-" ? wiring.in() : opened;
  OrderHistoryFile file = TRY(read_order_history(in, [&](std::size_t line, const std::string& reason) {
    wiring.err() << "line " << line << ": " << reason << "\n";
  }));
  if (in.bad()) return usage("reading " + printable(path, 200) + " broke off; nothing is assessed.");
  const std::string code = TRY(select_marketplace(file, call.marketplace));
  // The rules of the day in the marketplace's own zone, which the rules name.
  const MarketplaceRules rules = TRY(marketplace_rules(code, TimeZone::utc().day_of(call.as_of)));
  const health::Question question{.as_of = call.as_of,
                                  .zone = rules.zone,
                                  .basis = call.basis,
                                  .days_ahead = call.days_ahead,
                                  .open_overdue_is_late = call.open_late,
                                  .told = file.told};
  const auto assessments = health::assess(file.orders, health_policies(code, rules.zone.day_of(call.as_of)), question);

  std::string out = "{\"as_of\":\"" + call.as_of.iso() + "\",\"marketplace\":\"" + code + "\",\"metrics\":[";
  for (std::size_t i = 0; i < assessments.size(); ++i) {
    if (i > 0) out += ",";
    append_metric(out, assessments[i], file, call.list_failing);
  }
  out += "]}\n";
  if (const auto target = arguments.get("--out")) {
    std::ofstream written(std::string(*target), std::ios::binary | std::ios::trunc);
    written << out;
    written.close();
    if (!written) return usage("cannot write " + printable(*target, 200) + "; check the folder and its permissions.");
  } else {
    wiring.out() << out;
  }
  if (file.refused > 0) wiring.err() << file.refused << " of " << file.refused + file.rows << " rows refused; the others are assessed.\n";
  return file.refused > 0 ? kRefused : kDone;
}

}  // namespace

extern const Command health;
const Command health{
    .name = "health",
    .summary = "Assess account health from a file of orders: every rate now and on each day ahead, exact to the order.",
    .details =
        "Columns, by name in the first line (others are ignored; all after confirmed_at may be missing):\n"
        "  order_id, marketplace, purchased_at, ship_by, confirmed_at, deliver_by, cancelled_at, cancelled_by (buyer, seller, amazon),\n"
        "  tracking_valid (0, 1), first_scan_at, delivered_at, feedback (1-5), a_to_z (0, 1), chargeback (0, 1), category, units, sku\n"
        "Instants are ISO 8601 with Z or an offset. The same order_id twice counts once, by its last row.\n\n"
        "The answer is one JSON object: for each metric the failing count, the orders counted, the rate Amazon shows, the limit, whether\n"
        "it is met (null: nothing counts, or the columns cannot tell), on-time orders needed, late orders still affordable, the day it\n"
        "clears, and the value on each day ahead if nothing else happens.\n\n"
        "Exit codes: 0 done; 1 some rows refused, each named on standard error; 2 wrong call, unreadable file, or several marketplaces\n"
        "in the file and none chosen.",
    .options =
        {
            {"--orders", "FILE", "The orders as CSV; - reads standard input."},
            {"--as-of", "INSTANT", "The moment to assess; whatever the file dates later has not happened."},
            {"--marketplace", "CODE", "The marketplace to assess (US, UK or GB, DE, ...); needed when the file holds several."},
            {"--basis", "DAY", "Which day puts an order into the late-shipment windows: ship_by (default), ordered or confirmed."},
            {"--days-ahead", "N", "How many days ahead to show, 0 to 3660 (default 60)."},
            {"--open-late", "WHICH", "none (default), or all: take overdue open orders as confirmed late at that moment."},
            {"--list-failing", "", "Name the orders that make up each failing count."},
            {"--out", "FILE", "Write the answer there instead of standard output."},
        },
    .run =
        [](const Arguments& arguments, Wiring& wiring) {
          const auto code = assess_file(arguments, wiring);
          if (code) return *code;
          wiring.err() << "zifa health: " << code.error().message << "\n";
          return kUsage;
        },
};

}  // namespace zifa::cli
