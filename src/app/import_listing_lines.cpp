#include "app/import_lines.hpp"
#include "app/reserve_stock.hpp"

namespace zifa {

namespace {

template <class T>
void take(T& kept, const T& told) {
  if (told != T{}) kept = told;
}

// A listing as the file tells it over what is known of it; what the file leaves out stays.
Listing told(Listing listing, const ListingLine& line) {
  take(listing.asin, line.asin);
  take(listing.title, line.name);
  take(listing.price, line.price);
  take(listing.handling_days, line.handling_days);
  take(listing.status, line.status);
  if (line.quantity) listing.quantity = line.quantity;
  if (!line.fulfillment_channel.empty() || line.is_fulfilled_by_amazon) listing.channel = line.is_fulfilled_by_amazon ? "fba" : "fbm";
  return listing;
}

bool same(const Listing& a, const Listing& b) {
  return a.asin == b.asin && a.title == b.title && a.price == b.price && a.handling_days == b.handling_days && a.status == b.status && a.quantity == b.quantity && a.channel == b.channel && a.product == b.product;
}

class ListingTaker final : public LineTaker<ListingLine> {
 public:
  ListingTaker(Tx& tx, AccountId account, std::string marketplace, Instant now) : tx_(tx), account_(account), marketplace_(std::move(marketplace)), now_(now) {}

  Result<Done> take(std::span<const ListingLine> lines, std::span<const std::size_t>, LinesTaken& taken) override {
    const ListingLine& line = lines[0];
    auto known = TRY(tx_.stock.listing(account_, marketplace_, line.sku));
    if (known && known->marketplace_id != marketplace_) known.reset();
    Listing next = told(known.value_or(Listing{.account = account_, .marketplace_id = marketplace_, .sku = line.sku}), line);
    const bool was_linked = next.product.value() != 0;
    if (!was_linked)
      if (const auto product = TRY(tx_.stock.product_with_sku(next.sku))) next.product = product->id;
    if (known && same(*known, next)) {
      ++taken.unchanged;
      return done;
    }
    next.last_synced_at = now_;
    TRY(tx_.stock.save_listing(next));
    ++(known ? taken.updated : taken.created);
    // Orders that waited for somebody to say what this SKU is go on.
    if (!was_linked && next.product.value() != 0)
      for (const OrderId order : TRY(tx_.stock.map_open_items(account_, next.sku, next.product, next.units_per))) TRY(reserve_stock(tx_, order, now_));
    return done;
  }

 private:
  Tx& tx_;
  AccountId account_;
  std::string marketplace_;
  Instant now_;
};

}  // namespace

Result<ImportReport> import_listing_lines(Store& store, ListingFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse) {
  if (!request.account) return invalid("file.which_account", "A file of listings does not say whose they are; choose the store.");
  const std::string marketplace = request.account->marketplaces.empty() ? "" : request.account->marketplaces.front();
  const LinesOfAKind<ListingLine> kind{.open = [&](Tx& tx) { return std::make_unique<ListingTaker>(tx, request.account->id, marketplace, now); }};
  return LineImport<ListingLine>(store, reader, request, refuse, kind).run();
}

}  // namespace zifa
