// The services that Amazon sells labels for, and a label once it is bought: shared by Merchant Fulfillment v0 and Shipping v2.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sandbox/labels/label.hpp"
#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct ShippingOffer {
  std::string_view service_id, service_name, carrier_id, carrier_name;
  std::int64_t price = 0;  // minor units of `currency`
  Currency currency;
  Instant deliver_from, deliver_by;
  bool too_heavy = false;
};

// All services of the lane, cheapest first; those that do not take the weight are marked.
std::vector<ShippingOffer> offers_for(const World& world, std::string_view from_country, std::string_view to_country, std::int64_t weight_g, Currency currency);

struct LabelWish {
  Account* account = nullptr;
  Order* order = nullptr;  // nobody's order: a parcel of another channel
  ShippingOffer offer;
  std::vector<std::pair<std::size_t, int>> items;  // units of the order
  Address from, to;
  LabelFormat format = LabelFormat::pdf;
  int dpi = 203;
  std::string client_reference;
};

// Buys the label: the package is on its way and the order confirmed with it.
Label& buy_label(World& world, const LabelWish& wish);
// The label's file, drawn again.
std::string label_file(const World& world, const Label& label, LabelFormat format, int dpi);

// Gives a label back: taken back if nothing was scanned yet. False: too late.
bool give_label_back(World& world, Label& label);

// The units of an order that a label may hold; a refusal names what is wrong.
Result<std::vector<std::pair<std::size_t, int>>> units_for_label(const Order& order, const std::vector<std::pair<std::string, std::int64_t>>& wanted);

}  // namespace zifa::sandbox
