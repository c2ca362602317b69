// Which stock a listing sells, and how much of it Amazon is told.
#pragma once

#include <optional>

#include "app/ports/store.hpp"

namespace zifa {

// What changes; the rest stays.
struct ListingChange {
  std::optional<ProductId> product;                              // 0: linked to nothing
  std::optional<std::int64_t> units_per;                         // stock units in one unit sold
  std::optional<std::optional<int>> handling_days;
  std::optional<std::optional<std::int64_t>> quantity_override;  // told to Amazon whatever lies in stock
  std::optional<bool> paused;                                    // Amazon is told 0
};

// A newly linked listing takes its open orders along: they get their stock and go on. Refuses `listing.unknown`, `product.unknown`.
Result<Listing> change_listing(Tx& tx, ListingId id, const ListingChange& change, std::string_view actor, Instant now);

// Tells Amazon the quantity (and handling time) again, whether it changed or not. Refuses `listing.unmapped`, `listing.by_amazon`, `account.no_api`.
Result<Done> push_listing(Tx& tx, ListingId id, std::string_view actor, Instant now);

}  // namespace zifa
