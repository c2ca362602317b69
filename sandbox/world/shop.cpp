#include "sandbox/world/shop.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "sandbox/world/goods.hpp"
#include "sandbox/world/parcels.hpp"

namespace zifa::sandbox {

namespace {

constexpr int kAutoCancelBusinessDays = 7;

constexpr std::array<std::string_view, 4> kCancelWishes{"Bought by mistake", "Item would not arrive on time", "Found a better price somewhere else",
                                                        "No longer needed"};

void tell(World& world, const Order& order, std::string_view change) {
  if (world.on_order_change) world.on_order_change(world, order, change);
}

std::string order_id(World& world, const Marketplace& marketplace, std::uint64_t seed) {
  for (SplitMix random(mix(seed, "order id"));;) {
    std::string id = marketplace.order_prefixes[random.next() % marketplace.order_prefixes.size()];
    for (int part = 0; part < 2; ++part) {
      id += '-';
      for (int i = 0; i < 7; ++i) id += static_cast<char>('0' + random.next() % 10);
    }
    if (world.find_order(id) == nullptr) return id;
  }
}

// What of the account can be ordered in a marketplace: its own listings there; else those of its first one, sold abroad.
std::vector<Listing*> on_sale(Account& account, std::string_view marketplace) {
  std::vector<Listing*> here, anywhere;
  for (auto& [sku, listing] : account.listings) {
    if (!listing.quantity || !listing.price) continue;
    anywhere.push_back(&listing);
    if (listing.marketplaces.contains(std::string(marketplace))) here.push_back(&listing);
  }
  return here.empty() ? anywhere : here;
}

struct ChosenLine {
  Listing* listing;
  int quantity;
};

// Mostly one unit of one thing, as in a real shop. `free` holds what earlier orders of the same call left over.
std::vector<ChosenLine> choose_lines(SplitMix& random, const std::vector<Listing*>& offers, const std::map<const Listing*, std::int64_t>& free) {
  std::vector<Listing*> left;
  for (Listing* listing : offers)
    if (free.at(listing) > 0) left.push_back(listing);
  if (left.empty()) return {};
  std::vector<ChosenLine> lines;
  const std::uint64_t die = random.next() % 100;
  const std::size_t count = die < 85 ? 1 : die < 97 ? 2 : 3;
  while (lines.size() < std::min(count, left.size())) {
    const std::size_t at = random.next() % left.size();
    Listing* listing = left[at];
    if (std::any_of(lines.begin(), lines.end(), [&](const ChosenLine& line) { return line.listing == listing; })) continue;
    const std::uint64_t many = random.next() % 100;
    const std::int64_t quantity = many < 82 ? 1 : many < 95 ? 2 : 3;
    lines.push_back({listing, static_cast<int>(std::min(quantity, free.at(listing)))});
  }
  return lines;
}

std::int64_t tax_part(const Marketplace& marketplace, std::int64_t amount) {
  if (marketplace.tax_included) return (amount * marketplace.tax_permille + (1000 + marketplace.tax_permille) / 2) / (1000 + marketplace.tax_permille);
  return (amount * marketplace.tax_permille + 500) / 1000;
}

std::int64_t shipping_price(const Marketplace& marketplace, Service service) {
  std::int64_t usd_cents = 0;
  if (service == Service::expedited) usd_cents = 799;
  if (service == Service::second_day) usd_cents = 999;
  if (service == Service::next_day) usd_cents = 1599;
  const std::int64_t minor = usd_cents * marketplace.usd_percent / 100;
  return marketplace.currency.decimals() == 0 ? minor / 100 : minor;
}

void schedule_auto_cancel(World& world, Order& order) {
  // An order written into the past gets a day, so that the one who wrote it can do something with it.
  const Instant due = std::max(end_of_business_day_after(*order.marketplace, order.promise.ship_by, kAutoCancelBusinessDays) + std::chrono::seconds(1),
                               world.now() + std::chrono::hours(24));
  world.schedule(due, [id = order.id, promised = order.promise.ship_by](World& then) {
    Order* open = then.find_order(id);
    if (open == nullptr || open->pending || open->promise.ship_by != promised || open->status() == OrderStatus::cancelled ||
        open->status() == OrderStatus::shipped)
      return;
    (void)cancel_order(then, *open, "AMAZON", "MerchantDidNotShip");
  });
}

void give_back(Order& order, const OrderItem& item, int units) {
  const auto listing = order.account->listings.find(item.product->sku);
  if (listing != order.account->listings.end() && listing->second.quantity) *listing->second.quantity += units;
}

}  // namespace

Result<std::vector<Order*>> place_orders(World& world, const Purchase& purchase, int count) {
  const std::string wanted_marketplace = purchase.marketplace.empty() ? world.accounts.front()->marketplaces.front() : purchase.marketplace;
  const Marketplace* marketplace = find_marketplace(wanted_marketplace);
  Account* account = world.account_selling_in(wanted_marketplace);
  if (marketplace == nullptr || account == nullptr) return invalid("order.marketplace", "No account of this sandbox sells in marketplace " + wanted_marketplace + ".");
  const Instant purchased_at = purchase.purchased_at.value_or(world.now());
  if (purchased_at > world.now()) return invalid("order.future", "purchased_at lies in the future; the clock stands at " + world.now().iso() + ".");
  std::optional<Money> unit_price;
  if (purchase.unit_price) {
    Result<Money> parsed = Money::parse(*purchase.unit_price, marketplace->currency);
    if (!parsed || parsed->minor() < 0 || parsed->minor() > 1'000'000'000'000) return invalid("order.unit_price", "unit_price " + *purchase.unit_price + " is no price in " + std::string(marketplace->currency.code()) + ".");
    unit_price = *parsed;
  }

  // Choose everything first, so that either all orders are placed or none.
  const std::vector<Listing*> offers = on_sale(*account, wanted_marketplace);
  std::map<const Listing*, std::int64_t> free;
  for (const Listing* listing : offers) free[listing] = *listing->quantity;
  struct Chosen {
    std::uint64_t seed;
    std::vector<ChosenLine> lines;
  };
  std::vector<Chosen> chosen;
  chosen.reserve(static_cast<std::size_t>(count));
  for (int n = 0; n < count; ++n) {
    Chosen order{mix(world.options().seed, world.next_number() + 0x0D3Full), {}};
    if (purchase.lines.empty()) {
      SplitMix random(mix(order.seed, "lines"));
      order.lines = choose_lines(random, offers, free);
      if (order.lines.empty()) return conflict("order.sold_out", "Nothing is left to order in marketplace " + wanted_marketplace + ".");
    } else {
      for (const WantedLine& line : purchase.lines) {
        const auto found = account->listings.find(line.sku);
        if (found == account->listings.end() || !found->second.quantity) return invalid("order.unknown_sku", "SKU " + line.sku + " is not offered by the seller of marketplace " + wanted_marketplace + ".");
        Listing& listing = found->second;
        if (!free.contains(&listing)) free[&listing] = *listing.quantity;
        order.lines.push_back({&listing, line.quantity});
      }
    }
    for (const ChosenLine& line : order.lines)
      if ((free[line.listing] -= line.quantity) < 0) return conflict("order.not_enough", "SKU " + line.listing->product->sku + " has only " + std::to_string(*line.listing->quantity) + " units.");
    chosen.push_back(std::move(order));
  }

  const auto wants = [&](std::string_view program) { return std::find(purchase.programs.begin(), purchase.programs.end(), program) != purchase.programs.end(); };
  std::vector<Order*> placed;
  placed.reserve(chosen.size());
  for (const Chosen& choice : chosen) {
    Order order;
    order.seed = choice.seed;
    order.id = order_id(world, *marketplace, choice.seed);
    order.account = account;
    order.marketplace = marketplace;
    order.purchased_at = Instant::from_ms(purchased_at.seconds() * 1000);
    order.paid_at = order.purchased_at;
    order.updated_at = world.now();
    order.pending = purchase.pending;
    order.prime = wants("PRIME");
    order.premium = wants("PREMIUM");
    order.ship_plus = wants("FBM_SHIP_PLUS");
    order.business = wants("AMAZON_BUSINESS");
    order.service = purchase.service.value_or(order.prime || order.premium ? Service::second_day : Service::standard);
    order.ship_to = purchase.ship_to;
    order.ship_to_country = purchase.ship_to_country.empty() ? marketplace->country : purchase.ship_to_country;
    order.ship_to_postal_code = purchase.ship_to_postal_code;
    for (const ChosenLine& line : choice.lines) {
      Listing& listing = *line.listing;
      *listing.quantity -= line.quantity;
      order.handling_days = std::max(order.handling_days, listing.handling_days);
      OrderItem item;
      item.id = world.fresh_digits(14);
      item.product = listing.product;
      item.quantity = line.quantity;
      const Marketplace& listed_in = *find_marketplace(listing.marketplaces.empty() ? account->marketplaces.front() : *listing.marketplaces.begin());
      item.unit_price = unit_price ? unit_price->minor() : listing.price ? price_in(*marketplace, listed_in, listing.price->minor()) : 0;
      item.tax = tax_part(*marketplace, item.unit_price * item.quantity);
      item.shipping = shipping_price(*marketplace, order.service) / static_cast<std::int64_t>(choice.lines.size());
      item.shipping_tax = tax_part(*marketplace, item.shipping);
      item.gift = purchase.gift;
      order.items.push_back(std::move(item));
    }
    order.promise = promise_of(*marketplace, order.paid_at, order.handling_days, order.service, order.prime || order.premium);
    if (purchase.cancel_requested) order.cancel_request = kCancelWishes[choice.seed % kCancelWishes.size()];
    Order& kept = world.add(std::move(order));
    if (!kept.pending) schedule_auto_cancel(world, kept);
    tell(world, kept, "OrderStatusChange");
    placed.push_back(&kept);
  }
  return placed;
}

Result<Done> release_order(World& world, Order& order) {
  if (order.status() != OrderStatus::pending) return conflict("order.not_pending", "Order " + order.id + " is not pending.");
  order.pending = false;
  order.paid_at = world.now();
  order.promise = promise_of(*order.marketplace, order.paid_at, order.handling_days, order.service, order.prime || order.premium);
  schedule_auto_cancel(world, order);
  world.touch(order);
  tell(world, order, "OrderStatusChange");
  return done;
}

Result<Done> cancel_order(World& world, Order& order, std::string_view by, std::string_view reason, std::optional<std::size_t> only) {
  if (order.status() == OrderStatus::cancelled) return conflict("order.cancelled", "Order " + order.id + " is cancelled already.");
  if (order.status() == OrderStatus::shipped) return conflict("order.shipped", "Order " + order.id + " is shipped already; refund it instead.");
  bool anything = false;
  for (std::size_t i = 0; i < order.items.size(); ++i) {
    OrderItem& item = order.items[i];
    if ((only && *only != i) || item.left() == 0) continue;
    give_back(order, item, item.left());
    item.cancelled += item.left();
    item.cancel_reason = reason;
    anything = true;
  }
  if (!anything) return conflict("order.nothing_left", "Nothing of it is left to cancel in order " + order.id + ".");
  order.cancelled_by = by;
  order.cancel_reason = reason;
  int shipped = 0, left = 0;
  for (const OrderItem& item : order.items) shipped += item.shipped, left += item.left();
  if (left == 0 && shipped == 0) {
    order.cancelled_at = world.now();
  } else if (left == 0 && !order.confirmed_at) {
    for (const Package& package : order.packages) order.confirmed_at = std::max(order.confirmed_at.value_or(package.first_confirmed_at), package.first_confirmed_at);
  }
  world.touch(order);
  tell(world, order, "OrderStatusChange");
  return done;
}

void ask_to_cancel(World& world, Order& order, std::string_view reason) {
  order.cancel_request = reason.empty() ? std::string(kCancelWishes[order.seed % kCancelWishes.size()]) : std::string(reason);
  world.touch(order);
  tell(world, order, "BuyerRequestedChange");
}

void confirm_package(World& world, Order& order, Confirmation confirmation) {
  const auto known = std::find_if(order.packages.begin(), order.packages.end(), [&](const Package& package) { return package.reference == confirmation.reference; });
  if (known != order.packages.end()) {
    const std::string old_number = known->number;
    known->carrier_code = confirmation.carrier_code;
    known->carrier_name = confirmation.carrier_name;
    known->method = confirmation.method;
    known->number = confirmation.number;
    known->ship_date = confirmation.ship_date;
    ++known->edits;
    if (old_number != known->number) move_package(world, order, *known, old_number);
    world.touch(order);
    return;
  }
  Package package{.reference = confirmation.reference, .carrier_code = confirmation.carrier_code, .carrier_name = confirmation.carrier_name,
                  .method = confirmation.method, .number = confirmation.number, .ship_date = confirmation.ship_date,
                  .first_confirmed_at = world.now(), .edits = 0, .items = confirmation.items, .supply_source = confirmation.supply_source,
                  .shipment = confirmation.shipment};
  for (const auto& [item, units] : package.items) order.items[item].shipped += units;
  order.packages.push_back(std::move(package));
  if (order.status() == OrderStatus::shipped) order.confirmed_at = world.now();
  send_package(world, order, order.packages.back());
  world.touch(order);
  tell(world, order, "OrderStatusChange");
}

void take_back_package(World& world, Order& order, std::string_view reference) {
  const auto known = std::find_if(order.packages.begin(), order.packages.end(), [&](const Package& package) { return package.reference == reference; });
  if (known == order.packages.end()) return;
  for (const auto& [item, units] : known->items) order.items[item].shipped -= units;
  forget_package(world, order, *known);
  order.packages.erase(known);
  order.confirmed_at.reset();
  world.touch(order);
  tell(world, order, "OrderStatusChange");
}

}  // namespace zifa::sandbox
