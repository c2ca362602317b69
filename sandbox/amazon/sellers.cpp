// Sellers API v1 and Tokens API 2021-03-01.
#include <array>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/tokens.hpp"

namespace zifa::sandbox {

namespace {

json::array participations(const Account& account) {
  json::array list;
  for (const std::string& id : account.marketplaces) {
    const Marketplace& marketplace = *find_marketplace(id);
    list.push_back(json::object{{"marketplace", json::object{{"id", marketplace.id},
                                                             {"countryCode", marketplace.country},
                                                             {"name", marketplace.name},
                                                             {"defaultCurrencyCode", marketplace.currency.code()},
                                                             {"defaultLanguageCode", marketplace.language},
                                                             {"domainName", marketplace.domain}}},
                                {"storeName", account.store_name},
                                {"participation", json::object{{"isParticipating", true}, {"hasSuspendedListings", false}}}});
  }
  return list;
}

json::object registered_address(const Address& address) {
  return {{"addressLine1", address.line1}, {"addressLine2", address.line2}, {"countryCode", address.country}, {"stateOrProvinceCode", address.state},
          {"city", address.city}, {"postalCode", address.postal_code}};
}

}  // namespace

http::Response play::get_marketplace_participations(Call& call) { return answer(200, json::object{{"payload", participations(*call.account)}}); }

http::Response play::get_account(Call& call) {
  const Address& address = call.account->ship_from;
  return answer(200, json::object{{"payload", json::object{{"marketplaceParticipationList", participations(*call.account)},
                                                           {"businessType", "PRIVATE_LIMITED"},
                                                           {"sellingPlan", "PROFESSIONAL"},
                                                           {"business", json::object{{"name", address.name}, {"registeredBusinessAddress", registered_address(address)}}},
                                                           {"primaryContact", json::object{{"name", "Li Na"}, {"nonLatinName", "李娜"}, {"address", registered_address(address)}}}}}});
}

// Which resources a restricted data token opens is checked when it is used.
http::Response play::create_restricted_data_token(Call& call) {
  const json::array* resources = json::find_array(call.body, "restrictedResources");
  if (resources == nullptr || resources->empty()) return invalid_input("restrictedResources is required.");
  if (resources->size() > 50) return invalid_input("restrictedResources takes at most 50 values.");
  std::vector<RestrictedResource> opened;
  static constexpr std::array<std::string_view, 3> kElements{"buyerInfo", "shippingAddress", "buyerTaxInformation"};
  for (const json::value& each : *resources) {
    RestrictedResource resource{.method = json::get_text(each, "method"), .path = json::get_text(each, "path"), .data_elements = {}};
    if (resource.method != "GET" && resource.method != "PUT" && resource.method != "POST" && resource.method != "DELETE") return invalid_input("Invalid method in restrictedResources.");
    const std::optional<Match> match = match_operation(resource.method, resource.path);
    if (resource.path.empty() || !match || match->operation->restricted == Operation::Restricted::no) return invalid_input("The path " + printable(resource.path, 120) + " is not a restricted operation.");
    if (match->operation->id == "getReportDocument" && resource.path.find('{') != std::string::npos) return invalid_input("getReportDocument needs the report document's own path.");
    if (const json::value* elements = json::find(each, "dataElements"); elements != nullptr && !elements->is_null()) {
      if (!elements->is_array()) return invalid_input("dataElements must be a list.");
      for (const json::value& element : elements->get_array()) {
        const std::string name = element.is_string() ? std::string(element.get_string()) : std::string();
        if (std::find(kElements.begin(), kElements.end(), name) == kElements.end()) return invalid_input("Invalid dataElements value " + printable(name, 60) + ".");
        resource.data_elements.push_back(name);
      }
      if (!resource.data_elements.empty() && match->operation->id != "getOrders" && match->operation->id != "getOrder" && match->operation->id != "getOrderItems")
        return invalid_input("dataElements is not taken for " + printable(resource.path, 120) + ".");
    }
    opened.push_back(std::move(resource));
  }
  return answer(200, json::object{{"restrictedDataToken", call.tokens.restricted_token(call.account, std::move(opened))}, {"expiresIn", Tokens::kLifetimeSeconds}});
}

}  // namespace zifa::sandbox
