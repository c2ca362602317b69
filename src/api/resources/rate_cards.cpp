// Price sheets of carriers.
#include <algorithm>

#include "api/fields.hpp"
#include "app/import_rate_card.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostNamed = 200;  // bad rows and warnings that one answer names

json::value card_json(const RateCardFile& card) {
  const RateCardFacts facts = rate_card_facts(card);
  json::array services;
  for (const std::string& service : facts.services) services.push_back(json::value(service));
  return json::object{{"id", id_text(card.id)},  {"name", card.name},         {"file", card.name + ".csv"}, {"kind", card.kind},
                      {"services", std::move(services)}, {"rows", card.rows}, {"currency", facts.currency}, {"valid_from", to_json(facts.valid_from)},
                      {"imported_at", card.imported_at.iso()}};
}

Answer list(Call& call) {
  return call.store().read([](Tx& tx) -> Answer {
    json::array all;
    for (const RateCardFile& card : TRY(tx.setup.rate_cards(true))) all.push_back(card_json(card));
    return ok(all);
  });
}

Answer import_card(Call& call) {
  const std::string_view wanted_dry = call.query.get("dry_run");
  const bool dry = wanted_dry == "true" || wanted_dry == "1";
  const std::string kind(call.query.get("kind"));
  if (!kind.empty() && kind != "card" && kind != "zones" && kind != "surcharges") return invalid("field.bad", "The parameter \"kind\" takes card, zones or surcharges.");
  if (call.request.body.empty()) return invalid("rate_card.empty", "The file is empty; choose a CSV file with a header line.");
  const auto read_in = [&](Tx& tx) { return read_rate_card(tx, call.query.get("name"), kind, call.request.body, call.now); };
  RateCardRead read;
  json::value card = nullptr;
  if (dry) {
    read = TRY(call.store().read(read_in));
  } else {
    const RateCardFile stored = TRY(call.store().write([&](Tx& tx) -> Result<RateCardFile> {
      read = TRY(read_in(tx));
      return store_rate_card(tx, read, call.caller.name, call.now);
    }));
    card = card_json(stored);
  }
  json::array errors, warnings;
  for (std::size_t i = 0; i < std::min(read.problems.size(), kMostNamed); ++i) errors.push_back(json::object{{"line", read.problems[i].line}, {"reason", read.problems[i].reason}});
  for (std::size_t i = 0; i < std::min(read.warnings.size(), kMostNamed); ++i) warnings.push_back(json::value(read.warnings[i]));
  if (read.warnings.size() > kMostNamed) warnings.push_back(json::value("... and " + std::to_string(read.warnings.size() - kMostNamed) + " more."));
  return ok(json::object{{"rows", read.rows}, {"accepted", read.card.rows}, {"refused", read.problems.size()}, {"kind", read.card.kind}, {"errors", std::move(errors)}, {"warnings", std::move(warnings)}, {"card", std::move(card)}});
}

Answer remove(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  TRY(call.store().write([&](Tx& tx) { return remove_rate_card(tx, id, call.caller.name, call.now); }));
  return no_content();
}

Answer download(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  for (RateCardFile& card : TRY(call.store().read([](Tx& tx) { return tx.setup.rate_cards(true); })))
    if (card.id == id) {
      http::Response response = file(std::move(card.content), "text/csv; charset=utf-8", card.name + ".csv");
      return response;
    }
  return not_found("rate_card.unknown", "There is no rate card " + std::to_string(id) + ".");
}

}  // namespace

extern const Resource rate_cards;
const Resource rate_cards{
    .name = "rate_cards",
    .routes =
        {
            {.method = "GET", .path = "/api/rate-cards", .summary = "Price sheets.", .role = Role::operations, .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/rate-cards", .summary = "Import a price sheet (CSV); bad rows are named and left out. dry_run=true only looks at it.", .role = Role::operations, .raw_body = true,
             .gives = R"({"type":"object","properties":{"rows":{"type":"integer"},"accepted":{"type":"integer"},"refused":{"type":"integer"},"errors":{"type":"array","items":{"type":"object","properties":{"line":{"type":"integer"},"reason":{"type":"string"}}}},"warnings":{"type":"array","items":{"type":"string"}},"card":{"type":["object","null"]}}})",
             .query = "name,kind,dry_run", .run = import_card},
            {.method = "DELETE", .path = "/api/rate-cards/{id}", .summary = "Delete a price sheet.", .role = Role::operations, .run = remove},
            {.method = "GET", .path = "/api/rate-cards/{id}/file", .summary = "The stored sheet as CSV.", .role = Role::operations, .run = download},
        },
};

}  // namespace zifa::api
