// Whose parcel numbers these are, and whether their check digits are right.
#include "api/fields.hpp"
#include "app/reference/carriers.hpp"
#include "app/reference/policies.hpp"
#include "app/reference/tracking_formats.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

json::value checked_json(const std::string& input, const std::string& named, const std::string& market) {
  const tracking::NumberCheck check = check_tracking_number(input, named);
  json::array matches;
  for (const tracking::NumberMatch& match : check.matches) matches.push_back(json::object{{"carrier", match.format->carrier}, {"format", match.format->id}, {"check", tracking::name_of(match.check)}});
  // The carrier that Amazon would be told: the best candidate's, or the named one where nothing is known of the number.
  std::optional<AmazonCarrier> amazon;
  if (check.verdict != tracking::Verdict::malformed) amazon = amazon_carrier(check.matches.empty() ? named : std::string(check.matches.front().format->carrier), market);
  return json::object{{"input", printable(input, 200)},
                      {"number", check.number},
                      {"verdict", tracking::name_of(check.verdict)},
                      {"matches", std::move(matches)},
                      {"amazon_code", amazon && !amazon->code.empty() ? json::value(amazon->code) : json::value(nullptr)},
                      {"named", check.named_fits ? json::value(json::object{{"carrier", named}, {"fits", *check.named_fits}}) : json::value(nullptr)}};
}

Answer check(Call& call) {
  const json::array* numbers = json::find_array(call.body, "numbers");
  if (numbers == nullptr || numbers->empty() || numbers->size() > 10'000) return invalid("field.bad", "The field \"numbers\" takes 1 to 10000 tracking numbers.");
  std::string named, market;
  TRY(take_text(call.body, "carrier", 60, named));
  if (!named.empty() && find_carrier(named) == nullptr) {
    const std::string nearest = nearest_carrier_id(named);
    return invalid("carrier.unknown", "No carrier has the id \"" + printable(named, 60) + "\"" + (nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?") + " The list of carriers has them all.");
  }
  TRY(take_text(call.body, "marketplace", 20, market));
  if (!market.empty()) market = marketplace_code(market).value_or(upper(market));
  json::array results;
  for (const json::value& one : *numbers) {
    if (!one.is_string()) return invalid("field.bad", "The field \"numbers\" takes tracking numbers as texts.");
    results.push_back(checked_json(std::string(one.as_string()), named, market));
  }
  return ok(json::object{{"results", std::move(results)}});
}

}  // namespace

extern const Resource tracking;
const Resource tracking{
    .name = "tracking",
    .routes =
        {
            {.method = "POST", .path = "/api/tracking/check", .summary = "Check tracking numbers before they are sent to anybody.",
             .takes = R"({"type":"object","required":["numbers"],"properties":{"numbers":{"type":"array","items":{"type":"string"}},"carrier":{"type":"string"},"marketplace":{"type":"string"}}})",
             .gives = R"({"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{"input":{"type":"string"},"number":{"type":"string"},"verdict":{"enum":["valid","suspect","unknown","malformed"]},"matches":{"type":"array"},"amazon_code":{"type":["string","null"]},"named":{"type":["object","null"]}}}}}})", .run = check},
        },
};

}  // namespace zifa::api
