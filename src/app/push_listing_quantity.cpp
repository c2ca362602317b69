#include "app/push_listing_quantity.hpp"

#include <algorithm>

#include "app/reactions.hpp"
#include "base/text.hpp"

namespace zifa {

Result<std::int64_t> sellable_quantity(Tx& tx, const Listing& listing) {
  if (listing.paused) return std::int64_t{0};
  if (listing.quantity_override) return std::max<std::int64_t>(*listing.quantity_override, 0);
  std::int64_t available = 0;
  const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
  for (const StockItem& item : TRY(tx.stock.of_product(listing.product))) {
    const bool active = std::any_of(warehouses.begin(), warehouses.end(), [&](const Warehouse& w) { return w.id == item.warehouse && w.active; });
    if (active) available += std::max<std::int64_t>(item.available(), 0);
  }
  const std::int64_t buffer = to_int(TRY(tx.setup.setting("stock_buffer", "0"))).value_or(0);
  return std::max<std::int64_t>(available - buffer, 0) / std::max<std::int64_t>(listing.units_per, 1);
}

Result<Done> run_push_quantity(Services& s, JobRun& run) {
  struct Prepared {
    Listing listing;
    std::int64_t quantity = 0;
    bool nothing_to_do = false;
  };
  const ListingId id(to_int(run.job.key).value_or(0));
  const Prepared prepared = TRY(s.store.read([&](Tx& tx) -> Result<Prepared> {
    Prepared p{.listing = TRY(tx.stock.listing(id))};
    const Account account = TRY(tx.accounts.find(p.listing.account));
    p.nothing_to_do = account.kind != "amazon" || p.listing.channel != "fbm" || p.listing.product.value() == 0;
    if (p.nothing_to_do) return p;
    p.quantity = TRY(sellable_quantity(tx, p.listing));
    p.nothing_to_do = p.listing.pushed_quantity == p.quantity;
    if (!p.nothing_to_do) TRY(may_write_outside(tx));
    return p;
  }));
  if (prepared.nothing_to_do) return done;
  const auto marketplace = TRY(marketplace_of(s, prepared.listing.account));
  const Submission answer = TRY(marketplace->set_quantity({.sku = prepared.listing.sku,
                                                           .marketplace_id = prepared.listing.marketplace_id,
                                                           .product_type = prepared.listing.product_type.empty() ? "PRODUCT" : prepared.listing.product_type,
                                                           .quantity = prepared.quantity,
                                                           .handling_days = prepared.listing.handling_days}));
  if (answer.status == "INVALID") {
    std::string why;
    for (const ListingIssue& issue : answer.issues) why += (why.empty() ? "" : "; ") + issue.message;
    return refused("listing.refused", "Amazon refused the quantity of SKU " + prepared.listing.sku + ": " + (why.empty() ? "no reason given" : why));
  }
  return s.store.write([&](Tx& tx) -> Result<Done> {
    Listing listing = TRY(tx.stock.listing(id));
    listing.pushed_quantity = prepared.quantity;
    listing.last_pushed_at = run.now();
    TRY(tx.stock.save_listing(listing));
    TRY(run.complete(tx));
    // Stock that moved while we were asking is told by another run.
    if (TRY(sellable_quantity(tx, listing)) != prepared.quantity) TRY(enqueue(tx, "push_quantity", run.job.key, run.now()));
    return done;
  });
}

}  // namespace zifa
