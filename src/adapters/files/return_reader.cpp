// Amazon's returns report (GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE). Source: docs/rules/flat_files.md, "Returns".
#include <array>

#include "adapters/files/listing_columns.hpp"
#include "adapters/files/open_files.hpp"
#include "adapters/files/row_reader.hpp"

namespace zifa {

namespace {

enum class Field : std::size_t {
  order_id, ordered_at, requested_at, status, amazon_rma_id, merchant_rma_id, label_type, label_cost, currency, carrier, tracking_number, label_paid_by,
  has_a_to_z_claim, is_prime, asin, sku, name, quantity, reason, in_policy, return_type, resolution, invoice_number, delivered_at, order_amount,
  order_quantity, safe_t_claim_id, safe_t_claim_state, refunded_amount, count,
};
constexpr std::size_t at(Field field) { return static_cast<std::size_t>(field); }

constexpr std::array<FieldColumns, at(Field::count)> kColumns{{
    {"order_id", "Order ID|订单号|注文番号|Bestellnummer", true},
    {"ordered_at", "Order date|订单日期", false},
    {"requested_at", "Return request date|return date|request date|退货申请日期|退货日期|返品リクエスト日", true},
    {"status", "Return request status|return status|退货状态", false},
    {"amazon_rma_id", "Amazon RMA ID|RMA ID|rma", false},
    {"merchant_rma_id", "Merchant RMA ID", false},
    {"label_type", "Label type", false},
    {"label_cost", "Label cost", false},
    {"currency", "Currency code|currency|币种|通貨", false},
    {"carrier", "Return carrier|carrier|退货承运商", false},
    {"tracking_number", "Tracking ID|tracking number|退货单号|追踪编号", false},
    {"label_paid_by", "Label to be paid by", false},
    {"has_a_to_z_claim", "A-to-Z Claim", false},
    {"is_prime", "Is prime", false},
    {"asin", "ASIN", false},
    {"sku", "Merchant SKU|sku|seller-sku|卖家SKU", true},
    {"name", "Item Name|product-name|商品名称", false},
    {"quantity", "Return quantity|quantity|退货数量|数量", true},
    {"reason", "Return Reason|reason|退货原因", false},
    {"in_policy", "In policy", false},
    {"return_type", "Return type", false},
    {"resolution", "Resolution", false},
    {"invoice_number", "Invoice number", false},
    {"delivered_at", "Return delivery date", false},
    {"order_amount", "Order Amount", false},
    {"order_quantity", "Order quantity", false},
    {"safe_t_claim_id", "SafeT claim id", false},
    {"safe_t_claim_state", "SafeT claim state", false},
    {"refunded_amount", "Refunded Amount|refund amount|退款金额", false},
}};

struct TextField {
  Field field;
  std::string ReturnLine::*member;
};
constexpr std::array kTexts{
    TextField{Field::order_id, &ReturnLine::order_id},
    TextField{Field::amazon_rma_id, &ReturnLine::amazon_rma_id},
    TextField{Field::merchant_rma_id, &ReturnLine::merchant_rma_id},
    TextField{Field::status, &ReturnLine::status},
    TextField{Field::return_type, &ReturnLine::return_type},
    TextField{Field::resolution, &ReturnLine::resolution},
    TextField{Field::reason, &ReturnLine::reason},
    TextField{Field::sku, &ReturnLine::sku},
    TextField{Field::asin, &ReturnLine::asin},
    TextField{Field::name, &ReturnLine::name},
    TextField{Field::label_type, &ReturnLine::label_type},
    TextField{Field::label_paid_by, &ReturnLine::label_paid_by},
    TextField{Field::carrier, &ReturnLine::carrier},
    TextField{Field::tracking_number, &ReturnLine::tracking_number},
    TextField{Field::invoice_number, &ReturnLine::invoice_number},
    TextField{Field::safe_t_claim_id, &ReturnLine::safe_t_claim_id},
    TextField{Field::safe_t_claim_state, &ReturnLine::safe_t_claim_state},
};

std::string missing_columns(const ColumnOf& columns) {
  std::vector<std::string> lacks;
  for (const Field field : {Field::order_id, Field::requested_at, Field::sku, Field::quantity})
    if (columns[at(field)] < 0) lacks.push_back("a column \"" + std::string(split(kColumns[at(field)].names, '|').front()) + "\"");
  return join(lacks, " and ");
}

class ReturnReader final : public RowReader<ReturnLine> {
 public:
  ReturnReader(HeadedTable table, const FileOptions& options, std::string format) : RowReader(std::move(table), options, std::move(format)) {}

 private:
  bool read(ReturnLine& line) override {
    line = {};
    for (const TextField& text : kTexts) take_text(at(text.field), line.*text.member);
    if (line.order_id.empty()) return refuse("file.no_order_id", heading(at(Field::order_id)) + " is missing");
    if (is_spoilt_number(line.order_id)) return refuse_spoilt(at(Field::order_id), line.order_id);
    if (line.sku.empty()) return refuse("file.no_sku", heading(at(Field::sku)) + " of order " + printable(line.order_id, 60) + " is missing");
    std::optional<Instant> requested;
    if (!take_moment(at(Field::requested_at), DayMeans::first_moment, requested, "file.bad_return_date")) return false;
    line.requested_at = *requested;
    if (!take_moment(at(Field::ordered_at), DayMeans::first_moment, line.ordered_at, nullptr)) return false;
    if (!take_moment(at(Field::delivered_at), DayMeans::first_moment, line.delivered_at, nullptr)) return false;
    std::optional<std::int64_t> quantity;
    if (!take_quantity(at(Field::quantity), quantity)) return false;
    if (!quantity || *quantity == 0) return refuse("file.bad_quantity", heading(at(Field::quantity)) + " of order " + printable(line.order_id, 60) + " is missing");
    line.quantity = *quantity;
    if (!take_quantity(at(Field::order_quantity), line.order_quantity)) return false;
    if (!take_currency(at(Field::currency), line.currency) || !take_money(at(Field::label_cost), line.currency, line.label_cost) ||
        !take_money(at(Field::order_amount), line.currency, line.order_amount) || !take_money(at(Field::refunded_amount), line.currency, line.refunded_amount))
      return false;
    line.has_a_to_z_claim = says_yes(get(at(Field::has_a_to_z_claim)));
    line.is_prime = says_yes(get(at(Field::is_prime)));
    if (const std::string_view policy = get(at(Field::in_policy)); !policy.empty()) line.in_policy = says_yes(policy);
    return true;
  }
};

}  // namespace

std::span<const FieldColumns> return_columns() { return kColumns; }

Result<std::unique_ptr<ReturnFileReader>> open_return_file(std::unique_ptr<std::istream> in, const FileOptions& options) {
  HeadedTable table = TRY(HeadedTable::open(std::move(in), options, kColumns, missing_columns, "a file of returns"));
  const bool amazons = table.has_heading("amazonrmaid");
  const std::string named = lower(options.format);
  if (!named.empty() && named != "returns" && named != "table" && !named.starts_with("get_flat_file_returns_data"))
    return invalid("file.unknown_format", "\"" + printable(options.format, 60) + "\" is not a format of returns; name returns or table.");
  return std::unique_ptr<ReturnFileReader>(std::make_unique<ReturnReader>(std::move(table), options, amazons ? "returns" : "table"));
}

}  // namespace zifa
