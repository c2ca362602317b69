// Taking orders in, from wherever they come. Taking the same order in again changes nothing.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "app/ports/store.hpp"

namespace zifa {

enum class ImportOutcome { created, updated, unchanged };

struct ImportedOrder {
  OrderId id;
  ImportOutcome order = ImportOutcome::unchanged;
  std::vector<ImportOutcome> items;  // beside the incoming order's items
};

// Merges what the source knows into what is kept: empty fields never wipe known ones, and an answer older than what we have
// (by Amazon's own last-updated moment) changes nothing.
// Follows up: stock is reserved, a buyer's wish to cancel stops the order, a cancellation frees stock and parcels, a package
// that another program confirmed is noticed.
Result<ImportedOrder> import_order(Tx& tx, AccountId account, const IncomingOrder& incoming, Instant now);

// Many orders of an account in one transaction: what stays the same between them is read once.
class OrderIntake {
 public:
  OrderIntake(Tx& tx, AccountId account, Instant now) : tx_(tx), account_(account), now_(now) {}

  Result<ImportedOrder> import(const IncomingOrder& incoming);
  // Tells the listings of the goods that were reserved. Called once, before the transaction ends.
  Result<Done> finish();

 private:
  struct Link {
    ProductId product;  // 0: linked to nothing
    std::int64_t units_per = 1;
  };
  Result<ImportedOrder> import_new(const IncomingOrder& incoming);
  Result<ImportedOrder> import_known(Order order, const IncomingOrder& incoming);
  Result<bool> reviews_itself();
  Result<Link> link_of(const std::string& marketplace_id, const std::string& sku);
  Result<std::vector<Reservation>> reserve_for(const Order& order, const std::vector<OrderItem>& items);
  Result<const std::vector<StockItem>*> stock_of(ProductId product);

  Tx& tx_;
  AccountId account_;
  Instant now_;
  std::optional<bool> reviews_itself_;
  std::optional<std::vector<Warehouse>> warehouses_;
  std::unordered_map<std::string, Link> links_;                       // by marketplace and SKU
  std::unordered_map<ProductId, std::vector<StockItem>> stock_;       // as it stands in this transaction
  std::vector<ProductId> reserved_;                                   // whose listings are to be told
};

}  // namespace zifa
