#include "cli/inputs/order_history_csv.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "app/reference/policies.hpp"
#include "base/csv.hpp"
#include "base/text.hpp"

namespace zifa::cli {

namespace {

using health::CancelledBy;
using health::Moment;
using health::OrderFacts;

enum Column : std::size_t {
  order_id, marketplace, purchased_at, ship_by, confirmed_at,  // needed
  deliver_by, cancelled_at, cancelled_by, tracking_valid, first_scan_at, delivered_at, feedback, a_to_z, chargeback, category, units, sku,
  kColumns
};
constexpr std::array<std::string_view, kColumns> kNames{
    "order_id", "marketplace", "purchased_at", "ship_by", "confirmed_at", "deliver_by", "cancelled_at", "cancelled_by", "tracking_valid",
    "first_scan_at", "delivered_at", "feedback", "a_to_z", "chargeback", "category", "units", "sku"};
constexpr std::size_t kNeeded = confirmed_at + 1;
constexpr std::size_t kMissing = static_cast<std::size_t>(-1);
constexpr std::int64_t kMostUnits = 1'000'000'000;

class Header {
 public:
  static Result<Header> read(const std::vector<std::string_view>& fields) {
    Header header;
    header.width_ = fields.size();
    header.at_.fill(kMissing);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string name = lower(trim(fields[i]));
      const auto known = std::find(kNames.begin(), kNames.end(), name);
      if (known == kNames.end()) continue;
      std::size_t& at = header.at_[static_cast<std::size_t>(known - kNames.begin())];
      if (at != kMissing) return invalid("health.columns", "The column " + name + " comes twice in the first line; keep one of them.");
      at = i;
    }
    std::vector<std::string> missing;
    for (std::size_t c = 0; c < kNeeded; ++c)
      if (header.at_[c] == kMissing) missing.emplace_back(kNames[c]);
    if (!missing.empty())
      return invalid("health.columns", "The first line must name the columns, separated by commas; missing: " + join(missing, ", ") + ".");
    return header;
  }

  bool has(Column column) const { return at_[column] != kMissing; }
  std::size_t width() const { return width_; }
  // "" where the row is shorter or the file has no such column.
  std::string_view get(const std::vector<std::string_view>& fields, Column column) const {
    return at_[column] < fields.size() ? trim(fields[at_[column]]) : std::string_view();
  }

  unsigned told() const {
    const auto when = [this](unsigned bit, std::initializer_list<Column> columns) {
      return std::all_of(columns.begin(), columns.end(), [this](Column c) { return has(c); }) ? bit : 0U;
    };
    return health::kShipping | when(health::kCancellations, {cancelled_at, cancelled_by}) |
           when(health::kTracking, {deliver_by, tracking_valid, first_scan_at}) | when(health::kDeliveries, {deliver_by, delivered_at}) |
           when(health::kFeedback, {feedback}) | when(health::kClaims, {a_to_z}) | when(health::kChargebacks, {chargeback});
  }

