// What happens to orders: buyers place them, sellers confirm or cancel them, Amazon cancels what nobody ships.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct WantedLine {
  std::string sku;
  int quantity = 1;
};

// What a buyer asks for; whatever is left open is chosen by the seed.
struct Purchase {
  std::string marketplace;  // the first account's first one if empty
  std::vector<WantedLine> lines;
  std::optional<std::string> unit_price;  // in the marketplace's currency, "1299.00"
  std::vector<std::string> programs;      // PRIME, PREMIUM, FBM_SHIP_PLUS, AMAZON_BUSINESS
  std::optional<Service> service;
  std::string ship_to_country, ship_to_postal_code;
  std::optional<Address> ship_to;
  bool pending = false;
  bool cancel_requested = false;
  bool gift = false;
  std::optional<Instant> purchased_at;
};

// All `count` orders, or none. Refuses `conflict` when there are fewer units than that.
Result<std::vector<Order*>> place_orders(World& world, const Purchase& purchase, int count);

// Payment went through: a pending order becomes one to ship, its promise counted from now.
Result<Done> release_order(World& world, Order& order);

// The units that are not confirmed go back on sale. `by`: BUYER, MERCHANT, AMAZON. Refuses what is shipped or cancelled.
// `item`: only that line; a line with everything else gone cancels the order.
Result<Done> cancel_order(World& world, Order& order, std::string_view by, std::string_view reason, std::optional<std::size_t> item = std::nullopt);
void ask_to_cancel(World& world, Order& order, std::string_view reason);

struct Confirmation {
  std::string reference, carrier_code, carrier_name, method, number;
  Instant ship_date;
  std::vector<std::pair<std::size_t, int>> items;  // index into the order's items, units
  std::string supply_source, shipment;
};

// A package is on its way. The caller has checked that the units are there. The same reference again edits the package.
void confirm_package(World& world, Order& order, Confirmation confirmation);
// A label was given back before anything moved: the package and its confirmation are as if they had never been.
void take_back_package(World& world, Order& order, std::string_view reference);

}  // namespace zifa::sandbox
