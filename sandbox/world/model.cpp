#include "sandbox/world/model.hpp"

#include <algorithm>
#include <array>

namespace zifa::sandbox {

std::string_view text_of(OrderStatus status) {
  static constexpr std::array<std::string_view, 5> kTexts{"PENDING", "UNSHIPPED", "PARTIALLY_SHIPPED", "SHIPPED", "CANCELLED"};
  return kTexts[static_cast<std::size_t>(status)];
}

std::string_view v0_text_of(OrderStatus status) {
  static constexpr std::array<std::string_view, 5> kTexts{"Pending", "Unshipped", "PartiallyShipped", "Shipped", "Canceled"};
  return kTexts[static_cast<std::size_t>(status)];
}

namespace {
constexpr std::array<std::string_view, 7> kScanCodes{"accepted", "in_transit", "out_for_delivery", "delivered", "exception", "lost", "returned"};
}

std::string_view text_of(ScanCode code) { return kScanCodes[static_cast<std::size_t>(code)]; }

std::optional<ScanCode> scan_code(std::string_view text) {
  for (std::size_t i = 0; i < kScanCodes.size(); ++i)
    if (kScanCodes[i] == text) return static_cast<ScanCode>(i);
  return std::nullopt;
}

std::string_view text_of(Processing processing) {
  static constexpr std::array<std::string_view, 5> kTexts{"IN_QUEUE", "IN_PROGRESS", "DONE", "CANCELLED", "FATAL"};
  return kTexts[static_cast<std::size_t>(processing)];
}

OrderStatus Order::status() const {
  if (cancelled_at) return OrderStatus::cancelled;
  if (pending) return OrderStatus::pending;
  int shipped = 0, left = 0;
  for (const OrderItem& item : items) shipped += item.shipped, left += item.left();
  if (left == 0 && shipped > 0) return OrderStatus::shipped;
  return shipped > 0 ? OrderStatus::partially_shipped : OrderStatus::unshipped;
}

Person Order::buyer() const { return person_of(seed, ship_to_country, ship_to_postal_code, business); }

Address Order::address() const {
  Address made_up = buyer().address;
  if (!ship_to) return made_up;
  const Address& fixed = *ship_to;
  for (std::string Address::*field : {&Address::name, &Address::company, &Address::line1, &Address::line2, &Address::line3, &Address::city,
                                      &Address::state, &Address::phone})
    if (!(fixed.*field).empty()) made_up.*field = fixed.*field;
  if (!fixed.line1.empty()) made_up.line2 = fixed.line2;
  return made_up;
}

std::int64_t Order::line_total(const OrderItem& item) const {
  const std::int64_t goods = item.unit_price * item.quantity + item.shipping + item.gift_wrap - item.discount;
  return marketplace->tax_included ? goods : goods + item.tax + item.shipping_tax;
}

std::int64_t Order::total() const {
  std::int64_t sum = 0;
  for (const OrderItem& item : items) sum += line_total(item);
  return sum;
}

std::optional<Instant> Parcel::first_scan() const {
  std::optional<Instant> first;
  for (const Scan& scan : scans)
    if (scan.code != ScanCode::lost && (!first || scan.at < *first)) first = scan.at;
  return first;
}

std::optional<Instant> Parcel::delivered() const {
  std::optional<Instant> first;
  for (const Scan& scan : scans)
    if (scan.code == ScanCode::delivered && (!first || scan.at < *first)) first = scan.at;
  return first;
}

bool Account::sells_in(std::string_view marketplace) const {
  return std::find(marketplaces.begin(), marketplaces.end(), marketplace) != marketplaces.end();
}

}  // namespace zifa::sandbox
