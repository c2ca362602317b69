// JSON_LISTINGS_FEED: many changes of listings in one document, answered message by message.
#include <set>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/amazon/feed_content.hpp"
#include "sandbox/amazon/listing_submissions.hpp"

namespace zifa::sandbox {

namespace {

constexpr std::size_t kMostMessages = 25'000;

Submission wrong(std::string code, std::string message) { return {.issues = {{std::move(code), std::move(message), "", true}}}; }

Submission take(World& world, const Feed& feed, const json::value& message) {
  const std::string sku = json::get_text(message, "sku"), operation = json::get_text(message, "operationType"), type = json::get_text(message, "productType");
  if (sku.empty() || sku.size() > 100) return wrong("4000001", "'sku' is required and at most 100 characters long.");
  const ListingTarget target{feed.account, sku, find_marketplace(feed.marketplaces.front())};
  if (operation == "DELETE") {
    if (!feed.account->known_skus.contains(sku)) return wrong("4000001", "SKU '" + printable(sku, 100) + "' does not exist.");
    submit_delete(world, target);
    return {};
  }
  if (operation != "UPDATE" && operation != "PARTIAL_UPDATE" && operation != "PATCH") return wrong("4000001", "'operationType' must be UPDATE, PARTIAL_UPDATE, PATCH or DELETE.");
  if (type.empty()) return wrong("90220", "'productType' is required but not supplied.");
  if (operation == "PATCH") {
    const json::value* patches = json::find(message, "patches");
    if (patches == nullptr) return wrong("90220", "'patches' is required but not supplied.");
    if (const std::string problem = patch_problem(*patches); !problem.empty()) return wrong("4000001", problem);
    if (!feed.account->known_skus.contains(sku)) return wrong("4000001", "SKU '" + printable(sku, 100) + "' does not exist.");
    return submit_patches(world, target, patches->get_array(), true);
  }
  if (json::find_object(message, "attributes") == nullptr) return wrong("90220", "'attributes' is required but not supplied.");
  const json::value& attributes = *json::find(message, "attributes");
  if (operation == "UPDATE") return submit_put(world, target, type, json::get_text(message, "requirements"), attributes, true);
  if (!feed.account->known_skus.contains(sku)) return wrong("4000001", "SKU '" + printable(sku, 100) + "' does not exist.");
  return submit_partial(world, target, attributes, true);
}

FeedOutcome outcome(const Feed& feed, json::array issues, std::int64_t processed, std::int64_t invalid, bool fatal) {
  const std::int64_t errors = static_cast<std::int64_t>(issues.size());
  json::object report{{"header", json::object{{"sellerId", feed.account->seller_id}, {"version", "2.0"}, {"feedId", feed.id}}},
                      {"issues", std::move(issues)},
                      {"summary", json::object{{"errors", errors}, {"warnings", 0}, {"messagesProcessed", processed}, {"messagesAccepted", processed - invalid}, {"messagesInvalid", invalid}}}};
  return {.fatal = fatal, .content_type = "application/json; charset=UTF-8", .report = json::text(report)};
}

}  // namespace

FeedOutcome process_listings_feed(World& world, const Feed& feed, std::string_view document) {
  const auto refuse_all = [&](std::string_view code, std::string message) {
    return outcome(feed, json::array{json::object{{"code", code}, {"severity", "ERROR"}, {"message", message}}}, 0, 0, true);
  };
  Result<json::value> parsed = json::parse(document);
  if (!parsed || !parsed->is_object()) return refuse_all("4000002", "The document is not a JSON object.");
  if (json::get_text(*parsed, "header.sellerId") != feed.account->seller_id) return refuse_all("4000001", "'header.sellerId' is not the seller of this feed.");
  if (json::get_text(*parsed, "header.version") != "2.0") return refuse_all("4000001", "'header.version' must be 2.0.");
  const json::array* messages = json::find_array(*parsed, "messages");
  if (messages == nullptr || messages->empty()) return refuse_all("4000001", "'messages' must hold at least one message.");
  if (messages->size() > kMostMessages) return refuse_all("4000001", "'messages' holds more than 25,000 messages.");
  json::array issues;
  std::set<std::int64_t> seen;
  std::int64_t invalid = 0;
  for (const json::value& message : *messages) {
    const std::int64_t id = json::get_int(message, "messageId").value_or(0);
    Submission submission = id < 1 || id > 2'147'483'647 ? wrong("4000001", "'messageId' must be a whole number from 1 to 2147483647.")
                            : !seen.insert(id).second    ? wrong("4000001", "'messageId' " + std::to_string(id) + " occurs twice.")
                                                         : take(world, feed, message);
    for (const ListingIssue& issue : submission.issues) {
      json::object shown{{"messageId", id}, {"sku", json::get_text(message, "sku")}, {"code", issue.code}, {"severity", issue.is_error ? "ERROR" : "WARNING"}, {"message", issue.message}};
      if (!issue.attribute.empty()) shown["attributeName"] = issue.attribute;
      issues.push_back(std::move(shown));
    }
    invalid += submission.refused() ? 1 : 0;
  }
  return outcome(feed, std::move(issues), static_cast<std::int64_t>(messages->size()), invalid, false);
}

}  // namespace zifa::sandbox
