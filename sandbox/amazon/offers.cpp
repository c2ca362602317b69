#include "sandbox/amazon/offers.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/world/parcels.hpp"
#include "sandbox/world/shop.hpp"

namespace zifa::sandbox {

namespace {

// Our own made-up tariff, in US cents: what the first half kilogram costs and each further started one.
struct Tariff {
  std::string_view service_id, service_name, carrier_id, carrier_name;
  std::int64_t first, further;
  int min_days, max_days;
  std::int64_t max_g;
  bool domestic;
};
constexpr std::array kTariffs{
    Tariff{"USPS_PTP_GRND_ADV", "USPS Ground Advantage", "USPS", "USPS", 489, 110, 2, 5, 31'700, true},
    Tariff{"USPS_PTP_PRI", "USPS Priority Mail", "USPS", "USPS", 795, 190, 1, 3, 31'700, true},
    Tariff{"UPS_PTP_GND", "UPS Ground", "UPS", "UPS", 852, 130, 1, 5, 68'000, true},
    Tariff{"UPS_PTP_2ND_DAY_AIR", "UPS 2nd Day Air", "UPS", "UPS", 1690, 420, 2, 2, 68'000, true},
    Tariff{"FEDEX_PTP_GROUND", "FedEx Ground", "FEDEX", "FedEx", 871, 128, 1, 5, 68'000, true},
    Tariff{"YUNEXPRESS_PTP_STD", "YunExpress Global Direct Standard", "YUNEXPRESS", "YunExpress", 690, 480, 8, 14, 20'000, false},
    Tariff{"CHINA_POST_PTP_EPACKET", "China Post ePacket", "CHINA_POST", "China Post", 560, 520, 10, 20, 2'000, false},
    Tariff{"DHL_PTP_EXPRESS_WW", "DHL Express Worldwide", "DHL", "DHL", 2390, 760, 3, 5, 70'000, false},
};

std::vector<std::string> lines_of(const Address& address) {
  std::vector<std::string> lines{address.name};
  for (const std::string* line : {&address.company, &address.line1, &address.line2, &address.line3})
    if (!line->empty() && *line != address.name) lines.push_back(*line);
  lines.push_back(address.city + (address.state.empty() ? "" : " " + address.state) + " " + address.postal_code);
  lines.push_back(address.country);
  return lines;
}

std::string address_text(const Address& address) { return join(lines_of(address), "\n"); }

std::vector<std::string> address_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

}  // namespace

std::vector<ShippingOffer> offers_for(const World& world, std::string_view from_country, std::string_view to_country, std::int64_t weight_g, Currency currency) {
  int percent = 100;
  for (const Marketplace& marketplace : marketplaces())
    if (marketplace.currency == currency) percent = marketplace.usd_percent;
  std::vector<ShippingOffer> offers;
  for (const Tariff& tariff : kTariffs) {
    if (tariff.domestic != (from_country == to_country)) continue;
    const std::int64_t steps = std::max<std::int64_t>(0, (weight_g - 1) / 500);
    std::int64_t price = (tariff.first + tariff.further * steps) * percent / 100;
    if (currency.decimals() == 0) price /= 100;
    offers.push_back({tariff.service_id, tariff.service_name, tariff.carrier_id, tariff.carrier_name, price, currency,
                      world.now() + std::chrono::hours(24 * tariff.min_days), world.now() + std::chrono::hours(24 * tariff.max_days), weight_g > tariff.max_g});
  }
  std::stable_sort(offers.begin(), offers.end(), [](const ShippingOffer& a, const ShippingOffer& b) { return a.price < b.price; });
  return offers;
}

Result<std::vector<std::pair<std::size_t, int>>> units_for_label(const Order& order, const std::vector<std::pair<std::string, std::int64_t>>& wanted) {
  const OrderStatus status = order.status();
  if (status != OrderStatus::unshipped && status != OrderStatus::partially_shipped) return conflict("label.order_state", "Order " + order.id + " is " + std::string(text_of(status)) + "; no label can be bought for it.");
  std::vector<std::pair<std::size_t, int>> units;
  if (wanted.empty())
    for (std::size_t i = 0; i < order.items.size(); ++i)
      if (order.items[i].left() > 0) units.emplace_back(i, order.items[i].left());
  for (const auto& [id, quantity] : wanted) {
    const auto found = std::find_if(order.items.begin(), order.items.end(), [&](const OrderItem& item) { return item.id == id; });
    if (found == order.items.end()) return invalid("label.unknown_item", "Order item " + printable(id, 40) + " does not belong to order " + order.id + ".");
    if (quantity < 1 || quantity > found->left()) return invalid("label.quantity", "Order item " + id + " has " + std::to_string(found->left()) + " units left, not " + std::to_string(quantity) + ".");
    const std::size_t index = static_cast<std::size_t>(found - order.items.begin());
    if (std::any_of(units.begin(), units.end(), [&](const auto& each) { return each.first == index; })) return invalid("label.twice", "Order item " + id + " is named twice.");
    units.emplace_back(index, static_cast<int>(quantity));
  }
  return units;
}

Label& buy_label(World& world, const LabelWish& wish) {
  Label label;
  label.id = world.fresh_id("label");
  label.account = wish.account;
  label.carrier = wish.offer.carrier_name;
  label.carrier_id = wish.offer.carrier_id;
  label.service = wish.offer.service_name;
  label.service_id = wish.offer.service_id;
  label.tracking_number = tracking_number(wish.offer.carrier_id, mix(world.options().seed, label.id));
  label.cost = wish.offer.price;
  label.currency = wish.offer.currency;
  label.bought = world.now();
  label.client_reference = wish.client_reference;
  label.details = json::text(json::object{{"from", address_text(wish.from)}, {"to", address_text(wish.to)}});
  if (wish.order != nullptr) {
    Order& order = *wish.order;
    int n = 1;
    while (std::any_of(order.packages.begin(), order.packages.end(), [&](const Package& package) { return package.reference == std::to_string(n); })) ++n;
    label.order_id = order.id;
    label.package_reference = std::to_string(n);
    confirm_package(world, order, {.reference = label.package_reference, .carrier_code = label.carrier, .carrier_name = "", .method = label.service, .number = label.tracking_number,
                                   .ship_date = world.now(), .items = wish.items, .supply_source = "", .shipment = label.id});
  }
  return world.labels[label.id] = std::move(label);
}

std::string label_file(const World&, const Label& label, LabelFormat format, int dpi) {
  Result<json::value> details = json::parse(label.details);
  LabelText text{.carrier = label.carrier, .service = label.service, .tracking_number = label.tracking_number, .from = {}, .to = {}, .reference = label.order_id};
  if (details) {
    text.from = address_lines(json::get_text(*details, "from"));
    text.to = address_lines(json::get_text(*details, "to"));
  }
  return draw_label(text, format, dpi);
}

bool give_label_back(World& world, Label& label) {
  const Parcel* parcel = find_parcel(world, label.tracking_number);
  if (parcel != nullptr && !parcel->scans.empty()) return false;
  if (Order* order = world.find_order(label.order_id)) take_back_package(world, *order, label.package_reference);
  return true;
}

}  // namespace zifa::sandbox
