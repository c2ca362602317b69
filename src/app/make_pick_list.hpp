// Waves: orders picked together, the list sorted by bin, labels and slips printed in the same order.
#pragma once

#include <string>
#include <vector>

#include "app/ports/store.hpp"

namespace zifa {

struct PickLine {
  std::string zone, bin, sku, title, image_url;
  ProductId product;
  std::int64_t quantity = 0;
  std::int64_t picked = 0;
  std::vector<ParcelId> parcels;
};

struct PickList {
  WorkStore::Wave wave;
  std::vector<PickLine> lines;    // in walking order: zone, bin, SKU
  std::vector<Parcel> parcels;    // in the order in which their goods are picked: one-item parcels first, then by first bin
  std::int64_t units = 0;
};

// A wave of planned parcels of one warehouse that are in no wave yet. With no orders named: the most urgent ones, up to `most`.
// Refuses `wave.empty`.
Result<WaveId> make_wave(Tx& tx, WarehouseId warehouse, const std::vector<OrderId>& orders, int most, std::string_view actor, Instant now);

Result<PickList> pick_list(Tx& tx, WaveId wave);
// Of several waves, in a fixed number of queries.
Result<std::vector<PickList>> pick_lists(Tx& tx, const std::vector<WorkStore::Wave>& waves);
// Of any parcels, without a wave.
Result<PickList> pick_list_of(Tx& tx, std::vector<Parcel> parcels);

// The next parcel of the same wave that waits to be packed, or nothing.
Result<std::optional<Parcel>> next_in_wave(Tx& tx, const Parcel& packed);

// The order of a pile of parcels: as picked.
Result<std::vector<Parcel>> in_pick_order(Tx& tx, std::vector<Parcel> parcels);

// `quantity` units of the SKU are taken from its bin; fewer than asked needs a reason (a short pick), and the bin is to be counted.
// None without a reason takes an entry back.
// Refuses `pick.not_in_wave`, `pick.too_many`, `pick.reason_needed`.
Result<PickList> record_pick(Tx& tx, WaveId wave, std::string_view sku, std::int64_t quantity, std::string_view short_reason, std::string_view actor, Instant now);

Result<Done> finish_wave(Tx& tx, WaveId wave, std::string_view actor, Instant now);

}  // namespace zifa
