#include "domain/order/order.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace zifa {

namespace {
constexpr std::array<std::string_view, kOrderStates> kStateNames{"pending",  "to_review", "exception", "out_of_stock", "to_plan",   "to_label",
                                                                 "to_print", "to_pack",   "to_ship",   "shipped",      "delivered", "cancelled"};
constexpr std::array<std::string_view, 8> kStatusNames{"unknown", "pending_availability", "pending", "unshipped", "partially_shipped", "shipped", "cancelled", "unfulfillable"};
}  // namespace

std::string_view name_of(OrderState state) { return kStateNames[static_cast<std::size_t>(state)]; }

std::optional<OrderState> order_state_named(std::string_view name) {
  const auto found = std::find(kStateNames.begin(), kStateNames.end(), name);
  if (found == kStateNames.end()) return std::nullopt;
  return static_cast<OrderState>(found - kStateNames.begin());
}

std::string_view name_of(AmazonStatus status) { return kStatusNames[static_cast<std::size_t>(status)]; }

AmazonStatus amazon_status_named(std::string_view name) {
  // v0 writes PendingAvailability and Canceled, 2026-01-01 PENDING_AVAILABILITY and CANCELLED.
  std::string plain;
  for (const char c : name)
    if (c != '_' && c != ' ' && c != '-') plain += c;
  plain = lower(plain);
  if (plain == "canceled") plain = "cancelled";
  for (std::size_t i = 0; i < kStatusNames.size(); ++i)
    if (plain == replace_all(std::string(kStatusNames[i]), "_", "")) return static_cast<AmazonStatus>(i);
  return AmazonStatus::unknown;
}

bool Order::has_program(std::string_view program) const {
  for (const std::string_view part : split(programs, ','))
    if (part == program) return true;
  return false;
}

std::string_view shape_of(const std::vector<OrderItem>& items) {
  const auto live = std::count_if(items.begin(), items.end(), [](const OrderItem& i) { return !i.cancelled; });
  if (live > 1) return "multi_line";
  for (const OrderItem& item : items)
    if (!item.cancelled && item.quantity > 1) return "multi_qty";
  return "single";
}

}  // namespace zifa
