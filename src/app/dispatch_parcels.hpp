// Hand-over: parcels collected by a carrier leave the house, their stock with them, and are queued for confirmation.
#pragma once

#include <string>

#include "app/ports/store.hpp"

namespace zifa {

Result<HandoverId> open_handover(Tx& tx, WarehouseId warehouse, std::string_view carrier_id, std::string_view actor, Instant now);

// `code`: tracking number or parcel number. Refuses `handover.wrong_carrier`, `handover.not_packed`, `handover.no_label`, `handover.closed`,
// `handover.unknown_code`, and what stops the order.
Result<Parcel> add_to_handover(Tx& tx, HandoverId handover, std::string_view code, std::string_view actor, Instant now);
Result<Done> remove_from_handover(Tx& tx, HandoverId handover, ParcelId parcel, Instant now);

// All its parcels leave. Refuses `handover.empty`; a parcel whose order was stopped meanwhile stays behind and is named in the answer.
struct ClosedHandover {
  std::vector<ParcelId> left;
  std::vector<std::pair<ParcelId, Error>> stayed;
};
Result<ClosedHandover> close_handover(Tx& tx, HandoverId handover, std::string_view actor, Instant now);

// One parcel leaves: stock is issued, the confirmation queued. Safe to repeat.
// Refuses as add_to_handover does.
Result<Parcel> dispatch_parcel(Tx& tx, ParcelId parcel, std::string_view actor, Instant now);

}  // namespace zifa
