#include "sandbox/world/world.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "sandbox/world/goods.hpp"

namespace zifa::sandbox {

std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return SplitMix(a ^ (b * 0xD6E8FEB86659FD93ULL + 0x9E3779B97F4A7C15ULL)).next(); }

std::uint64_t mix(std::uint64_t a, std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return mix(a, hash);
}

namespace {

std::string token_text(std::uint64_t seed, std::string_view kind, std::size_t length) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  SplitMix random(mix(seed, kind));
  std::string text;
  while (text.size() < length) text += kLetters[random.next() % kLetters.size()];
  return text;
}

std::string capitals(std::uint64_t seed, std::string_view kind, std::size_t length) {
  static constexpr std::string_view kLetters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  SplitMix random(mix(seed, kind));
  std::string text;
  while (text.size() < length) text += kLetters[random.next() % kLetters.size()];
  return text;
}

std::string hex_text(std::uint64_t seed, std::string_view kind, std::size_t length) {
  SplitMix random(mix(seed, kind));
  std::string text;
  while (text.size() < length) text += "0123456789abcdef"[random.next() % 16];
  return text;
}

}  // namespace

World::World(const Options& options) : url(options.url), options_(options) {
  check(static_cast<bool>(options_.machine_now), "the sandbox is handed the machine's time");
  machine_start_ = options_.machine_now();
  world_start_ = options_.start.value_or(machine_start_);
  if (options_.clock == ClockMode::manual) world_start_ = Instant::from_ms(world_start_.seconds() * 1000);
  now_ = world_start_;
  const std::uint64_t seed = options_.seed;
  client_id = "amzn1.application-oa2-client." + hex_text(seed, "client id", 32);
  client_secret = "amzn1.oa2-cs.v1." + hex_text(seed, "client secret", 64);
  for (const std::string_view region : {"na", "eu", "fe"}) {
    auto account = std::make_unique<Account>();
    account->region = region;
    account->seller_id = "A" + capitals(mix(seed, region), "seller", 13);
    account->refresh_token = "Atzr|" + token_text(mix(seed, region), "refresh token", 120);
    account->store_name = region == "na" ? "YoungCraft Direct" : region == "eu" ? "YoungCraft Europe" : "YoungCraft Japan";
    for (const Marketplace& marketplace : marketplaces())
      if (marketplace.region == region) account->marketplaces.push_back(marketplace.id);
    account->ship_from = {.name = "Shenzhen Yangchuang E-Commerce Co., Ltd.", .company = "Shenzhen Yangchuang E-Commerce Co., Ltd.", .line1 = "Building 6, Bantian Industrial Park",
                          .line2 = "Longgang District", .line3 = "", .city = "Shenzhen", .state = "Guangdong", .postal_code = "518129", .country = "CN",
                          .phone = "+86 755 0000 0000", .commercial = true};
    put_seed_listings(*account, mix(seed, region), now());
    accounts.push_back(std::move(account));
  }
}

std::string World::clock_name() const {
  if (options_.clock == ClockMode::faster) return "x" + std::to_string(options_.speed);
  return options_.clock == ClockMode::manual ? "manual" : "real";
}

void World::schedule(Instant due, std::function<void(World&)> what) { due_.push({due, ++sequence_, std::move(what)}); }

void World::advance_to(Instant to) {
  while (!due_.empty() && due_.top().at <= to) {
    // The queue hands out constant references; the entry leaves it at once.
    std::function<void(World&)> what = std::move(const_cast<Due&>(due_.top()).what);
    now_ = std::max(now_, due_.top().at);
    due_.pop();
    what(*this);
  }
  // On clocks that run by themselves, a jump moves the start.
  if (to > now_ && options_.clock != ClockMode::manual) {
    const auto passed = (options_.machine_now() - machine_start_) * (options_.clock == ClockMode::faster ? options_.speed : 1);
    if (to > world_start_ + passed) world_start_ = to - passed;
  }
  now_ = std::max(now_, to);
}

void World::catch_up() {
  if (options_.clock == ClockMode::manual) {
    advance_to(now_);
    return;
  }
  const auto passed = (options_.machine_now() - machine_start_) * (options_.clock == ClockMode::faster ? options_.speed : 1);
  advance_to(std::max(now_, world_start_ + passed));
}

std::string World::fresh_id(std::string_view kind) {
  SplitMix random(mix(mix(options_.seed, kind), ++ids_));
  std::string text;
  for (int i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
    text += "0123456789abcdef"[random.next() % 16];
  }
  return text;
}

std::string World::fresh_digits(std::size_t length) {
  SplitMix random(mix(mix(options_.seed, "digits"), ++ids_));
  std::string text(1, static_cast<char>('1' + random.next() % 9));
  while (text.size() < length) text += static_cast<char>('0' + random.next() % 10);
  return text;
}

Account* World::account_of(std::string_view seller_id) {
  for (const auto& account : accounts)
    if (account->seller_id == seller_id) return account.get();
  return nullptr;
}

Account* World::account_selling_in(std::string_view marketplace) {
  for (const auto& account : accounts)
    if (account->sells_in(marketplace)) return account.get();
  return nullptr;
}

Order* World::find_order(std::string_view id) {
  const auto found = order_index_.find(std::string(id));
  return found == order_index_.end() ? nullptr : &orders[found->second];
}

void World::touch(Order& order) {
  const std::size_t index = order_index_.at(order.id);
  order.account->by_updated.erase({order.updated_at.ms(), index});
  order.updated_at = std::max(order.updated_at, now());
  order.account->by_updated.insert({order.updated_at.ms(), index});
}

Order& World::add(Order order) {
  const std::size_t index = orders.size();
  order_index_.emplace(order.id, index);
  order.account->by_created.insert({order.purchased_at.ms(), index});
  order.account->by_updated.insert({order.updated_at.ms(), index});
  return orders.emplace_back(std::move(order));
}

}  // namespace zifa::sandbox
