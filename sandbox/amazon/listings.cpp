// Listings Items API 2021-08-01.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/listing_submissions.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/search_window.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::array<std::string_view, 8> kIncludedData{"summaries", "attributes", "issues", "offers", "fulfillmentAvailability", "procurement", "relationships", "productTypes"};

bool is_buyable(const Listing& listing) { return listing.price && listing.quantity && *listing.quantity > 0; }

json::object item_of(const Listing& listing, const std::vector<std::string>& marketplaces, const std::set<std::string>& included) {
  json::object item{{"sku", listing.product->sku}};
  json::array summaries, offers, product_types;
  for (const std::string& id : marketplaces) {
    if (!listing.marketplaces.contains(id)) continue;
    json::array status;
    if (is_buyable(listing)) status.push_back("BUYABLE");
    status.push_back("DISCOVERABLE");
    summaries.push_back(json::object{{"marketplaceId", id}, {"asin", listing.product->asin}, {"productType", listing.product->product_type}, {"conditionType", listing.condition},
                                     {"status", std::move(status)}, {"itemName", listing.product->title}, {"createdDate", listing.created.iso()}, {"lastUpdatedDate", listing.updated.iso()}});
    if (listing.price) offers.push_back(json::object{{"marketplaceId", id}, {"offerType", "B2C"}, {"price", json::object{{"currencyCode", listing.price->currency().code()}, {"amount", listing.price->amount()}}}});
    product_types.push_back(json::object{{"marketplaceId", id}, {"productType", listing.product->product_type}});
  }
  if (included.contains("summaries")) item["summaries"] = std::move(summaries);
  if (included.contains("attributes")) item["attributes"] = current_attributes(listing);
  if (included.contains("issues")) item["issues"] = json::array{};
  if (included.contains("offers")) item["offers"] = std::move(offers);
  if (included.contains("fulfillmentAvailability")) {
    json::array availability;
    if (listing.quantity) availability.push_back(json::object{{"fulfillmentChannelCode", "DEFAULT"}, {"quantity", *listing.quantity}});
    item["fulfillmentAvailability"] = std::move(availability);
  }
  if (included.contains("relationships")) item["relationships"] = json::array{};
  if (included.contains("productTypes")) item["productTypes"] = std::move(product_types);
  return item;
}

// Seller, marketplaces and datasets of a call; a refusal if one of them is wrong.
std::optional<http::Response> read_call(const Call& call, std::size_t most_marketplaces, std::vector<std::string>& marketplaces, std::set<std::string>& included) {
  if (call.path_value("sellerId") != call.account->seller_id) return invalid_input("Invalid 'sellerId' provided.");
  marketplaces = call.query.list("marketplaceIds");
  if (marketplaces.empty()) return invalid_input("Missing required 'marketplaceIds' parameter.");
  if (marketplaces.size() > most_marketplaces) return invalid_input("'marketplaceIds' takes at most " + std::to_string(most_marketplaces) + " value.");
  for (const std::string& id : marketplaces)
    if (!call.account->sells_in(id)) return invalid_input("Invalid 'marketplaceIds' provided: " + printable(id, 60) + ".");
  for (std::string& name : call.query.list("includedData")) {
    if (std::find(kIncludedData.begin(), kIncludedData.end(), name) == kIncludedData.end() && name != "identifiers") return invalid_input("Invalid 'includedData' provided: " + printable(name, 60) + ".");
    included.insert(std::move(name));
  }
  return std::nullopt;
}

json::array issues_of(const Submission& submission) {
  json::array issues;
  for (const ListingIssue& issue : submission.issues) {
    json::array names;
    if (!issue.attribute.empty()) names.push_back(json::value(issue.attribute));
    issues.push_back(json::object{{"code", issue.code}, {"message", issue.message}, {"severity", issue.is_error ? "ERROR" : "WARNING"},
                                  {"attributeNames", std::move(names)}, {"categories", json::array{issue.code == "90220" ? "MISSING_ATTRIBUTE" : "INVALID_ATTRIBUTE"}}});
  }
  return issues;
}

