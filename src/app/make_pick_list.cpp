#include "app/make_pick_list.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/reactions.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Bins compare as people count them: A-2 before A-10.
bool bin_before(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      while (i < a.size() && a[i] == '0') ++i;
      while (j < b.size() && b[j] == '0') ++j;
      const std::size_t ai = i, bj = j;
      while (i < a.size() && digit(a[i])) ++i;
      while (j < b.size() && digit(b[j])) ++j;
      const std::string_view x = a.substr(ai, i - ai), y = b.substr(bj, j - bj);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else if (a[i] != b[j]) {
      return a[i] < b[j];
    } else {
      ++i;
      ++j;
    }
  }
  return a.size() - i < b.size() - j;
}

struct Where {
  std::string zone, bin;
};

bool walks_before(const Where& a, const Where& b) {
  // What has no bin is looked for last.
  if (a.bin.empty() != b.bin.empty()) return !a.bin.empty();
  if (a.zone != b.zone) return bin_before(a.zone, b.zone);
  return bin_before(a.bin, b.bin);
}

Result<Where> where_is(Tx& tx, WarehouseId warehouse, ProductId product, std::map<std::pair<WarehouseId, ProductId>, Where>& known) {
  const auto key = std::pair(warehouse, product);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  Where where;
  if (const auto item = TRY(tx.stock.at(warehouse, product))) where = {item->zone, item->bin};
  known.emplace(key, where);
  return where;
}

}  // namespace

Result<std::vector<Parcel>> in_pick_order(Tx& tx, std::vector<Parcel> parcels) {
  std::map<std::pair<WarehouseId, ProductId>, Where> known;
  struct Key {
    bool several;
    Where first;
    std::int64_t product;
    std::int64_t id;
  };
  std::map<ParcelId, Key> keys;
  for (const Parcel& parcel : parcels) {
    Key key{.several = parcel.items.size() > 1 || (parcel.items.size() == 1 && parcel.items.front().units > 1), .product = 0, .id = parcel.id.value()};
    bool have = false;
    for (const ParcelItem& item : parcel.items) {
      const Where where = TRY(where_is(tx, parcel.warehouse, item.product, known));
      if (!have || walks_before(where, key.first)) {
        key.first = where;
        key.product = item.product.value();
        have = true;
      }
    }
    keys.emplace(parcel.id, std::move(key));
  }
  std::sort(parcels.begin(), parcels.end(), [&](const Parcel& a, const Parcel& b) {
    const Key& x = keys.at(a.id);
    const Key& y = keys.at(b.id);
    if (x.several != y.several) return !x.several;
    if (walks_before(x.first, y.first)) return true;
    if (walks_before(y.first, x.first)) return false;
    return std::tie(x.product, x.id) < std::tie(y.product, y.id);
  });
  return parcels;
}

Result<WaveId> make_wave(Tx& tx, WarehouseId warehouse, const std::vector<OrderId>& orders, int most, std::string_view actor, Instant now) {
  std::vector<OrderId> chosen = orders;
  if (chosen.empty()) {
    for (const OrderState state : {OrderState::to_pack, OrderState::to_print, OrderState::to_label}) {
      OrderFilter filter;
      filter.state = state;
      filter.warehouse = warehouse;
      filter.on_hold = false;
      for (const OrderId id : TRY(tx.orders.ids(filter, most))) chosen.push_back(id);
    }
  }
  const WaveId wave = TRY(tx.work.insert_wave({.warehouse = warehouse, .created_at = now, .created_by = std::string(actor)}));
  int taken = 0;
  for (const OrderId id : chosen) {
    if (taken >= most) break;
    bool any = false;
    for (Parcel& parcel : TRY(tx.parcels.of_order(id))) {
      if (parcel.state != ParcelState::planned || parcel.wave.value() != 0 || parcel.warehouse != warehouse) continue;
      parcel.wave = wave;
      parcel.updated_at = now;
      TRY(tx.parcels.update(parcel));
      any = true;
    }
    if (any) {
      ++taken;
      TRY(happen(tx, {.at = now, .kind = "order_in_wave", .order = id, .actor = std::string(actor), .data = "{\"wave\":" + std::to_string(wave.value()) + "}"}));
    }
  }
  if (taken == 0) return refused("wave.empty", "No planned parcel of this warehouse waits to be picked; plan orders first.");
  return wave;
}

