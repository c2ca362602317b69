// A parcel: one physical box of an order. An order's shipment is the set of its parcels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"
#include "domain/ids.hpp"

namespace zifa {

enum class ParcelState { planned, packed, dispatched, delivered, returned, lost, cancelled };
std::string_view name_of(ParcelState state);
std::optional<ParcelState> parcel_state_named(std::string_view name);

struct ParcelItem {
  OrderItemId item;
  ProductId product;
  std::int64_t quantity = 0;  // units the buyer ordered
  std::int64_t units = 0;     // stock units
  std::int64_t verified = 0;  // stock units scanned at the pack station
};

struct Label {
  LabelId id;
  ParcelId parcel;
  OrderId order;
  int attempt = 0;
  std::string state = "bought";  // bought, voided
  ServiceId service;
  std::string carrier_id, carrier_name, service_name;
  std::string tracking_number;
  std::string verdict;           // of the number check when it was bought
  std::optional<Money> cost;
  Instant bought_at;
  std::optional<Instant> voided_at, printed_at;
  int print_count = 0;
};

struct Scan {
  Instant at;
  std::string state;  // glossary, section 11
  std::string code, text, place, source;
};

struct Parcel {
  ParcelId id;
  AccountId account;
  OrderId order;
  WarehouseId warehouse;
  ParcelState state = ParcelState::planned;
  ServiceId service;
  CartonId carton;
  std::string layout = "[]";
  Size size;
  Weight estimated;
  std::optional<Weight> actual;
  std::optional<Money> cost;
  std::optional<std::int64_t> on_time_ppm;
  std::string reason;
  std::optional<Instant> ready_by;
  std::optional<Day> arrive_from, arrive_to;
  WaveId wave;
  HandoverId handover;
  std::optional<Instant> picked_at, packed_at, dispatched_at, delivered_at, first_scan_at, last_scan_at, tracked_at;
  std::string packed_by, override_reason;
  std::string tracking_state = "none";
  std::string confirm_state = "none";  // none, due, confirmed, unsure, failed
  std::string confirm_error;
  std::optional<Instant> confirmed_at;
  Instant created_at, updated_at;
  std::vector<ParcelItem> items;

  bool live() const { return state != ParcelState::cancelled; }
  bool left() const { return state == ParcelState::dispatched || state == ParcelState::delivered || state == ParcelState::returned || state == ParcelState::lost; }
  // P and the id: what is printed under the barcode and scanned at the station.
  std::string number() const { return "P" + std::to_string(id.value()); }
};

// The parcel a scanned or typed code names: P1000012, or nothing.
std::optional<ParcelId> parcel_number(std::string_view code);

}  // namespace zifa
