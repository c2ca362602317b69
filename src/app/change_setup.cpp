#include "app/change_setup.hpp"

#include <algorithm>

#include "app/buy_label.hpp"
#include "app/reactions.hpp"
#include "app/reference/carriers.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

Result<Done> tell(Tx& tx, std::string_view kind, const std::string& name, std::string_view actor, Instant now) {
  return happen(tx, {.at = now, .kind = std::string(kind), .actor = std::string(actor), .data = "{\"name\":" + json_quoted(name) + "}"});
}

template <class Thing, class IdType>
Result<Thing> with_id(std::vector<Thing> all, IdType id, const char* what) {
  for (Thing& thing : all)
    if (thing.id == id) return std::move(thing);
  return not_found(std::string(what) + ".unknown", "There is no " + std::string(what) + " " + std::to_string(id.value()) + ".");
}

// What lies in a warehouse can be sold only while it is active.
Result<Done> tell_listings(Tx& tx, WarehouseId id, Instant now) {
  std::string after;
  do {
    const Page<StockRow> page = TRY(tx.stock.list(id, "", after, 500));
    after = page.next;
    for (const StockRow& row : page.rows) TRY(quantities_changed(tx, row.item.product, now));
  } while (!after.empty());
  return done;
}

}  // namespace

Result<Warehouse> find_warehouse(Tx& tx, WarehouseId id) { return with_id(TRY(tx.setup.warehouses()), id, "warehouse"); }
Result<Carton> find_carton(Tx& tx, CartonId id) { return with_id(TRY(tx.setup.cartons()), id, "carton"); }
Result<ShippingService> find_service(Tx& tx, ServiceId id) { return with_id(TRY(tx.setup.services()), id, "service"); }

Result<Warehouse> save_warehouse(Tx& tx, const Warehouse& in, std::string_view actor, Instant now) {
  TRY(TimeZone::named(in.time_zone));
  Warehouse warehouse = in;
  if (warehouse.address.country.empty()) warehouse.address.country = warehouse.country;
  const bool is_new = warehouse.id.value() == 0;
  const bool was_active = is_new ? warehouse.active : TRY(find_warehouse(tx, warehouse.id)).active;
  warehouse.id = TRY(tx.setup.save_warehouse(warehouse));
  TRY(tell(tx, is_new ? "warehouse_added" : "warehouse_changed", warehouse.name, actor, now));
  if (was_active != warehouse.active) TRY(tell_listings(tx, warehouse.id, now));
  return warehouse;
}

Result<Carton> save_carton(Tx& tx, const Carton& in, std::string_view actor, Instant now) {
  Carton carton = in;
  const Size inner = carton.inner.sorted(), outer = carton.outer.sorted();
  if (carton.inner == Size()) return invalid("carton.bad_size", "Enter the inner length, width and height of carton " + carton.name + ".");
  if (outer.length < inner.length || outer.width < inner.width || outer.height < inner.height)
    return invalid("carton.bad_size", "Carton " + carton.name + " is smaller outside than inside; measure again.");
  if (carton.max_weight <= carton.tare) return invalid("carton.bad_weight", "Carton " + carton.name + " must carry more than its own weight; raise the greatest weight.");
  const bool is_new = carton.id.value() == 0;
  carton.id = TRY(tx.setup.save_carton(carton));
  TRY(tell(tx, is_new ? "carton_added" : "carton_changed", carton.name, actor, now));
  return carton;
}

Result<ShippingService> save_service(Tx& tx, const ShippingService& in, std::string_view actor, Instant now) {
  ShippingService service = in;
  const KnownCarrier* carrier = find_carrier(service.carrier_id);
  // A carrier that the list does not know is the seller's own affair, but it needs a name for labels and for Amazon.
  if (service.carrier_name.empty()) {
    if (carrier == nullptr) {
      const std::string nearest = nearest_carrier_id(service.carrier_id);
      return invalid("service.unknown_carrier", "No carrier has the id \"" + printable(service.carrier_id, 60) + "\"" + (nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)") + "; give its name too if it is one of your own.");
    }
    service.carrier_name = carrier->name;
  }
  if (service.warehouse.value() != 0) TRY(find_warehouse(tx, service.warehouse));
  if (service.number_source == "range") TRY(may_give_numbers(service));
  const bool is_new = service.id.value() == 0;
  service.id = TRY(tx.setup.save_service(service));
  TRY(tell(tx, is_new ? "service_added" : "service_changed", service.name, actor, now));
  return service;
}

Result<bool> remove_warehouse(Tx& tx, WarehouseId id, std::string_view actor, Instant now) {
  Warehouse warehouse = TRY(find_warehouse(tx, id));
  const bool deleted = TRY(tx.setup.remove_warehouse(id));
  if (!deleted) {
    warehouse.active = false;
    TRY(save_warehouse(tx, warehouse, actor, now));
  } else {
    TRY(tell(tx, "warehouse_removed", warehouse.name, actor, now));
  }
  return deleted;
}

Result<bool> remove_carton(Tx& tx, CartonId id, std::string_view actor, Instant now) {
  Carton carton = TRY(find_carton(tx, id));
  const bool deleted = TRY(tx.setup.remove_carton(id));
  if (!deleted) {
    carton.active = false;
    TRY(tx.setup.save_carton(carton));
  }
  TRY(tell(tx, deleted ? "carton_removed" : "carton_switched_off", carton.name, actor, now));
  return deleted;
}

Result<bool> remove_service(Tx& tx, ServiceId id, std::string_view actor, Instant now) {
  ShippingService service = TRY(find_service(tx, id));
  const bool deleted = TRY(tx.setup.remove_service(id));
  if (!deleted) {
    service.active = false;
    TRY(tx.setup.save_service(service));
  }
  TRY(tell(tx, deleted ? "service_removed" : "service_switched_off", service.name, actor, now));
  return deleted;
}

}  // namespace zifa
