#include "adapters/amazon/marketplace.hpp"

#include <tuple>
#include <type_traits>

#include "adapters/amazon/account_health_report.hpp"
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/documents.hpp"
#include "adapters/amazon/operations/feeds.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/operations/messages.hpp"
#include "adapters/amazon/operations/notifications.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/operations/reports.hpp"
#include "adapters/amazon/operations/sellers.hpp"
#include "adapters/amazon/operations/shipping.hpp"
#include "adapters/amazon/operations/tokens.hpp"
#include "adapters/amazon/path.hpp"
#include "app/reference/marketplaces.hpp"

namespace zifa::amazon {

namespace {

// Pages of the older orders API carry this in front of their token, so that the next page is asked there too.
constexpr std::string_view kOlder = "v0:";

AccountAccess with_endpoints(AccountAccess access) {
  if (access.endpoint.empty()) access.endpoint = spapi_endpoint(access.region).value_or("");
  if (access.lwa_endpoint.empty()) access.lwa_endpoint = kLwaEndpoint;
  while (access.endpoint.ends_with('/')) access.endpoint.pop_back();
  while (access.lwa_endpoint.ends_with('/')) access.lwa_endpoint.pop_back();
  return access;
}

// Sends and reads: the whole of most operations.
template <class Read>
std::invoke_result_t<Read, const http::Response&> ask(Sender& sender, const Operation& operation, http::Request question, Read read, std::string_view restricted_token = {}) {
  const http::Response answer = TRY(sender.send(operation, std::move(question), restricted_token));
  return read(answer);
}

bool same(const AccountAccess& a, const AccountAccess& b) {
  const auto all = [](const AccountAccess& x) { return std::tie(x.account, x.name, x.region, x.seller_id, x.marketplaces, x.endpoint, x.lwa_endpoint, x.client_id, x.client_secret, x.refresh_token); };
  return all(a) == all(b);
}

}  // namespace

AmazonMarketplace::AmazonMarketplace(Services services, AccountAccess access, SenderOptions options) : sender_(services, with_endpoints(std::move(access)), options) {}

Result<std::vector<Participation>> AmazonMarketplace::participations() {
  return ask(sender_, get_marketplace_participations, write_get_marketplace_participations(), read_get_marketplace_participations);
}

Result<OrderPage> AmazonMarketplace::search_orders(const OrderQuery& query) {
  OrderQuery asked = query;
  if (asked.marketplaces.empty()) asked.marketplaces = sender_.access().marketplaces;
  if (asked.page_token.starts_with(kOlder)) return search_orders_v0(std::move(asked));
  const http::Response answer = TRY(sender_.send(amazon::search_orders, write_search_orders(asked)));
  auto page = read_search_orders(answer);
  if (page.has_value()) {
    if (page->next_token == query.page_token) page->next_token.clear();
    return page;
  }
  // One version of the API may be down while the other works. A page in the middle is not continued elsewhere: the two
  // do not share tokens, so the caller starts over.
  if (answer.status < 500 || !query.page_token.empty()) return page;
  auto older = search_orders_v0(std::move(asked));
  if (!older.has_value()) return page;
  older->trouble = std::move(page).error();
  return older;
}

Result<OrderPage> AmazonMarketplace::search_orders_v0(OrderQuery query) {
  const std::string token = query.page_token;
  if (query.page_token.starts_with(kOlder)) query.page_token.erase(0, kOlder.size());
  std::string restricted = orders_v0_token();
  auto answered = ask(sender_, get_orders_v0, write_get_orders_v0(query), read_get_orders_v0, restricted);
  if (!answered.has_value() && answered.error().kind == ErrorKind::unauthorized && !restricted.empty()) {
    // A restricted token may die before its time; the orders are worth another one.
    forget_orders_v0_token(restricted);
    restricted = orders_v0_token();
    answered = ask(sender_, get_orders_v0, write_get_orders_v0(query), read_get_orders_v0, restricted);
  }
  OrderPage page = TRY(std::move(answered));
  for (IncomingOrder& order : page.orders) order.items = TRY(items_v0(order.amazon_order_id, restricted));
  if (!page.next_token.empty()) page.next_token.insert(0, kOlder);
  if (page.next_token == token) page.next_token.clear();
  return page;
}

Result<std::vector<IncomingItem>> AmazonMarketplace::items_v0(const std::string& amazon_order_id, const std::string& restricted_token) {
  std::vector<IncomingItem> items;
  std::string token;
  for (;;) {
    ItemPage page = TRY(ask(sender_, get_order_items_v0, write_get_order_items_v0(amazon_order_id, token), read_get_order_items_v0, restricted_token));
    for (IncomingItem& item : page.items) items.push_back(std::move(item));
    if (page.next_token.empty() || page.next_token == token) return items;
    token = std::move(page.next_token);
  }
}

// Names and addresses come from v0 with a restricted token alone. Without one the orders come all the same.
std::string AmazonMarketplace::orders_v0_token() {
  const std::lock_guard lock(mutex_);
  const Instant now = sender_.services().machine.now();
  if (!orders_v0_token_.empty() && now + std::chrono::minutes(5) < orders_v0_token_ends_) return orders_v0_token_;
  orders_v0_token_.clear();
  const std::vector<std::string> buyer{"buyerInfo", "shippingAddress"};
  const auto answer = sender_.send(create_restricted_data_token,
                                   write_create_restricted_data_token({{"GET", "/orders/v0/orders", buyer}, {"GET", "/orders/v0/orders/{orderId}", buyer}, {"GET", "/orders/v0/orders/{orderId}/orderItems", {"buyerInfo"}}}));
  if (!answer.has_value()) return {};
  auto token = read_create_restricted_data_token(*answer);
  if (!token.has_value()) return {};
  orders_v0_token_ = std::move(token->token);
  orders_v0_token_ends_ = now + std::chrono::seconds(token->expires_in_s);
  return orders_v0_token_;
}

void AmazonMarketplace::forget_orders_v0_token(const std::string& token) {
  const std::lock_guard lock(mutex_);
  if (orders_v0_token_ == token) orders_v0_token_.clear();
}

Result<IncomingOrder> AmazonMarketplace::get_order(const std::string& amazon_order_id) {
  const http::Response answer = TRY(sender_.send(amazon::get_order, write_get_order(amazon_order_id)));
  auto order = read_get_order(answer);
  if (order.has_value() || answer.status < 500) return order;
  const std::string restricted = orders_v0_token();
  const auto older = sender_.send(get_order_v0, write_get_order_v0(amazon_order_id), restricted);
  if (!older.has_value()) return order;
  auto read = read_get_order_v0(*older);
  if (!read.has_value()) return order;
  auto items = items_v0(amazon_order_id, restricted);
  if (!items.has_value()) return order;
  read->items = *std::move(items);
  return read;
}

Result<CallReceipt> AmazonMarketplace::confirm_shipment(const ShipmentConfirmation& confirmation) {
  return ask(sender_, amazon::confirm_shipment, write_confirm_shipment(confirmation), read_confirm_shipment);
}

Result<ListingPage> AmazonMarketplace::search_listings(const std::string& marketplace_id, const std::string& page_token) {
  ListingPage page = TRY(ask(sender_, search_listings_items, write_search_listings_items(sender_.access().seller_id, marketplace_id, page_token), read_search_listings_items));
  if (page.next_token == page_token) page.next_token.clear();
  return page;
}

Result<ListingSnapshot> AmazonMarketplace::get_listing(const std::string& sku, const std::string& marketplace_id) {
  return ask(sender_, get_listings_item, write_get_listings_item(sender_.access().seller_id, sku, marketplace_id), read_get_listings_item);
}

Result<Submission> AmazonMarketplace::set_quantity(const QuantityUpdate& update) {
  return ask(sender_, patch_listings_item, write_patch_listings_item(sender_.access().seller_id, update), read_patch_listings_item);
}

Result<Submission> AmazonMarketplace::put_listing(const ListingDraft& draft, bool preview) {
  http::Request question = TRY(write_put_listings_item(sender_.access().seller_id, draft, preview));
  return ask(sender_, put_listings_item, std::move(question), read_put_listings_item);
}

Result<std::string> AmazonMarketplace::create_report(const std::string& type, const std::vector<std::string>& marketplaces, std::optional<Instant> from, std::optional<Instant> to) {
  const ReportRequest request{type, marketplaces.empty() ? sender_.access().marketplaces : marketplaces, from, to, {}};
  return ask(sender_, amazon::create_report, write_create_report(request), read_create_report);
}

Result<ReportState> AmazonMarketplace::get_report(const std::string& report_id) { return ask(sender_, amazon::get_report, write_get_report(report_id), read_get_report); }

Result<ReportPage> AmazonMarketplace::list_reports(const ReportQuery& query) {
  ReportPage page = TRY(ask(sender_, get_reports, write_get_reports(query), read_get_reports));
  if (page.next_token == query.page_token) page.next_token.clear();
  return page;
}

Result<std::string> AmazonMarketplace::download_report(const std::string& document_id) {
  const http::Request question = write_get_report_document(document_id);
  http::Response answer = TRY(sender_.send(get_report_document, question));
  if (answer.status == 403) {
    // Reports that hold buyers' data ask for a token of their own, made for exactly this path.
    const auto granted = sender_.send(create_restricted_data_token, write_create_restricted_data_token({{"GET", question.target, {}}}));
    const auto token = granted.has_value() ? read_create_restricted_data_token(*granted) : Result<RestrictedToken>(granted.error());
    if (token.has_value()) answer = TRY(sender_.send(get_report_document, question, token->token));
  }
  const DocumentLink link = TRY(read_get_report_document(answer));
  http::Response document = TRY(sender_.download(link.url));
  return decode_document(std::move(document.body), {link.gzipped, std::string(document.headers.get("Content-Type")), is_japanese()});
}

Result<AccountHealthReport> AmazonMarketplace::download_account_health(const std::string& document_id) {
  const std::string text = TRY(download_report(document_id));
  return read_account_health_report(text);
}

Result<std::string> AmazonMarketplace::submit_feed(const std::string& type, const std::vector<std::string>& marketplaces, const std::string& content_type, const std::string& body) {
  const DocumentLink link = TRY(ask(sender_, create_feed_document, write_create_feed_document(content_type), read_create_feed_document));
  TRY(sender_.upload(link.url, content_type, body));
  return ask(sender_, create_feed, write_create_feed(type, marketplaces.empty() ? sender_.access().marketplaces : marketplaces, link.document_id), read_create_feed);
}

Result<FeedState> AmazonMarketplace::get_feed(const std::string& feed_id) { return ask(sender_, amazon::get_feed, write_get_feed(feed_id), read_get_feed); }

Result<std::string> AmazonMarketplace::download_feed_result(const std::string& document_id) {
  const DocumentLink link = TRY(ask(sender_, get_feed_document, write_get_feed_document(document_id), read_get_feed_document));
  http::Response document = TRY(sender_.download(link.url));
  return decode_document(std::move(document.body), {link.gzipped, std::string(document.headers.get("Content-Type")), is_japanese()});
}

Result<std::vector<std::string>> AmazonMarketplace::message_kinds(const std::string& amazon_order_id, const std::string& marketplace_id) {
  return ask(sender_, get_messaging_actions, write_get_messaging_actions(amazon_order_id, marketplace_id), read_get_messaging_actions);
}

Result<std::string> AmazonMarketplace::buyer_language(const std::string& amazon_order_id, const std::string& marketplace_id) {
  return ask(sender_, get_message_attributes, write_get_message_attributes(amazon_order_id, marketplace_id), read_get_message_attributes);
}

Result<CallReceipt> AmazonMarketplace::send_message(const BuyerMessage& message) {
  const Operation* operation = message_operation(message.kind);
  if (operation == nullptr) return invalid("message.unknown_kind", "Zifa does not write messages of the kind \"" + printable(message.kind, 60) + "\".");
  return ask(sender_, *operation, write_message(message), [&](const http::Response& answer) { return read_message(answer, *operation); });
}

Result<bool> AmazonMarketplace::may_ask_for_review(const std::string& amazon_order_id, const std::string& marketplace_id) {
  return ask(sender_, get_solicitation_actions, write_get_solicitation_actions(amazon_order_id, marketplace_id), read_get_solicitation_actions);
}

Result<CallReceipt> AmazonMarketplace::ask_for_review(const std::string& amazon_order_id, const std::string& marketplace_id) {
  return ask(sender_, create_solicitation, write_create_solicitation(amazon_order_id, marketplace_id), read_create_solicitation);
}

Result<Done> AmazonMarketplace::subscribe(const std::string& queue_arn, const std::vector<std::string>& types) {
  std::string destination;
  for (const Destination& known : TRY(ask(sender_, get_destinations, write_get_destinations(), read_get_destinations)))
    if (known.arn == queue_arn) destination = known.id;
  if (destination.empty()) destination = TRY(ask(sender_, create_destination, write_create_destination("zifa", queue_arn), read_create_destination)).id;
  for (const std::string& type : types) {
    const auto made = ask(sender_, create_subscription, write_create_subscription(type, destination), read_create_subscription);
    if (!made.has_value() && made.error().kind != ErrorKind::conflict) return made.error();
  }
  return done;
}

Result<ShippingOffer> AmazonMarketplace::shipping_rates(const ShippingQuestion& question) { return ask(sender_, get_rates, write_get_rates(question), read_get_rates); }

Result<BoughtLabel> AmazonMarketplace::buy_label(const LabelPurchase& purchase) {
  http::Request question = TRY(write_purchase_shipment(purchase));
  return ask(sender_, purchase_shipment, std::move(question), read_purchase_shipment);
}

Result<BoughtLabel> AmazonMarketplace::reprint_label(const std::string& shipment_id, const std::string& reference, const LabelFormat& format, const std::string& marketplace_id) {
  return ask(sender_, get_shipment_documents, write_get_shipment_documents(shipment_id, reference, format, marketplace_id), read_get_shipment_documents);
}

Result<Done> AmazonMarketplace::cancel_label(const std::string& shipment_id, const std::string& marketplace_id) {
  return ask(sender_, cancel_shipment, write_cancel_shipment(shipment_id, marketplace_id), read_cancel_shipment);
}

bool AmazonMarketplace::is_japanese() const {
  const auto& ids = sender_.access().marketplaces;
  return !ids.empty() && ids.front() == "A1VC38T7YXB528";
}

std::shared_ptr<Marketplace> AmazonDirectory::open(const AccountAccess& access) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(access.account);
  if (found != open_.end() && same(found->second.access, access)) return found->second.marketplace;
  auto marketplace = std::make_shared<AmazonMarketplace>(services_, access, options_);
  open_.insert_or_assign(access.account, Entry{access, marketplace});
  return marketplace;
}

}  // namespace zifa::amazon
