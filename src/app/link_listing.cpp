#include "app/link_listing.hpp"

#include "app/reactions.hpp"
#include "app/reserve_stock.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

Result<Done> tell(Tx& tx, const Listing& listing, std::string_view kind, std::string_view actor, Instant now) {
  return happen(tx, {.account = listing.account, .at = now, .kind = std::string(kind), .actor = std::string(actor), .data = "{\"sku\":" + json_quoted(listing.sku) + ",\"marketplace\":" + json_quoted(listing.marketplace_id) + "}"});
}

}  // namespace

Result<Listing> change_listing(Tx& tx, ListingId id, const ListingChange& change, std::string_view actor, Instant now) {
  Listing listing = TRY(tx.stock.listing(id));
  const ProductId before = listing.product;
  if (change.product) {
    if (change.product->value() != 0) TRY(tx.stock.product(*change.product));
    listing.product = *change.product;
  }
  if (change.units_per) listing.units_per = *change.units_per;
  // The handling time travels with the quantity: forgetting what was pushed makes it travel now.
  if (change.handling_days && *change.handling_days != listing.handling_days) {
    listing.handling_days = *change.handling_days;
    listing.pushed_quantity.reset();
  }
  if (change.quantity_override) listing.quantity_override = *change.quantity_override;
  if (change.paused) listing.paused = *change.paused;
  TRY(tx.stock.save_listing(listing));
  const bool linked_anew = listing.product != before;
  TRY(tell(tx, listing, !linked_anew ? "listing_changed" : listing.product.value() == 0 ? "listing_unlinked" : "listing_linked", actor, now));
  if (listing.product.value() == 0) return listing;
  if (linked_anew)
    for (const OrderId order : TRY(tx.stock.map_open_items(listing.account, listing.sku, listing.product, listing.units_per))) TRY(reserve_stock(tx, order, now));
  if (listing.channel == "fbm") TRY(enqueue(tx, "push_quantity", std::to_string(listing.id.value()), now, now.ms()));
  return listing;
}

Result<Done> push_listing(Tx& tx, ListingId id, std::string_view actor, Instant now) {
  Listing listing = TRY(tx.stock.listing(id));
  if (listing.channel != "fbm") return refused("listing.by_amazon", "SKU " + listing.sku + " is fulfilled by Amazon, who counts its stock.");
  if (listing.product.value() == 0) return refused("listing.unmapped", "SKU " + listing.sku + " is not linked to a stock SKU; choose one first.");
  const Account account = TRY(tx.accounts.find(listing.account));
  if (account.kind != "amazon") return refused("account.no_api", "Account " + account.name + " works with files; export the stock file and upload it at Amazon.");
  listing.pushed_quantity.reset();
  TRY(tx.stock.save_listing(listing));
  TRY(tell(tx, listing, "quantity_push_asked", actor, now));
  return enqueue(tx, "push_quantity", std::to_string(listing.id.value()), now, now.ms());
}

}  // namespace zifa
