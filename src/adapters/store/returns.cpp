#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

#define RETURN_COLUMNS                                                                                                                                         \
  "amazon_order_id, sku, amazon_rma_id, merchant_rma_id, asin, title, quantity, order_quantity, ordered_at, requested_at, delivered_at, status, reason, "      \
  "return_type, resolution, in_policy, a_to_z, is_prime, currency, order_amount, refunded_amount, label_cost, label_type, label_paid_by, carrier, "            \
  "tracking_number, invoice_number, safe_t_claim_id, safe_t_claim_state, imported_at, updated_at"
constexpr int kColumns = 31;

std::string request_of(const ReturnLine& line) {
  if (!line.amazon_rma_id.empty()) return line.amazon_rma_id;
  if (!line.merchant_rma_id.empty()) return line.merchant_rma_id;
  return line.requested_at.iso();
}

std::string currency_of(const ReturnLine& line) {
  if (line.currency) return std::string(line.currency->code());
  for (const auto& money : {line.order_amount, line.refunded_amount, line.label_cost})
    if (money) return currency(money);
  return {};
}

void bind(Statement& s, const StoredReturn& stored) {
  const ReturnLine& r = stored.line;
  s.with(r.order_id, r.sku, r.amazon_rma_id, r.merchant_rma_id, r.asin, r.name, r.quantity, r.order_quantity, r.ordered_at, r.requested_at, r.delivered_at, r.status, r.reason, r.return_type, r.resolution, r.in_policy,
         r.has_a_to_z_claim, r.is_prime, currency_of(r), minor(r.order_amount), minor(r.refunded_amount), minor(r.label_cost), r.label_type, r.label_paid_by, r.carrier, r.tracking_number, r.invoice_number, r.safe_t_claim_id,
         r.safe_t_claim_state, stored.imported_at, stored.updated_at);
}

// After id and account_id.
StoredReturn return_at(const Statement& s) {
  StoredReturn stored{.id = s.integer(0), .account = s.id<AccountId>(1)};
  ReturnLine& r = stored.line;
  int at = 2;
  for (std::string* text : {&r.order_id, &r.sku, &r.amazon_rma_id, &r.merchant_rma_id, &r.asin, &r.name}) *text = s.text(at++);
  r.quantity = s.integer(at++);
  r.order_quantity = s.integer_if(at++);
  r.ordered_at = s.instant_if(at++);
  r.requested_at = s.instant(at++);
  r.delivered_at = s.instant_if(at++);
  for (std::string* text : {&r.status, &r.reason, &r.return_type, &r.resolution}) *text = s.text(at++);
  if (!s.is_null(at)) r.in_policy = s.boolean(at);
  ++at;
  r.has_a_to_z_claim = s.boolean(at++);
  r.is_prime = s.boolean(at++);
  const int money = at++;
  if (const auto parsed = Currency::parse(s.view(money))) r.currency = *parsed;
  r.order_amount = money_at(s, at++, money);
  r.refunded_amount = money_at(s, at++, money);
  r.label_cost = money_at(s, at++, money);
  for (std::string* text : {&r.label_type, &r.label_paid_by, &r.carrier, &r.tracking_number, &r.invoice_number, &r.safe_t_claim_id, &r.safe_t_claim_state}) *text = s.text(at++);
  stored.imported_at = s.instant(at++);
  stored.updated_at = s.instant(at);
  return stored;
}

class SqlReturns final : public ReturnStore {
 public:
  explicit SqlReturns(Connection& c) : c_(c) {}

  Result<std::optional<StoredReturn>> find(AccountId account, const ReturnLine& line) override {
    Statement s = TRY(c_.prepare("SELECT id, account_id, " RETURN_COLUMNS " FROM return_line WHERE account_id=? AND amazon_order_id=? AND sku=? AND request=?"));
    s.with(account, line.order_id, line.sku, request_of(line));
    if (!TRY(s.step())) return std::optional<StoredReturn>();
    return std::optional(return_at(s));
  }

  Result<std::int64_t> save(const StoredReturn& stored) override {
    static const std::string marks = [] {
      std::string text;
      for (int i = 0; i < kColumns; ++i) text += i == 0 ? "?" : ",?";
      return text;
    }();
    if (stored.id == 0) {
      static const std::string insert = "INSERT INTO return_line (" RETURN_COLUMNS ", account_id, request) VALUES (" + marks + ",?,?) RETURNING id";
      Statement s = TRY(c_.prepare(insert));
      bind(s, stored);
      s.with(stored.account, request_of(stored.line));
      if (!TRY(s.step())) return corrupt("store.failed", "The return was not stored.");
      return s.integer(0);
    }
    static const std::string update = "UPDATE return_line SET (" RETURN_COLUMNS ") = (" + marks + ") WHERE id=?";
    Statement s = TRY(c_.prepare(update));
    bind(s, stored);
    s.add(stored.id);
    TRY(s.run());
    return stored.id;
  }

  Result<std::vector<StoredReturn>> of_order(AccountId account, std::string_view amazon_order_id) override {
    Statement s = TRY(c_.prepare("SELECT id, account_id, " RETURN_COLUMNS " FROM return_line WHERE account_id=? AND amazon_order_id=? ORDER BY requested_at, id"));
    s.with(account, amazon_order_id);
    std::vector<StoredReturn> all;
    while (TRY(s.step())) all.push_back(return_at(s));
    return all;
  }

  Result<Page<StoredReturn>> list(const ReturnFilter& f, std::string_view after, int limit) override {
    // A page goes on behind the moment and the id of its last row: "1764028800000-17".
    std::int64_t before_ms = INT64_MAX, before_id = INT64_MAX;
    if (!after.empty()) {
      const std::size_t dash = after.rfind('-');
      const auto ms = dash == std::string_view::npos ? std::nullopt : to_int(after.substr(0, dash));
      const auto id = dash == std::string_view::npos ? std::nullopt : to_int(after.substr(dash + 1));
      if (!ms || !id) return invalid("list.bad_cursor", "The cursor \"" + printable(after, 40) + "\" is not one this list gave; start from the first page.");
      before_ms = *ms;
      before_id = *id;
    }
    Statement s = TRY(c_.prepare("SELECT id, account_id, " RETURN_COLUMNS
                                 " FROM return_line WHERE (?=0 OR account_id=?) AND requested_at>=? AND requested_at<? AND (?='' OR ? IN (amazon_order_id, sku, asin, amazon_rma_id, merchant_rma_id, tracking_number))"
                                 " AND (requested_at<? OR (requested_at=? AND id<?)) ORDER BY requested_at DESC, id DESC LIMIT ?"));
    const std::int64_t account = f.account ? f.account->value() : 0;
    const std::string_view search = trim(f.search);
    s.with(account, account, f.requested_from ? f.requested_from->ms() : INT64_MIN, f.requested_before ? f.requested_before->ms() : INT64_MAX, search, search, before_ms, before_ms, before_id, limit + 1);
    Page<StoredReturn> page;
    while (TRY(s.step())) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = std::to_string(page.rows.back().line.requested_at.ms()) + "-" + std::to_string(page.rows.back().id);
        break;
      }
      page.rows.push_back(return_at(s));
    }
    return page;
  }

 private:
  Connection& c_;
};

}  // namespace

std::unique_ptr<ReturnStore> return_store(Connection& connection) { return std::make_unique<SqlReturns>(connection); }

}  // namespace zifa::sql
