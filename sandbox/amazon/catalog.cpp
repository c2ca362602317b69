// Catalog Items 2022-04-01, Product Type Definitions 2020-09-01, Listings Restrictions 2021-08-01 and Product Fees v0,
// as far as the sandbox's own goods go.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/documents.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/labels/md5.hpp"

namespace zifa::sandbox {

namespace {

std::optional<http::Response> read_marketplaces(const Call& call, std::vector<std::string>& ids) {
  ids = call.query.list("marketplaceIds");
  if (ids.empty()) return invalid_input("marketplaceIds is required.");
  for (const std::string& id : ids)
    if (find_marketplace(id) == nullptr) return invalid_input("Invalid marketplaceId " + printable(id, 60) + ".");
  return std::nullopt;
}

constexpr std::array<std::string_view, 10> kIncludedData{"attributes", "classifications", "dimensions", "identifiers", "images", "productTypes", "relationships", "salesRanks", "summaries", "vendorDetails"};

std::optional<http::Response> read_included(const Call& call, std::set<std::string>& included) {
  for (std::string& name : call.query.list("includedData")) {
    if (std::find(kIncludedData.begin(), kIncludedData.end(), name) == kIncludedData.end()) return invalid_input("Invalid includedData " + printable(name, 60) + ".");
    included.insert(std::move(name));
  }
  if (included.empty()) included.insert("summaries");
  return std::nullopt;
}

json::object item_of(const Product& product, const std::vector<std::string>& ids, const std::set<std::string>& included) {
  json::object item{{"asin", product.asin}};
  const auto each = [&](const char* name, const auto& make) {
    if (!included.contains(name)) return;
    json::array list;
    for (const std::string& id : ids) {
      json::object one = make();
      one["marketplaceId"] = id;
      list.push_back(std::move(one));
    }
    item[name] = std::move(list);
  };
  const auto measure = [](double value, std::string_view unit) { return json::object{{"unit", unit}, {"value", value}}; };
  each("summaries", [&] { return json::object{{"itemName", product.title}, {"brand", "YoungCraft"}, {"itemClassification", "BASE_PRODUCT"}, {"adultProduct", false}, {"autographed", false}, {"memorabilia", false}, {"packageQuantity", 1}}; });
  each("productTypes", [&] { return json::object{{"productType", product.product_type}}; });
  each("identifiers", [&] { return json::object{{"identifiers", json::array{}}}; });
  each("relationships", [&] { return json::object{{"relationships", json::array{}}}; });
  each("classifications", [&] { return json::object{{"classifications", json::array{}}}; });
  each("vendorDetails", [&] { return json::object{}; });
  each("images", [&] { return json::object{{"images", json::array{}}}; });
  each("salesRanks", [&] { return json::object{{"displayGroupRanks", json::array{json::object{{"websiteDisplayGroup", "home_display_on_website"}, {"title", "Home"}, {"rank", 1000 + static_cast<std::int64_t>(mix(3, product.asin) % 200'000)}}}}}; });
  each("dimensions", [&] {
    json::object package{{"length", measure(product.size_mm[0] / 25.4, "inches")}, {"width", measure(product.size_mm[1] / 25.4, "inches")}, {"height", measure(product.size_mm[2] / 25.4, "inches")}, {"weight", measure(product.weight_g / 453.59237, "pounds")}};
    return json::object{{"item", package}, {"package", package}};
  });
  if (included.contains("attributes")) item["attributes"] = json::object{{"item_name", json::array{json::object{{"value", product.title}}}}, {"brand", json::array{json::object{{"value", "YoungCraft"}}}}};
  return item;
}

std::vector<const Product*> all_products(const World& world) {
  std::vector<const Product*> products;
  std::set<std::string> seen;
  for (const auto& account : world.accounts)
    for (const auto& [sku, listing] : account->listings)
      if (seen.insert(listing.product->asin).second) products.push_back(listing.product.get());
  return products;
}

json::object fee_money(std::int64_t minor, Currency currency) {
  double major = static_cast<double>(minor);
  for (int i = 0; i < currency.decimals(); ++i) major /= 10;
  return {{"CurrencyCode", currency.code()}, {"Amount", major}};
}

// A referral fee of fifteen percent, our assumption, on price and shipping.
json::object fees_result(const Call& call, const json::value& request, std::string_view type, const std::string& id) {
  const std::string marketplace_id = json::get_text(request, "MarketplaceId");
  json::object identifier{{"MarketplaceId", marketplace_id}, {"SellerId", call.account->seller_id}, {"IdType", type}, {"IdValue", id}, {"IsAmazonFulfilled", json::get_bool(request, "IsAmazonFulfilled")},
                          {"SellerInputIdentifier", json::get_text(request, "Identifier")}};
  if (const json::value* price = json::find(request, "PriceToEstimateFees")) identifier["PriceToEstimateFees"] = *price;
  const auto failed = [&](std::string_view code, std::string_view message) {
    return json::object{{"Status", "ClientError"}, {"FeesEstimateIdentifier", identifier}, {"Error", json::object{{"Type", "Sender"}, {"Code", code}, {"Message", message}, {"Detail", json::array{}}}}};
  };
  const Marketplace* marketplace = find_marketplace(marketplace_id);
  if (marketplace == nullptr) return failed("InvalidParameterValue", "MarketplaceId is not known.");
  const json::value* price = json::find(request, "PriceToEstimateFees.ListingPrice.Amount");
  const json::value* shipping = json::find(request, "PriceToEstimateFees.Shipping.Amount");
  if (price == nullptr || !price->is_number() || json::get_text(request, "Identifier").empty()) return failed("InvalidParameterValue", "PriceToEstimateFees.ListingPrice and Identifier are required.");
  double total = price->to_number<double>() + (shipping != nullptr && shipping->is_number() ? shipping->to_number<double>() : 0.0);
  if (!(total >= 0 && total < 1e9)) return failed("InvalidParameterValue", "The price is not possible.");
  for (int i = 0; i < marketplace->currency.decimals(); ++i) total *= 10;
  const std::int64_t fee = static_cast<std::int64_t>(total * 0.15 + 0.5);
  const json::object amount = fee_money(fee, marketplace->currency), none = fee_money(0, marketplace->currency);
  return {{"Status", "Success"}, {"FeesEstimateIdentifier", std::move(identifier)},
          {"FeesEstimate", json::object{{"TimeOfFeesEstimation", call.world.now().iso()}, {"TotalFeesEstimate", amount},
                                        {"FeeDetailList", json::array{json::object{{"FeeType", "ReferralFee"}, {"FeeAmount", amount}, {"FeePromotion", none}, {"FinalFee", amount}, {"IncludedFeeDetailList", json::array{}}}}}}}};
}

http::Response one_estimate(Call& call, std::string_view type, std::string_view id) {
  const json::value* request = json::find(call.body, "FeesEstimateRequest");
  if (request == nullptr || !request->is_object()) return invalid_input("FeesEstimateRequest is required.");
  return answer(200, json::object{{"payload", json::object{{"FeesEstimateResult", fees_result(call, *request, type, std::string(id))}}}});
}

// The schema of every product type: what the sandbox checks, and no more.
json::object product_schema(const Call& call, const std::string& type) {
  json::object properties;
  for (const char* name : {"item_name", "brand", "condition_type", "fulfillment_availability", "purchasable_offer", "merchant_suggested_asin", "item_package_weight", "item_package_dimensions", "country_of_origin"})
    properties[name] = json::object{{"title", name}, {"type", "array"}, {"minItems", 1}, {"items", json::object{{"type", "object"}}}};
  properties["merchant_shipping_group"] = json::object{{"title", "Merchant Shipping Group"}, {"type", "array"}, {"items", json::object{{"type", "object"}, {"properties", json::object{{"value", json::object{{"enum", json::array{"legacy-template-id"}}, {"enumNames", json::array{"Migrated Template"}}}}}}}}};
  return {{"$schema", "https://json-schema.org/draft/2019-09/schema"}, {"$id", call.world.url + "/schemas/" + type}, {"type", "object"}, {"required", json::array{"item_name"}}, {"properties", std::move(properties)}};
}

json::object schema_link(Call& call, const std::string& text) {
  const Document& document = store_document(call.world, call.account, "amzn1.ptd.", "application/json", text);
  return {{"link", json::object{{"resource", document_link(call.world, document, "GET")}, {"verb", "GET"}}}, {"checksum", md5_base64(text)}};
}

std::string title_of(const std::string& type) {
  std::string title = lower(replace_all(type, "_", " "));
  if (!title.empty()) title[0] = upper(title.substr(0, 1))[0];
  return title;
}

}  // namespace

http::Response play::get_catalog_item(Call& call) {
  std::vector<std::string> ids;
  std::set<std::string> included;
  if (auto refusal = read_marketplaces(call, ids)) return *refusal;
  if (auto refusal = read_included(call, included)) return *refusal;
  for (const Product* product : all_products(call.world))
    if (product->asin == call.path_value("asin")) return answer(200, item_of(*product, ids, included));
  return not_found_answer("Requested item '" + printable(call.path_value("asin"), 60) + "' not found in marketplace(s) " + ids.front() + ".");
}

http::Response play::search_catalog_items(Call& call) {
  std::vector<std::string> ids;
  std::set<std::string> included;
  if (auto refusal = read_marketplaces(call, ids)) return *refusal;
  if (auto refusal = read_included(call, included)) return *refusal;
  const std::vector<std::string> identifiers = call.query.list("identifiers"), keywords = call.query.list("keywords");
  const std::string type(call.query.get("identifiersType"));
  if (identifiers.empty() == keywords.empty()) return invalid_input("Either identifiers or keywords is required, not both.");
  if (!identifiers.empty() && type.empty()) return invalid_input("identifiersType is required when identifiers is provided.");
  if (identifiers.size() > 20 || keywords.size() > 20) return invalid_input("At most 20 values are taken.");
  const std::optional<int> size = int_parameter(call, "pageSize", 10, 1, 20);
  if (!size) return invalid_input("pageSize must be a number from 1 to 20.");
  std::vector<const Product*> found;
  // What is searched in a marketplace is what the seller of this token offers in his region.
  for (const auto& [sku, listing] : call.account->listings) {
    const Product* product = listing.product.get();
    const auto named = [&](const std::string& value) { return std::find(identifiers.begin(), identifiers.end(), value) != identifiers.end(); };
    const std::string title = lower(product->title);
    if (!identifiers.empty() ? (type == "ASIN" ? named(product->asin) : type == "SKU" && named(product->sku))
                             : std::all_of(keywords.begin(), keywords.end(), [&](const std::string& word) { return title.find(lower(word)) != std::string::npos; }))
      found.push_back(product);
  }
  const std::string question = question_of(call, "pageToken");
  std::size_t first = 0;
  if (call.query.has("pageToken")) {
    const std::optional<std::string> token = read_page_token(call, question, call.query.get("pageToken"));
    if (!token) return invalid_input("pageToken is not valid.");
    first = static_cast<std::size_t>(to_int(*token).value_or(0));
  }
  const std::size_t many = static_cast<std::size_t>(*size);
  json::array items;
  for (std::size_t i = first; i < found.size() && i < first + many; ++i) items.push_back(item_of(*found[i], ids, included));
  json::object body{{"numberOfResults", found.size()}, {"items", std::move(items)}};
  if (first + many < found.size()) body["pagination"] = json::object{{"nextToken", page_token(call, question, std::to_string(first + many))}};
  return answer(200, body);
}

// Everything may be sold new; used goods need an approval, and an unknown ASIN is not found.
http::Response play::get_listings_restrictions(Call& call) {
  std::vector<std::string> ids;
  if (auto refusal = read_marketplaces(call, ids)) return *refusal;
  const std::string asin(call.query.get("asin")), condition(call.query.get("conditionType"));
  if (asin.empty()) return invalid_input("asin is required.");
  if (call.query.get("sellerId") != call.account->seller_id) return invalid_input("Invalid sellerId.");
  const std::vector<const Product*> products = all_products(call.world);
  const bool known = std::any_of(products.begin(), products.end(), [&](const Product* product) { return product->asin == asin; });
  json::array restrictions;
  for (const std::string& id : ids) {
    json::object reason;
    if (!known) reason = {{"message", "The ASIN does not exist in this marketplace."}, {"reasonCode", "ASIN_NOT_FOUND"}};
    else if (!condition.empty() && condition != "new_new")
      reason = {{"message", "You need approval to list in this condition."}, {"reasonCode", "APPROVAL_REQUIRED"},
                {"links", json::array{json::object{{"resource", "https://sellercentral.amazon.com/hz/approvalrequest/restrictions/approve?asin=" + asin}, {"verb", "GET"}, {"title", "Request Approval via Seller Central."}, {"type", "text/html"}}}}};
    else continue;
    restrictions.push_back(json::object{{"marketplaceId", id}, {"conditionType", condition.empty() ? "new_new" : condition}, {"reasons", json::array{std::move(reason)}}});
  }
  return answer(200, json::object{{"restrictions", std::move(restrictions)}});
}

http::Response play::search_product_types(Call& call) {
  std::vector<std::string> ids;
  if (auto refusal = read_marketplaces(call, ids)) return *refusal;
  const std::vector<std::string> keywords = call.query.list("keywords");
  if (!keywords.empty() && call.query.has("itemName")) return invalid_input("keywords and itemName cannot be used together.");
  std::set<std::string> names;
  for (const Product* product : all_products(call.world)) {
    const std::string hay = lower(product->product_type + " " + product->title);
    if (std::all_of(keywords.begin(), keywords.end(), [&](const std::string& word) { return hay.find(lower(word)) != std::string::npos; })) names.insert(product->product_type);
  }
  json::array marketplaces, types;
  for (const std::string& id : ids) marketplaces.push_back(json::value(id));
  for (const std::string& name : names) types.push_back(json::object{{"name", name}, {"displayName", title_of(name)}, {"marketplaceIds", marketplaces}});
  return answer(200, json::object{{"productTypes", std::move(types)}, {"productTypeVersion", "UHqSqmb4FNUk="}});
}

http::Response play::get_product_type(Call& call) {
  std::vector<std::string> ids;
  if (auto refusal = read_marketplaces(call, ids)) return *refusal;
  const std::string type(call.path_value("productType")), requirements(call.query.has("requirements") ? call.query.get("requirements") : "LISTING");
  if (requirements != "LISTING" && requirements != "LISTING_PRODUCT_ONLY" && requirements != "LISTING_OFFER_ONLY") return invalid_input("Invalid requirements.");
  json::array marketplaces;
  for (const std::string& id : ids) marketplaces.push_back(json::value(id));
  const json::object schema = product_schema(call, type);
  json::array names;
  for (const auto& [name, value] : schema.at("properties").as_object()) names.push_back(json::value(name));
  const std::string_view locale = call.query.get("locale");
  return answer(200, json::object{{"metaSchema", schema_link(call, R"({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/schema"})")},
                                  {"schema", schema_link(call, json::text(schema))}, {"requirements", requirements}, {"requirementsEnforced", call.query.get("requirementsEnforced") == "NOT_ENFORCED" ? "NOT_ENFORCED" : "ENFORCED"},
                                  {"propertyGroups", json::object{{"offer", json::object{{"title", "Offer"}, {"description", "What the sandbox reads of a listing."}, {"propertyNames", std::move(names)}}}}},
                                  {"locale", locale.empty() || locale == "DEFAULT" ? std::string_view(find_marketplace(ids.front())->language) : locale}, {"marketplaceIds", std::move(marketplaces)}, {"productType", type},
                                  {"displayName", title_of(type)}, {"productTypeVersion", json::object{{"version", "UHqSqmb4FNUk="}, {"latest", true}, {"releaseCandidate", false}}}});
}

http::Response play::fees_for_sku(Call& call) { return one_estimate(call, "SellerSKU", call.path_value("SellerSKU")); }
http::Response play::fees_for_asin(Call& call) { return one_estimate(call, "ASIN", call.path_value("Asin")); }

http::Response play::fees_for_list(Call& call) {
  const json::array* list = call.body.if_array();
  if (list == nullptr || list->empty() || list->size() > 20) return invalid_input("The body must be a list of 1 to 20 requests.");
  json::array results;
  for (const json::value& each : *list) {
    const json::value* request = json::find(each, "FeesEstimateRequest");
    const std::string type = json::get_text(each, "IdType"), id = json::get_text(each, "IdValue");
    if (request == nullptr || id.empty() || (type != "ASIN" && type != "SellerSKU")) return invalid_input("Each request needs FeesEstimateRequest, IdType (ASIN or SellerSKU) and IdValue.");
    results.push_back(fees_result(call, *request, type, id));
  }
  return answer(200, results);
}

}  // namespace zifa::sandbox
