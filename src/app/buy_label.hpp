// A parcel's label: the carrier's number, proven right before anything is printed.
#pragma once

#include <string>

#include "app/ports/store.hpp"

namespace zifa {

struct LabelRequest {
  ParcelId parcel;
  std::string tracking_number;     // typed or scanned; "" = the next of the service's range
  std::optional<ServiceId> service;  // nothing = the planned one
};

// Safe to repeat: a parcel that has a label keeps it, and that one is returned.
// Refuses `label.number_needed`, `label.malformed_number`, `label.wrong_number` (check digit, or another carrier's number), `label.already_used`,
// `service.range_used_up`, `parcel.too_late_for_label`, and what stops the order.
Result<Label> buy_label(Tx& tx, const LabelRequest& request, std::string_view actor, Instant now);

// Takes the label back. A parcel that has left or was confirmed keeps its confirmation; with a new label Amazon is told the new number.
// Refuses `label.none`, `label.left_the_house`.
Result<Done> void_label(Tx& tx, ParcelId parcel, std::string_view actor, Instant now);

// Whether a service's number range can give numbers at all. Refuses `service.bad_range` for an unknown check digit, and what
// tracking::check_range refuses.
Result<Done> may_give_numbers(const ShippingService& service);

// A wrong number noticed after hand-over: the new one replaces it, and Amazon's record is edited.
Result<Label> replace_number(Tx& tx, ParcelId parcel, std::string_view tracking_number, std::string_view actor, Instant now);

}  // namespace zifa