 private:
  std::array<std::size_t, kColumns> at_{};
  std::size_t width_ = 0;
};

Error bad(Column column, std::string_view value, std::string_view wanted) {
  return invalid("health.bad_value", std::string(kNames[column]) + " \"" + printable(value, 40) + "\" " + std::string(wanted));
}

bool is_plain(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

Result<Done> read_moment(std::string_view text, Column column, Moment& into) {
  if (text.empty()) return done;
  auto at = Instant::parse(text);
  if (!at) return invalid("health.bad_value", std::string(kNames[column]) + " " + printable(at.error().message, 300));
  into = *at;
  return done;
}

Result<Done> read_flag(std::string_view text, Column column, bool& into) {
  if (text.size() > 1 || (text.size() == 1 && text != "0" && text != "1")) return bad(column, text, "is not 0 or 1.");
  into = text == "1";
  return done;
}

Result<OrderFacts> read_order(const Header& header, const std::vector<std::string_view>& fields) {
  const auto get = [&](Column column) { return header.get(fields, column); };
  for (std::size_t i = header.width(); i < fields.size(); ++i)
    if (!trim(fields[i]).empty())
      return invalid("health.bad_row", "has " + std::to_string(fields.size()) + " fields where the first line names " + std::to_string(header.width()) + "; is a comma unquoted?");
  for (const std::string_view field : fields)
    if (!is_plain(field) && !is_utf8(field)) return invalid("health.bad_row", "is not UTF-8 text; save the file as CSV UTF-8.");

  OrderFacts order;
  order.order_id = get(order_id);
  if (order.order_id.empty()) return invalid("health.bad_value", "order_id is empty.");
  TRY(read_moment(get(purchased_at), purchased_at, order.purchased_at));
  TRY(read_moment(get(ship_by), ship_by, order.ship_by));
  TRY(read_moment(get(confirmed_at), confirmed_at, order.confirmed_at));
  if (!order.purchased_at) return invalid("health.bad_value", "purchased_at is empty.");
  if (!order.ship_by) return invalid("health.bad_value", "ship_by is empty.");
  TRY(read_moment(get(deliver_by), deliver_by, order.deliver_by));
  TRY(read_moment(get(cancelled_at), cancelled_at, order.cancelled_at));
  TRY(read_moment(get(first_scan_at), first_scan_at, order.first_scan_at));
  TRY(read_moment(get(delivered_at), delivered_at, order.delivered_at));
  TRY(read_flag(get(tracking_valid), tracking_valid, order.tracking_valid));
  TRY(read_flag(get(a_to_z), a_to_z, order.a_to_z));
  TRY(read_flag(get(chargeback), chargeback, order.chargeback));
  if (const std::string_view by = get(cancelled_by); !by.empty()) {
    if (equals_ignoring_case(by, "buyer")) order.cancelled_by = CancelledBy::buyer;
    else if (equals_ignoring_case(by, "seller")) order.cancelled_by = CancelledBy::seller;
    else if (equals_ignoring_case(by, "amazon")) order.cancelled_by = CancelledBy::amazon;
    else return bad(cancelled_by, by, "is not buyer, seller or amazon.");
  }
  if (const std::string_view stars = get(feedback); !stars.empty()) {
    const auto value = to_int(stars);
    if (!value || *value < 1 || *value > 5) return bad(feedback, stars, "is not a whole number from 1 to 5.");
    order.feedback = static_cast<std::int8_t>(*value);
  }
  if (const std::string_view count = get(units); !count.empty()) {
    const auto value = to_int(count);
    if (!value || *value < 0 || *value > kMostUnits) return bad(units, count, "is not a whole number from 0 to 1000000000.");
    order.units = *value;
  }
  order.category = get(category);
  return order;
}

// Positions of orders by their id: open addressing, four bytes a slot, so that a million orders cost a few megabytes.
class PositionById {
 public:
  // The position of the order with this id, or `next` after noting it there.
  std::uint32_t find_or_add(const std::string& id, std::uint32_t next, const std::vector<OrderFacts>& orders) {
    if ((std::size_t{next} + 1) * 2 > slots_.size()) grow(orders);
    std::size_t at = std::hash<std::string_view>{}(id) & (slots_.size() - 1);
    for (; slots_[at] != kFree; at = (at + 1) & (slots_.size() - 1))
      if (orders[slots_[at]].order_id == id) return slots_[at];
    return slots_[at] = next;
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFF'FFFF;
  void grow(const std::vector<OrderFacts>& orders) {
    slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), kFree);
    for (std::uint32_t i = 0; i < orders.size(); ++i) {
      std::size_t at = std::hash<std::string_view>{}(orders[i].order_id) & (slots_.size() - 1);
      while (slots_[at] != kFree) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = i;
    }
  }
  std::vector<std::uint32_t> slots_;
};

// Most rows name the marketplace in the very words of the row before.
class MarketplaceNames {
 public:
  Result<std::uint8_t> index_of(std::string_view name, std::vector<std::string>& codes) {
    if (name == last_name_ && !name.empty()) return last_index_;
    const auto code = marketplace_code(name);
    if (!code) return bad(marketplace, name, "is not a marketplace known here; known are " + join(marketplace_codes(), ", ") + ".");
    const auto known = std::find(codes.begin(), codes.end(), *code);
    last_index_ = static_cast<std::uint8_t>(known - codes.begin());
    if (known == codes.end()) codes.push_back(*code);
    last_name_ = name;
    return last_index_;
  }

 private:
  std::string last_name_;
  std::uint8_t last_index_ = 0;
};

}  // namespace

Result<OrderHistoryFile> read_order_history(std::istream& in, const std::function<void(std::size_t line, const std::string& reason)>& refuse) {
  CsvReader csv(in, {});
  if (csv.next() != CsvReader::Step::row) return invalid("health.columns", "The file is empty; its first line must name the columns.");
  const Header header = TRY(Header::read(csv.fields()));

  OrderHistoryFile file;
  file.told = header.told();
  PositionById positions;
  MarketplaceNames marketplaces;
  const auto reject = [&](const std::string& reason) {
    refuse(csv.line(), reason);
    ++file.refused;
  };
  for (auto step = csv.next(); step != CsvReader::Step::end; step = csv.next()) {
    if (step == CsvReader::Step::bad_row) {
      reject(csv.problem());
      continue;
    }
    auto order = read_order(header, csv.fields());
    if (!order) {
      reject(order.error().message);
      continue;
    }
    const auto place = marketplaces.index_of(header.get(csv.fields(), marketplace), file.marketplaces);
    if (!place) {
      reject(place.error().message);
      continue;
    }
    ++file.rows;
    const auto next = static_cast<std::uint32_t>(file.orders.size());
    const std::uint32_t position = positions.find_or_add(order->order_id, next, file.orders);
    if (position == next) {
      file.orders.push_back(std::move(*order));
      file.marketplace.push_back(*place);
    } else {
      file.orders[position] = std::move(*order);
      file.marketplace[position] = *place;
    }
  }
  return file;
}

}  // namespace zifa::cli
