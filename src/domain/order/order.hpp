// An order as Zifa keeps it, and the state the desk shows for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/order/address.hpp"
#include "domain/order/incoming.hpp"

namespace zifa {

// Where an order stands on the desk; the day runs from left to right (glossary, section 1).
enum class OrderState {
  pending,       // 待付款: Amazon has not released it; nothing is done with it
  to_review,     // 待审核
  exception,     // 异常: blocked for a named reason
  out_of_stock,  // 缺货
  to_plan,       // 待配货: stock reserved, not planned yet
  to_label,      // 待申请运单: planned, no tracking number yet
  to_print,      // 待打单
  to_pack,       // 待包装
  to_ship,       // 待发货: packed and labelled, waiting for hand-over
  shipped,       // 已出库
  delivered,     // 已签收
  cancelled,     // 已取消
};
inline constexpr int kOrderStates = 12;
std::string_view name_of(OrderState state);
std::optional<OrderState> order_state_named(std::string_view name);

std::string_view name_of(AmazonStatus status);
AmazonStatus amazon_status_named(std::string_view name);  // Amazon's capitals or our lower case; `unknown` otherwise

// Kept sealed: who bought and where it goes.
struct PersonalData {
  std::string buyer_name, buyer_email;
  Address ship_to;
  bool operator==(const PersonalData&) const = default;
};

struct Order {
  OrderId id;
  AccountId account;
  std::string amazon_order_id;
  std::string marketplace_id;
  OrderState state = OrderState::to_review;
  std::string exception_code, exception_message;
  bool on_hold = false;
  std::string hold_reason;
  AmazonStatus amazon_status = AmazonStatus::unknown;
  bool by_amazon = false;
  Instant purchased_at;
  std::optional<Instant> earliest_ship, ship_by, earliest_delivery, deliver_by;
  std::string service_level;
  std::string programs;  // comma-separated
  std::string country;
  std::string shape;     // single, multi_qty, multi_line
  std::int64_t units = 0;
  std::optional<Money> total;
  bool has_address = false;
  std::string purchase_order_number;
  std::optional<Instant> cancel_requested_at, cancel_answered_at, cancelled_at;
  std::string cancel_reason, cancelled_by;
  std::string note;
  std::optional<Instant> reviewed_at, confirmed_at;
  bool printed = false;
  std::string confirm_state = "none";
  WarehouseId warehouse;
  ServiceId service;
  std::optional<Instant> amazon_updated_at;
  Instant imported_at, updated_at;

  bool has_program(std::string_view program) const;
  // The buyer asks to cancel and nobody has answered yet.
  bool cancel_open() const { return cancel_requested_at && !cancel_answered_at && !cancelled_at; }
};

struct OrderItem {
  OrderItemId id;
  OrderId order;
  std::string amazon_item_id, sku, asin, title;
  std::int64_t quantity = 0;
  std::int64_t shipped = 0;
  std::optional<Money> unit_price, item_total;
  bool gift = false;
  std::string gift_message, customization_url, ioss_number;
  bool cancel_requested = false;
  bool cancelled = false;
  ProductId product;          // 0: not mapped to a stock SKU
  std::int64_t units_per = 1; // stock units in one unit sold (multipacks)
};

// single, multi_qty, multi_line
std::string_view shape_of(const std::vector<OrderItem>& items);

}  // namespace zifa
