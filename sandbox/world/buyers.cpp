#include "sandbox/world/buyers.hpp"

#include <array>

#include "sandbox/world/shop.hpp"

namespace zifa::sandbox {

namespace {

// Orders per hour of the marketplace's day, in thousandths of the day's; our own guess at a shop's day, the evening strongest.
constexpr std::array<int, 24> kHourShares{18, 12, 8, 6, 6, 8, 16, 28, 40, 50, 54, 56, 58, 56, 54, 54, 54, 56, 62, 72, 78, 72, 52, 30};

struct Share {
  std::size_t account;
  int percent;
};
constexpr std::array kShares{Share{0, 55}, Share{1, 30}, Share{2, 15}};

Purchase made_up_purchase(SplitMix& random, const Account& account) {
  Purchase purchase;
  // Nearly all of it in the account's first marketplace; a little in the ones beside it.
  purchase.marketplace = account.marketplaces.front();
  if (random.next() % 100 < 12) {
    static constexpr std::array<std::string_view, 5> kBeside{"A2EUQ1WTGCTBG2", "A1PA6795UKMFR9", "A13V1IB3VIYZZH", "APJ6JRA9NG5V4", "A1RKKUPIHCS9HS"};
    const std::string_view beside = kBeside[random.next() % kBeside.size()];
    if (account.sells_in(beside)) purchase.marketplace = beside;
  }
  const std::uint64_t die = random.next() % 1000;
  if (die < 30) purchase.programs = {"PREMIUM"};
  else if (die < 90) purchase.programs = {"AMAZON_BUSINESS"};
  const std::uint64_t speed = random.next() % 100;
  if (purchase.programs.empty() && speed < 10) purchase.service = Service::expedited;
  else if (purchase.programs.empty() && speed < 22) purchase.service = Service::free_economy;
  purchase.gift = random.next() % 100 < 4;
  purchase.pending = random.next() % 100 < 5;
  return purchase;
}

void buy_once(World& world, std::uint64_t n) {
  SplitMix random(mix(mix(world.options().seed, "buyer"), n));
  const std::uint64_t die = random.next() % 100;
  std::size_t at = 0;
  for (int sum = 0; at + 1 < kShares.size() && static_cast<int>(die) >= (sum += kShares[at].percent);) ++at;
  Result<std::vector<Order*>> placed = place_orders(world, made_up_purchase(random, *world.accounts[kShares[at].account]), 1);
  if (!placed) return;  // sold out: the buyer goes elsewhere
  const std::string id = placed->front()->id;
  if (placed->front()->pending) {
    const bool pays = random.next() % 100 < 90;
    world.schedule(world.now() + std::chrono::minutes(random.between(20, pays ? 600 : 4000)), [id, pays](World& then) {
      Order* order = then.find_order(id);
      if (order == nullptr || order->status() != OrderStatus::pending) return;
      if (pays) (void)release_order(then, *order);
      else (void)cancel_order(then, *order, "AMAZON", "PaymentFailed");
    });
  } else if (random.next() % 1000 < 15) {
    world.schedule(world.now() + std::chrono::minutes(random.between(5, 900)), [id](World& then) {
      Order* order = then.find_order(id);
      if (order != nullptr && (order->status() == OrderStatus::unshipped)) ask_to_cancel(then, *order, "");
    });
  }
}

// Plans one hour's orders at its beginning; each falls at its own moment of the hour.
void plan_hour(World& world, std::uint64_t hour) {
  const Instant begins = world.now();
  const Marketplace& home = *find_marketplace(world.accounts.front()->marketplaces.front());
  const int local = static_cast<int>(home.zone.time_of_day(begins).count() / 60) % 24;
  SplitMix random(mix(mix(world.options().seed, "hour"), hour));
  const std::int64_t thousandths = static_cast<std::int64_t>(world.options().orders_per_day) * kHourShares[static_cast<std::size_t>(local)];
  const std::int64_t count = thousandths / 1000 + (random.between(0, 999) < thousandths % 1000 ? 1 : 0);
  for (std::int64_t i = 0; i < count; ++i)
    world.schedule(begins + std::chrono::milliseconds(random.between(0, 3'599'999)),
                   [n = hour * 1'000'000 + static_cast<std::uint64_t>(i)](World& then) { buy_once(then, n); });
  world.schedule(begins + std::chrono::hours(1), [hour](World& then) { plan_hour(then, hour + 1); });
}

}  // namespace

void let_buyers_order(World& world) {
  if (world.options().orders_per_day > 0) plan_hour(world, 0);
}

}  // namespace zifa::sandbox
