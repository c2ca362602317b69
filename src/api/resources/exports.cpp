// Files to take away: Amazon's own files for accounts without a connection, and the same lists as tables.
#include <sstream>

#include "api/fields.hpp"
#include "app/export_documents.hpp"
#include "app/export_tables.hpp"
#include "app/hand_over_files.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::string_view kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string format_of(const Call& call) { return call.query.get("format").empty() ? "csv" : std::string(call.query.get("format")); }

Answer table(Call& call, const std::string& name, const ExportTable& table) {
  const std::string format = format_of(call);
  std::string bytes;
  TRY(write_table(call.desk.documents(), table, format, [&](std::string_view part) -> Result<Done> {
    bytes += part;
    return done;
  }));
  return file(std::move(bytes), format == "csv" ? "text/csv; charset=utf-8" : kXlsx, name + "." + format);
}

TableLook look_of(const Call& call) { return {.for_people = true, .zone = call.caller.zone}; }

Result<std::optional<AccountId>> account_of(const Call& call) {
  const auto given = TRY(id_in_query(call, "account"));
  return given ? std::optional(AccountId(*given)) : std::nullopt;
}

Result<HandOver> hand_over_of(Call& call) {
  HandOver wanted{.marketplace = std::string(call.query.get("marketplace")), .again = call.query.get("again") == "true" || call.query.get("again") == "1", .actor = call.caller.name};
  const std::string_view since = call.query.get("since");
  if (!since.empty()) {
    if (const auto day = since.size() == 10 ? Day::parse(since) : Result<Day>(invalid("", ""))) wanted.since = call.caller.zone.start_of(*day);
    else if (const auto at = Instant::parse(since)) wanted.since = *at;
    else return invalid("field.bad", "The parameter \"since\" takes a day (2026-11-25) or a moment (2026-11-25T08:00:00Z).");
  }
  const auto account = TRY(account_of(call));
  const Account found = TRY(call.store().read([&](Tx& tx) { return account ? tx.accounts.find(*account) : account_for_files(tx); }));
  wanted.account = found.id;
  // What a connection sends by itself goes into a file only when its account is named.
  wanted.waiting = account || found.kind != "amazon";
  return wanted;
}

// The file, and in a header how many lines could not stand in it: their parcels and orders keep waiting.
http::Response upload(std::string bytes, const std::string& name, const HandedOver& handed, std::string_view country) {
  const bool japan = country == "JP";
  http::Response response = file(std::move(bytes), japan ? "text/tab-separated-values; charset=Shift_JIS" : "text/tab-separated-values; charset=utf-8", name);
  response.headers.set("X-Zifa-Lines", std::to_string(handed.lines));
  response.headers.set("X-Zifa-Refused", std::to_string(handed.refused.size()));
  return response;
}

// A file without a line would be uploaded for nothing; the first refusal says why.
std::optional<Error> nothing_in(const HandedOver& handed, std::string_view what) {
  if (handed.lines > 0) return std::nullopt;
  if (!handed.refused.empty()) return handed.refused.front();
  return refused("export.nothing", "There is nothing to hand over: " + std::string(what) + ".");
}

Answer confirmations(Call& call) {
  if (format_of(call) != "amazon") return table(call, "confirmations", confirmations_table(call.store(), TRY(account_of(call)), look_of(call)));
  const HandOver wanted = TRY(hand_over_of(call));
  std::ostringstream out;
  const HandedOver handed = TRY(hand_over_confirmations(call.store(), call.desk.uploads(), wanted, out, [] { return Result<Done>(done); }, [&] { return call.desk.clock().now(); }));
  if (auto nothing = nothing_in(handed, "every parcel that has left is confirmed or was in an earlier file")) return std::move(*nothing);
  std::string bytes = std::move(out).str();
  const bool japan = bytes.substr(0, bytes.find('\n')).find("This row") == std::string::npos;
  return upload(std::move(bytes), "confirmations.txt", handed, japan ? "JP" : "");
}

