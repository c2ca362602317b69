// The played world as the demo drives it: over its own control surface, wherever it runs.
#pragma once

#include <string>
#include <vector>

#include "app/desk.hpp"

namespace zifa::cli {

// A clock that shows a sandbox's time. Waiting on it advances a world that stands still.
class SandboxClock final : public Clock {
 public:
  using Clock::wait_until;
  SandboxClock(http::Client& http, std::string url) : http_(http), url_(std::move(url)) {}
  Instant now() const override;
  bool wait_until(Instant moment, Interrupt& interrupt) override;

 private:
  http::Client& http_;
  std::string url_;
};

struct Placed {
  std::string order_id;
};

// Buyers order: `count` orders in a marketplace, chosen by the world's seed.
Result<std::vector<Placed>> place_orders(http::Client& http, const std::string& url, const std::string& marketplace_id, std::int64_t count);
Result<Done> advance_world(http::Client& http, const std::string& url, Instant to);

struct WorldState {
  std::int64_t late = 0, packages = 0;
};
Result<WorldState> world_state(http::Client& http, const std::string& url);

struct WorldRate {
  std::int64_t late = 0, orders = 0;
};
// The world's own count of a late shipment rate: "lsr_30" or "lsr_10".
Result<WorldRate> world_rate(http::Client& http, const std::string& url, const std::string& marketplace_id, std::string_view metric);

}  // namespace zifa::cli
