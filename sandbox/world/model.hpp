// What the sandbox remembers, as plain records.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/money.hpp"
#include "base/time.hpp"
#include "sandbox/world/marketplaces.hpp"
#include "sandbox/world/people.hpp"
#include "sandbox/world/promise.hpp"

namespace zifa::sandbox {

enum class OrderStatus { pending, unshipped, partially_shipped, shipped, cancelled };
std::string_view text_of(OrderStatus status);     // UNSHIPPED
std::string_view v0_text_of(OrderStatus status);  // Unshipped

// What a listing and an order line say about a product.
struct Product {
  std::string sku, asin, title, product_type, cargo;
  int weight_g = 0;
  int size_mm[3] = {0, 0, 0};
};

struct Listing {
  std::shared_ptr<const Product> product;
  std::set<std::string> marketplaces;  // where it was put
  std::string attributes;              // JSON object as stored, attribute name to array
  std::string condition = "new_new";
  std::optional<Money> price;          // of the first marketplace
  std::optional<std::int64_t> quantity;  // seller-fulfilled units; nothing when only Amazon fulfils it
  int handling_days = 2;
  Instant created, updated;
};

struct OrderItem {
  std::string id;
  std::shared_ptr<const Product> product;
  int quantity = 0;
  int shipped = 0;    // confirmed units
  int cancelled = 0;  // units
  std::int64_t unit_price = 0;  // minor units of the order's currency, as the buyer saw it
  std::int64_t tax = 0, shipping = 0, shipping_tax = 0, discount = 0, gift_wrap = 0;  // of the line
  std::int64_t refunded = 0;
  bool gift = false;
  std::string cancel_reason;
  int left() const { return quantity - shipped - cancelled; }
};

struct Package {
  std::string reference;
  std::string carrier_code, carrier_name, method, number;
  Instant ship_date, first_confirmed_at;
  int edits = 0;
  std::vector<std::pair<std::size_t, int>> items;  // index into the order's items, units
  std::string supply_source;
  std::string shipment;  // Buy Shipping or Shipping v2, when its label made the package
};

struct Refund {
  std::string id;
  Instant at;
  std::size_t item = 0;
  std::string reason;
  std::int64_t item_price = 0, item_tax = 0, shipping = 0, shipping_tax = 0;  // positive: given back
};

struct Return {
  std::string rma;
  Instant requested_at;
  std::size_t item = 0;
  int quantity = 0;
  std::string reason;
};

struct Message {
  Instant at;
  std::string kind;  // an action of the Messaging API, "buyer", or "solicitation"
  std::string text;
};

struct Account;

struct Order {
  std::string id;
  Account* account = nullptr;
  const Marketplace* marketplace = nullptr;
  std::uint64_t seed = 0;
  Instant purchased_at, paid_at, updated_at;
  bool pending = false;
  Service service = Service::standard;
  bool prime = false, premium = false, ship_plus = false, business = false;
  std::vector<OrderItem> items;
  Promise promise;
  int handling_days = 0;
  std::vector<Package> packages;
  std::optional<Instant> confirmed_at;  // of the last unit
  std::optional<Instant> cancelled_at;
  std::string cancelled_by;  // BUYER, MERCHANT, AMAZON
  std::string cancel_reason;
  std::optional<std::string> cancel_request;  // the buyer's reason
  std::optional<Address> ship_to;             // what the one who placed the order fixed
  std::string ship_to_country, ship_to_postal_code;
  std::optional<int> feedback_stars;
  std::string feedback_text;
  bool a_to_z = false, chargeback = false;
  std::vector<Refund> refunds;
  std::vector<Return> returns;
  std::vector<Message> messages;
  bool solicited = false;

  OrderStatus status() const;
  Person buyer() const;      // made up from the seed
  Address address() const;   // where it goes
  std::int64_t line_total(const OrderItem& item) const;  // what the buyer pays for the line, all in
  std::int64_t total() const;
};

enum class ScanCode { accepted, in_transit, out_for_delivery, delivered, exception, lost, returned };
std::string_view text_of(ScanCode code);
std::optional<ScanCode> scan_code(std::string_view text);

struct Scan {
  ScanCode code;
  Instant at;
  std::string place;
  std::string_view text;  // one of the world's own sentences
};

struct Parcel {
  std::string number;
  std::string carrier_code;
  std::vector<Scan> scans;
  std::vector<std::pair<std::string, std::string>> packages;  // order id, package reference
  int journey = 0;      // which of its planned journeys it is on; a corrected number leaves the old one
  bool driven = false;  // scans were set from outside: it no longer moves by itself
  bool registered = false;  // with the tracking service
  std::optional<Instant> first_scan() const;
  std::optional<Instant> delivered() const;
};

// One step of the way of a feed or a report.
enum class Processing { in_queue, in_progress, done, cancelled, fatal };
std::string_view text_of(Processing processing);

struct Document {
  std::string id;
  Account* owner = nullptr;
  std::string content_type;
  std::string bytes;
  bool gzip = false;
  bool uploaded = false;
  bool restricted = false;
  Instant created;
};

struct Feed {
  std::string id, type, input_document, result_document;
  Account* account = nullptr;
  std::vector<std::string> marketplaces;
  std::string options;  // JSON
  Processing state = Processing::in_queue;
  Instant created;
  std::optional<Instant> started, ended;
};

struct Report {
  std::string id, type, document, schedule;
  Account* account = nullptr;
  std::vector<std::string> marketplaces;
  std::string options;  // JSON
  Processing state = Processing::in_queue;
  Instant created;
  std::optional<Instant> from, to, started, ended;
  std::string prepared;  // what was counted when it was asked for
};

struct ReportSchedule {
  std::string id, type, period, options;
  Account* account = nullptr;
  std::vector<std::string> marketplaces;
  Instant next;
  bool cancelled = false;
};

// A label bought from Amazon, through Merchant Fulfillment v0 or Shipping v2.
struct Label {
  std::string id, order_id, carrier, carrier_id, service, service_id, tracking_number, format;
  Account* account = nullptr;
  std::string package_reference, client_reference;
  std::string details;  // JSON: what the API answers again
  std::int64_t cost = 0;
  Currency currency;
  Instant bought;
  std::string status = "Purchased";
};

struct Destination {
  std::string id, name, resource;  // resource as JSON
  std::vector<std::string> queue;  // notifications put there, JSON
};

struct Subscription {
  std::string id, type, payload_version, destination, directive;
  Account* account = nullptr;
};

struct SupplySource {
  std::string id, code, status = "Active";
  std::string body;  // JSON
  Account* account = nullptr;
  Instant created, updated;
};

struct Account {
  std::string region, seller_id, refresh_token, store_name;
  std::vector<std::string> marketplaces;
  std::map<std::string, Listing> listings;
  std::set<std::string> known_skus;  // listed, or accepted and visible soon
  std::set<std::pair<std::int64_t, std::size_t>> by_created, by_updated;  // ms, index into the orders
  Address ship_from;

  bool sells_in(std::string_view marketplace) const;
};

}  // namespace zifa::sandbox
