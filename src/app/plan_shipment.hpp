// Warehouse, carton, service and time of an order's parcels, chosen together at least total cost (carton and freight) among
// the services that keep the promise; and why, in a sentence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/shipping_book.hpp"

namespace zifa {

// One way to ship an order.
struct ShipmentOffer {
  WarehouseId warehouse;
  ServiceId service;
  packing::Packing packing;               // cartons index book.cartons
  Money cost;                             // cartons and freight, in the book's currency
  std::optional<std::int64_t> on_time_ppm;
  std::optional<Day> arrive_from, arrive_to;
  std::optional<Instant> pickup;          // the first one it can make
  bool leaves_in_time = true;             // that pickup is no later than ship-by
  bool in_time = true;                    // leaves in time and arrives by the promised day with the wanted probability
};

struct RefusedService {
  ServiceId service;
  std::string reason;
};

struct ShipmentOffers {
  std::vector<ShipmentOffer> offers;  // the chosen one first, then by cost
  std::vector<RefusedService> refused;
  std::string why;                    // of the first offer
};

struct OrderToShip {
  Order order;
  std::vector<OrderItem> items;       // what is left to ship
  std::vector<Product> products;      // beside items
  std::string country, postal_code;
  bool residential = true;
  WarehouseId warehouse;
  TimeZone marketplace_zone = TimeZone::utc();
};

// Everything `offers_for` needs, read in one transaction. Refuses `order.no_address`, `order.nothing_to_ship`, `order.not_reserved`,
// `product.not_measured`.
Result<OrderToShip> order_to_ship(Tx& tx, OrderId id);

// Pure. Refuses `setup.no_cartons`, `setup.no_services`, `order.no_offer` (each service's reason in the message).
// `wanted_ppm`: the probability of arriving in time below which a service counts as late.
Result<ShipmentOffers> offers_for(const ShippingBook& book, const OrderToShip& question, std::optional<ServiceId> only, std::int64_t wanted_ppm, Instant now);

// Plans an order that waits to be planned: makes its parcels. What stops it becomes the order's exception. Safe to repeat.
// `only`: the service a person chose; planned parcels without a label are planned anew then.
Result<Order> plan_shipment(Store& store, ShippingBooks& books, OrderId id, std::optional<ServiceId> only, std::string_view actor, Instant now);

// An order in several parcels, as a person divided it. Refuses `order.one_parcel_only` (goods entering the UK or the EU from outside:
// one order, one shipment), `split.bad_quantity`, and what a label forbids.
struct SplitItem {
  OrderItemId item;
  std::int64_t quantity = 0;
};
Result<Order> split_order(Store& store, ShippingBooks& books, OrderId id, const std::vector<std::vector<SplitItem>>& parcels, std::string_view actor, Instant now);

}  // namespace zifa
