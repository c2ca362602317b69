// The marketplace as the use cases see it: one seller account at Amazon. Implemented in adapters/amazon over SP-API.
//
// Error kinds decide what happens next: `unavailable` and `throttled` = nothing happened, try again;
// `unknown` = asked and no answer, it may have happened: read back first; `refused`, `conflict`, `invalid` = Amazon said no.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/ports/account_health_report.hpp"
#include "app/ports/buy_shipping.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "domain/ids.hpp"
#include "domain/order/incoming.hpp"

namespace zifa {

struct OrderPage {
  std::vector<IncomingOrder> orders;
  std::string next_token;                 // empty on the last page
  std::optional<Instant> complete_until;  // lastUpdatedBefore / createdBefore of the answer: the next "after"
  std::int64_t unreadable = 0;            // entries of the page that had no order id
  // Amazon's current orders API failed and these came from its older one. Worth telling, though nothing is missing.
  std::optional<Error> trouble;
};

struct OrderQuery {
  std::optional<Instant> updated_after;   // exactly one of the two
  std::optional<Instant> created_after;
  std::vector<std::string> marketplaces;  // empty: all of the account
  std::string page_token;                 // all other fields repeated unchanged
};

struct ConfirmedItem {
  std::string amazon_item_id;
  std::int64_t quantity = 0;
};

struct ShipmentConfirmation {
  std::string amazon_order_id;
  std::string marketplace_id;
  std::string package_reference;  // our parcel id: digits
  std::string carrier_code;       // as Amazon spells it, or "Other"
  std::string carrier_name;       // required with "Other"
  std::string shipping_method;
  std::string tracking_number;
  Instant ship_date;
  std::vector<ConfirmedItem> items;
  std::string cod_collection;     // DirectPayment or empty
};

struct CallReceipt {
  std::string request_id;  // x-amzn-RequestId: Amazon's support asks for it
};

struct Participation {
  std::string marketplace_id, country, name, currency, language, domain;
  bool participating = false;
  bool suspended = false;
};

struct ListingIssue {
  std::string code, message, severity;
  std::vector<std::string> attributes;
};

struct ListingSnapshot {
  std::string sku, asin, title, product_type, condition, image_url;
  std::vector<std::string> status;             // BUYABLE, DISCOVERABLE
  std::optional<Money> price;
  std::optional<std::int64_t> quantity;        // of the DEFAULT (seller-fulfilled) channel
  std::optional<int> handling_days;            // lead_time_to_ship_max_days
  std::vector<std::string> channels;           // DEFAULT, AMAZON_NA, ...
  std::vector<ListingIssue> issues;
};

struct ListingPage {
  std::vector<ListingSnapshot> listings;
  std::string next_token;
};

struct QuantityUpdate {
  std::string sku;
  std::string marketplace_id;
  std::string product_type;      // "PRODUCT" where unknown
  std::int64_t quantity = 0;
  std::optional<int> handling_days;  // always sent along when known: Amazon resets it otherwise
};

// A whole listing; replaces what is there.
struct ListingDraft {
  std::string sku;
  std::string marketplace_id;
  std::string product_type;
  std::string requirements = "LISTING_OFFER_ONLY";  // LISTING, LISTING_PRODUCT_ONLY
  std::string attributes;                           // a JSON object of Amazon's attributes
};

struct Submission {
  std::string status;  // ACCEPTED, INVALID, VALID
  std::string submission_id;
  std::vector<ListingIssue> issues;
  std::string request_id;
};

enum class ReportStatus { queued, running, finished, cancelled, failed };

struct ReportState {
  ReportStatus status = ReportStatus::queued;
  std::string document_id;
};

struct FeedState {
  ReportStatus status = ReportStatus::queued;
  std::string result_document_id;
};

struct ReportQuery {
  std::vector<std::string> types;
  std::vector<std::string> marketplaces;
  std::optional<Instant> created_since;  // at most 90 days ago
  std::string page_token;
};

struct ReportSummary {
  std::string report_id, type;
  ReportState state;
  std::optional<Instant> created_at, from, to;
};

struct ReportPage {
  std::vector<ReportSummary> reports;
  std::string next_token;
};

// A text to the buyer, through Amazon. Amazon takes no HTML, no e-mail addresses, no links but those the order needs,
// and wants the buyer's language.
struct BuyerMessage {
  std::string amazon_order_id;
  std::string marketplace_id;
  std::string kind;  // confirmOrderDetails, confirmDeliveryDetails, unexpectedProblem, ...: one of those allowed now
  std::string text;
};

// One operation called by `zifa account check`.
struct OperationCheck {
  std::string operation;
  int status = 0;  // HTTP status, 0 when there was no answer
  bool ok = false;
  std::string problem;
};

class Marketplace {
 public:
  virtual ~Marketplace() = default;

