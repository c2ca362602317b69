// Printing: what is asked for becomes a run with a file; labels that are missing are got first when asked.
#include <algorithm>
#include <map>

#include "api/fields.hpp"
#include "app/buy_label.hpp"
#include "app/make_pick_list.hpp"
#include "app/print_run.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostParcels = 1'000;

struct Wanted {
  std::vector<ParcelId> ids;        // as they were named
  std::vector<Parcel> parcels;      // in the order the goods are picked
};

Result<Wanted> wanted_parcels(Call& call, const WorkStore::PrintRun& run, bool has_wave, bool has_handover) {
  Wanted wanted;
  if (const json::array* given = json::find_array(call.body, "parcel_ids")) {
    if (given->size() > kMostParcels) return invalid("field.bad", "The field \"parcel_ids\" takes at most " + std::to_string(kMostParcels) + " parcels.");
    for (const json::value& one : *given) {
      const auto number = one.is_string() ? to_int(std::string_view(one.as_string())) : one.is_int64() ? std::optional(one.as_int64()) : std::nullopt;
      if (!number) return invalid("field.bad", "The field \"parcel_ids\" takes ids of parcels, as the lists give them.");
      wanted.ids.emplace_back(*number);
    }
  }
  return call.store().read([&](Tx& tx) -> Result<Wanted> {
    Wanted w = wanted;
    if (has_wave) w.parcels = TRY(pick_list(tx, WaveId(run.subject))).parcels;
    else if (has_handover) w.parcels = TRY(tx.parcels.of_handover(TRY(tx.work.handover(HandoverId(run.subject))).id));
    else w.parcels = TRY(in_pick_order(tx, TRY(tx.parcels.several(w.ids))));
    if (w.ids.empty())
      for (const Parcel& parcel : w.parcels) w.ids.push_back(parcel.id);
    return w;
  });
}

Answer make(Call& call) {
  WorkStore::PrintRun run{.kind = "labels", .format = "pdf", .language = call.caller.language, .created_at = call.now, .created_by = call.caller.name};
  TRY(take_text(call.body, "kind", 20, run.kind));
  TRY(take_text(call.body, "format", 10, run.format));
  TRY(take_text(call.body, "size", 10, run.size));
  bool buy = false;
  TRY(take_flag(call.body, "buy", buy));
  WaveId wave;
  HandoverId handover;
  TRY(take_id(call.body, "wave_id", wave));
  TRY(take_id(call.body, "handover_id", handover));
  TRY(can_be_drawn(run));
  if (run.kind == "handover" && handover.value() == 0) return invalid("field.missing", "The field \"handover_id\" is missing: which hand-over is to be printed.");
  run.subject = wave.value() != 0 ? wave.value() : run.kind == "handover" ? handover.value() : 0;
  if (wave.value() == 0 && handover.value() != 0) run.subject = handover.value();
  const Wanted wanted = TRY(wanted_parcels(call, run, wave.value() != 0, wave.value() == 0 && handover.value() != 0));
  // The number of a hand-over is no number of a wave: it is not printed on labels.
  if (wave.value() == 0 && run.kind != "handover") run.subject = 0;
  std::map<ParcelId, Error> errors;
  for (const ParcelId id : wanted.ids)
    if (std::none_of(wanted.parcels.begin(), wanted.parcels.end(), [&](const Parcel& p) { return p.id == id; })) errors.emplace(id, not_found("parcel.unknown", "There is no parcel P" + id_text(id) + "."));
  if (run.kind == "labels" && buy)
    for (const Parcel& parcel : wanted.parcels)
      if (const auto bought = call.store().write([&](Tx& tx) { return buy_label(tx, {.parcel = parcel.id}, call.caller.name, call.now); }); !bought) errors.emplace(parcel.id, bought.error());
  for (const Parcel& parcel : wanted.parcels)
    if (!errors.contains(parcel.id)) run.parcels.push_back(parcel.id);
  // Drawn once now, so that every parcel's answer is known and the pages are counted; the file is drawn again when it is fetched.
  const PrintFile drawn = TRY(draw(call.store(), call.desk.documents(), run, call.now));
  for (const auto& [id, error] : drawn.refused) errors.emplace(id, error);
  std::erase_if(run.parcels, [&](ParcelId id) { return errors.contains(id); });
  run.pages = drawn.pages;
  run.id = TRY(call.store().write([&](Tx& tx) { return tx.work.insert_print(run); }));
  json::array results;
  for (const ParcelId id : wanted.ids) {
    const auto error = errors.find(id);
    results.push_back(json::object{{"parcel_id", id_text(id)}, {"ok", error == errors.end()}, {"error", error == errors.end() ? json::value(nullptr) : problem_json(error->second, call.caller.language)}});
  }
  return ok(json::object{{"print_id", id_text(run.id)}, {"pages", run.pages}, {"url", "/api/prints/" + id_text(run.id) + "/file"}, {"results", std::move(results)}});
}

Answer fetch(Call& call) {
  const std::int64_t id = TRY(call.id(0));
  const WorkStore::PrintRun run = TRY(call.store().read([&](Tx& tx) { return tx.work.print(id); }));
  PrintFile drawn = TRY(draw(call.store(), call.desk.documents(), run, call.now));
  if (drawn.bytes.empty()) {
    if (!drawn.refused.empty()) return drawn.refused.front().second;
    return conflict("print.empty", "Nothing of this print run can be printed any more; print it again from the list.");
  }
  TRY(call.store().write([&](Tx& tx) { return file_fetched(tx, run, drawn.printed, call.caller.name, call.now); }));
  return file(std::move(drawn.bytes), drawn.content_type, drawn.file_name);
}

}  // namespace

extern const Resource prints;
const Resource prints{
    .name = "prints",
    .routes =
        {
            {.method = "POST", .path = "/api/prints", .summary = "Makes a file to print: labels, slips, a pick list, a hand-over list or invoices for customs, in the order the goods are picked. With buy, missing labels are got first.",
             .takes = R"({"type":"object","properties":{"kind":{"enum":["labels","slips","picklist","handover","customs"]},"format":{"enum":["pdf","zpl"]},"size":{"enum":["100x150","100x100","a4"]},"parcel_ids":{"type":"array","items":{"type":"string"}},"wave_id":{"type":"string"},"handover_id":{"type":"string"},"buy":{"type":"boolean"}}})",
             .gives = R"({"type":"object","properties":{"print_id":{"type":"string"},"pages":{"type":"integer"},"url":{"type":"string"},"results":{"type":"array","items":{"type":"object","properties":{"parcel_id":{"type":"string"},"ok":{"type":"boolean"},"error":{"type":["object","null"]}}}}}})", .run = make},
            {.method = "GET", .path = "/api/prints/{id}/file", .summary = "The file of a print run. Its labels count as printed each time it is fetched.", .gives = R"({"type":"string","format":"binary","description":"PDF or ZPL"})", .run = fetch},
        },
};

}  // namespace zifa::api
