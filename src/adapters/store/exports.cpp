#include "adapters/store/rows.hpp"

namespace zifa::sql {

namespace {

// The seller's own cancellations that Amazon has to be told of; what the marketplace cancelled itself is known there.
constexpr const char* kOwnCancellation = "o.cancelled_at IS NOT NULL AND o.cancel_reason<>'' AND EXISTS (SELECT 1 FROM event e WHERE e.order_id=o.id AND e.kind='order_cancelled' AND e.data LIKE '%\"reason\":%')";
constexpr const char* kToldOf = "EXISTS (SELECT 1 FROM event e WHERE e.order_id=o.id AND e.kind IN ('cancellation_sent','cancellation_handed_over'))";

class SqlExports final : public ExportStore {
 public:
  explicit SqlExports(Connection& c) : c_(c) {}

  Result<std::vector<LabelLine>> labels(ExportOf of, LabelId after, int limit) override {
    Statement s = TRY(c_.prepare(
        "SELECT l.id, l.parcel_id, l.order_id, l.state, l.carrier_id, l.carrier_name, l.service_name, l.tracking_number, l.cost, l.currency, l.bought_at, l.voided_at, l.print_count, o.amazon_order_id FROM label l JOIN orders o ON "
        "o.id=l.order_id WHERE l.id>? AND (?=0 OR o.account_id=?) ORDER BY l.id LIMIT ?"));
    s.with(after, number(of), number(of), limit);
    std::vector<LabelLine> lines;
    while (TRY(s.step())) {
      LabelLine line{.amazon_order_id = s.text(13)};
      Label& l = line.label;
      l.id = s.id<LabelId>(0);
      l.parcel = s.id<ParcelId>(1);
      l.order = s.id<OrderId>(2);
      l.state = s.text(3);
      l.carrier_id = s.text(4);
      l.carrier_name = s.text(5);
      l.service_name = s.text(6);
      l.tracking_number = s.text(7);
      l.cost = money_at(s, 8, 9);
      l.bought_at = s.instant(10);
      l.voided_at = s.instant_if(11);
      l.print_count = static_cast<int>(s.integer(12));
      lines.push_back(std::move(line));
    }
    return lines;
  }

  Result<std::vector<ParcelId>> labelled(ExportOf of, ParcelId after, int limit) override {
    Statement s = TRY(c_.prepare("SELECT p.id FROM parcel p WHERE p.id>? AND (?=0 OR p.account_id=?) AND EXISTS (SELECT 1 FROM label l WHERE l.parcel_id=p.id AND l.state='bought') ORDER BY p.id LIMIT ?"));
    s.with(after, number(of), number(of), limit);
    return parcels(s);
  }

  Result<std::vector<ConfirmedLine>> confirmed(ExportOf of, ParcelId after, int limit) override {
    Statement s = TRY(c_.prepare(
        "SELECT k.parcel_id, o.amazon_order_id, i.amazon_item_id, x.quantity, i.quantity, k.carrier_code, k.carrier_name, k.tracking_number, k.first_confirmed_at FROM (SELECT * FROM confirmation WHERE parcel_id>? AND (?=0 OR "
        "account_id=?) AND first_confirmed_at IS NOT NULL ORDER BY parcel_id LIMIT ?) k JOIN orders o ON o.id=k.order_id JOIN parcel_item x ON x.parcel_id=k.parcel_id JOIN order_item i ON i.id=x.order_item_id ORDER BY k.parcel_id, "
        "i.id"));
    s.with(after, number(of), number(of), limit);
    std::vector<ConfirmedLine> lines;
    while (TRY(s.step()))
      lines.push_back({.parcel = s.id<ParcelId>(0), .amazon_order_id = s.text(1), .amazon_item_id = s.text(2), .quantity = s.integer(3), .ordered = s.integer(4), .carrier_code = s.text(5), .carrier_name = s.text(6), .tracking_number = s.text(7), .confirmed_at = s.instant(8)});
    return lines;
  }

  Result<std::vector<ParcelId>> to_confirm(AccountId of, ParcelId after, int limit) override {
    Statement s = TRY(c_.prepare("SELECT p.id FROM parcel p WHERE p.confirm_state IN ('due','failed') AND p.dispatched_at IS NOT NULL AND p.account_id=? AND p.id>? ORDER BY p.id LIMIT ?"));
    s.with(of, after, limit);
    return parcels(s);
  }

  Result<std::vector<ParcelId>> confirmed_since(AccountId of, Instant since, ParcelId after, int limit) override {
    Statement s = TRY(c_.prepare("SELECT k.parcel_id FROM confirmation k WHERE k.parcel_id>? AND k.account_id=? AND k.first_confirmed_at>=? ORDER BY k.parcel_id LIMIT ?"));
    s.with(after, of, since, limit);
    return parcels(s);
  }

  Result<std::vector<CancelledLine>> cancelled(ExportOf of, bool open, OrderId after, int limit) override {
    const std::string orders = std::string("SELECT o.*, CASE WHEN ") + kToldOf + " THEN 1 ELSE 0 END AS told FROM orders o WHERE o.id>? AND (?=0 OR o.account_id=?) AND " + kOwnCancellation +
                               (open ? std::string(" AND o.amazon_status<>'cancelled' AND NOT ") + kToldOf : "") + " ORDER BY o.id LIMIT ?";
    Statement s = TRY(c_.prepare("SELECT o.id, o.account_id, o.amazon_order_id, i.amazon_item_id, i.sku, o.cancel_reason, o.marketplace_id, i.quantity, o.cancelled_at, o.told FROM (" + orders +
                                 ") o JOIN order_item i ON i.order_id=o.id AND i.cancelled=0 ORDER BY o.id, i.id"));
    s.with(after, number(of), number(of), limit);
    std::vector<CancelledLine> lines;
    while (TRY(s.step()))
      lines.push_back({.order = s.id<OrderId>(0), .account = s.id<AccountId>(1), .amazon_order_id = s.text(2), .amazon_item_id = s.text(3), .sku = s.text(4), .reason = s.text(5), .marketplace_id = s.text(6), .quantity = s.integer(7), .cancelled_at = s.instant(8), .handed_over = s.boolean(9)});
    return lines;
  }

  Result<std::vector<ParcelId>> to_pick(WarehouseId warehouse, int limit) override {
    Statement s = TRY(c_.prepare(
        "SELECT p.id FROM parcel p JOIN orders o ON o.id=p.order_id WHERE p.state='planned' AND p.warehouse_id=? AND p.picked_at IS NULL AND o.on_hold=0 AND o.state IN ('to_label','to_print','to_pack') AND (o.cancel_requested_at IS "
        "NULL OR o.cancel_answered_at IS NOT NULL) ORDER BY o.due, p.id LIMIT ?"));
    s.with(warehouse, limit);
    return parcels(s);
  }

 private:
  static std::int64_t number(ExportOf of) { return of ? of->value() : 0; }

  static Result<std::vector<ParcelId>> parcels(Statement& s) {
    std::vector<ParcelId> ids;
    while (TRY(s.step())) ids.push_back(s.id<ParcelId>(0));
    return ids;
  }

  Connection& c_;
};

}  // namespace

std::unique_ptr<ExportStore> export_store(Connection& connection) { return std::make_unique<SqlExports>(connection); }

}  // namespace zifa::sql
