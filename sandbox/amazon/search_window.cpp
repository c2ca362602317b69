#include "sandbox/amazon/search_window.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace zifa::sandbox {

using namespace std::chrono_literals;

std::optional<Instant> parse_time(std::string_view text) {
  // Clients that do not encode the + of an offset send a space.
  const std::string mended = replace_all(std::string(text), " ", "+");
  if (Result<Instant> instant = Instant::parse(mended)) return *instant;
  if (Result<Day> day = Day::parse(mended)) return TimeZone::utc().start_of(*day);
  return std::nullopt;
}

std::optional<http::Response> read_window(const Call& call, const WindowNames& names, SearchWindow& window) {
  const bool created = call.query.has(names.created_after), updated = call.query.has(names.updated_after);
  const std::string both = std::string(names.created_after) + " and " + std::string(names.updated_after);
  if (created == updated) return invalid_input(created ? "You can only use one of " + both + "." : "You must use exactly one of " + both + ".");
  if (call.query.has(created ? names.updated_before : names.created_before))
    return invalid_input(std::string(created ? names.updated_before : names.created_before) + " can only be used together with " + std::string(created ? names.updated_after : names.created_after) + ".");
  window.by_created = created;
  const std::string_view after_name = created ? names.created_after : names.updated_after;
  const std::string_view before_name = created ? names.created_before : names.updated_before;
  const std::optional<Instant> after = parse_time(call.query.get(after_name));
  if (!after) return invalid_input("Invalid Input", std::string(after_name) + " is not a date-time in ISO 8601.");
  window.after = *after;
  const Instant horizon = call.world.now() - 2min;
  window.before = horizon;
  if (call.query.has(before_name)) {
    const std::optional<Instant> before = parse_time(call.query.get(before_name));
    if (!before) return invalid_input("Invalid Input", std::string(before_name) + " is not a date-time in ISO 8601.");
    if (*before < window.after) return invalid_input("Invalid Input", std::string(before_name) + " must be equal to or after " + std::string(after_name) + ".");
    if (*before > horizon) return invalid_input("Invalid Input", std::string(before_name) + " must be no later than two minutes before the time of the request.");
    window.before = *before;
  }
  return std::nullopt;
}

Found find_orders(const Call& call, const SearchWindow& window, std::string_view position, std::size_t most, const std::function<bool(const Order&)>& wanted) {
  const auto& index = window.by_created ? call.account->by_created : call.account->by_updated;
  auto at = index.lower_bound({window.after.ms(), 0});
  if (!position.empty()) {
    const std::vector<std::string_view> parts = split(position, ':');
    if (parts.size() == 2) at = index.upper_bound({to_int(parts[0]).value_or(0), static_cast<std::size_t>(to_int(parts[1]).value_or(0))});
  }
  const Instant settled = call.world.now() - std::chrono::seconds(call.stale_seconds);
  Found found;
  for (; at != index.end() && at->first <= window.before.ms(); ++at) {
    const Order& order = call.world.orders[at->second];
    if (call.stale_seconds > 0 && order.updated_at > settled) continue;
    if (!wanted(order)) continue;
    if (found.orders.size() == most) {
      found.more = true;
      break;
    }
    found.orders.push_back(&order);
    found.position = std::to_string(at->first) + ":" + std::to_string(at->second);
  }
  return found;
}

}  // namespace zifa::sandbox
