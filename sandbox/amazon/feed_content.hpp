// What feeds do, row by row: a bad one does not stop the others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/world/world.hpp"

namespace zifa::sandbox {

struct FeedOutcome {
  bool fatal = false;
  std::string content_type = "text/plain; charset=UTF-8";
  std::string report;  // Amazon's processing report
};

// Whether Amazon still knows the type. Listing feeds of old are known and end FATAL.
bool is_feed_type(std::string_view type);

FeedOutcome process_feed(World& world, const Feed& feed, std::string_view document);

// The parts, one file each.
struct RowProblem {
  std::int64_t record = 0;
  std::string sku, code, message;
};
struct Tally {
  std::int64_t processed = 0;
  std::vector<RowProblem> problems;
};
std::string flat_processing_report(const Tally& tally);
std::string xml_processing_report(const Feed& feed, const Tally& tally);

// One shipment, cancellation or refund, whatever the format it came in.
struct ShippedRow {
  std::string order_id, item_id, quantity, ship_date, carrier_code, carrier_name, number, method, supply_source;
};
std::optional<RowProblem> ship_rows(World& world, const Account& account, const std::vector<ShippedRow>& rows);
std::optional<RowProblem> cancel_row(World& world, const Account& account, const std::string& order_id, const std::string& item_id, const std::string& reason);
struct RefundRow {
  std::string order_id, item_id, reason, currency, item_price, item_tax, shipping, shipping_tax;
};
std::optional<RowProblem> refund_row(World& world, const Account& account, const RefundRow& row);

FeedOutcome process_listings_feed(World& world, const Feed& feed, std::string_view document);

}  // namespace zifa::sandbox