  virtual Result<std::vector<Participation>> participations() = 0;
  virtual Result<OrderPage> search_orders(const OrderQuery& query) = 0;
  virtual Result<IncomingOrder> get_order(const std::string& amazon_order_id) = 0;
  virtual Result<CallReceipt> confirm_shipment(const ShipmentConfirmation& confirmation) = 0;

  virtual Result<ListingPage> search_listings(const std::string& marketplace_id, const std::string& page_token) = 0;
  virtual Result<ListingSnapshot> get_listing(const std::string& sku, const std::string& marketplace_id) = 0;
  virtual Result<Submission> set_quantity(const QuantityUpdate& update) = 0;
  // `preview`: Amazon only says whether it would accept it.
  virtual Result<Submission> put_listing(const ListingDraft& draft, bool preview) = 0;

  virtual Result<std::string> create_report(const std::string& type, const std::vector<std::string>& marketplaces, std::optional<Instant> from, std::optional<Instant> to) = 0;
  virtual Result<ReportState> get_report(const std::string& report_id) = 0;
  // Reports that exist already, some made by Amazon unasked (settlements).
  virtual Result<ReportPage> list_reports(const ReportQuery& query) = 0;
  // The document's bytes as UTF-8, decompressed. An error when Amazon has no document for it.
  virtual Result<std::string> download_report(const std::string& document_id) = 0;
  // The document of a GET_V2_SELLER_PERFORMANCE_REPORT, read.
  virtual Result<AccountHealthReport> download_account_health(const std::string& document_id) = 0;

  virtual Result<std::string> submit_feed(const std::string& type, const std::vector<std::string>& marketplaces, const std::string& content_type, const std::string& body) = 0;
  virtual Result<FeedState> get_feed(const std::string& feed_id) = 0;
  virtual Result<std::string> download_feed_result(const std::string& document_id) = 0;

  // The kinds of message an order allows now, in Amazon's words; kinds we cannot write are among them.
  virtual Result<std::vector<std::string>> message_kinds(const std::string& amazon_order_id, const std::string& marketplace_id) = 0;
  // "ja-JP"; "" where Amazon does not say.
  virtual Result<std::string> buyer_language(const std::string& amazon_order_id, const std::string& marketplace_id) = 0;
  // Refuses `message.unknown_kind`. There is no way to read back what was sent: on `unknown` a person decides.
  virtual Result<CallReceipt> send_message(const BuyerMessage& message) = 0;
  virtual Result<bool> may_ask_for_review(const std::string& amazon_order_id, const std::string& marketplace_id) = 0;
  virtual Result<CallReceipt> ask_for_review(const std::string& amazon_order_id, const std::string& marketplace_id) = 0;

  // From now on Amazon puts notifications of these types ("ORDER_CHANGE", ...) about this account into the queue. Safe to
  // repeat: a queue or a subscription that Amazon knows already is left as it is.
  virtual Result<Done> subscribe(const std::string& queue_arn, const std::vector<std::string>& types) = 0;

  // Labels bought from Amazon itself.
  virtual BuyShipping& buy_shipping() = 0;

  // Every operation the program knows, once; `writes`: the writing ones too, with well-formed made-up arguments. Left out are
  // those that buy something, and reads of a kind of thing (a feed, a report) of which the account has none.
  virtual std::vector<OperationCheck> check_operations(bool writes) = 0;
  // Calls sent by this object since it was made.
  virtual std::int64_t requests_sent() const = 0;
};

// What is needed to speak for an account. The secrets are opened only to build this.
struct AccountAccess {
  AccountId account;
  std::string name;
  std::string region;  // na, eu, fe
  std::string seller_id;
  std::vector<std::string> marketplaces;
  std::string endpoint;      // base URL of SP-API
  std::string lwa_endpoint;  // base URL of Login with Amazon
  std::string client_id, client_secret, refresh_token;
};

class MarketplaceDirectory {
 public:
  virtual ~MarketplaceDirectory() = default;
  // The same account gives the same object while the access is unchanged, so that quotas and tokens are shared.
  virtual std::shared_ptr<Marketplace> open(const AccountAccess& access) = 0;
};

}  // namespace zifa