Result<PickList> pick_list(Tx& tx, WaveId id) {
  PickList list{.wave = TRY(tx.work.wave(id))};
  std::map<ProductId, PickLine> lines;
  std::map<std::pair<WarehouseId, ProductId>, Where> known;
  std::vector<Parcel> parcels;
  for (Parcel& parcel : TRY(tx.parcels.of_wave(id))) {
    if (!parcel.live()) continue;
    for (const ParcelItem& item : parcel.items) {
      PickLine& line = lines[item.product];
      if (line.quantity == 0) {
        const Product product = TRY(tx.stock.product(item.product));
        const Where where = TRY(where_is(tx, parcel.warehouse, item.product, known));
        line = {.zone = where.zone, .bin = where.bin, .sku = product.sku, .title = product.title, .image_url = product.image_url, .product = product.id};
      }
      line.quantity += item.units;
      line.parcels.push_back(parcel.id);
      list.units += item.units;
    }
    parcels.push_back(std::move(parcel));
  }
  for (const WorkStore::Pick& pick : TRY(tx.work.picks(id)))
    if (const auto found = lines.find(pick.product); found != lines.end()) found->second.picked = pick.picked;
  for (auto& [product, line] : lines) list.lines.push_back(std::move(line));
  std::sort(list.lines.begin(), list.lines.end(), [](const PickLine& a, const PickLine& b) {
    const Where x{a.zone, a.bin}, y{b.zone, b.bin};
    if (walks_before(x, y)) return true;
    if (walks_before(y, x)) return false;
    return a.sku < b.sku;
  });
  list.parcels = TRY(in_pick_order(tx, std::move(parcels)));
  return list;
}

Result<PickList> record_pick(Tx& tx, WaveId id, std::string_view sku, std::int64_t quantity, std::string_view short_reason, std::string_view actor, Instant now) {
  const PickList list = TRY(pick_list(tx, id));
  const auto line = std::find_if(list.lines.begin(), list.lines.end(), [&](const PickLine& l) { return l.sku == sku; });
  if (line == list.lines.end()) return not_found("pick.not_in_wave", "SKU " + printable(sku, 60) + " is not on this pick list.");
  if (quantity < 0 || quantity > line->quantity) return invalid("pick.too_many", "The list asks for " + std::to_string(line->quantity) + " of " + line->sku + "; enter 0 to " + std::to_string(line->quantity) + ".");
  if (quantity < line->quantity && trim(short_reason).empty()) return refused("pick.reason_needed", "Only " + std::to_string(quantity) + " of " + std::to_string(line->quantity) + " of " + line->sku + " picked: say why, so that the bin is counted.");
  TRY(tx.work.set_pick(id, {.product = line->product, .picked = quantity, .short_reason = std::string(trim(short_reason))}));
  if (quantity < line->quantity)
    TRY(happen(tx, {.at = now, .kind = "short_pick", .actor = std::string(actor), .data = "{\"sku\":" + json_quoted(line->sku) + ",\"bin\":" + json_quoted(line->bin) + ",\"asked\":" + std::to_string(line->quantity) + ",\"found\":" + std::to_string(quantity) + "}"}));
  PickList after = TRY(pick_list(tx, id));
  // A parcel is picked when every line it needs is.
  for (Parcel& parcel : after.parcels) {
    if (parcel.picked_at || parcel.state != ParcelState::planned) continue;
    const bool all = std::all_of(parcel.items.begin(), parcel.items.end(), [&](const ParcelItem& item) {
      return std::any_of(after.lines.begin(), after.lines.end(), [&](const PickLine& l) { return l.product == item.product && l.picked >= l.quantity; });
    });
    if (!all) continue;
    parcel.picked_at = now;
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
  }
  return after;
}

Result<Done> finish_wave(Tx& tx, WaveId id, std::string_view actor, Instant now) {
  for (Parcel& parcel : TRY(tx.parcels.of_wave(id))) {
    if (parcel.state != ParcelState::planned || parcel.picked_at) continue;
    parcel.picked_at = now;
    parcel.updated_at = now;
    TRY(tx.parcels.update(parcel));
  }
  TRY(happen(tx, {.at = now, .kind = "wave_picked", .actor = std::string(actor), .data = "{\"wave\":" + std::to_string(id.value()) + "}"}));
  return tx.work.close_wave(id, now);
}

}  // namespace zifa
