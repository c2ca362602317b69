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
  std::optional<int> days_min, days_max;  // from pickup to door
  std::vector<std::pair<std::string, Money>> lines;  // what the cost is made of: base, fuel, ..., carton
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
  std::optional<CartonId> carton;     // the only one a person wants used
  TimeZone marketplace_zone = TimeZone::utc();
};

// Everything `offers_for` needs, read in one transaction. Refuses `order.no_address`, `order.nothing_to_ship`, `order.not_reserved`,
// `product.not_measured`.
Result<OrderToShip> order_to_ship(Tx& tx, OrderId id);

// Pure. Refuses `setup.no_cartons`, `setup.no_services`, `order.no_offer` (each service's reason in the message).
// `wanted_ppm`: the probability of arriving in time below which a service counts as late.
// Refuses `carton.unknown` for a wanted carton that is not among the active ones.
Result<ShipmentOffers> offers_for(const ShippingBook& book, const OrderToShip& question, std::optional<ServiceId> only, std::int64_t wanted_ppm, Instant now);

// Plans an order that waits to be planned: makes its parcels. What stops it becomes the order's exception. Safe to repeat.
Result<Order> plan_shipment(Store& store, ShippingBooks& books, OrderId id, std::string_view actor, Instant now);

// A person asks for it, perhaps with wishes: parcels planned before give way, an exception is looked at again, stock is looked for again.
// Refuses `order.not_to_plan` where there is nothing to plan, `parcel.has_label`, `parcel.too_late_to_plan`, and whatever stops the order or its plan.
struct PlanWish {
  std::optional<ServiceId> service;
  std::optional<WarehouseId> warehouse;
  std::optional<CartonId> carton;
};
Result<Order> plan_as_wished(Tx& tx, ShippingBooks& books, OrderId id, const PlanWish& wish, std::string_view actor, Instant now);

// An order in several parcels, as a person divided it. Refuses `order.one_parcel_only` (goods entering the UK or the EU from outside:
// one order, one shipment), `split.bad_quantity`, and what a label forbids.
struct SplitItem {
  OrderItemId item;
  std::int64_t quantity = 0;
};
Result<Order> split_order(Tx& tx, ShippingBooks& books, OrderId id, const std::vector<std::vector<SplitItem>>& parcels, std::string_view actor, Instant now);

}  // namespace zifa
