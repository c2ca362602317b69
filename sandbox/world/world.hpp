// The world that the sandbox plays: its clock, what will happen when, and everything it remembers.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/splitmix.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/world/model.hpp"

namespace zifa::sandbox {

// A number made of others, for what must be chosen the same way each time.
std::uint64_t mix(std::uint64_t a, std::uint64_t b);
std::uint64_t mix(std::uint64_t a, std::string_view text);

class World {
 public:
  explicit World(const Options& options);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Whole seconds, as Amazon writes its times.
  Instant now() const { return Instant::from_ms(now_.seconds() * 1000); }
  Instant precise_now() const { return now_; }
  Instant machine_now() const { return options_.machine_now(); }
  const Options& options() const { return options_; }
  std::string clock_name() const;  // real, manual, x60

  // Runs what fell due since the last look, on clocks that run by themselves.
  void catch_up();
  // Moves the clock; what falls due on the way happens in order, each at its own moment.
  void advance_to(Instant to);
  void schedule(Instant due, std::function<void(World&)> what);

  // A new number of its kind: 1, 2, 3, ...
  std::uint64_t next_number() { return ++numbers_; }
  std::string fresh_id(std::string_view kind);    // looks like a UUID, the same for the same seed and calls
  std::string fresh_digits(std::size_t length);   // starts with no zero

  Account* account_of(std::string_view seller_id);
  Account* account_selling_in(std::string_view marketplace);
  Order* find_order(std::string_view id);
  // Keeps the index of changes right; call it after each change of an order.
  void touch(Order& order);
  Order& add(Order order);

  std::string url;
  std::string client_id, client_secret;
  std::vector<std::unique_ptr<Account>> accounts;
  std::deque<Order> orders;
  std::unordered_map<std::string, Parcel> parcels;
  std::unordered_map<std::string, Document> documents;
  std::map<std::string, Feed> feeds;
  std::map<std::string, Report> reports;
  std::map<std::string, ReportSchedule> report_schedules;
  std::map<std::string, Label> labels;
  std::map<std::string, std::string> label_by_key;  // seller and idempotency key, to the label bought under it
  std::map<std::string, Destination> destinations;
  std::map<std::string, Subscription> subscriptions;
  std::map<std::string, SupplySource> supply_sources;
  // Told when an order changes status or its buyer asks for something; set by the notifications.
  std::function<void(World&, const Order&, std::string_view change)> on_order_change;

 private:
  struct Due {
    Instant at;
    std::uint64_t sequence;
    std::function<void(World&)> what;
  };
  struct Later {
    bool operator()(const Due& a, const Due& b) const { return a.at != b.at ? a.at > b.at : a.sequence > b.sequence; }
  };

  Options options_;
  Instant machine_start_, world_start_, now_;
  std::priority_queue<Due, std::vector<Due>, Later> due_;
  std::uint64_t sequence_ = 0, numbers_ = 0, ids_ = 0;
  std::unordered_map<std::string, std::size_t> order_index_;
};

}  // namespace zifa::sandbox
