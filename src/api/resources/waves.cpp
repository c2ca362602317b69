// Waves: orders picked together, by bin.
#include <set>
#include <unordered_map>

#include "api/fields.hpp"
#include "api/order_query.hpp"
#include "app/make_pick_list.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr int kListed = 100;
constexpr std::int64_t kUsualSize = 50, kMostSize = 500;

Result<json::array> waves_json(Tx& tx, const std::vector<PickList>& lists) {
  std::vector<ParcelId> parcels;
  std::set<OrderId> orders;
  for (const PickList& list : lists)
    for (const Parcel& parcel : list.parcels) {
      parcels.push_back(parcel.id);
      orders.insert(parcel.order);
    }
  std::unordered_map<std::int64_t, std::string> amazon_ids;
  for (const Order& order : TRY(tx.orders.several({orders.begin(), orders.end()}))) amazon_ids.emplace(order.id.value(), order.amazon_order_id);
  std::unordered_map<std::int64_t, bool> printed;  // of labelled parcels
  for (const Label& label : TRY(tx.parcels.live_labels(parcels))) printed.emplace(label.parcel.value(), label.print_count > 0);
  std::unordered_map<std::int64_t, std::string> warehouses;
  for (const Warehouse& warehouse : TRY(tx.setup.warehouses())) warehouses.emplace(warehouse.id.value(), warehouse.name);
  json::array out;
  for (const PickList& list : lists) {
    json::array lines, boxes;
    for (const PickLine& line : list.lines) {
      json::array numbers;
      for (const ParcelId id : line.parcels) numbers.emplace_back(Parcel{.id = id}.number());
      lines.push_back(json::object{{"bin", text_or_null(line.bin)}, {"zone", text_or_null(line.zone)}, {"sku", line.sku}, {"title", line.title}, {"image_url", text_or_null(line.image_url)}, {"quantity", line.quantity}, {"picked", line.picked}, {"parcels", std::move(numbers)}});
    }
    std::set<OrderId> its_orders;
    for (const Parcel& parcel : list.parcels) {
      its_orders.insert(parcel.order);
      const auto label = printed.find(parcel.id.value());
      boxes.push_back(json::object{{"id", id_text(parcel.id)},
                                   {"parcel_no", parcel.number()},
                                   {"order_id", id_text(parcel.order)},
                                   {"amazon_order_id", amazon_ids[parcel.order.value()]},
                                   {"state", name_of(parcel.state)},
                                   {"labeled", label != printed.end()},
                                   {"printed", label != printed.end() && label->second},
                                   {"packed", parcel.packed_at.has_value()}});
    }
    out.push_back(json::object{{"id", id_text(list.wave.id)},
                               {"name", "W" + id_text(list.wave.id)},
                               {"warehouse_id", id_text(list.wave.warehouse)},
                               {"warehouse", warehouses[list.wave.warehouse.value()]},
                               {"state", list.wave.state},
                               {"created_at", list.wave.created_at.iso()},
                               {"created_by", list.wave.created_by},
                               {"orders", static_cast<std::int64_t>(its_orders.size())},
                               {"units", list.units},
                               {"lines", std::move(lines)},
                               {"parcels", std::move(boxes)}});
  }
  return out;
}

Result<http::Response> answer_with(Tx& tx, WaveId id, int status = 200) { return ok(TRY(waves_json(tx, {TRY(pick_list(tx, id))})).front(), status); }

Answer list(Call& call) {
  const std::string_view state = call.query.get("state");
  if (!state.empty() && state != "open" && state != "done") return invalid("field.bad", "The parameter \"state\" takes open or done.");
  return call.store().read([&](Tx& tx) -> Answer {
    std::vector<WorkStore::Wave> waves;
    for (const char* each : {"open", "done"}) {
      if (!state.empty() && state != each) continue;
      for (WorkStore::Wave& wave : TRY(tx.work.waves(each, kListed))) waves.push_back(std::move(wave));
    }
    return ok(TRY(waves_json(tx, TRY(pick_lists(tx, waves)))));
  });
}

Answer show(Call& call) {
  const WaveId id(TRY(call.id(0)));
  return call.store().read([&](Tx& tx) { return answer_with(tx, id); });
}

