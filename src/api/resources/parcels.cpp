// Parcels under way, and the label of one parcel.
#include "api/fields.hpp"
#include "api/parcel_json.hpp"
#include "app/buy_label.hpp"

namespace zifa::api {

namespace {

Answer list(Call& call) {
  ParcelFilter filter;
  filter.tracking = call.query.get("tracking").empty() ? "all" : std::string(call.query.get("tracking"));
  if (filter.tracking != "exception" && filter.tracking != "no_scan" && filter.tracking != "in_transit" && filter.tracking != "delivered" && filter.tracking != "all")
    return invalid("field.bad", "The parameter \"tracking\" takes exception, no_scan, in_transit, delivered or all.");
  if (const auto account = TRY(id_in_query(call, "account"))) filter.account = AccountId(*account);
  filter.carrier = call.query.get("carrier");
  filter.search = call.query.get("q");
  return call.store().read([&](Tx& tx) -> Answer {
    const Page<Parcel> page = TRY(tx.parcels.list(filter, call.query.get("after"), limit_of(call)));
    return ok(json::object{{"items", TRY(parcels_json(tx, page.rows))}, {"next", text_or_null(page.next)}});
  });
}

Answer give_label(Call& call) {
  LabelRequest request{.parcel = ParcelId(TRY(call.id(0)))};
  TRY(take_text(call.body, "tracking_number", 100, request.tracking_number));
  ServiceId service;
  TRY(take_id(call.body, "service_id", service));
  if (service.value() != 0) request.service = service;
  return call.store().write([&](Tx& tx) -> Answer {
    const Parcel parcel = TRY(tx.parcels.find(request.parcel));
    // What has left keeps its label; a wrong number is corrected, and Amazon is told the right one.
    if (parcel.left() && !request.tracking_number.empty()) TRY(replace_number(tx, parcel.id, request.tracking_number, call.caller.name, call.now));
    else TRY(buy_label(tx, request, call.caller.name, call.now));
    return ok(TRY(parcel_json(tx, parcel.id)));
  });
}

Answer drop_label(Call& call) {
  const ParcelId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    TRY(void_label(tx, id, call.caller.name, call.now));
    return ok(TRY(parcel_json(tx, id)));
  });
}

constexpr std::string_view kParcel = R"({"type":"object","properties":{"id":{"type":"string"},"parcel_no":{"type":"string"},"order_id":{"type":"string"},"amazon_order_id":{"type":"string"},"state":{"enum":["planned","packed","dispatched","delivered","returned","lost","cancelled"]},"warehouse":{"type":["string","null"]},"service":{"type":["string","null"]},"carrier":{"type":["string","null"]},"carton":{"type":["string","null"]},"size":{"type":["array","null"]},"est_weight_g":{"type":["integer","null"]},"actual_weight_g":{"type":["integer","null"]},"cost":{"type":["object","null"]},"on_time":{"type":["number","null"]},"reason":{"type":"string"},"promised":{"type":["object","null"]},"items":{"type":"array"},"layout":{"type":["array","null"]},"label":{"type":["object","null"]},"confirm":{"type":"object"},"tracking":{"type":["object","null"]},"wave_id":{"type":["string","null"]},"handover_id":{"type":["string","null"]}}})";

}  // namespace

extern const Resource parcels;
const Resource parcels{
    .name = "parcels",
    .routes =
        {
            {.method = "GET", .path = "/api/parcels", .summary = "Parcels that have left, the latest first, with their scans.", .gives = R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object"}},"next":{"type":["string","null"]}}})", .query = "tracking,account,carrier,q,limit,after", .run = list},
            {.method = "POST", .path = "/api/parcels/{id}/label", .summary = "Gives the parcel its tracking number: the next of the service's range, or the one sent. A parcel that has left gets a corrected number.", .role = Role::operations,
             .takes = R"({"type":"object","properties":{"service_id":{"type":"string"},"tracking_number":{"type":"string"}}})", .gives = kParcel, .run = give_label},
            {.method = "DELETE", .path = "/api/parcels/{id}/label", .summary = "Voids the parcel's label.", .role = Role::operations, .gives = kParcel, .run = drop_label},
        },
};

}  // namespace zifa::api
