// What buyers send back, as their marketplace reports it: one row a returned line.
#pragma once

#include "app/ports/listing_file.hpp"
#include "app/ports/store.hpp"

namespace zifa {

struct StoredReturn {
  std::int64_t id = 0;
  AccountId account;
  ReturnLine line;
  Instant imported_at, updated_at;
};

struct ReturnFilter {
  std::optional<AccountId> account;
  std::optional<Instant> requested_from, requested_before;
  std::string search;  // an order id, a SKU, an ASIN, an RMA id or a tracking number, in full
};

class ReturnStore {
 public:
  virtual ~ReturnStore() = default;
  // A returned line is known by its order, its SKU and the request: Amazon's RMA id, else the seller's, else the moment of the request.
  virtual Result<std::optional<StoredReturn>> find(AccountId account, const ReturnLine& line) = 0;
  virtual Result<std::int64_t> save(const StoredReturn& line) = 0;  // inserts when id is 0
  virtual Result<std::vector<StoredReturn>> of_order(AccountId account, std::string_view amazon_order_id) = 0;
  virtual Result<Page<StoredReturn>> list(const ReturnFilter& filter, std::string_view after, int limit) = 0;  // the latest request first
};

}  // namespace zifa
