// The marketplace port over Amazon's Selling Partner API: one seller account in one region.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/amazon/sender.hpp"
#include "adapters/amazon/services.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

class AmazonMarketplace final : public Marketplace, private BuyShipping {
 public:
  AmazonMarketplace(Services services, AccountAccess access, SenderOptions options = {});

  Result<std::vector<Participation>> participations() override;
  // A token that repeats ends the paging: `next_token` is empty then. When the current API fails and the older one does
  // not, the page comes from there (20 orders, without buyers' data unless Amazon grants it), and `trouble` says so.
  Result<OrderPage> search_orders(const OrderQuery& query) override;
  Result<IncomingOrder> get_order(const std::string& amazon_order_id) override;
  Result<CallReceipt> confirm_shipment(const ShipmentConfirmation& confirmation) override;

  Result<ListingPage> search_listings(const std::string& marketplace_id, const std::string& page_token) override;
  Result<ListingSnapshot> get_listing(const std::string& sku, const std::string& marketplace_id) override;
  Result<Submission> set_quantity(const QuantityUpdate& update) override;
  Result<Submission> put_listing(const ListingDraft& draft, bool preview) override;

  Result<std::string> create_report(const std::string& type, const std::vector<std::string>& marketplaces, std::optional<Instant> from, std::optional<Instant> to) override;
  Result<ReportState> get_report(const std::string& report_id) override;
  Result<ReportPage> list_reports(const ReportQuery& query) override;
  Result<std::string> download_report(const std::string& document_id) override;
  Result<AccountHealthReport> download_account_health(const std::string& document_id) override;

  Result<std::string> submit_feed(const std::string& type, const std::vector<std::string>& marketplaces, const std::string& content_type, const std::string& body) override;
  Result<FeedState> get_feed(const std::string& feed_id) override;
  Result<std::string> download_feed_result(const std::string& document_id) override;

  Result<std::vector<std::string>> message_kinds(const std::string& amazon_order_id, const std::string& marketplace_id) override;
  Result<std::string> buyer_language(const std::string& amazon_order_id, const std::string& marketplace_id) override;
  Result<CallReceipt> send_message(const BuyerMessage& message) override;
  Result<bool> may_ask_for_review(const std::string& amazon_order_id, const std::string& marketplace_id) override;
  Result<CallReceipt> ask_for_review(const std::string& amazon_order_id, const std::string& marketplace_id) override;

  Result<Done> subscribe(const std::string& queue_arn, const std::vector<std::string>& types) override;
  BuyShipping& buy_shipping() override { return *this; }

  std::vector<OperationCheck> check_operations(bool writes) override;
  std::int64_t requests_sent() const override { return sender_.sent(); }

 private:
  Result<ShippingOffer> shipping_rates(const ShippingQuestion& question) override;
  Result<BoughtLabel> buy_label(const LabelPurchase& purchase) override;
  Result<BoughtLabel> reprint_label(const std::string& shipment_id, const std::string& reference, const LabelFormat& format, const std::string& marketplace_id) override;
  Result<Done> cancel_label(const std::string& shipment_id, const std::string& marketplace_id) override;

  Result<OrderPage> search_orders_v0(OrderQuery query);
  Result<std::vector<IncomingItem>> items_v0(const std::string& amazon_order_id, const std::string& restricted_token);
  std::string orders_v0_token();
  void forget_orders_v0_token(const std::string& token);
  bool is_japanese() const;

  Sender sender_;
  std::mutex mutex_;  // of the two below
  std::string orders_v0_token_;
  Instant orders_v0_token_ends_;
};

class AmazonDirectory final : public MarketplaceDirectory {
 public:
  explicit AmazonDirectory(Services services, SenderOptions options = {}) : services_(services), options_(options) {}
  std::shared_ptr<Marketplace> open(const AccountAccess& access) override;

 private:
  struct Entry {
    AccountAccess access;
    std::shared_ptr<AmazonMarketplace> marketplace;
  };
  Services services_;
  SenderOptions options_;
  std::mutex mutex_;
  std::map<AccountId, Entry> open_;
};

}  // namespace zifa::amazon
