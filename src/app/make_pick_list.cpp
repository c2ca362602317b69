#include "app/make_pick_list.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/cancel_order.hpp"
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

// Where each product of these parcels lies in its warehouse, read at once.
class Places {
 public:
  static Result<Places> of(Tx& tx, const std::vector<Parcel>& parcels) {
    std::set<ProductId> products;
    for (const Parcel& parcel : parcels)
      for (const ParcelItem& item : parcel.items) products.insert(item.product);
    Places places;
    for (const StockItem& item : TRY(tx.stock.of_products({products.begin(), products.end()}))) places.known_.emplace(std::pair(item.warehouse, item.product), Where{item.zone, item.bin});
    return places;
  }
  Where at(WarehouseId warehouse, ProductId product) const {
    const auto found = known_.find({warehouse, product});
    return found == known_.end() ? Where{} : found->second;
  }

 private:
  std::map<std::pair<WarehouseId, ProductId>, Where> known_;
};

std::vector<Parcel> sorted_by_pick(const Places& places, std::vector<Parcel> parcels) {
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
      const Where where = places.at(parcel.warehouse, item.product);
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

PickList list_of(WorkStore::Wave wave, std::vector<Parcel> parcels, const Places& places, const std::map<ProductId, Product>& products, const std::map<ProductId, std::int64_t>& picked) {
  PickList list{.wave = std::move(wave)};
  std::map<ProductId, PickLine> lines;
  std::erase_if(parcels, [](const Parcel& p) { return !p.live(); });
  list.parcels = sorted_by_pick(places, std::move(parcels));
  for (const Parcel& parcel : list.parcels)
    for (const ParcelItem& item : parcel.items) {
      PickLine& line = lines[item.product];
      if (line.quantity == 0) {
        const Where where = places.at(parcel.warehouse, item.product);
        line = {.zone = where.zone, .bin = where.bin, .product = item.product};
        if (const auto product = products.find(item.product); product != products.end()) {
          line.sku = product->second.sku;
          line.title = product->second.title;
          line.image_url = product->second.image_url;
        }
        if (const auto found = picked.find(item.product); found != picked.end()) line.picked = found->second;
      }
      line.quantity += item.units;
      line.parcels.push_back(parcel.id);
      list.units += item.units;
    }
  for (auto& [product, line] : lines) list.lines.push_back(std::move(line));
  std::sort(list.lines.begin(), list.lines.end(), [](const PickLine& a, const PickLine& b) {
    const Where x{a.zone, a.bin}, y{b.zone, b.bin};
    if (walks_before(x, y)) return true;
    if (walks_before(y, x)) return false;
    return a.sku < b.sku;
  });
  return list;
}

Result<std::map<ProductId, Product>> products_in(Tx& tx, const std::vector<Parcel>& parcels) {
  std::set<ProductId> ids;
  for (const Parcel& parcel : parcels)
    for (const ParcelItem& item : parcel.items) ids.insert(item.product);
  std::map<ProductId, Product> products;
  for (Product& product : TRY(tx.stock.products_of({ids.begin(), ids.end()}))) products.emplace(product.id, std::move(product));
  return products;
}

}  // namespace

Result<std::vector<Parcel>> in_pick_order(Tx& tx, std::vector<Parcel> parcels) { return sorted_by_pick(TRY(Places::of(tx, parcels)), std::move(parcels)); }

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

Result<std::vector<PickList>> pick_lists(Tx& tx, const std::vector<WorkStore::Wave>& waves) {
  std::vector<WaveId> ids;
  for (const WorkStore::Wave& wave : waves) ids.push_back(wave.id);
  const std::vector<Parcel> all = TRY(tx.parcels.of_waves(ids));
  const Places places = TRY(Places::of(tx, all));
  const std::map<ProductId, Product> products = TRY(products_in(tx, all));
  std::map<WaveId, std::vector<Parcel>> parcels;
  for (const Parcel& parcel : all) parcels[parcel.wave].push_back(parcel);
  std::map<WaveId, std::map<ProductId, std::int64_t>> picked;
  for (const auto& [wave, pick] : TRY(tx.work.picks(ids))) picked[wave][pick.product] = pick.picked;
  std::vector<PickList> lists;
  for (const WorkStore::Wave& wave : waves) lists.push_back(list_of(wave, std::move(parcels[wave.id]), places, products, picked[wave.id]));
  return lists;
}

