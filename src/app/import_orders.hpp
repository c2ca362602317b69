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

}  // namespace zifa
