// GET /listings/2021-08-01/items/{sellerId}/{sku}: one listing.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/listing_reader.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_listings_item(std::string_view seller_id, std::string_view sku, std::string_view marketplace_id) {
  http::Query query;
  query.add("marketplaceIds", marketplace_id);
  query.add("includedData", "summaries,attributes,issues,offers,fulfillmentAvailability");
  return {.target = with_query("/listings/2021-08-01/items/" + segment(seller_id) + "/" + segment(sku), query)};
}

Result<ListingSnapshot> read_get_listings_item(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_listings_item));
  auto read = read_listing(body);
  if (!read) return bad_answer(get_listings_item, answer, "it names no SKU");
  return *std::move(read);
}

const Operation get_listings_item{
    .name = "getListingsItem",
    .sample = [](const CheckArguments& arguments) { return write_get_listings_item(arguments.seller_id, arguments.sku.empty() ? "GM-ZDPI-9B4E" : arguments.sku, arguments.marketplace_id); },
    .understands = understood<read_get_listings_item>,
    .subject = &CheckArguments::sku,
};

}  // namespace zifa::amazon
