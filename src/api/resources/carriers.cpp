// The carriers known by name, and what Amazon calls them.
#include "api/fields.hpp"
#include "app/reference/carriers.hpp"
#include "app/reference/policies.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

Answer list(Call& call) {
  const std::string_view wanted = call.query.get("marketplace");
  const std::string market = wanted.empty() ? "" : marketplace_code(wanted).value_or(upper(wanted));
  json::array all;
  for (const KnownCarrier& carrier : known_carriers()) {
    const auto amazon = amazon_carrier(carrier.id, market);
    const std::string name = carrier.name_zh.empty() || !call.caller.language.starts_with("zh") ? carrier.name : carrier.name + " " + carrier.name_zh;
    all.push_back(json::object{{"id", carrier.id}, {"name", name}, {"amazon_code", amazon ? json::value(amazon->code) : json::value(nullptr)}});
  }
  return ok(all);
}

}  // namespace

extern const Resource carriers;
const Resource carriers{
    .name = "carriers",
    .routes =
        {
            {.method = "GET", .path = "/api/carriers", .summary = "Carriers known by name; amazon_code is null for those that are sent to Amazon as Other with their name.",
             .gives = R"({"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"amazon_code":{"type":["string","null"]}}}})", .query = "marketplace", .run = list},
        },
};

}  // namespace zifa::api
