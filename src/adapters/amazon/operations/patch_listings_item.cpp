// PATCH /listings/2021-08-01/items/{sellerId}/{sku}: the quantity on offer.
//
// `merge` (since June 2025) keeps a restock date that is set; the channel in the value selects the entry. The handling
// time goes along whenever we know it: without it Amazon may fall back to the account's default, and the next order
// would have another ship-by than we planned for.
#include "adapters/amazon/listing_reader.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_patch_listings_item(std::string_view seller_id, const QuantityUpdate& update, bool preview) {
  json::object availability{{"fulfillment_channel_code", "DEFAULT"}, {"quantity", update.quantity}};
  if (update.handling_days) availability["lead_time_to_ship_max_days"] = *update.handling_days;
  const json::object patch{{"op", "merge"}, {"path", "/attributes/fulfillment_availability"}, {"value", json::array{std::move(availability)}}};
  const json::object body{{"productType", update.product_type.empty() ? "PRODUCT" : std::string_view(update.product_type)}, {"patches", json::array{patch}}};
  http::Query query;
  query.add("marketplaceIds", update.marketplace_id);
  if (preview) query.add("mode", "VALIDATION_PREVIEW");
  return {.method = "PATCH", .target = with_query("/listings/2021-08-01/items/" + segment(seller_id) + "/" + segment(update.sku), query), .body = json::text(body)};
}

Result<Submission> read_patch_listings_item(const http::Response& answer) { return read_submission(answer, patch_listings_item); }

const Operation patch_listings_item{
    .name = "patchListingsItem",
    .effect = Effect::repeats_safely,
    .sample =
        [](const CheckArguments& arguments) {
          return write_patch_listings_item(arguments.seller_id, {.sku = arguments.sku.empty() ? "VALIDATION_VALID" : arguments.sku, .marketplace_id = arguments.marketplace_id, .quantity = 1, .handling_days = 2}, true);
        },
    .understands = understood<read_patch_listings_item>,
};

}  // namespace zifa::amazon
