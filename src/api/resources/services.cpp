// Shipping services: whose they are, what they cost, where their numbers come from, what Amazon is told.
#include <algorithm>

#include "api/fields.hpp"
#include "app/change_setup.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

json::value service_json(const ShippingService& v) {
  json::array pickup, cargo;
  for (const int minutes : v.pickup_minutes) pickup.push_back(json::value(time_of_day_text(std::chrono::minutes(minutes))));
  for (const std::string_view kind : split(v.cargo, ','))
    if (!trim(kind).empty()) cargo.push_back(json::value(trim(kind)));
  json::value range = nullptr;
  if (v.number_source == "range")
    range = json::object{{"prefix", v.range_prefix}, {"next", v.range_next}, {"last", v.range_last}, {"width", v.range_width}, {"suffix", v.range_suffix}, {"check", v.range_check}};
  return json::object{{"id", id_text(v.id)},
                      {"name", v.name},
                      {"carrier_id", v.carrier_id},
                      {"carrier_name", v.carrier_name},
                      {"warehouse_id", id_or_null(v.warehouse)},
                      {"card", text_or_null(v.card_service)},
                      {"number_source", v.number_source},
                      {"range", std::move(range)},
                      {"amazon", json::object{{"carrier_code", v.amazon_code}, {"carrier_name", v.amazon_name}, {"method", v.amazon_method}}},
                      {"pickup", std::move(pickup)},
                      {"cargo", std::move(cargo)},
                      {"active", v.active}};
}

Result<std::vector<int>> pickups(const json::value& body) {
  const json::array* times = json::find_array(body, "pickup");
  if (times == nullptr || times->size() > 24) return invalid("field.bad", "The field \"pickup\" takes a list of at most 24 times of day, as [\"11:00\", \"17:00\"].");
  std::vector<int> minutes;
  for (const json::value& one : *times) {
    if (!one.is_string()) return invalid("field.bad", "The field \"pickup\" takes times of day, as [\"11:00\", \"17:00\"].");
    minutes.push_back(static_cast<int>(TRY(time_of_day(std::string_view(one.as_string()), "pickup")).count()));
  }
  std::sort(minutes.begin(), minutes.end());
  minutes.erase(std::unique(minutes.begin(), minutes.end()), minutes.end());
  return minutes;
}

Result<std::string> cargo_kinds(const json::value& body) {
  static constexpr std::string_view kKinds[] = {"general", "battery", "magnetic", "liquid", "powder", "sensitive"};
  const json::array* kinds = json::find_array(body, "cargo");
  std::string all;
  if (kinds != nullptr)
    for (const json::value& one : *kinds) {
      const std::string kind = one.is_string() ? std::string(one.as_string()) : std::string();
      if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds)) return invalid("field.bad", "The field \"cargo\" takes general, battery, magnetic, liquid, powder and sensitive, not \"" + printable(kind, 30) + "\".");
      all += (all.empty() ? "" : ",") + kind;
    }
  if (all.empty()) return invalid("field.bad", "The field \"cargo\" takes at least one kind of goods that the service carries.");
  return all;
}