http::Response submitted(Call& call, const Submission& submission, bool preview, const std::set<std::string>& included, const std::string& marketplace) {
  const std::string sku(call.path_value("sku"));
  json::object body{{"sku", sku}, {"status", submission.refused() ? "INVALID" : preview ? "VALID" : "ACCEPTED"},
                    {"submissionId", replace_all(call.world.fresh_id("submission"), "-", "")}, {"issues", issues_of(submission)}};
  if (included.contains("identifiers")) {
    json::array identifiers;
    const auto known = call.account->listings.find(sku);
    if (known != call.account->listings.end()) identifiers.push_back(json::object{{"marketplaceId", marketplace}, {"asin", known->second.product->asin}});
    body["identifiers"] = std::move(identifiers);
  }
  return answer(200, body);
}

std::optional<http::Response> read_mode(const Call& call, bool& preview) {
  const std::string_view mode = call.query.get("mode");
  if (!mode.empty() && mode != "VALIDATION_PREVIEW") return invalid_input("Invalid 'mode' provided.");
  preview = !mode.empty();
  if (!call.body.is_object()) return invalid_input("The request body is not a JSON object.");
  if (trim(json::get_text(call.body, "productType")).empty()) return invalid_input("Missing required 'productType'.");
  return std::nullopt;
}

}  // namespace

http::Response play::get_listings_item(Call& call) {
  std::vector<std::string> marketplaces;
  std::set<std::string> included;
  if (auto refusal = read_call(call, 1, marketplaces, included)) return *refusal;
  if (included.empty()) included.insert("summaries");
  const auto found = call.account->listings.find(std::string(call.path_value("sku")));
  if (found == call.account->listings.end() || !found->second.marketplaces.contains(marketplaces.front()))
    return not_found_answer("SKU '" + printable(call.path_value("sku"), 100) + "' not found in marketplace " + marketplaces.front());
  return answer(200, item_of(found->second, marketplaces, included));
}

http::Response play::put_listings_item(Call& call) {
  std::vector<std::string> marketplaces;
  std::set<std::string> included;
  bool preview = false;
  if (auto refusal = read_call(call, 1, marketplaces, included)) return *refusal;
  if (auto refusal = read_mode(call, preview)) return *refusal;
  if (json::find_object(call.body, "attributes") == nullptr) return invalid_input("Missing required 'attributes'.");
  const std::string requirements = json::get_text(call.body, "requirements");
  if (!requirements.empty() && requirements != "LISTING" && requirements != "LISTING_PRODUCT_ONLY" && requirements != "LISTING_OFFER_ONLY") return invalid_input("Invalid 'requirements' provided.");
  const ListingTarget target{call.account, std::string(call.path_value("sku")), find_marketplace(marketplaces.front())};
  const Submission submission = submit_put(call.world, target, json::get_text(call.body, "productType"), requirements, *json::find(call.body, "attributes"), !preview);
  return submitted(call, submission, preview, included, marketplaces.front());
}

http::Response play::patch_listings_item(Call& call) {
  std::vector<std::string> marketplaces;
  std::set<std::string> included;
  bool preview = false;
  if (auto refusal = read_call(call, 1, marketplaces, included)) return *refusal;
  if (auto refusal = read_mode(call, preview)) return *refusal;
  const json::value* patches = json::find(call.body, "patches");
  if (patches == nullptr) return invalid_input("Missing required 'patches'.");
  if (const std::string problem = patch_problem(*patches); !problem.empty()) return invalid_input(problem);
  const ListingTarget target{call.account, std::string(call.path_value("sku")), find_marketplace(marketplaces.front())};
  if (!call.account->known_skus.contains(target.sku)) return invalid_input("SKU '" + printable(target.sku, 100) + "' does not exist; put it first.");
  const Submission submission = submit_patches(call.world, target, patches->get_array(), !preview);
  return submitted(call, submission, preview, included, marketplaces.front());
}

http::Response play::delete_listings_item(Call& call) {
  std::vector<std::string> marketplaces;
  std::set<std::string> included;
  if (auto refusal = read_call(call, 1, marketplaces, included)) return *refusal;
  const ListingTarget target{call.account, std::string(call.path_value("sku")), find_marketplace(marketplaces.front())};
  if (!call.account->known_skus.contains(target.sku)) return invalid_input("SKU '" + printable(target.sku, 100) + "' does not exist.");
  submit_delete(call.world, target);
  return submitted(call, {}, false, included, marketplaces.front());
}

