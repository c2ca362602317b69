#include "adapters/amazon/listing_reader.hpp"

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

namespace {

std::vector<ListingIssue> issues_in(const json::value& from) {
  std::vector<ListingIssue> issues;
  if (const json::array* list = json::find_array(from, "issues"))
    for (const json::value& entry : *list)
      issues.push_back({json::get_text(entry, "code"), json::get_text(entry, "message"), json::get_text(entry, "severity"), read_texts(entry, "attributeNames")});
  return issues;
}

const json::value* first_in(const json::value& from, std::string_view name) {
  const json::array* list = json::find_array(from, name);
  return list == nullptr || list->empty() ? nullptr : &list->front();
}

// The price every buyer sees; offers for businesses alone come after it.
std::optional<Money> price_in(const json::value& from) {
  const json::array* offers = json::find_array(from, "offers");
  if (offers == nullptr) return std::nullopt;
  std::optional<Money> first;
  for (const json::value& offer : *offers) {
    const auto price = read_money(json::find(offer, "price"));
    if (!price) continue;
    if (json::get_text(offer, "offerType") == "B2C") return price;
    if (!first) first = price;
  }
  return first;
}

}  // namespace

std::optional<ListingSnapshot> read_listing(const json::value& item) {
  ListingSnapshot listing;
  listing.sku = json::get_text(item, "sku");
  if (listing.sku.empty()) return std::nullopt;
  if (const json::value* summary = first_in(item, "summaries")) {
    listing.asin = json::get_text(*summary, "asin");
    listing.title = json::get_text(*summary, "itemName");
    listing.product_type = json::get_text(*summary, "productType");
    listing.condition = json::get_text(*summary, "conditionType");
    listing.image_url = json::get_text(*summary, "mainImage.link");
    listing.status = read_texts(*summary, "status");
  }
  if (listing.product_type.empty())
    if (const json::value* type = first_in(item, "productTypes")) listing.product_type = json::get_text(*type, "productType");
  listing.price = price_in(item);
  if (const json::array* channels = json::find_array(item, "fulfillmentAvailability"))
    for (const json::value& channel : *channels) {
      const std::string code = json::get_text(channel, "fulfillmentChannelCode");
      if (code.empty()) continue;
      listing.channels.push_back(code);
      if (code == "DEFAULT") listing.quantity = json::get_int(channel, "quantity");
    }
  if (const json::array* channels = json::find_array(item, "attributes.fulfillment_availability"))
    for (const json::value& channel : *channels) {
      if (json::get_text(channel, "fulfillment_channel_code") != "DEFAULT") continue;
      const auto days = json::get_int(channel, "lead_time_to_ship_max_days");
      if (days && *days >= 0 && *days <= 365) listing.handling_days = static_cast<int>(*days);
      if (!listing.quantity) listing.quantity = json::get_int(channel, "quantity");
    }
  listing.issues = issues_in(item);
  return listing;
}

Result<Submission> read_submission(const http::Response& answer, const Operation& operation) {
  const json::value body = TRY(body_of(answer, operation));
  Submission submission{json::get_text(body, "status"), json::get_text(body, "submissionId"), issues_in(body), request_id_of(answer)};
  if (submission.status.empty()) return bad_answer(operation, answer, "it does not say whether the change was accepted");
  return submission;
}

}  // namespace zifa::amazon
