// Listings of the seller: what is on offer, at which quantity and handling time.
#pragma once

#include "adapters/amazon/operation.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

extern const Operation search_listings_items;
http::Request write_search_listings_items(std::string_view seller_id, std::string_view marketplace_id, std::string_view page_token);
Result<ListingPage> read_search_listings_items(const http::Response& answer);

extern const Operation get_listings_item;
http::Request write_get_listings_item(std::string_view seller_id, std::string_view sku, std::string_view marketplace_id);
Result<ListingSnapshot> read_get_listings_item(const http::Response& answer);

// Changes quantity and handling time and leaves everything else of the listing alone. `preview`: only asks whether
// Amazon would accept it.
extern const Operation patch_listings_item;
http::Request write_patch_listings_item(std::string_view seller_id, const QuantityUpdate& update, bool preview = false);
Result<Submission> read_patch_listings_item(const http::Response& answer);

// Replaces the whole listing.
extern const Operation put_listings_item;
Result<http::Request> write_put_listings_item(std::string_view seller_id, const ListingDraft& draft, bool preview);
Result<Submission> read_put_listings_item(const http::Response& answer);

}  // namespace zifa::amazon