http::Response play::search_listings_items(Call& call) {
  std::vector<std::string> marketplaces;
  std::set<std::string> included;
  if (auto refusal = read_call(call, 1, marketplaces, included)) return *refusal;
  if (included.empty()) included.insert("summaries");
  const std::optional<int> size = int_parameter(call, "pageSize", 10, 1, 20);
  if (!size) return invalid_input("'pageSize' must be a number from 1 to 20.");
  const std::vector<std::string> identifiers = call.query.list("identifiers");
  const std::string type(call.query.get("identifiersType"));
  if (identifiers.size() > 20) return invalid_input("'identifiers' takes at most 20 values.");
  if (!identifiers.empty() && type.empty()) return invalid_input("'identifiersType' is required when 'identifiers' is provided.");
  std::map<std::string, Instant> bounds;
  for (const char* name : {"createdAfter", "createdBefore", "lastUpdatedAfter", "lastUpdatedBefore"}) {
    if (!call.query.has(name)) continue;
    const std::optional<Instant> at = parse_time(call.query.get(name));
    if (!at) return invalid_input("Invalid '" + std::string(name) + "' provided.");
    bounds[name] = *at;
  }
  std::set<std::string> with, without;
  for (auto [name, values] : {std::pair{"withStatus", &with}, std::pair{"withoutStatus", &without}})
    for (const std::string& value : call.query.list(name)) {
      if (value != "BUYABLE" && value != "DISCOVERABLE") return invalid_input("Invalid '" + std::string(name) + "' provided.");
      values->insert(value);
    }
  const std::string_view sort_by = call.query.get("sortBy"), sort_order = call.query.get("sortOrder");
  if (!sort_by.empty() && sort_by != "sku" && sort_by != "createdDate" && sort_by != "lastUpdatedDate") return invalid_input("Invalid 'sortBy' provided.");
  if (!sort_order.empty() && sort_order != "ASC" && sort_order != "DESC") return invalid_input("Invalid 'sortOrder' provided.");

  std::vector<const Listing*> found;
  const Instant settled = call.world.now() - std::chrono::seconds(call.stale_seconds);
  for (const auto& [sku, listing] : call.account->listings) {
    if (!listing.marketplaces.contains(marketplaces.front())) continue;
    const auto named = [&](const std::string& value) { return std::find(identifiers.begin(), identifiers.end(), value) != identifiers.end(); };
    if (!identifiers.empty() && !(type == "SKU" ? named(sku) : type == "ASIN" && named(listing.product->asin))) continue;
    if (call.query.has("withIssueSeverity") || call.query.has("variationParentSku") || call.query.has("packageHierarchySku")) continue;
    if (with.contains("BUYABLE") && !is_buyable(listing)) continue;
    if (without.contains("DISCOVERABLE") || (without.contains("BUYABLE") && is_buyable(listing))) continue;
    if (call.stale_seconds > 0 && listing.updated > settled) continue;
    const auto outside = [&](const char* name, Instant at, bool after) { return bounds.contains(name) && (after ? at < bounds[name] : at > bounds[name]); };
    if (outside("createdAfter", listing.created, true) || outside("createdBefore", listing.created, false) || outside("lastUpdatedAfter", listing.updated, true) || outside("lastUpdatedBefore", listing.updated, false)) continue;
    found.push_back(&listing);
  }
  const bool up = sort_order == "ASC" || (sort_order.empty() && sort_by == "sku");
  std::stable_sort(found.begin(), found.end(), [&](const Listing* a, const Listing* b) {
    if (!up) std::swap(a, b);
    if (sort_by == "sku") return a->product->sku < b->product->sku;
    return sort_by == "createdDate" ? a->created < b->created : a->updated < b->updated;
  });
  const std::string question = question_of(call, "pageToken");
  std::size_t first = 0;
  if (call.query.has("pageToken")) {
    const std::optional<std::string> token = read_page_token(call, question, call.query.get("pageToken"));
    if (!token) return invalid_input("Invalid 'pageToken' provided.");
    first = static_cast<std::size_t>(to_int(*token).value_or(0));
  }
  const std::size_t many = static_cast<std::size_t>(*size);
  json::array items;
  for (std::size_t i = first; i < found.size() && i < first + many; ++i) items.push_back(item_of(*found[i], marketplaces, included));
  json::object pagination;
  if (first + many < found.size()) pagination["nextToken"] = page_token(call, question, std::to_string(first + many));
  if (first >= many) pagination["previousToken"] = page_token(call, question, std::to_string(first - many));
  json::object body{{"numberOfResults", found.size()}, {"items", std::move(items)}};
  if (!pagination.empty()) body["pagination"] = std::move(pagination);
  return answer(200, body);
}

}  // namespace zifa::sandbox
