// `zifa account check`: every operation once, to see whether the account, the app's roles and the server fit.
//
// What one answer names (an order, a SKU, a document) is what the next asks about, so that on a real account real things
// are read. Writing operations get made-up arguments; the feed handed in is one line of column names and does nothing.
#include <algorithm>
#include <array>

#include "adapters/amazon/marketplace.hpp"
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/feeds.hpp"
#include "adapters/amazon/operations/listings.hpp"
#include "adapters/amazon/operations/notifications.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/operations/reports.hpp"

namespace zifa::amazon {

namespace {

// Those whose answers others build on go first; all others follow by name.
constexpr const char* kFeedType = "text/tab-separated-values;charset=UTF-8";
constexpr const char* kFeedText = "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n";

constexpr std::array<std::string_view, 11> kFirst{"getMarketplaceParticipations", "searchOrders", "searchListingsItems", "createReport", "getReports", "getReport", "createFeedDocument", "createFeed", "getFeed", "getDestinations", "createDestination"};

std::size_t rank(const Operation& operation) { return static_cast<std::size_t>(std::find(kFirst.begin(), kFirst.end(), operation.name) - kFirst.begin()); }

void learn(CheckArguments& arguments, const Operation& operation, const http::Response& answer) {
  if (&operation == &search_orders) {
    if (const auto page = read_search_orders(answer); page.has_value() && !page->orders.empty()) arguments.order_id = page->orders.front().amazon_order_id;
  } else if (&operation == &search_listings_items) {
    if (const auto page = read_search_listings_items(answer); page.has_value() && !page->listings.empty()) arguments.sku = page->listings.front().sku;
  } else if (&operation == &create_report) {
    if (const auto id = read_create_report(answer); id.has_value()) arguments.report_id = *id;
  } else if (&operation == &get_reports) {
    if (const auto page = read_get_reports(answer); page.has_value())
      for (const ReportSummary& report : page->reports) {
        if (arguments.report_id.empty()) arguments.report_id = report.report_id;
        if (arguments.report_document_id.empty()) arguments.report_document_id = report.state.document_id;
      }
  } else if (&operation == &get_report) {
    if (const auto state = read_get_report(answer); state.has_value() && arguments.report_document_id.empty()) arguments.report_document_id = state->document_id;
  } else if (&operation == &create_feed_document) {
    if (const auto link = read_create_feed_document(answer); link.has_value()) arguments.feed_document_id = link->document_id;
  } else if (&operation == &create_feed) {
    if (const auto id = read_create_feed(answer); id.has_value()) arguments.feed_id = *id;
  } else if (&operation == &create_destination) {
    if (const auto made = read_create_destination(answer); made.has_value()) arguments.destination_id = made->id;
  } else if (&operation == &get_feed) {
    const auto state = read_get_feed(answer);
    arguments.feed_document_id = state.has_value() ? state->result_document_id : "";
  }
}

}  // namespace

std::vector<OperationCheck> AmazonMarketplace::check_operations(bool writes) {
  CheckArguments arguments;
  arguments.seller_id = sender_.access().seller_id;
  if (!sender_.access().marketplaces.empty()) arguments.marketplace_id = sender_.access().marketplaces.front();
  arguments.now = sender_.services().clock.now().iso();

  std::vector<const Operation*> all(operations().begin(), operations().end());
  std::stable_sort(all.begin(), all.end(), [](const Operation* a, const Operation* b) { return rank(*a) != rank(*b) ? rank(*a) < rank(*b) : a->name < b->name; });
  std::vector<OperationCheck> checks;
  for (const Operation* operation : all) {
    if (operation->sample == nullptr || (operation->effect != Effect::reads && !writes)) continue;
    const bool made_up = operation->subject != nullptr && (arguments.*operation->subject).empty();
    OperationCheck check{std::string(operation->name), 0, false, ""};
    auto answer = sender_.send(*operation, operation == &create_feed_document ? write_create_feed_document(kFeedType) : operation->sample(arguments));
    if (answer.has_value()) {
      // The account has no order, report or feed to ask about, and Amazon's example is not known here: no finding.
      if (made_up && (answer->status == 400 || answer->status == 404)) continue;
      check.status = answer->status;
      const auto read = operation->understands(*answer);
      check.ok = answer->status >= 200 && answer->status < 300 && read.has_value();
      if (!read.has_value()) check.problem = read.error().message;
      if (check.ok) learn(arguments, *operation, *answer);
      // Only to the server under trial: a link may point anywhere.
      if (check.ok && operation == &create_feed_document)
        if (const auto link = read_create_feed_document(*answer); link->url.starts_with(sender_.access().endpoint + "/")) (void)sender_.upload(link->url, kFeedType, kFeedText);
    } else {
      check.problem = answer.error().message;
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace zifa::amazon
