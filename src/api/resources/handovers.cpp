// Hand-overs: the parcels a carrier collects, scanned one by one, leaving together.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "api/fields.hpp"
#include "api/parcel_json.hpp"
#include "app/dispatch_parcels.hpp"
#include "app/reference/carriers.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr int kListed = 100;

// A carrier by the name its own services carry, else by ours.
std::string carrier_name(const std::vector<ShippingService>& services, const std::string& id) {
  for (const ShippingService& service : services)
    if (service.carrier_id == id && !service.carrier_name.empty()) return service.carrier_name;
  const KnownCarrier* known = find_carrier(id);
  return known == nullptr ? id : known->name;
}

Result<json::array> handovers_json(Tx& tx, const std::vector<WorkStore::Handover>& handovers) {
  std::vector<HandoverId> ids;
  for (const WorkStore::Handover& handover : handovers) ids.push_back(handover.id);
  const std::vector<Parcel> parcels = TRY(tx.parcels.of_handovers(ids));
  std::vector<ParcelId> parcel_ids;
  std::set<OrderId> orders;
  for (const Parcel& parcel : parcels) {
    parcel_ids.push_back(parcel.id);
    orders.insert(parcel.order);
  }
  std::unordered_map<std::int64_t, std::string> amazon_ids, numbers, warehouses;
  for (const Order& order : TRY(tx.orders.several({orders.begin(), orders.end()}))) amazon_ids.emplace(order.id.value(), order.amazon_order_id);
  for (const Label& label : TRY(tx.parcels.live_labels(parcel_ids))) numbers.emplace(label.parcel.value(), label.tracking_number);
  for (const Warehouse& warehouse : TRY(tx.setup.warehouses())) warehouses.emplace(warehouse.id.value(), warehouse.name);
  const std::vector<ShippingService> services = TRY(tx.setup.services());
  json::array out;
  for (const WorkStore::Handover& handover : handovers) {
    json::array boxes;
    for (const Parcel& parcel : parcels) {
      if (parcel.handover != handover.id) continue;
      boxes.push_back(json::object{{"id", id_text(parcel.id)},
                                   {"parcel_no", parcel.number()},
                                   {"amazon_order_id", amazon_ids[parcel.order.value()]},
                                   {"tracking_number", text_or_null(numbers[parcel.id.value()])},
                                   {"weight_g", weight_json(parcel.actual.value_or(parcel.estimated))}});
    }
    out.push_back(json::object{{"id", id_text(handover.id)},
                               {"carrier", carrier_name(services, handover.carrier_id)},
                               {"carrier_id", handover.carrier_id},
                               {"warehouse_id", id_text(handover.warehouse)},
                               {"warehouse", warehouses[handover.warehouse.value()]},
                               {"state", handover.state},
                               {"opened_at", handover.opened_at.iso()},
                               {"closed_at", to_json(handover.closed_at)},
                               {"parcels", std::move(boxes)}});
  }
  return out;
}

Result<json::object> handover_json(Tx& tx, HandoverId id) { return std::move(TRY(handovers_json(tx, {TRY(tx.work.handover(id))})).front().as_object()); }

Answer list(Call& call) {
  const std::string_view state = call.query.get("state");
  if (!state.empty() && state != "open" && state != "closed") return invalid("field.bad", "The parameter \"state\" takes open or closed.");
  return call.store().read([&](Tx& tx) -> Answer {
    std::vector<WorkStore::Handover> all;
    for (const char* each : {"open", "closed"}) {
      if (!state.empty() && state != each) continue;
      for (WorkStore::Handover& handover : TRY(tx.work.handovers(each, kListed))) all.push_back(std::move(handover));
    }
    return ok(TRY(handovers_json(tx, all)));
  });
}

Answer show(Call& call) {
  const HandoverId id(TRY(call.id(0)));
  return call.store().read([&](Tx& tx) -> Answer { return ok(TRY(handover_json(tx, id))); });
}

