// The pack station: open a parcel by whatever was scanned, verify every unit, weigh, close.
#pragma once

#include <optional>
#include <string>

#include "app/ports/store.hpp"

namespace zifa {

// What a person must be asked before this parcel is packed.
struct PackQuestion {
  std::string kind;  // cancel_requested, on_hold, cancelled, address_changed
  std::string message;
};

struct OpenedParcel {
  Parcel parcel;
  Order order;
  std::optional<PackQuestion> question;
};

// `code`: order id, parcel number, tracking number, or a SKU or barcode, which opens the most urgent parcel that still needs it.
// Refuses `pack.nothing_for_code`, `pack.already_packed`, `pack.which_order` (the same order id in two accounts).
Result<OpenedParcel> open_parcel(Tx& tx, std::string_view code);

struct ScannedItem {
  Parcel parcel;
  OrderItemId item;
  std::string sku;
  std::int64_t verified = 0, units = 0;
  bool complete = false;  // every unit of the parcel is verified
};

// Refuses `pack.unknown_code`, `pack.wrong_item` (naming what was expected), `pack.too_many`, and what stops the order.
Result<ScannedItem> verify_unit(Tx& tx, ParcelId parcel, std::string_view code, std::int64_t quantity, std::string_view actor, Instant now);

struct Weighed {
  Parcel parcel;
  Weight expected;
  Weight difference;  // signed
  bool within = true;
};
// Refuses `pack.bad_weight` for nothing or more than 200 kg.
Result<Weighed> weigh_parcel(Tx& tx, ParcelId parcel, Weight weight, Instant now);

struct FinishPacking {
  ParcelId parcel;
  std::optional<CartonId> carton;
  std::optional<Weight> weight;
  std::string override_reason;  // a person takes the responsibility for units not scanned or a weight that is off
};
// Refuses `pack.not_verified`, `pack.weight_off`, and what stops the order.
Result<Parcel> finish_packing(Tx& tx, const FinishPacking& how, std::string_view actor, Instant now);

// Unpacked again: nothing is verified any more.
Result<Parcel> reset_packing(Tx& tx, ParcelId parcel, std::string_view actor, Instant now);

}  // namespace zifa
