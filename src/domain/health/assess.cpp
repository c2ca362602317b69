// One pass over the orders: every metric drops each order into the day it enters a window and the day it leaves, and sums over
// days give the value now and on every day ahead. Work grows with the orders plus the days, never with their product.
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "domain/health/health.hpp"

namespace zifa::health {

namespace {

// Days numbered from the as-of day (0), found without asking the time zone again for every order.
class DayTable {
 public:
  DayTable(const TimeZone& zone, Day today, int days_back, int days_ahead) : days_back_(days_back) {
    for (int i = -days_back; i <= days_ahead + 1; ++i) starts_.push_back(zone.start_of(today + i).ms());
  }

  // The day of an instant; kBefore or kAfter outside the table.
  static constexpr int kBefore = std::numeric_limits<int>::min() / 2;
  static constexpr int kAfter = std::numeric_limits<int>::max() / 2;
  int day_of(Moment at) const {
    if (at.ms() < starts_.front()) return kBefore;
    if (at.ms() >= starts_.back()) return kAfter;
    auto day = std::min(static_cast<std::size_t>((at.ms() - starts_.front()) / 86'400'000), starts_.size() - 2);
    while (starts_[day] > at.ms()) --day;
    while (starts_[day + 1] <= at.ms()) ++day;
    return static_cast<int>(day) - days_back_;
  }

 private:
  int days_back_;
  std::vector<std::int64_t> starts_;
};

// What enters and leaves a window on each day ahead; sums up to its value on each day.
struct Tally {
  explicit Tally(int days_ahead) : late(static_cast<std::size_t>(days_ahead) + 2), orders(late.size()) {}

  void add(int from, int to, const Reading& reading) {
    const auto enters = static_cast<std::size_t>(from);
    const auto leaves = std::min(static_cast<std::size_t>(to) + 1, orders.size() - 1);
    orders[enters] += reading.units;
    orders[leaves] -= reading.units;
    if (!reading.fails) return;
    late[enters] += reading.units;
    late[leaves] -= reading.units;
  }

  std::vector<std::int64_t> late, orders;
  std::vector<std::uint32_t> failing;
};

OrderHistory seen_at(const OrderHistory& order, Instant as_of) {
  OrderHistory seen = order;
  for (Moment OrderHistory::*happening : {&OrderHistory::confirmed_at, &OrderHistory::cancelled_at, &OrderHistory::first_scan_at, &OrderHistory::delivered_at})
    if (seen.*happening > Moment(as_of)) seen.*happening = Moment();
  return seen;
}

bool tells(unsigned told, const Metric& metric) {
  return (metric.needs & ~told) == 0 && (metric.fails_by == 0 || (metric.fails_by & told) != 0);
}

class Count {
 public:
  Count(const Metric& metric, const Policy& policy, int days_ahead) : metric_(metric), policy_(policy), all_(days_ahead), days_ahead_(days_ahead) {}

  void take(const OrderFacts& order, const OrderHistory& seen, std::uint32_t position, const DayTable& days, const Question& question) {
    const Reading reading = metric_.read(seen, question);
    if (metric_.per_category && !order.category.empty()) categories_.try_emplace(order.category, days_ahead_);
    if (!reading.day) return;
    const int key = days.day_of(reading.day);
    if (key == DayTable::kBefore || key == DayTable::kAfter) return;
    int from = std::max(0, key + policy_.last_day_ago);
    const int to = key + policy_.first_day_ago;
    // Waiting for a moment still ahead: not in today's value, and in those ahead from that moment's day on.
    if (reading.counts_past && reading.counts_past >= Moment(question.as_of)) from = std::max({from, 1, days.day_of(reading.counts_past)});
    if (from > to || from > days_ahead_) return;
    add(all_, from, to, reading, position);
    if (metric_.per_category && !order.category.empty()) add(categories_.find(order.category)->second, from, to, reading, position);
  }

  void answer(std::vector<Assessment>& answers, Day today, unsigned told) const {
    answers.push_back(assessment_of(std::string(metric_.id), all_, today, told));
    std::vector<const std::string*> names;
    for (const auto& [name, tally] : categories_) names.push_back(&name);
    std::sort(names.begin(), names.end(), [](const std::string* a, const std::string* b) { return *a < *b; });
    for (const std::string* name : names)
      answers.push_back(assessment_of(std::string(metric_.id) + ":" + *name, categories_.find(*name)->second, today, told));
  }

 private:
  static void add(Tally& tally, int from, int to, const Reading& reading, std::uint32_t position) {
    tally.add(from, to, reading);
    if (from == 0 && reading.fails && reading.units > 0) tally.failing.push_back(position);
  }

  Assessment assessment_of(std::string id, const Tally& tally, Day today, unsigned told) const {
    Assessment out{.id = std::move(id), .policy = policy_, .told = tells(told, metric_)};
    if (!out.told) return out;
    // With kinds of failure untold, a breach is certain and its absence is not.
    const bool decides = (metric_.fails_by & ~told) == 0;
    DayValue value;
    for (int i = 0; i <= days_ahead_; ++i) {
      value.day = today + i;
      value.late += tally.late[static_cast<std::size_t>(i)];
      value.orders += tally.orders[static_cast<std::size_t>(i)];
      out.by_day.push_back(value);
      if (decides && !out.clears_on && is_met(policy_, value.late, value.orders).value_or(true)) out.clears_on = value.day;
    }
    out.late = out.by_day.front().late;
    out.orders = out.by_day.front().orders;
    out.met = is_met(policy_, out.late, out.orders);
    if (!decides && out.met == true) out.met = std::nullopt;
    out.on_time_needed = health::on_time_needed(policy_, out.late, out.orders);
    out.late_affordable = health::late_affordable(policy_, out.late, out.orders);
    out.failing = tally.failing;
    return out;
  }

  const Metric& metric_;
  const Policy& policy_;
  Tally all_;
  std::unordered_map<std::string, Tally> categories_;
  int days_ahead_;
};

}  // namespace

std::vector<Assessment> assess(std::span<const OrderFacts> orders, std::span<const Policy> policies, const Question& question) {
  std::vector<const Metric*> shown(metrics().begin(), metrics().end());
  std::sort(shown.begin(), shown.end(), [](const Metric* a, const Metric* b) { return a->place < b->place; });

  const auto policy_of = [&](const Metric& metric) {
    return std::find_if(policies.begin(), policies.end(), [&](const Policy& policy) { return policy.metric == metric.id; });
  };
  int days_back = 1;
  std::vector<Count> counts;
  for (const Metric* metric : shown)
    if (const auto policy = policy_of(*metric); policy != policies.end()) {
      counts.emplace_back(*metric, *policy, question.days_ahead);
      days_back = std::max(days_back, policy->first_day_ago + 1);
    }

  const Day today = question.zone.day_of(question.as_of);
  const DayTable days(question.zone, today, days_back, question.days_ahead);
  for (std::uint32_t position = 0; position < orders.size(); ++position) {
    const OrderFacts& order = orders[position];
    if (order.purchased_at && order.purchased_at > Moment(question.as_of)) continue;  // not bought yet
    const OrderHistory seen = seen_at(order, question.as_of);
    for (Count& count : counts) count.take(order, seen, position, days, question);
  }

  std::vector<Assessment> answers;
  std::size_t counted = 0;
  for (const Metric* metric : shown)
    if (policy_of(*metric) == policies.end())
      answers.push_back({.id = std::string(metric->id), .told = tells(question.told, *metric)});
    else
      counts[counted++].answer(answers, today, question.told);
  return answers;
}

}  // namespace zifa::health
