// PUT /listings/2021-08-01/items/{sellerId}/{sku}: a whole listing, replacing what was there.
#include "adapters/amazon/listing_reader.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

Result<http::Request> write_put_listings_item(std::string_view seller_id, const ListingDraft& draft, bool preview) {
  auto attributes = json::parse(draft.attributes);
  if (!attributes.has_value() || !attributes->is_object())
    return invalid("listing.bad_attributes", "The attributes of listing " + draft.sku + " are not a JSON object.");
  json::object body{{"productType", draft.product_type}, {"requirements", draft.requirements}, {"attributes", *std::move(attributes)}};
  http::Query query;
  query.add("marketplaceIds", draft.marketplace_id);
  if (preview) query.add("mode", "VALIDATION_PREVIEW");
  return http::Request{.method = "PUT", .target = with_query("/listings/2021-08-01/items/" + segment(seller_id) + "/" + segment(draft.sku), query), .body = json::text(body)};
}

Result<Submission> read_put_listings_item(const http::Response& answer) { return read_submission(answer, put_listings_item); }

const Operation put_listings_item{
    .name = "putListingsItem",
    .effect = Effect::repeats_safely,
    .sample =
        [](const CheckArguments& arguments) {
          const ListingDraft draft{.sku = "VALIDATION_VALID",
                                   .marketplace_id = arguments.marketplace_id,
                                   .product_type = "PRODUCT",
                                   .requirements = "LISTING_OFFER_ONLY",
                                   .attributes = R"({"condition_type":[{"value":"new_new"}],"merchant_suggested_asin":[{"value":"B071VG5N9D"}],)"
                                                 R"("fulfillment_availability":[{"fulfillment_channel_code":"DEFAULT","quantity":1,"lead_time_to_ship_max_days":2}]})"};
          return write_put_listings_item(arguments.seller_id, draft, true).value();
        },
    .understands = understood<read_put_listings_item>,
};

}  // namespace zifa::amazon
