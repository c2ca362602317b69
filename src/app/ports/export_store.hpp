// What is read to be written into files: long lists, a page at a time, by rising id, so that memory does not grow with them.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

// Whose rows: of one account, or of all.
using ExportOf = std::optional<AccountId>;

struct LabelLine {
  Label label;
  std::string amazon_order_id;
};

// One item of a parcel that Amazon was told about.
struct ConfirmedLine {
  ParcelId parcel;
  std::string amazon_order_id, amazon_item_id;
  std::int64_t quantity = 0;  // in this parcel
  std::int64_t ordered = 0;
  std::string carrier_code, carrier_name, tracking_number;
  Instant confirmed_at;       // the first time: what Amazon counts by
};

// An order that the seller cancelled.
struct CancelledLine {
  OrderId order;
  AccountId account;
  std::string amazon_order_id, amazon_item_id, sku, reason, marketplace_id;
  std::int64_t quantity = 0;
  Instant cancelled_at;
  bool handed_over = false;   // in a file, or sent as a feed
};

class ExportStore {
 public:
  virtual ~ExportStore() = default;

  // Every label ever bought, voided ones too.
  virtual Result<std::vector<LabelLine>> labels(ExportOf of, LabelId after, int limit) = 0;
  // Parcels with a live label.
  virtual Result<std::vector<ParcelId>> labelled(ExportOf of, ParcelId after, int limit) = 0;
  // The lines of up to `limit` parcels that were ever confirmed.
  virtual Result<std::vector<ConfirmedLine>> confirmed(ExportOf of, ParcelId after, int limit) = 0;
  // Parcels that have left and whose confirmation Amazon does not have; not those of which nobody knows.
  virtual Result<std::vector<ParcelId>> to_confirm(AccountId of, ParcelId after, int limit) = 0;
  // Parcels first confirmed at `since` or later.
  virtual Result<std::vector<ParcelId>> confirmed_since(AccountId of, Instant since, ParcelId after, int limit) = 0;
  // The items of up to `limit` orders that the seller cancelled; `open`: only those that Amazon still has as they were and was not told of.
  virtual Result<std::vector<CancelledLine>> cancelled(ExportOf of, bool open, OrderId after, int limit) = 0;
  // Planned parcels whose goods still lie on the shelf, of orders that nothing stops.
  virtual Result<std::vector<ParcelId>> to_pick(WarehouseId warehouse, int limit) = 0;
};

}  // namespace zifa
