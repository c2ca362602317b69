#include <algorithm>
#include <unordered_set>

#include "app/import_lines.hpp"
#include "app/import_orders.hpp"
#include "app/reference/marketplaces.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Large enough that an index written in no order is not written again for every few rows, small enough that others need not wait long.
constexpr std::size_t kLinesAtOnce = 4'000;

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

// Whose orders these are: the named account's, or by the marketplace that a line names.
class AccountOfOrder {
 public:
  static Result<AccountOfOrder> of(Tx& tx, const std::optional<Account>& named) {
    AccountOfOrder which;
    which.named_ = named;
    if (!named) which.all_ = TRY(tx.accounts.all());
    return which;
  }
  // Fills in the only marketplace of the account where the line names none.
  Result<AccountId> find(IncomingOrder& order) const {
    if (named_) {
      if (order.marketplace_id.empty() && named_->marketplaces.size() == 1) order.marketplace_id = named_->marketplaces.front();
      return named_->id;
    }
    std::optional<AccountId> found;
    for (const Account& account : all_) {
      const bool sells_there = std::find(account.marketplaces.begin(), account.marketplaces.end(), order.marketplace_id) != account.marketplaces.end();
      if (!sells_there || order.marketplace_id.empty()) continue;
      if (found) return invalid("file.which_account", "several stores sell on the marketplace of this order; choose the store that the file is from");
      found = account.id;
    }
    if (!found) return invalid("file.which_account", order.marketplace_id.empty() ? "the line does not name its marketplace; choose the store that the file is from" : "no store of yours sells on the marketplace of this order; choose the store that the file is from");
    return *found;
  }

 private:
  std::optional<Account> named_;
  std::vector<Account> all_;
};

// The lines of one order that stand together. The same item twice: the later line is one more telling of the first.
std::size_t lines_of_an_order(std::span<const OrderLine> lines) {
  std::unordered_set<std::string_view> told{lines[0].order_item_id};
  std::size_t count = 1;
  while (count < lines.size() && lines[count].order_id == lines[0].order_id && told.insert(lines[count].order_item_id).second) ++count;
  return count;
}

IncomingOrder order_of(std::span<const OrderLine> lines, std::string_view format) {
  IncomingOrder order = order_of(lines[0], format);
  for (const OrderLine& line : lines) order.items.push_back(item_of(line));
  // An order is cancelled when every line of it is.
  if (order.status == AmazonStatus::cancelled && std::any_of(order.items.begin(), order.items.end(), [](const IncomingItem& i) { return !i.cancelled; })) order.status = AmazonStatus::unknown;
  return order;
}

class OrderTaker final : public LineTaker<OrderLine> {
 public:
  OrderTaker(Tx& tx, const AccountOfOrder& accounts, const FileFacts& facts, Instant now) : tx_(tx), accounts_(accounts), facts_(facts), now_(now) {}

  Result<Done> take(std::span<const OrderLine> lines, std::span<const std::size_t> numbers, LinesTaken& taken) override {
    IncomingOrder order = order_of(lines, facts_.format);
    const Result<AccountId> account = accounts_.find(order);
    if (!account) {
      for (const std::size_t number : numbers) taken.refusals.push_back({number, account.error().code, account.error().message});
      return done;
    }
    const ImportedOrder imported = TRY(intakes_.try_emplace(*account, tx_, *account, now_).first->second.import(order));
    for (const ImportOutcome outcome : imported.items) ++(outcome == ImportOutcome::created ? taken.created : outcome == ImportOutcome::updated ? taken.updated : taken.unchanged);
    return done;
  }
  Result<Done> finish() override {
    for (auto& [account, intake] : intakes_) TRY(intake.finish());
    return done;
  }

 private:
  Tx& tx_;
  const AccountOfOrder& accounts_;
  const FileFacts& facts_;
  Instant now_;
  std::map<AccountId, OrderIntake> intakes_;
};

}  // namespace

Result<ImportReport> import_order_lines(Store& store, OrderFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse) {
  const AccountOfOrder accounts = TRY(store.read([&](Tx& tx) { return AccountOfOrder::of(tx, request.account); }));
  const LinesOfAKind<OrderLine> kind{
      .at_once = kLinesAtOnce,
      .open = [&](Tx& tx) { return std::make_unique<OrderTaker>(tx, accounts, reader.facts(), now); },
      .together = lines_of_an_order,
      .key = [](const OrderLine& line) { return std::string_view(line.order_id); },
  };
  return LineImport<OrderLine>(store, reader, request, refuse, kind).run();
}

}  // namespace zifa
