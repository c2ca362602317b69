// Warehouses, cartons and shipping services: stored, and taken away again. Each change is in the audit log.
#pragma once

#include "app/ports/store.hpp"

namespace zifa {

// A new one (id 0) or a changed one. Refuses `warehouse.unknown`, `warehouse.name_taken` (and the same of the others).
Result<Warehouse> save_warehouse(Tx& tx, const Warehouse& warehouse, std::string_view actor, Instant now);  // also `time.unknown_zone`
// The outside may not be smaller than the inside, and the carton must carry more than itself: `carton.bad_size`, `carton.bad_weight`.
Result<Carton> save_carton(Tx& tx, const Carton& carton, std::string_view actor, Instant now);
// `service.unknown_carrier`; a number range that could give no numbers is refused with the range's own reason.
Result<ShippingService> save_service(Tx& tx, const ShippingService& service, std::string_view actor, Instant now);

// Deleted where nothing was ever done with it; else only switched off, so that old parcels still find it. True: deleted.
Result<bool> remove_warehouse(Tx& tx, WarehouseId id, std::string_view actor, Instant now);
Result<bool> remove_carton(Tx& tx, CartonId id, std::string_view actor, Instant now);
Result<bool> remove_service(Tx& tx, ServiceId id, std::string_view actor, Instant now);

Result<Warehouse> find_warehouse(Tx& tx, WarehouseId id);
Result<Carton> find_carton(Tx& tx, CartonId id);
Result<ShippingService> find_service(Tx& tx, ServiceId id);

}  // namespace zifa
