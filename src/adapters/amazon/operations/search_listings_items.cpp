// GET /listings/2021-08-01/items/{sellerId}: the seller's listings, 20 a page. Amazon shows about 1,000 of them this
// way; sellers with more read the listings report instead.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/listing_reader.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_search_listings_items(std::string_view seller_id, std::string_view marketplace_id, std::string_view page_token) {
  http::Query query;
  query.add("marketplaceIds", marketplace_id);
  query.add("includedData", "summaries,attributes,issues,offers,fulfillmentAvailability");
  query.add("pageSize", "20");
  add_text(query, "pageToken", page_token);
  return {.target = with_query("/listings/2021-08-01/items/" + segment(seller_id), query)};
}

Result<ListingPage> read_search_listings_items(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, search_listings_items));
  const json::array* items = json::find_array(body, "items");
  if (items == nullptr) return bad_answer(search_listings_items, answer, "it holds no list of listings");
  ListingPage page;
  for (const json::value& item : *items)
    if (auto read = read_listing(item)) page.listings.push_back(*std::move(read));
  page.next_token = json::get_text(body, "pagination.nextToken");
  return page;
}

const Operation search_listings_items{
    .name = "searchListingsItems",
    .sample = [](const CheckArguments& arguments) { return write_search_listings_items(arguments.seller_id, arguments.marketplace_id, ""); },
    .understands = understood<read_search_listings_items>,
};

}  // namespace zifa::amazon