Result<PickList> pick_list(Tx& tx, WaveId id) { return std::move(TRY(pick_lists(tx, {TRY(tx.work.wave(id))})).front()); }

Result<PickList> pick_list_of(Tx& tx, std::vector<Parcel> parcels) {
  const Places places = TRY(Places::of(tx, parcels));
  const std::map<ProductId, Product> products = TRY(products_in(tx, parcels));
  WorkStore::Wave none;
  if (!parcels.empty()) none.warehouse = parcels.front().warehouse;
  return list_of(std::move(none), std::move(parcels), places, products, {});
}

Result<std::optional<Parcel>> next_in_wave(Tx& tx, const Parcel& packed) {
  if (packed.wave.value() == 0) return std::optional<Parcel>();
  std::vector<Parcel> parcels = TRY(tx.parcels.of_wave(packed.wave));
  std::erase_if(parcels, [](const Parcel& p) { return p.state != ParcelState::planned; });
  std::vector<OrderId> ids;
  for (const Parcel& parcel : parcels) ids.push_back(parcel.order);
  std::set<OrderId> stopped;
  for (const Order& order : TRY(tx.orders.several(ids)))
    if (!may_go_on(order)) stopped.insert(order.id);
  std::erase_if(parcels, [&](const Parcel& p) { return stopped.contains(p.order); });
  if (parcels.empty()) return std::optional<Parcel>();
  return std::optional(TRY(in_pick_order(tx, std::move(parcels))).front());
}

Result<PickList> record_pick(Tx& tx, WaveId id, std::string_view sku, std::int64_t quantity, std::string_view short_reason, std::string_view actor, Instant now) {
  const PickList list = TRY(pick_list(tx, id));
  const auto line = std::find_if(list.lines.begin(), list.lines.end(), [&](const PickLine& l) { return l.sku == sku; });
  if (line == list.lines.end()) return not_found("pick.not_in_wave", "SKU " + printable(sku, 60) + " is not on this pick list.");
  if (quantity < 0 || quantity > line->quantity) return invalid("pick.too_many", "The list asks for " + std::to_string(line->quantity) + " of " + line->sku + "; enter 0 to " + std::to_string(line->quantity) + ".");
  const bool taken_back = quantity == 0 && trim(short_reason).empty();
  if (quantity < line->quantity && !taken_back && trim(short_reason).empty()) return refused("pick.reason_needed", "Only " + std::to_string(quantity) + " of " + std::to_string(line->quantity) + " of " + line->sku + " picked: say why, so that the bin is counted.");
  TRY(tx.work.set_pick(id, {.product = line->product, .picked = quantity, .short_reason = std::string(trim(short_reason))}));
  if (quantity < line->quantity && !taken_back)
    TRY(happen(tx, {.at = now, .kind = "short_pick", .actor = std::string(actor), .data = "{\"sku\":" + json_quoted(line->sku) + ",\"bin\":" + json_quoted(line->bin) + ",\"asked\":" + std::to_string(line->quantity) + ",\"found\":" + std::to_string(quantity) + "}"}));
  PickList after = TRY(pick_list(tx, id));
  // A parcel is picked when every line it needs is.
  for (Parcel& parcel : after.parcels) {
    if (parcel.state != ParcelState::planned) continue;
    const bool all = std::all_of(parcel.items.begin(), parcel.items.end(), [&](const ParcelItem& item) {
      return std::any_of(after.lines.begin(), after.lines.end(), [&](const PickLine& l) { return l.product == item.product && l.picked >= l.quantity; });
    });
    if (all == parcel.picked_at.has_value()) continue;
    parcel.picked_at = all ? std::optional(now) : std::nullopt;
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
