// GET /sellers/v1/marketplaceParticipations: where the account sells.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/sellers.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

http::Request write_get_marketplace_participations() { return {.target = "/sellers/v1/marketplaceParticipations"}; }

Result<std::vector<Participation>> read_get_marketplace_participations(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_marketplace_participations));
  const json::array* entries = json::find_array(body, "payload");
  if (entries == nullptr) return bad_answer(get_marketplace_participations, answer, "it holds no list of marketplaces");
  std::vector<Participation> participations;
  for (const json::value& entry : *entries) {
    Participation read;
    read.marketplace_id = json::get_text(entry, "marketplace.id");
    if (read.marketplace_id.empty()) continue;
    read.country = upper(json::get_text(entry, "marketplace.countryCode"));
    if (read.country == "UK") read.country = "GB";
    read.name = json::get_text(entry, "marketplace.name");
    read.currency = json::get_text(entry, "marketplace.defaultCurrencyCode");
    read.language = json::get_text(entry, "marketplace.defaultLanguageCode");
    read.domain = json::get_text(entry, "marketplace.domainName");
    read.participating = json::get_bool(entry, "participation.isParticipating");
    read.suspended = json::get_bool(entry, "participation.hasSuspendedListings");
    participations.push_back(std::move(read));
  }
  return participations;
}

const Operation get_marketplace_participations{
    .name = "getMarketplaceParticipations",
    .sample = [](const CheckArguments&) { return write_get_marketplace_participations(); },
    .understands = understood<read_get_marketplace_participations>,
};

}  // namespace zifa::amazon
