// The pack station: every scan, weight and key is one call.
#include "api/fields.hpp"
#include "api/order_json.hpp"
#include "api/parcel_json.hpp"
#include "app/buy_label.hpp"
#include "app/make_pick_list.hpp"
#include "app/pack_parcel.hpp"

namespace zifa::api {

namespace {

Answer open(Call& call) {
  std::string code;
  TRY(take_name(call.body, "code", 200, code));
  return call.store().read([&](Tx& tx) -> Answer {
    const OpenedParcel opened = TRY(open_parcel(tx, code));
    json::array cartons;
    for (const Carton& carton : TRY(tx.setup.cartons()))
      if (carton.active) cartons.push_back(carton_json(carton));
    return ok(json::object{{"parcel", TRY(parcel_json(tx, opened.parcel))},
                           {"order", TRY(order_row_json(tx, opened.order.id))},
                           {"cartons", std::move(cartons)},
                           {"question", opened.question ? json::value(json::object{{"kind", opened.question->kind}, {"message", opened.question->message}}) : json::value(nullptr)}});
  });
}

Answer scan(Call& call) {
  const ParcelId id(TRY(call.id(0)));
  std::string code;
  TRY(take_name(call.body, "code", 200, code));
  std::int64_t quantity = 1;
  TRY(take_whole(call.body, "quantity", 1, 100'000, quantity));
  return call.store().write([&](Tx& tx) -> Answer {
    const ScannedItem scanned = TRY(verify_unit(tx, id, code, quantity, call.caller.name, call.now));
    return ok(json::object{{"ok", true},
                           {"item", json::object{{"order_item_id", id_text(scanned.item)}, {"sku", scanned.sku}, {"verified", scanned.verified}, {"quantity", scanned.units}}},
                           {"parcel", TRY(parcel_json(tx, scanned.parcel))},
                           {"complete", scanned.complete}});
  });
}

Answer weigh(Call& call) {
  const ParcelId id(TRY(call.id(0)));
  std::int64_t grams = -1;
  TRY(take_whole(call.body, "grams", 0, kMostGrams, grams));
  if (grams < 0) return invalid("field.missing", "The field \"grams\" is missing: what the scale shows.");
  return call.store().write([&](Tx& tx) -> Answer {
    const Weighed weighed = TRY(weigh_parcel(tx, id, Weight::grams(grams), call.now));
    const std::int64_t off = weighed.difference < Weight() ? -(Weight() - weighed.difference).grams_up() : weighed.difference.grams_up();
    return ok(json::object{{"parcel", TRY(parcel_json(tx, weighed.parcel))}, {"expected_g", weighed.expected.grams_up()}, {"difference_g", off}, {"within", weighed.within}});
  });
}

// The label of a parcel that was packed before it was printed, as a print run; nothing where it is on the box already. A label that cannot be
// had (a number must be typed) does not undo the packing.
Result<json::value> label_url(Call& call, const Parcel& parcel) {
  if (!TRY(call.store().read([&](Tx& tx) { return tx.parcels.live_label(parcel.id); })))
    if (!call.store().write([&](Tx& tx) { return buy_label(tx, {.parcel = parcel.id}, call.caller.name, call.now); })) return json::value(nullptr);
  return call.store().write([&](Tx& tx) -> Result<json::value> {
    const auto label = TRY(tx.parcels.live_label(parcel.id));
    if (!label || label->print_count > 0) return json::value(nullptr);
    const std::int64_t run = TRY(tx.work.insert_print({.kind = "labels", .format = TRY(tx.setup.setting("default_label", "pdf")), .language = call.caller.language, .parcels = {parcel.id}, .pages = 1, .created_at = call.now, .created_by = call.caller.name}));
    return json::value("/api/prints/" + id_text(run) + "/file");
  });
}

Answer finish(Call& call) {
  FinishPacking how{.parcel = ParcelId(TRY(call.id(0)))};
  CartonId carton;
  TRY(take_id(call.body, "carton_id", carton));
  if (carton.value() != 0) how.carton = carton;
  std::optional<std::int64_t> grams;
  TRY(take_whole(call.body, "grams", 1, kMostGrams, grams));
  if (grams) how.weight = Weight::grams(*grams);
  if (json::find_object(call.body, "override") != nullptr) TRY(take_name(call.body, "override.reason", 500, how.override_reason));
  const Parcel packed = TRY(call.store().write([&](Tx& tx) { return finish_packing(tx, how, call.caller.name, call.now); }));
  json::value url = TRY(label_url(call, packed));
  return call.store().read([&](Tx& tx) -> Answer {
    const auto next = TRY(next_in_wave(tx, packed));
    return ok(json::object{{"parcel", TRY(parcel_json(tx, packed.id))}, {"next", next ? json::value(json::object{{"parcel_no", next->number()}}) : json::value(nullptr)}, {"label_url", std::move(url)}});
  });
}

Answer reset(Call& call) {
  const ParcelId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    const Parcel parcel = TRY(reset_packing(tx, id, call.caller.name, call.now));
    return ok(json::object{{"parcel", TRY(parcel_json(tx, parcel))}});
  });
}

}  // namespace

extern const Resource pack;
const Resource pack{
    .name = "pack",
    .routes =
        {
            {.method = "POST", .path = "/api/pack/open", .summary = "Opens a parcel by order, parcel or tracking number, or the most urgent one that needs the scanned item.", .takes = R"({"type":"object","required":["code"],"properties":{"code":{"type":"string"}}})",
             .gives = R"({"type":"object","properties":{"parcel":{"type":"object"},"order":{"type":"object"},"cartons":{"type":"array","items":{"type":"object"}},"question":{"type":["object","null"],"properties":{"kind":{"enum":["cancel_requested","on_hold","cancelled","address_changed"]},"message":{"type":"string"}}}}})", .run = open},
            {.method = "POST", .path = "/api/pack/{id}/scan", .summary = "Units of an item go into the box.", .takes = R"({"type":"object","required":["code"],"properties":{"code":{"type":"string"},"quantity":{"type":"integer","minimum":1}}})",
             .gives = R"({"type":"object","properties":{"ok":{"type":"boolean"},"item":{"type":"object"},"parcel":{"type":"object"},"complete":{"type":"boolean"}}})", .run = scan},
            {.method = "POST", .path = "/api/pack/{id}/weigh", .summary = "What the scale shows, against what was expected.", .takes = R"({"type":"object","required":["grams"],"properties":{"grams":{"type":"integer"}}})",
             .gives = R"({"type":"object","properties":{"parcel":{"type":"object"},"expected_g":{"type":"integer"},"difference_g":{"type":"integer"},"within":{"type":"boolean"}}})", .run = weigh},
            {.method = "POST", .path = "/api/pack/{id}/finish", .summary = "The box is closed. Names the next parcel of the wave, and the label to print where none is printed yet.",
             .takes = R"({"type":"object","properties":{"carton_id":{"type":"string"},"grams":{"type":"integer"},"override":{"type":["object","null"],"properties":{"reason":{"type":"string"}}}}})",
             .gives = R"({"type":"object","properties":{"parcel":{"type":"object"},"next":{"type":["object","null"]},"label_url":{"type":["string","null"]}}})", .run = finish},
            {.method = "POST", .path = "/api/pack/{id}/reset", .summary = "Unpacked again: nothing is verified any more.", .gives = R"({"type":"object","properties":{"parcel":{"type":"object"}}})", .run = reset},
        },
};

}  // namespace zifa::api
