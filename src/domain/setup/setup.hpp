// What a seller sets up once: warehouses, cartons, shipping services.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"
#include "domain/ids.hpp"
#include "domain/order/address.hpp"

namespace zifa {

struct Warehouse {
  WarehouseId id;
  std::string name;
  std::string country;    // ISO 3166-1 alpha-2
  std::string time_zone;
  Address address;
  std::chrono::minutes cutoff{16 * 60};  // local; work released later is for the next working day
  bool active = true;
};

struct Carton {
  CartonId id;
  std::string name;
  std::string kind = "box";  // box, mailer
  Size inner, outer;
  Weight tare, max_weight;   // max_weight: contents plus carton
  Money cost;
  bool active = true;
};

// A shipping method of a carrier: where its price comes from, where its numbers come from, what Amazon is told.
struct ShippingService {
  ServiceId id;
  std::string name;
  std::string carrier_id;      // lower snake case, as `zifa carriers` lists them
  std::string carrier_name;
  WarehouseId warehouse;       // 0: from every warehouse
  std::string card_service;    // its name in the rate cards
  std::string number_source = "typed";  // range, typed
  std::string range_prefix, range_suffix, range_check = "none";
  int range_width = 0;
  std::int64_t range_next = 0, range_last = 0;
  std::string amazon_code, amazon_name, amazon_method;
  std::vector<int> pickup_minutes;  // local times of day at which the carrier collects
  std::string cargo = "general";    // kinds carried, comma-separated
  bool active = true;
};

struct RateCardFile {
  std::int64_t id = 0;
  std::string name;
  std::string kind = "card";  // card, zones, surcharges, remote
  std::string content;
  std::int64_t rows = 0;
  Instant imported_at;
};

}  // namespace zifa
