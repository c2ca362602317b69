#include "app/import_file.hpp"

#include <algorithm>

#include "app/import_orders.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::size_t kLinesAtOnce = 1'000;

AmazonStatus status_of(const OrderLine& line, std::string_view format) {
  if (line.is_cancelled) return AmazonStatus::cancelled;
  const AmazonStatus told = amazon_status_named(line.status);
  if (told != AmazonStatus::unknown) return told;
  const std::string status = lower(line.status);
  if (status.starts_with("shipped") || status.starts_with("delivered")) return AmazonStatus::shipped;
  if (status.starts_with("pending")) return AmazonStatus::pending;
  // Reports of orders to ship hold nothing else.
  if (format == "unshipped_orders" || format == "new_orders") return AmazonStatus::unshipped;
  return AmazonStatus::unknown;
}

IncomingItem item_of(const OrderLine& line) {
  IncomingItem item{.amazon_item_id = line.order_item_id, .sku = line.sku, .asin = line.asin, .title = line.product_name, .quantity_ordered = line.quantity, .quantity_shipped = line.quantity_shipped};
  item.item_total = line.item_price;
  item.item_tax = line.item_tax;
  item.shipping_total = line.shipping_price;
  item.gift = line.is_gift;
  item.gift_message = line.gift_message;
  item.customization_url = line.customized_url;
  item.ioss_number = line.ioss_number;
  item.cancelled = line.is_cancelled;
  return item;
}

IncomingOrder order_of(const OrderLine& line, std::string_view format) {
  IncomingOrder order{.amazon_order_id = line.order_id, .purchased_at = line.purchased_at};
  if (const MarketplaceFacts* facts = find_marketplace(line.marketplace)) order.marketplace_id = facts->amazon_id;
  order.last_updated_at = line.updated_at;
  order.status = status_of(line, format);
  order.fulfilled_by_amazon = line.is_fulfilled_by_amazon;
  order.service_level = line.ship_service_level;
  order.ship_by = line.ship_by;
  order.earliest_delivery = line.deliver_from;
  order.deliver_by = line.deliver_by;
  if (line.is_prime) order.programs.emplace_back("PRIME");
  if (line.is_business) order.programs.emplace_back("AMAZON_BUSINESS");
  order.buyer_name = line.buyer_name;
  order.buyer_email = line.buyer_email;
  order.purchase_order_number = line.purchase_order_number;
  Address to{.name = line.recipient_name, .company = line.buyer_company, .line1 = line.address_1, .line2 = line.address_2, .line3 = line.address_3, .city = line.city, .state = line.state, .postal_code = line.postal_code, .phone = line.phone};
  to.country = upper(line.country) == "UK" ? "GB" : upper(line.country);
  if (!(to == Address{})) order.ship_to = std::move(to);
  return order;
}

}  // namespace

Result<ImportReport> import_order_file(Store& store, AccountId account, OrderFileReader& reader, Instant now, const std::function<void(const LineRefusal&)>& refuse) {
  ImportReport report;
  std::vector<OrderLine> lines;
  for (bool more = true; more;) {
    std::vector<LineRefusal> refusals;
    const Result<bool> read = next_batch(reader, kLinesAtOnce, lines, refusals);
    more = read && *read;
    if (!read) report.broke_off = read.error();
    for (const LineRefusal& refusal : refusals) refuse(refusal);
    report.rows += static_cast<std::int64_t>(refusals.size());
    report.refused += static_cast<std::int64_t>(refusals.size());
    // The last order may go on in the next batch; it waits for it.
    std::size_t end = lines.size();
    if (more && !lines.empty()) {
      const std::string last = lines.back().order_id;
      while (end > 0 && lines[end - 1].order_id == last) --end;
      if (end == 0) end = lines.size();
    }
    const std::string format = reader.facts().format;
    ImportReport batch;
    TRY(store.write([&](Tx& tx) -> Result<Done> {
      batch = {};
      for (std::size_t from = 0; from < end;) {
        IncomingOrder order = order_of(lines[from], format);
        std::size_t to = from;
        for (; to < end && lines[to].order_id == order.amazon_order_id; ++to) {
          IncomingItem item = item_of(lines[to]);
          // The same item twice: the later line is one more telling of the first.
          if (std::any_of(order.items.begin(), order.items.end(), [&](const IncomingItem& known) { return known.amazon_item_id == item.amazon_item_id; })) break;
          order.items.push_back(std::move(item));
        }
        // An order is cancelled when every line of it is.
        if (order.status == AmazonStatus::cancelled && std::any_of(order.items.begin(), order.items.end(), [](const IncomingItem& i) { return !i.cancelled; })) order.status = AmazonStatus::unknown;
        const ImportedOrder imported = TRY(import_order(tx, account, order, now));
        for (const ImportOutcome outcome : imported.items) ++(outcome == ImportOutcome::created ? batch.created : outcome == ImportOutcome::updated ? batch.updated : batch.unchanged);
        batch.rows += static_cast<std::int64_t>(imported.items.size());
        from = to;
      }
      return done;
    }));
    report.rows += batch.rows;
    report.created += batch.created;
    report.updated += batch.updated;
    report.unchanged += batch.unchanged;
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(end));
  }
  report.format = reader.facts().format;
  report.encoding = reader.facts().encoding;
  return report;
}

}  // namespace zifa
