// The state the desk shows for an order, from the facts of the order and its parcels. One function, so that no screen,
// job or import can disagree about it.
#pragma once

#include <vector>

#include "domain/order/order.hpp"
#include "domain/parcel/parcel.hpp"

namespace zifa {

struct ParcelFacts {
  ParcelState state = ParcelState::planned;
  bool labeled = false;  // a bought, not voided label
  bool printed = false;
};

struct DeskFacts {
  bool by_amazon = false;
  AmazonStatus amazon_status = AmazonStatus::unknown;
  bool cancelled = false;
  bool cancel_open = false;
  bool reviewed = false;
  std::string exception_code;       // of the order itself, such as order.unmapped_sku
  bool reserved = false;            // every live item has its stock
  bool short_of_stock = false;
  std::vector<ParcelFacts> parcels; // live ones only
  bool shipped_elsewhere = false;   // Amazon says shipped and we have no parcel: another program did it
};

OrderState desk_state(const DeskFacts& facts);

}  // namespace zifa
