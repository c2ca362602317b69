// Warehouses: where parcels start.
#include "api/fields.hpp"
#include "app/change_setup.hpp"

namespace zifa::api {

namespace {

json::value address_json(const Address& a) {
  return json::object{{"name", text_or_null(a.name)},         {"company", text_or_null(a.company)}, {"line1", text_or_null(a.line1)},
                      {"line2", text_or_null(a.line2)},       {"line3", text_or_null(a.line3)},     {"city", text_or_null(a.city)},
                      {"district", text_or_null(a.district)}, {"state", text_or_null(a.state)},     {"postal_code", text_or_null(a.postal_code)},
                      {"country", text_or_null(a.country)},   {"phone", text_or_null(a.phone)}};
}

json::value warehouse_json(const Warehouse& w) {
  return json::object{{"id", id_text(w.id)}, {"name", w.name}, {"country", w.country}, {"time_zone", w.time_zone}, {"address", address_json(w.address)}, {"cutoff", time_of_day_text(w.cutoff)}, {"active", w.active}};
}

Result<Done> read(const json::value& body, Warehouse& w) {
  TRY(take_name(body, "name", 100, w.name));
  TRY(take_country(body, "country", w.country));
  if (w.country.empty()) return invalid("field.missing", "The field \"country\" is missing: two letters, such as CN or US.");
  TRY(take_name(body, "time_zone", 60, w.time_zone));
  if (has_field(body, "cutoff")) w.cutoff = TRY(time_of_day(json::get_text(body, "cutoff"), "cutoff"));
  if (has_field(body, "address") && json::find_object(body, "address") == nullptr) return invalid("field.bad", "The field \"address\" takes an object with line1, city, postal_code and so on.");
  struct Part {
    const char* path;
    std::string& into;
  };
  Address& a = w.address;
  for (const Part& part : {Part{"address.name", a.name}, Part{"address.company", a.company}, Part{"address.line1", a.line1}, Part{"address.line2", a.line2}, Part{"address.line3", a.line3}, Part{"address.city", a.city},
                           Part{"address.district", a.district}, Part{"address.state", a.state}, Part{"address.postal_code", a.postal_code}, Part{"address.phone", a.phone}})
    TRY(take_text(body, part.path, 200, part.into));
  TRY(take_country(body, "address.country", a.country));
  return take_flag(body, "active", w.active);
}

Answer list(Call& call) {
  return call.store().read([](Tx& tx) -> Answer {
    json::array all;
    for (const Warehouse& warehouse : TRY(tx.setup.warehouses())) all.push_back(warehouse_json(warehouse));
    return ok(all);
  });
}

Answer add(Call& call) {
  Warehouse warehouse;
  TRY(read(call.body, warehouse));
  return call.store().write([&](Tx& tx) -> Answer { return ok(warehouse_json(TRY(save_warehouse(tx, warehouse, call.caller.name, call.now))), 201); });
}

Answer change(Call& call) {
  const WarehouseId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    Warehouse warehouse = TRY(find_warehouse(tx, id));
    TRY(read(call.body, warehouse));
    return ok(warehouse_json(TRY(save_warehouse(tx, warehouse, call.caller.name, call.now))));
  });
}

Answer remove(Call& call) {
  const WarehouseId id(TRY(call.id(0)));
  const bool deleted = TRY(call.store().write([&](Tx& tx) { return remove_warehouse(tx, id, call.caller.name, call.now); }));
  return ok(json::object{{"deleted", deleted}, {"active", false}});
}

constexpr const char* kTakes =
    R"({"type":"object","properties":{"name":{"type":"string"},"country":{"type":"string"},"time_zone":{"type":"string"},"address":{"type":"object"},"cutoff":{"type":"string","description":"local time of day, 16:00"},"active":{"type":"boolean"}}})";
constexpr const char* kGives = R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"country":{"type":"string"},"time_zone":{"type":"string"},"address":{"type":"object"},"cutoff":{"type":"string"},"active":{"type":"boolean"}}})";

}  // namespace

extern const Resource warehouses;
const Resource warehouses{
    .name = "warehouses",
    .routes =
        {
            {.method = "GET", .path = "/api/warehouses", .summary = "Warehouses.", .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/warehouses", .summary = "Add a warehouse.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = add},
            {.method = "PATCH", .path = "/api/warehouses/{id}", .summary = "Change a warehouse.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = change},
            {.method = "DELETE", .path = "/api/warehouses/{id}", .summary = "Delete a warehouse, or switch it off where something refers to it.", .role = Role::operations,
             .gives = R"({"type":"object","properties":{"deleted":{"type":"boolean"},"active":{"type":"boolean"}}})", .run = remove},
        },
};

}  // namespace zifa::api