Answer open(Call& call) {
  std::string carrier;
  TRY(take_name(call.body, "carrier", 60, carrier));
  WarehouseId warehouse;
  TRY(take_id(call.body, "warehouse_id", warehouse));
  if (warehouse.value() == 0) return invalid("field.missing", "The field \"warehouse_id\" is missing; choose where the carrier collects.");
  return call.store().write([&](Tx& tx) -> Answer {
    const std::vector<Warehouse> warehouses = TRY(tx.setup.warehouses());
    if (std::none_of(warehouses.begin(), warehouses.end(), [&](const Warehouse& w) { return w.id == warehouse; })) return not_found("warehouse.unknown", "There is no such warehouse; choose one of the list.");
    const std::vector<ShippingService> services = TRY(tx.setup.services());
    const bool used = std::any_of(services.begin(), services.end(), [&](const ShippingService& s) { return s.carrier_id == carrier; });
    if (!used && find_carrier(carrier) == nullptr) return invalid("handover.unknown_carrier", "\"" + printable(carrier, 40) + "\" is no carrier known here; choose one of the list.");
    return ok(TRY(handover_json(tx, TRY(open_handover(tx, warehouse, carrier, call.caller.name, call.now)))), 201);
  });
}

Answer scan(Call& call) {
  const HandoverId id(TRY(call.id(0)));
  std::string code;
  TRY(take_name(call.body, "code", 100, code));
  return call.store().write([&](Tx& tx) -> Answer {
    const Parcel parcel = TRY(add_to_handover(tx, id, code, call.caller.name, call.now));
    return ok(json::object{{"parcel", TRY(parcel_json(tx, parcel))}});
  });
}

Answer remove(Call& call) {
  const HandoverId id(TRY(call.id(0)));
  const ParcelId parcel(TRY(call.id(1)));
  return call.store().write([&](Tx& tx) -> Answer {
    TRY(remove_from_handover(tx, id, parcel, call.now));
    return ok(TRY(handover_json(tx, id)));
  });
}

Answer close(Call& call) {
  const HandoverId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    const ClosedHandover closed = TRY(close_handover(tx, id, call.caller.name, call.now));
    json::object out = TRY(handover_json(tx, id));
    json::array stayed;
    for (const auto& [parcel, error] : closed.stayed) stayed.push_back(json::object{{"parcel_id", id_text(parcel)}, {"error", problem_json(error, call.caller.language)}});
    out["stayed"] = std::move(stayed);
    return ok(out);
  });
}

constexpr std::string_view kHandover = R"({"type":"object","properties":{"id":{"type":"string"},"carrier":{"type":"string"},"carrier_id":{"type":"string"},"warehouse_id":{"type":"string"},"warehouse":{"type":"string"},"state":{"enum":["open","closed"]},"opened_at":{"type":"string"},"closed_at":{"type":["string","null"]},"parcels":{"type":"array","items":{"type":"object"}},"stayed":{"type":"array","items":{"type":"object"}}}})";

}  // namespace

extern const Resource handovers;
const Resource handovers{
    .name = "handovers",
    .routes =
        {
            {.method = "GET", .path = "/api/handovers", .summary = "Hand-overs, the latest first.", .gives = R"({"type":"array","items":{"type":"object"}})", .query = "state", .run = list},
            {.method = "POST", .path = "/api/handovers", .summary = "Opens a hand-over to a carrier.", .takes = R"({"type":"object","required":["carrier","warehouse_id"],"properties":{"carrier":{"type":"string"},"warehouse_id":{"type":"string"}}})", .gives = kHandover, .run = open},
            {.method = "GET", .path = "/api/handovers/{id}", .summary = "One hand-over with its parcels.", .gives = kHandover, .run = show},
            {.method = "POST", .path = "/api/handovers/{id}/scan", .summary = "Adds the parcel with this tracking or parcel number.", .takes = R"({"type":"object","required":["code"],"properties":{"code":{"type":"string"}}})", .gives = R"({"type":"object","properties":{"parcel":{"type":"object"}}})", .run = scan},
            {.method = "DELETE", .path = "/api/handovers/{id}/parcels/{parcel_id}", .summary = "Takes a parcel off the list again.", .gives = kHandover, .run = remove},
            {.method = "POST", .path = "/api/handovers/{id}/close", .summary = "All its parcels leave the warehouse and are queued for confirmation; stopped ones stay and are named.", .gives = kHandover, .run = close},
        },
};

}  // namespace zifa::api