Result<Done> read(const json::value& body, ShippingService& v) {
  TRY(take_name(body, "name", 100, v.name));
  const std::string carrier_before = v.carrier_id;
  TRY(take_name(body, "carrier_id", 40, v.carrier_id));
  if (!std::all_of(v.carrier_id.begin(), v.carrier_id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }))
    return invalid("field.bad", "The field \"carrier_id\" takes an id of small letters, digits and _, as the list of carriers has them.");
  if (v.carrier_id != carrier_before) v.carrier_name.clear();
  TRY(take_text(body, "carrier_name", 100, v.carrier_name));
  TRY(take_id(body, "warehouse_id", v.warehouse));
  TRY(take_text(body, "card", 100, v.card_service));
  TRY(take_choice(body, "number_source", {"range", "typed"}, v.number_source));
  if (json::find_object(body, "range") != nullptr) {
    TRY(take_text(body, "range.prefix", 40, v.range_prefix));
    TRY(take_text(body, "range.suffix", 40, v.range_suffix));
    TRY(take_choice(body, "range.check", {"none", "s10", "ups", "mod10", "mod7", "luhn"}, v.range_check));
    std::int64_t width = v.range_width;
    TRY(take_whole(body, "range.width", 1, 18, width));
    v.range_width = static_cast<int>(width);
    constexpr std::int64_t kMostSerial = 999'999'999'999'999'999;
    TRY(take_whole(body, "range.next", 0, kMostSerial, v.range_next));
    TRY(take_whole(body, "range.last", 0, kMostSerial, v.range_last));
  }
  if (v.number_source == "range" && v.range_width == 0) return invalid("field.missing", "A number range needs its width, its next and its last number (range).");
  TRY(take_text(body, "amazon.carrier_code", 60, v.amazon_code));
  TRY(take_text(body, "amazon.carrier_name", 60, v.amazon_name));
  TRY(take_text(body, "amazon.method", 60, v.amazon_method));
  if (has_field(body, "pickup")) v.pickup_minutes = TRY(pickups(body));
  if (has_field(body, "cargo")) v.cargo = TRY(cargo_kinds(body));
  return take_flag(body, "active", v.active);
}

Answer list(Call& call) {
  return call.store().read([](Tx& tx) -> Answer {
    json::array all;
    for (const ShippingService& service : TRY(tx.setup.services())) all.push_back(service_json(service));
    return ok(all);
  });
}

Answer add(Call& call) {
  ShippingService service;
  TRY(read(call.body, service));
  return call.store().write([&](Tx& tx) -> Answer { return ok(service_json(TRY(save_service(tx, service, call.caller.name, call.now))), 201); });
}

Answer change(Call& call) {
  const ServiceId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    ShippingService service = TRY(find_service(tx, id));
    TRY(read(call.body, service));
    return ok(service_json(TRY(save_service(tx, service, call.caller.name, call.now))));
  });
}

Answer remove(Call& call) {
  const ServiceId id(TRY(call.id(0)));
  const bool deleted = TRY(call.store().write([&](Tx& tx) { return remove_service(tx, id, call.caller.name, call.now); }));
  return ok(json::object{{"deleted", deleted}, {"active", false}});
}

constexpr const char* kTakes =
    R"({"type":"object","properties":{"name":{"type":"string"},"carrier_id":{"type":"string"},"carrier_name":{"type":"string"},"warehouse_id":{"type":["string","null"]},"card":{"type":["string","null"],"description":"the service's name in the rate cards"},"number_source":{"enum":["range","typed"]},"range":{"type":["object","null"],"properties":{"prefix":{"type":"string"},"next":{"type":"integer"},"last":{"type":"integer"},"width":{"type":"integer"},"suffix":{"type":"string"},"check":{"enum":["none","s10","ups","mod10","mod7","luhn"]}}},"amazon":{"type":"object","properties":{"carrier_code":{"type":"string"},"carrier_name":{"type":"string"},"method":{"type":"string"}}},"pickup":{"type":"array","items":{"type":"string"}},"cargo":{"type":"array","items":{"type":"string"}},"active":{"type":"boolean"}}})";
constexpr const char* kGives = R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"carrier_id":{"type":"string"},"carrier_name":{"type":"string"},"active":{"type":"boolean"}}})";

}  // namespace

extern const Resource services;
const Resource services{
    .name = "services",
    .routes =
        {
            {.method = "GET", .path = "/api/services", .summary = "Shipping services.", .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/services", .summary = "Add a shipping service.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = add},
            {.method = "PATCH", .path = "/api/services/{id}", .summary = "Change a shipping service.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = change},
            {.method = "DELETE", .path = "/api/services/{id}", .summary = "Delete a shipping service, or switch it off where a parcel used it.", .role = Role::operations,
             .gives = R"({"type":"object","properties":{"deleted":{"type":"boolean"},"active":{"type":"boolean"}}})", .run = remove},
        },
};

}  // namespace zifa::api
