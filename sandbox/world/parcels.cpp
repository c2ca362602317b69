#include "sandbox/world/parcels.hpp"

#include <algorithm>
#include <cctype>
#include <memory>

#include "base/text.hpp"

namespace zifa::sandbox {

namespace {

std::string key_of(std::string_view number) { return upper(trim(number)); }

// Most parcels arrive before the promised end; a few are late, stall, come back or vanish.
std::vector<Scan> plan_journey(const World& world, const Order& order, const Package& package) {
  SplitMix random(mix(mix(world.options().seed, package.number), order.id));
  const auto hours = [&](std::int64_t from, std::int64_t to) { return std::chrono::minutes(random.between(from * 60, to * 60)); };
  const Address to = order.address();
  const std::string city = to.city + (to.state.empty() ? "" : ", " + to.state) + ", " + to.country;
  const Address& from = order.account->ship_from;
  const std::string origin = from.city + ", " + from.country;
  const bool abroad = from.country != to.country;
  const Instant start = world.now();
  const std::int64_t fate = random.between(0, 999);
  std::vector<Scan> journey;
  Instant at = start + hours(3, 20);
  journey.push_back({ScanCode::accepted, at, origin, "Shipment picked up by carrier"});
  // The journey aims at a moment inside the promised window, or beyond it for the late ones.
  const auto window = order.promise.deliver_by - order.promise.deliver_from;
  Instant arrives = order.promise.deliver_from + std::chrono::milliseconds(static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(std::max<std::int64_t>(window.count(), 1))));
  if (fate < 40) arrives = order.promise.deliver_by + hours(12, 120);
  arrives = std::max(arrives, at + hours(14, 40));
  const auto span = arrives - at;
  const auto part = [&](int percent) { return at + std::chrono::milliseconds(span.count() / 100 * percent); };
  const Instant departs = part(15), lands = part(60), local = part(80);
  journey.push_back({ScanCode::in_transit, departs, origin, abroad ? "Departed from export hub" : "Departed sorting facility"});
  if (fate >= 990 && fate < 995) {
    journey.push_back({ScanCode::lost, departs + std::chrono::hours(24 * 18), "", "Shipment declared lost"});
    return journey;
  }
  journey.push_back({ScanCode::in_transit, lands, abroad ? to.country : city, abroad ? "Import customs clearance completed" : "Arrived at regional facility"});
  if (fate >= 970 && fate < 990) journey.push_back({ScanCode::exception, lands + (local - lands) / 2, city, "Address information needed"});
  journey.push_back({ScanCode::in_transit, local, city, "Arrived at delivery station"});
  if (fate >= 995) {
    journey.push_back({ScanCode::exception, arrives, city, "Delivery attempted, recipient not found"});
    journey.push_back({ScanCode::returned, arrives + std::chrono::hours(24 * 12), origin, "Returned to sender"});
    return journey;
  }
  journey.push_back({ScanCode::out_for_delivery, arrives - std::min<std::chrono::milliseconds>(std::chrono::hours(6), (arrives - local) / 2), city, "Out for delivery"});
  journey.push_back({ScanCode::delivered, arrives, city, "Delivered"});
  return journey;
}

// Puts the next scan of a journey on the calendar; it puts the one after it there. A parcel driven from outside stops.
void travel(World& world, const std::string& key, int journey, std::shared_ptr<const std::vector<Scan>> scans, std::size_t next) {
  if (next == scans->size()) return;
  const Instant due = (*scans)[next].at;
  world.schedule(due, [key, journey, scans = std::move(scans), next](World& then) {
    const auto found = then.parcels.find(key);
    if (found == then.parcels.end() || found->second.driven || found->second.journey != journey) return;
    add_scan(then, found->second, (*scans)[next]);
    travel(then, key, journey, scans, next + 1);
  });
}

}  // namespace

bool is_possible_number(std::string_view number) {
  const std::string key = key_of(number);
  if (key.size() < 8 || key.size() > 40) return false;
  std::size_t digits = 0;
  for (const char c : key) {
    if (!std::isalnum(static_cast<unsigned char>(c))) return false;
    digits += std::isdigit(static_cast<unsigned char>(c)) ? 1 : 0;
  }
  return digits * 2 >= key.size();
}

Parcel* find_parcel(World& world, std::string_view number) {
  const auto found = world.parcels.find(key_of(number));
  return found == world.parcels.end() ? nullptr : &found->second;
}

void send_package(World& world, Order& order, const Package& package) {
  const std::string key = key_of(package.number);
  if (key.empty()) return;
  Parcel& parcel = world.parcels[key];
  const bool is_new = parcel.packages.empty() && parcel.scans.empty();
  parcel.number = std::string(trim(package.number));
  parcel.carrier_code = package.carrier_code;
  parcel.packages.emplace_back(order.id, package.reference);
  // A second order in the same box travels with it; a number nobody could have given out is never scanned.
  if (!is_new || !is_possible_number(package.number)) return;
  travel(world, key, ++parcel.journey, std::make_shared<const std::vector<Scan>>(plan_journey(world, order, package)), 0);
}

void forget_package(World& world, const Order& order, const Package& package) {
  const auto found = world.parcels.find(key_of(package.number));
  if (found == world.parcels.end()) return;
  std::erase(found->second.packages, std::pair{order.id, package.reference});
  if (found->second.packages.empty()) ++found->second.journey;
}

void move_package(World& world, Order& order, const Package& package, std::string_view old_number) {
  Package old = package;
  old.number = old_number;
  forget_package(world, order, old);
  send_package(world, order, package);
}

void add_scan(World& world, Parcel& parcel, Scan scan) {
  const auto later = std::upper_bound(parcel.scans.begin(), parcel.scans.end(), scan.at, [](Instant at, const Scan& other) { return at < other.at; });
  parcel.scans.insert(later, std::move(scan));
  for (const auto& [order_id, reference] : parcel.packages)
    if (Order* order = world.find_order(order_id)) world.touch(*order);
}

}  // namespace zifa::sandbox
