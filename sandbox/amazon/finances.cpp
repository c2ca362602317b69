// Finances v0 and 2024-06-19, Sales v1: what was paid, given back and sold.
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sandbox/amazon/call.hpp"
#include "sandbox/amazon/players.hpp"
#include "sandbox/amazon/search_window.hpp"

namespace zifa::sandbox {

namespace {

using namespace std::chrono_literals;
constexpr auto kDay = std::chrono::hours(24);

double major(std::int64_t minor, Currency currency) {
  double value = static_cast<double>(minor);
  for (int i = 0; i < currency.decimals(); ++i) value /= 10;
  return value;
}
json::object v0_amount(std::int64_t minor, Currency currency) { return {{"CurrencyCode", currency.code()}, {"CurrencyAmount", major(minor, currency)}}; }
json::object amount(std::int64_t minor, Currency currency) { return {{"currencyCode", currency.code()}, {"currencyAmount", major(minor, currency)}}; }
std::int64_t commission(std::int64_t goods) { return goods < 0 ? -commission(-goods) : (goods * 15 + 50) / 100; }

http::Response payload(json::value value) { return answer(200, json::object{{"payload", std::move(value)}}); }

// One posting: a shipment or a refund of an order.
struct Posting {
  const Order* order;
  const Refund* refund;  // nobody: the shipment
  Instant at;
};

std::vector<Posting> postings(const World& world, const Account& account, const Order* only = nullptr) {
  std::vector<Posting> list;
  const auto take = [&](const Order& order) {
    if (order.confirmed_at) list.push_back({&order, nullptr, *order.confirmed_at});
    for (const Refund& refund : order.refunds) list.push_back({&order, &refund, refund.at});
  };
  if (only != nullptr) take(*only);
  else
    for (const auto& [created, index] : account.by_created) take(world.orders[index]);
  std::stable_sort(list.begin(), list.end(), [](const Posting& a, const Posting& b) { return a.at < b.at; });
  return list;
}

json::object v0_event(const Posting& posting) {
  const Order& order = *posting.order;
  const Currency currency = order.marketplace->currency;
  const auto charge = [&](std::string_view type, std::int64_t minor) { return json::object{{"ChargeType", type}, {"ChargeAmount", v0_amount(minor, currency)}}; };
  const auto fee = [&](std::int64_t minor) { return json::object{{"FeeType", "Commission"}, {"FeeAmount", v0_amount(minor, currency)}}; };
  json::array items;
  if (posting.refund == nullptr) {
    for (const OrderItem& item : order.items) {
      if (item.shipped == 0) continue;
      const std::int64_t goods = item.unit_price * item.shipped;
      items.push_back(json::object{{"SellerSKU", item.product->sku}, {"OrderItemId", item.id}, {"QuantityShipped", item.shipped},
                                   {"ItemChargeList", json::array{charge("Principal", goods), charge("Tax", item.tax), charge("ShippingCharge", item.shipping), charge("ShippingTax", item.shipping_tax)}},
                                   {"ItemFeeList", json::array{fee(-commission(goods))}}});
    }
  } else {
    const OrderItem& item = order.items[posting.refund->item];
    items.push_back(json::object{{"SellerSKU", item.product->sku}, {"OrderItemId", item.id}, {"OrderAdjustmentItemId", posting.refund->id}, {"QuantityShipped", 1},
                                 {"ItemChargeAdjustmentList", json::array{charge("Principal", -posting.refund->item_price), charge("Tax", -posting.refund->item_tax), charge("ShippingCharge", -posting.refund->shipping), charge("ShippingTax", -posting.refund->shipping_tax)}},
                                 {"ItemFeeAdjustmentList", json::array{fee(commission(posting.refund->item_price))}}});
  }
  json::object event{{"AmazonOrderId", order.id}, {"SellerOrderId", order.id}, {"MarketplaceName", order.marketplace->name}, {"PostedDate", posting.at.iso()}};
  event[posting.refund == nullptr ? "ShipmentItemList" : "ShipmentItemAdjustmentList"] = std::move(items);
  return event;
}

json::object v0_events(const std::vector<Posting>& list) {
  json::array shipments, refunds;
  for (const Posting& posting : list) (posting.refund == nullptr ? shipments : refunds).push_back(v0_event(posting));
  return {{"ShipmentEventList", std::move(shipments)}, {"RefundEventList", std::move(refunds)}, {"GuaranteeClaimEventList", json::array{}}, {"ChargebackEventList", json::array{}},
          {"ServiceFeeEventList", json::array{}}, {"AdjustmentEventList", json::array{}}, {"SAFETReimbursementEventList", json::array{}}};
}

// A page of postings; the token holds how many came before.
struct Page {
  std::vector<Posting> postings;
  std::string next_token;
};
std::optional<http::Response> page_of(const Call& call, std::vector<Posting> all, std::string_view token_name, std::size_t size, Page& page) {
  const std::string question = question_of(call, token_name);
  std::size_t first = 0;
  if (call.query.has(token_name)) {
    const std::optional<std::string> token = read_page_token(call, question, call.query.get(token_name));
    if (!token) return invalid_input(std::string(token_name) + " is not valid for these parameters.");
    first = static_cast<std::size_t>(to_int(*token).value_or(0));
  }
  for (std::size_t i = first; i < all.size() && i < first + size; ++i) page.postings.push_back(all[i]);
  if (first + size < all.size()) page.next_token = page_token(call, question, std::to_string(first + size));
  return std::nullopt;
}

std::optional<http::Response> read_posted(const Call& call, std::string_view after_name, std::string_view before_name, Instant& after, Instant& before) {
  before = call.world.now();
  after = before - 180 * kDay;
  for (auto [name, moment] : {std::pair{after_name, &after}, std::pair{before_name, &before}}) {
    if (!call.query.has(name)) continue;
    const std::optional<Instant> at = parse_time(call.query.get(name));
    if (!at) return invalid_input(std::string(name) + " is not a date-time in ISO 8601.");
    *moment = *at;
  }
  if (after > before) return invalid_input(std::string(after_name) + " must not be after " + std::string(before_name) + ".");
  if (before - after > 180 * kDay) return invalid_input("The window must not be longer than 180 days.");
  return std::nullopt;
}

http::Response v0_page(const Call& call, std::vector<Posting> all) {
  const std::optional<int> size = int_parameter(call, "MaxResultsPerPage", 100, 1, 100);
  if (!size) return invalid_input("MaxResultsPerPage must be a number from 1 to 100.");
  Page page;
  if (auto refusal = page_of(call, std::move(all), "NextToken", static_cast<std::size_t>(*size), page)) return *refusal;
  json::object body{{"FinancialEvents", v0_events(page.postings)}};
  if (!page.next_token.empty()) body["NextToken"] = page.next_token;
  return payload(std::move(body));
}

std::string group_id(const World& world, const Account& account, int n) {
  return "G" + std::to_string(mix(mix(world.options().seed, account.seller_id), static_cast<std::uint64_t>(n)));
}
// Groups of fourteen days, counted from a fixed Monday.
int group_of(Instant at) { return static_cast<int>((at.ms() - 1'704'067'200'000) / (14LL * 86'400'000)); }
Instant group_start(int n) { return Instant::from_ms(1'704'067'200'000 + static_cast<std::int64_t>(n) * 14LL * 86'400'000); }

json::object transaction_of(const Account& account, const Posting& posting, Instant now) {
  const Order& order = *posting.order;
  const Currency currency = order.marketplace->currency;
  const auto part = [&](std::string_view type, std::int64_t minor) { return json::object{{"breakdownType", type}, {"breakdownAmount", amount(minor, currency)}, {"breakdowns", json::array{}}}; };
  std::int64_t goods = 0, shipping = 0;
  json::array items;
  const auto add_item = [&](const OrderItem& item, std::int64_t item_goods, std::int64_t item_shipping, int quantity) {
    goods += item_goods;
    shipping += item_shipping;
    items.push_back(json::object{{"description", item.product->title}, {"totalAmount", amount(item_goods + item_shipping - commission(item_goods), currency)},
                                 {"relatedIdentifiers", json::array{json::object{{"itemRelatedIdentifierName", "ORDER_ADJUSTMENT_ITEM_ID"}, {"itemRelatedIdentifierValue", item.id}}}},
                                 {"contexts", json::array{json::object{{"contextType", "ProductContext"}, {"asin", item.product->asin}, {"sku", item.product->sku}, {"quantityShipped", quantity}, {"fulfillmentNetwork", "MFN"}}}}});
  };
  if (posting.refund == nullptr)
    for (const OrderItem& item : order.items) {
      if (item.shipped > 0) add_item(item, item.unit_price * item.shipped, item.shipping, item.shipped);
    }
  else add_item(order.items[posting.refund->item], -posting.refund->item_price, -posting.refund->shipping, 1);
  const std::int64_t fees = -commission(goods);
  json::array identifiers{json::object{{"relatedIdentifierName", "ORDER_ID"}, {"relatedIdentifierValue", order.id}}};
  if (posting.refund != nullptr) identifiers.push_back(json::object{{"relatedIdentifierName", "REFUND_ID"}, {"relatedIdentifierValue", posting.refund->id}});
  const bool deferred = posting.refund == nullptr && now < posting.at + 7 * kDay;
  return {{"sellingPartnerMetadata", json::object{{"sellingPartnerId", account.seller_id}, {"accountType", "Standard Orders"}, {"marketplaceId", order.marketplace->id}}},
          {"relatedIdentifiers", std::move(identifiers)}, {"transactionType", posting.refund == nullptr ? "Shipment" : "Refund"}, {"transactionId", posting.refund == nullptr ? "T" + order.id : "R" + posting.refund->id},
          {"transactionStatus", deferred ? "DEFERRED" : "RELEASED"}, {"description", posting.refund == nullptr ? "Order Payment" : "Refund Order"}, {"postedDate", posting.at.iso()},
          {"totalAmount", amount(goods + shipping + fees, currency)}, {"marketplaceDetails", json::object{{"marketplaceId", order.marketplace->id}, {"marketplaceName", order.marketplace->name}}},
          {"items", std::move(items)}, {"contexts", json::array{}}, {"breakdowns", json::array{part("Sales", goods + shipping), part("Expenses", fees)}}};
}

}  // namespace

http::Response play::v0_list_financial_events(Call& call) {
  Instant after, before;
  if (auto refusal = read_posted(call, "PostedAfter", "PostedBefore", after, before)) return *refusal;
  std::vector<Posting> all = postings(call.world, *call.account);
  std::erase_if(all, [&](const Posting& posting) { return posting.at < after || posting.at > before; });
  return v0_page(call, std::move(all));
}

http::Response play::v0_list_financial_events_by_order(Call& call) {
  const Order* order = order_of(call, "orderId");
  if (order == nullptr) return not_found_answer("Order " + printable(call.path_value("orderId"), 60) + " was not found.");
  return v0_page(call, postings(call.world, *call.account, order));
}

http::Response play::v0_list_financial_event_groups(Call& call) {
  Instant after, before;
  if (auto refusal = read_posted(call, "FinancialEventGroupStartedAfter", "FinancialEventGroupStartedBefore", after, before)) return *refusal;
  std::map<int, std::int64_t> totals;
  Currency currency = find_marketplace(call.account->marketplaces.front())->currency;
  for (const Posting& posting : postings(call.world, *call.account)) {
    if (posting.order->marketplace->currency != currency) continue;
    std::int64_t& total = totals[group_of(posting.at)];
    if (posting.refund != nullptr) total -= posting.refund->item_price + posting.refund->shipping - commission(posting.refund->item_price);
    else
      for (const OrderItem& item : posting.order->items) total += item.unit_price * item.shipped + item.shipping - commission(item.unit_price * item.shipped);
  }
  json::array groups;
  for (const auto& [n, total] : totals) {
    const Instant start = group_start(n), end = group_start(n + 1);
    if (start < after - 14 * kDay || start > before) continue;
    const bool closed = end <= call.world.now();
    json::object group{{"FinancialEventGroupId", group_id(call.world, *call.account, n)}, {"ProcessingStatus", closed ? "Closed" : "Open"}, {"OriginalTotal", v0_amount(total, currency)},
                       {"BeginningBalance", v0_amount(0, currency)}, {"FinancialEventGroupStart", start.iso()}};
    if (closed) group["FinancialEventGroupEnd"] = end.iso(), group["FundTransferStatus"] = "Succeeded", group["FundTransferDate"] = (end + 2 * kDay).iso();
    groups.push_back(std::move(group));
  }
  return payload(json::object{{"FinancialEventGroupList", std::move(groups)}});
}

http::Response play::v0_list_financial_events_by_group(Call& call) {
  const std::string_view wanted = call.path_value("eventGroupId");
  std::vector<Posting> all = postings(call.world, *call.account);
  bool known = false;
  std::erase_if(all, [&](const Posting& posting) {
    const bool inside = group_id(call.world, *call.account, group_of(posting.at)) == wanted;
    known = known || inside;
    return !inside;
  });
  if (!known) return not_found_answer("Event group " + printable(wanted, 60) + " was not found.");
  return v0_page(call, std::move(all));
}

http::Response play::list_transactions(Call& call) {
  const std::string_view name = call.query.get("relatedIdentifierName"), value = call.query.get("relatedIdentifierValue");
  if (name.empty() != value.empty()) return invalid_input("relatedIdentifierName and relatedIdentifierValue come together.");
  if (!name.empty() && name != "ORDER_ID" && name != "FINANCIAL_EVENT_GROUP_ID") return invalid_input("relatedIdentifierName must be ORDER_ID or FINANCIAL_EVENT_GROUP_ID.");
  if (name.empty() && !call.query.has("postedAfter")) return invalid_input("postedAfter is required.");
  Instant after, before;
  if (auto refusal = read_posted(call, "postedAfter", "postedBefore", after, before)) return *refusal;
  if (call.query.has("postedAfter") && after > call.world.now() - 2min) return invalid_input("postedAfter must be no later than two minutes before the request.");
  const std::string_view status = call.query.get("transactionStatus"), marketplace = call.query.get("marketplaceId");
  if (!status.empty() && status != "DEFERRED" && status != "RELEASED" && status != "DEFERRED_RELEASED") return invalid_input("transactionStatus must be DEFERRED, RELEASED or DEFERRED_RELEASED.");
  std::vector<Posting> all = postings(call.world, *call.account);
  std::erase_if(all, [&](const Posting& posting) {
    if (name == "ORDER_ID" && posting.order->id != value) return true;
    if (name == "FINANCIAL_EVENT_GROUP_ID" && group_id(call.world, *call.account, group_of(posting.at)) != value) return true;
    if (call.query.has("postedAfter") && (posting.at < after || posting.at > before)) return true;
    return !marketplace.empty() && posting.order->marketplace->id != marketplace;
  });
  Page page;
  if (auto refusal = page_of(call, std::move(all), "nextToken", 100, page)) return *refusal;
  json::array transactions;
  for (const Posting& posting : page.postings) {
    json::object transaction = transaction_of(*call.account, posting, call.world.now());
    if (status.empty() || std::string_view(transaction["transactionStatus"].as_string()) == status) transactions.push_back(std::move(transaction));
  }
  json::object body{{"transactions", std::move(transactions)}};
  if (!page.next_token.empty()) body["nextToken"] = page.next_token;
  return payload(std::move(body));
}

// getOrderMetrics: orders, units and sales per interval.
http::Response play::get_order_metrics(Call& call) {
  const std::vector<std::string> ids = call.query.list("marketplaceIds");
  if (ids.size() != 1 || !call.account->sells_in(ids.front())) return invalid_input("marketplaceIds must be one marketplace of the seller.");
  const Marketplace& marketplace = *find_marketplace(ids.front());
  const std::string interval = replace_all(std::string(call.query.get("interval")), " ", "+");
  const std::size_t gap = interval.find("--");
  const std::optional<Instant> from = gap == std::string::npos ? std::nullopt : parse_time(interval.substr(0, gap)), to = gap == std::string::npos ? std::nullopt : parse_time(interval.substr(gap + 2));
  if (!from || !to || *from >= *to) return invalid_input("interval must be two date-times joined by --.");
  const std::string_view granularity = call.query.get("granularity");
  if (granularity != "Total" && granularity != "Day" && granularity != "Hour") return invalid_input("granularity must be Total, Day or Hour here.");
  TimeZone zone = marketplace.zone;
  if (call.query.has("granularityTimeZone")) {
    Result<TimeZone> named = TimeZone::named(call.query.get("granularityTimeZone"));
    if (!named) return invalid_input("granularityTimeZone is not known.");
    zone = *named;
  } else if (granularity == "Day") {
    return invalid_input("granularityTimeZone is required for Day.");
  }
  if (*to - *from > 800 * kDay || (granularity == "Hour" && *to - *from > 31 * kDay)) return invalid_input("The interval is too long for this granularity.");
  struct Sum {
    std::int64_t units = 0, items = 0, orders = 0, sales = 0;
  };
  std::map<Instant, Sum> sums;
  const auto step_of = [&](Instant at) {
    if (granularity == "Total") return *from;
    if (granularity == "Day") return std::max(*from, zone.start_of(zone.day_of(at)));
    return Instant::from_ms(at.ms() / 3'600'000 * 3'600'000);
  };
  const auto end_of = [&](Instant start) {
    if (granularity == "Total") return *to;
    return std::min(*to, granularity == "Day" ? zone.start_of(zone.day_of(start) + 1) : start + std::chrono::hours(1));
  };
  for (Instant at = step_of(*from); at < *to; at = end_of(at)) sums[at];
  const std::string_view sku = call.query.get("sku"), asin = call.query.get("asin"), buyers = call.query.get("buyerType");
  const auto& index = call.account->by_created;
  for (auto at = index.lower_bound({from->ms(), 0}); at != index.end() && at->first < to->ms(); ++at) {
    const Order& order = call.world.orders[at->second];
    if (order.marketplace != &marketplace || order.pending || order.cancelled_at) continue;
    if ((buyers == "B2B" && !order.business) || (buyers == "B2C" && order.business)) continue;
    Sum& sum = sums[step_of(order.purchased_at)];
    bool any = false;
    for (const OrderItem& item : order.items) {
      if ((!sku.empty() && item.product->sku != sku) || (!asin.empty() && item.product->asin != asin)) continue;
      any = true;
      ++sum.items;
      sum.units += item.quantity - item.cancelled;
      sum.sales += item.unit_price * (item.quantity - item.cancelled);
    }
    sum.orders += any ? 1 : 0;
  }
  json::array intervals;
  for (const auto& [start, sum] : sums)
    intervals.push_back(json::object{{"interval", zone.iso(start) + "--" + zone.iso(end_of(start))}, {"unitCount", sum.units}, {"orderItemCount", sum.items}, {"orderCount", sum.orders},
                                     {"averageUnitPrice", money(sum.units == 0 ? 0 : sum.sales / sum.units, marketplace.currency)}, {"totalSales", money(sum.sales, marketplace.currency)}});
  return payload(std::move(intervals));
}

}  // namespace zifa::sandbox