Answer cancellations(Call& call) {
  if (format_of(call) != "amazon") return table(call, "cancellations", cancellations_table(call.store(), TRY(account_of(call)), look_of(call)));
  const HandOver wanted = TRY(hand_over_of(call));
  std::ostringstream out;
  const HandedOver handed = TRY(hand_over_cancellations(call.store(), call.desk.uploads(), wanted, out, [] { return Result<Done>(done); }, [&] { return call.desk.clock().now(); }));
  if (auto nothing = nothing_in(handed, "no order was cancelled here that Amazon does not know of")) return std::move(*nothing);
  return upload(std::move(out).str(), "cancellations.txt", handed, "");
}

Answer stock(Call& call) {
  if (format_of(call) != "amazon") {
    const auto warehouse = TRY(id_in_query(call, "warehouse"));
    return table(call, "stock", stock_table(call.store(), warehouse ? std::optional(WarehouseId(*warehouse)) : std::nullopt, look_of(call)));
  }
  if (call.caller.role < Role::operations) return Error{ErrorKind::unauthorized, "session.forbidden", "Your role (warehouse) may not change what is sold; ask operations or an owner."};
  const HandOver wanted = TRY(hand_over_of(call));
  std::ostringstream out;
  const HandedOver written = TRY(write_quantities(call.store(), call.desk.uploads(), wanted, out));
  if (auto nothing = nothing_in(written, "no listing of this account is linked to a product")) return std::move(*nothing);
  return upload(std::move(out).str(), "quantities.txt", written, "");
}

Answer labels(Call& call) {
  const std::string format = format_of(call);
  const auto account = TRY(account_of(call));
  if (format != "pdf" && format != "zpl") return table(call, "labels", labels_table(call.store(), account, look_of(call)));
  std::string bytes;
  const ExportedPages pages = TRY(export_labels(call.store(), call.desk.documents(), account, documents::PageSize::label_100x150, format, call.caller.language.starts_with("zh") ? "zh" : "en", [&](std::string_view part) -> Result<Done> {
    bytes += part;
    return done;
  }));
  if (pages.pages == 0) return pages.refused.empty() ? refused("export.nothing", "There is no live label to print.") : pages.refused.front();
  http::Response response = file(std::move(bytes), format == "pdf" ? "application/pdf" : "application/octet-stream", "labels." + format);
  response.headers.set("X-Zifa-Refused", std::to_string(pages.refused.size()));
  return response;
}

Answer listings(Call& call) { return table(call, "listings", listings_table(call.store(), TRY(account_of(call)), look_of(call))); }

constexpr std::string_view kFile = R"({"type":"string","format":"binary"})";

}  // namespace

extern const Resource exports;
const Resource exports{
    .name = "exports",
    .routes =
        {
            {.method = "GET", .path = "/api/exports/confirmations", .summary = "csv, xlsx: every item ever confirmed. amazon: the shipping confirmation file of what waits, which then counts as confirmed; again=true writes confirmed lines once more.", .role = Role::operations, .gives = kFile, .query = "format,account,marketplace,again,since", .run = confirmations},
            {.method = "GET", .path = "/api/exports/cancellations", .summary = "csv, xlsx: the orders the seller cancelled. amazon: the cancellation file, each order once.", .role = Role::operations, .gives = kFile, .query = "format,account,marketplace,again,since", .run = cancellations},
            {.method = "GET", .path = "/api/exports/stock", .summary = "csv, xlsx: what lies where. amazon: the price and quantity file of what may be sold.", .gives = kFile, .query = "format,account,marketplace,warehouse", .run = stock},
            {.method = "GET", .path = "/api/exports/labels", .summary = "csv, xlsx: every label ever bought. pdf, zpl: a page for every live one.", .role = Role::operations, .gives = kFile, .query = "format,account", .run = labels},
            {.method = "GET", .path = "/api/exports/listings", .summary = "The listings as csv or xlsx.", .role = Role::operations, .gives = kFile, .query = "format,account", .run = listings},
        },
};

}  // namespace zifa::api