Answer make(Call& call) {
  WarehouseId warehouse;
  TRY(take_id(call.body, "warehouse_id", warehouse));
  if (warehouse.value() == 0) return invalid("field.missing", "The field \"warehouse_id\" is missing; choose the warehouse that picks.");
  std::int64_t most = kUsualSize;
  TRY(take_whole(call.body, "max", 1, kMostSize, most));
  std::vector<OrderId> orders;
  bool chosen = false;
  if (const json::array* given = json::find_array(call.body, "order_ids")) {
    chosen = true;
    for (const json::value& one : *given) {
      const auto number = one.is_string() ? to_int(std::string_view(one.as_string())) : one.is_int64() ? std::optional(one.as_int64()) : std::nullopt;
      if (!number || orders.size() >= 1'000) return invalid("field.bad", "The field \"order_ids\" takes up to 1000 ids of orders, as the lists give them.");
      orders.emplace_back(*number);
    }
  }
  std::optional<OrderFilter> filter;
  if (const json::object* fields = json::find_object(call.body, "filter")) filter = TRY(order_filter(*fields, call.caller, call.now));
  return call.store().write([&](Tx& tx) -> Answer {
    bool known = false;
    for (const Warehouse& one : TRY(tx.setup.warehouses())) known = known || one.id == warehouse;
    if (!known) return not_found("warehouse.unknown", "There is no such warehouse; choose one of the list.");
    if (filter && !chosen) {
      chosen = true;
      filter->warehouse = warehouse;
      filter->open = true;
      // Some of them may be in another wave already: look further than what is wanted.
      orders = TRY(tx.orders.ids(*filter, 10'000));
    }
    if (chosen && orders.empty()) return refused("wave.empty", "No order fits; plan orders first, or choose others.");
    return answer_with(tx, TRY(make_wave(tx, warehouse, orders, static_cast<int>(most), call.caller.name, call.now)), 201);
  });
}

Answer close(Call& call) {
  const WaveId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    if (TRY(tx.work.wave(id)).state == "open") TRY(finish_wave(tx, id, call.caller.name, call.now));
    return answer_with(tx, id);
  });
}

Answer pick(Call& call) {
  const WaveId id(TRY(call.id(0)));
  std::string sku, reason;
  TRY(take_name(call.body, "sku", 100, sku));
  TRY(take_text(call.body, "reason", 200, reason));
  std::int64_t quantity = -1;
  TRY(take_whole(call.body, "quantity", 0, kMostQuantity, quantity));
  if (quantity < 0) return invalid("field.missing", "The field \"quantity\" is missing: how many were taken from the bin.");
  return call.store().write([&](Tx& tx) -> Answer {
    TRY(record_pick(tx, id, sku, quantity, reason, call.caller.name, call.now));
    return answer_with(tx, id);
  });
}

constexpr std::string_view kWave = R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"warehouse_id":{"type":"string"},"warehouse":{"type":"string"},"state":{"enum":["open","done"]},"created_at":{"type":"string"},"created_by":{"type":"string"},"orders":{"type":"integer"},"units":{"type":"integer"},"lines":{"type":"array","items":{"type":"object","properties":{"bin":{"type":["string","null"]},"sku":{"type":"string"},"quantity":{"type":"integer"},"picked":{"type":"integer"}}}},"parcels":{"type":"array","items":{"type":"object"}}}})";

}  // namespace

extern const Resource waves;
const Resource waves{
    .name = "waves",
    .routes =
        {
            {.method = "GET", .path = "/api/waves", .summary = "Waves with their pick lists, the latest first.", .gives = R"({"type":"array","items":{"type":"object"}})", .query = "state", .run = list},
            {.method = "POST", .path = "/api/waves", .summary = "Groups planned parcels of a warehouse: the orders named, those a filter finds, or the most urgent ones.",
             .takes = R"({"type":"object","required":["warehouse_id"],"properties":{"warehouse_id":{"type":"string"},"order_ids":{"type":["array","null"],"items":{"type":"string"}},"filter":{"type":["object","null"]},"max":{"type":"integer","minimum":1,"maximum":500}}})", .gives = kWave, .run = make},
            {.method = "GET", .path = "/api/waves/{id}", .summary = "One wave: lines in walking order, parcels in the order they are picked.", .gives = kWave, .run = show},
            {.method = "POST", .path = "/api/waves/{id}/close", .summary = "Picking is over; its parcels wait at the pack station.", .gives = kWave, .run = close},
            {.method = "POST", .path = "/api/waves/{id}/pick", .summary = "So many of a SKU were taken; fewer than asked needs a reason, none takes the entry back.",
             .takes = R"({"type":"object","required":["sku","quantity"],"properties":{"sku":{"type":"string"},"bin":{"type":["string","null"]},"quantity":{"type":"integer"},"reason":{"type":"string"}}})", .gives = kWave, .run = pick},
        },
};

}  // namespace zifa::api
