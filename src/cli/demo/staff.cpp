#include "cli/demo/staff.hpp"

#include <algorithm>
#include <map>

#include "app/dispatch_parcels.hpp"
#include "app/make_pick_list.hpp"
#include "app/pack_parcel.hpp"
#include "app/print_documents.hpp"

namespace zifa::cli {

namespace {

constexpr std::string_view kActor = "demo";
constexpr int kWaveSize = 40;

Result<std::vector<OrderId>> orders_in(Tx& tx, OrderState state, WarehouseId warehouse, const std::function<bool(OrderId)>& mine) {
  OrderFilter filter;
  filter.state = state;
  filter.warehouse = warehouse;
  filter.on_hold = false;
  std::vector<OrderId> orders;
  for (const OrderId id : TRY(tx.orders.ids(filter, 2'000)))
    if (mine(id)) orders.push_back(id);
  return orders;
}

// One wave from the printer to the packed pile.
Result<Done> pack_wave(Desk& desk, WaveId wave, ShiftResult& result) {
  Store& store = desk.store();
  const PickList list = TRY(store.read([&](Tx& tx) { return pick_list(tx, wave); }));
  const LabelsToPrint labels = TRY(store.read([&](Tx& tx) { return labels_to_print(tx, list.parcels, documents::PageSize::label_100x150, "en", "W" + std::to_string(wave.value())); }));
  const documents::Printed printed = TRY(desk.documents().labels_pdf(labels.pages));
  result.label_pages += static_cast<std::int64_t>(printed.pages);
  for (const documents::PageResult& page : printed.rows)
    if (!page.ok()) ++result.refused;
  TRY(store.write([&](Tx& tx) -> Result<Done> {
    const Instant now = desk.clock().now();
    TRY(mark_printed(tx, labels.parcels, kActor, now));
    return finish_wave(tx, wave, kActor, now);
  }));
  for (const Parcel& planned : list.parcels) {
    const Result<Done> packed = store.write([&](Tx& tx) -> Result<Done> {
      const Instant now = desk.clock().now();
      const OpenedParcel opened = TRY(open_parcel(tx, planned.number()));
      if (opened.question || opened.parcel.state != ParcelState::planned) return refused("demo.stopped", "stopped");
      for (const ParcelItem& item : opened.parcel.items) {
        const Product product = TRY(tx.stock.product(item.product));
        if (item.units > item.verified) TRY(verify_unit(tx, planned.id, product.sku, item.units - item.verified, kActor, now));
      }
      TRY(finish_packing(tx, {.parcel = planned.id, .weight = opened.parcel.estimated}, kActor, now));
      return done;
    });
    if (packed) ++result.packed;
    else if (packed.error().kind == ErrorKind::refused || packed.error().kind == ErrorKind::conflict) ++result.refused;
    else return packed.error();
  }
  return done;
}

}  // namespace

Result<ShiftResult> work_a_shift(Desk& desk, const std::function<bool(OrderId)>& mine) {
  Store& store = desk.store();
  ShiftResult result;
  const std::vector<Warehouse> warehouses = TRY(store.read([](Tx& tx) { return tx.setup.warehouses(); }));
  for (const Warehouse& warehouse : warehouses) {
    std::vector<OrderId> waiting = TRY(store.read([&](Tx& tx) { return orders_in(tx, OrderState::to_print, warehouse.id, mine); }));
    for (std::size_t from = 0; from < waiting.size(); from += kWaveSize) {
      const std::vector<OrderId> part(waiting.begin() + static_cast<std::ptrdiff_t>(from), waiting.begin() + static_cast<std::ptrdiff_t>(std::min(from + kWaveSize, waiting.size())));
      const Result<WaveId> wave = store.write([&](Tx& tx) { return make_wave(tx, warehouse.id, part, kWaveSize, kActor, desk.clock().now()); });
      if (wave) TRY(pack_wave(desk, *wave, result));
      else if (wave.error().kind != ErrorKind::refused) return wave.error();
    }
    // Each carrier's pile goes with its driver.
    TRY(store.write([&](Tx& tx) -> Result<Done> {
      const Instant now = desk.clock().now();
      std::map<std::string, std::vector<std::string>> piles;
      for (const OrderId id : TRY(orders_in(tx, OrderState::to_ship, warehouse.id, mine)))
        for (const Parcel& parcel : TRY(tx.parcels.of_order(id)))
          if (parcel.state == ParcelState::packed && parcel.warehouse == warehouse.id)
            if (const auto label = TRY(tx.parcels.live_label(parcel.id))) piles[label->carrier_id].push_back(label->tracking_number);
      for (const auto& [carrier, numbers] : piles) {
        const HandoverId handover = TRY(open_handover(tx, warehouse.id, carrier, kActor, now));
        for (const std::string& number : numbers)
          if (const auto added = add_to_handover(tx, handover, number, kActor, now); !added && added.error().kind != ErrorKind::refused) return added.error();
        const Result<ClosedHandover> closed = close_handover(tx, handover, kActor, now);
        if (closed) result.handed_over += static_cast<std::int64_t>(closed->left.size());
        else if (closed.error().kind != ErrorKind::refused) return closed.error();
      }
      return done;
    }));
  }
  return result;
}

}  // namespace zifa::cli
