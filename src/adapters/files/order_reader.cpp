// Order files of all formats, one line at a time.
#include <algorithm>
#include <array>
#include <functional>

#include "adapters/files/cells.hpp"
#include "adapters/files/open_files.hpp"
#include "adapters/files/order_columns.hpp"
#include "adapters/files/sales_channels.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

constexpr std::size_t at(OrderField field) { return static_cast<std::size_t>(field); }

struct TextField {
  OrderField field;
  std::string OrderLine::*member;
};
constexpr std::array kTexts{
    TextField{OrderField::order_id, &OrderLine::order_id},
    TextField{OrderField::order_item_id, &OrderLine::order_item_id},
    TextField{OrderField::merchant_order_id, &OrderLine::merchant_order_id},
    TextField{OrderField::buyer_name, &OrderLine::buyer_name},
    TextField{OrderField::buyer_email, &OrderLine::buyer_email},
    TextField{OrderField::buyer_phone, &OrderLine::buyer_phone},
    TextField{OrderField::buyer_company, &OrderLine::buyer_company},
    TextField{OrderField::recipient_name, &OrderLine::recipient_name},
    TextField{OrderField::address_1, &OrderLine::address_1},
    TextField{OrderField::address_2, &OrderLine::address_2},
    TextField{OrderField::address_3, &OrderLine::address_3},
    TextField{OrderField::city, &OrderLine::city},
    TextField{OrderField::state, &OrderLine::state},
    TextField{OrderField::postal_code, &OrderLine::postal_code},
    TextField{OrderField::country, &OrderLine::country},
    TextField{OrderField::phone, &OrderLine::phone},
    TextField{OrderField::tax_id, &OrderLine::tax_id},
    TextField{OrderField::delivery_instructions, &OrderLine::delivery_instructions},
    TextField{OrderField::sku, &OrderLine::sku},
    TextField{OrderField::asin, &OrderLine::asin},
    TextField{OrderField::product_name, &OrderLine::product_name},
    TextField{OrderField::condition, &OrderLine::condition},
    TextField{OrderField::ship_service_level, &OrderLine::ship_service_level},
    TextField{OrderField::sales_channel, &OrderLine::sales_channel},
    TextField{OrderField::fulfillment_channel, &OrderLine::fulfillment_channel},
    TextField{OrderField::status, &OrderLine::status},
    TextField{OrderField::item_status, &OrderLine::item_status},
    TextField{OrderField::purchase_order_number, &OrderLine::purchase_order_number},
    TextField{OrderField::gift_message, &OrderLine::gift_message},
    TextField{OrderField::gift_wrap, &OrderLine::gift_wrap},
    TextField{OrderField::customized_url, &OrderLine::customized_url},
    TextField{OrderField::customized_page, &OrderLine::customized_page},
    TextField{OrderField::ioss_number, &OrderLine::ioss_number},
    TextField{OrderField::payment_method, &OrderLine::payment_method},
    TextField{OrderField::invoice_type, &OrderLine::invoice_type},
};

struct MoneyField {
  OrderField field;
  std::optional<Money> OrderLine::*member;
};
constexpr std::array kAmounts{
    MoneyField{OrderField::item_price, &OrderLine::item_price},
    MoneyField{OrderField::item_tax, &OrderLine::item_tax},
    MoneyField{OrderField::shipping_price, &OrderLine::shipping_price},
    MoneyField{OrderField::shipping_tax, &OrderLine::shipping_tax},
    MoneyField{OrderField::gift_wrap_price, &OrderLine::gift_wrap_price},
    MoneyField{OrderField::gift_wrap_tax, &OrderLine::gift_wrap_tax},
    MoneyField{OrderField::item_promotion_discount, &OrderLine::item_promotion_discount},
    MoneyField{OrderField::ship_promotion_discount, &OrderLine::ship_promotion_discount},
    MoneyField{OrderField::cod_amount, &OrderLine::cod_amount},
};

struct DateField {
  OrderField field;
  std::optional<Instant> OrderLine::*member;
  DayMeans day_means;
};
constexpr std::array kDates{
    DateField{OrderField::paid_at, &OrderLine::paid_at, DayMeans::first_moment},
    DateField{OrderField::updated_at, &OrderLine::updated_at, DayMeans::first_moment},
    DateField{OrderField::ship_by, &OrderLine::ship_by, DayMeans::last_second},
    DateField{OrderField::deliver_from, &OrderLine::deliver_from, DayMeans::first_moment},
    DateField{OrderField::deliver_by, &OrderLine::deliver_by, DayMeans::last_second},
};

struct FlagField {
  OrderField field;
  bool OrderLine::*member;
};
constexpr std::array kFlags{
    FlagField{OrderField::is_prime, &OrderLine::is_prime},
    FlagField{OrderField::is_business, &OrderLine::is_business},
    FlagField{OrderField::is_replacement, &OrderLine::is_replacement},
    FlagField{OrderField::is_gift, &OrderLine::is_gift},
};

std::string missing_columns(const ColumnOf& columns) {
  const auto has = [&](OrderField field) { return columns[at(field)] >= 0; };
  std::vector<std::string> lacks;
  if (!has(OrderField::order_id)) lacks.emplace_back("a column for the order id (order-id)");
  if (!has(OrderField::purchased_at)) lacks.emplace_back("a column for the purchase date (purchase-date)");
  if (!has(OrderField::quantity)) lacks.emplace_back("a column for the quantity (quantity-purchased)");
  if (!has(OrderField::order_item_id) && !has(OrderField::sku) && !has(OrderField::asin) && !has(OrderField::product_name) && !has(OrderField::category))
    lacks.emplace_back("a column that tells the lines of an order apart (order-item-id, else sku)");
  return join(lacks, " and ");
}

bool says_cancelled(std::string_view status) {
  constexpr std::array<std::string_view, 8> kWords{"cancel", "storn", "annul", "annull", "\xE5\x8F\x96\xE6\xB6\x88", "\xE4\xBD\x9C\xE5\xBA\x9F",
                                                   "\xE5\x8F\x96\xE3\x82\x8A\xE6\xB6\x88\xE3\x81\x97", "\xE3\x82\xAD\xE3\x83\xA3\xE3\x83\xB3\xE3\x82\xBB\xE3\x83\xAB"};
  if (status.empty()) return false;
  const std::string low = lower(status);
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return low.find(word) != std::string::npos; });
}

bool says_amazon(std::string_view channel) {
  if (channel.empty()) return false;
  const std::string low = lower(channel);
  return low.starts_with("amazon") || low == "afn" || low == "fba";
}

// Control characters do not belong into names and addresses: a space takes their place.
void assign_text(std::string& out, std::string_view text) {
  out.assign(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
}

class OrderReader final : public OrderFileReader {
 public:
  OrderReader(HeadedTable table, OrderFormat format, const FileOptions& options) : table_(std::move(table)), format_(format) {
    spelling_.time_zone = options.time_zone;
    spelling_.date_order = options.mapping.date_order;
    spelling_.decimal_mark = options.mapping.decimal_mark;
    country_ = upper(options.country) == "UK" ? "GB" : upper(options.country);
    currency_ = options.currency;
    leaves_out_amounts_ = options.leaves_out_amounts;
    if (format_ == OrderFormat::india_sales) {  // nothing in the file says so, but there is only one marketplace that writes it
      country_ = "IN";
      if (spelling_.date_order == DateOrder::unknown) spelling_.date_order = DateOrder::month_day_year;
      if (!currency_) currency_ = Currency::of("INR");
    }
    spelling_.country = country_;
    if (spelling_.decimal_mark == DecimalMark::unknown) spelling_.decimal_mark = decimal_mark_of(country_);
    knows_zone_ = spelling_.time_zone.has_value();
    own_ = sales_channel_of(country_);
    if (!knows_zone_) set_zone(own_);
    for (const TextField& text : kTexts)
      if (table_.has(at(text.field))) texts_.push_back(text);
    for (const MoneyField& amount : kAmounts)
      if (table_.has(at(amount.field))) amounts_.push_back(amount);
    for (const DateField& date : kDates)
      if (table_.has(at(date.field))) dates_.push_back(date);
    for (const FlagField& flag : kFlags)
      if (table_.has(at(flag.field))) flags_.push_back(flag);
    table_.facts().format = std::string(name_of(format_));
    table_.facts().mapping.date_order = spelling_.date_order;
    table_.facts().mapping.decimal_mark = spelling_.decimal_mark;
    table_.set_unwraps(format_ == OrderFormat::table || format_ == OrderFormat::india_sales || table_.facts().container != "tab");
  }

  Result<FileStep> next(OrderLine& line, LineRefusal& refusal) override {
    const FileStep step = TRY(table_.next(refusal));
    if (step == FileStep::end) return step;
    if (step == FileStep::refused) {
      line_number_ = refusal.line;
      return step;
    }
    line_number_ = table_.line();
    if (read(line)) return FileStep::line;
    refusal.line = line_number_;
    refusal.code = code_;
    refusal.reason = std::move(reason_);
    return FileStep::refused;
  }

  const FileFacts& facts() const override { return table_.facts(); }
  std::size_t line_number() const override { return line_number_; }

 private:
  bool refuse(const char* code, std::string reason) {
    code_ = code;
    reason_ = std::move(reason);
    return false;
  }

  bool refuse_field(const char* code, OrderField field) { return refuse(code, table_.heading(at(field)) + " " + why_); }

  std::string_view get(OrderField field) const { return table_.get(at(field)); }

  void set_zone(const SalesChannel* channel) {
    spelling_.time_zone = channel == nullptr ? std::nullopt : time_zone_of(channel->country);
  }

  bool read(OrderLine& line) {
    for (const TextField& text : kTexts) (line.*text.member).clear();
    for (const TextField& text : texts_) assign_text(line.*text.member, get(text.field));
    return read_ids(line) && read_channel(line) && read_dates(line) && read_quantities(line) && read_amounts(line) && read_rest(line);
  }

  bool read_ids(OrderLine& line) {
    line.order_item_id_made = false;
    if (line.order_id.empty()) return refuse("file.no_order_id", table_.heading(at(OrderField::order_id)) + " is missing");
    if (line.order_id.size() > 100) return refuse("file.bad_order_id", table_.heading(at(OrderField::order_id)) + " is longer than 100 bytes");
    if (is_spoilt_number(line.order_id)) return refuse_spoilt(OrderField::order_id, line.order_id);
    if (table_.has(at(OrderField::order_item_id))) {
      if (line.order_item_id.empty()) return refuse("file.no_order_item_id", table_.heading(at(OrderField::order_item_id)) + " of order " + printable(line.order_id, 60) + " is missing");
      if (line.order_item_id.size() > 200) return refuse("file.bad_order_item_id", table_.heading(at(OrderField::order_item_id)) + " is longer than 200 bytes");
      if (is_spoilt_number(line.order_item_id)) return refuse_spoilt(OrderField::order_item_id, line.order_item_id);
      return true;
    }
    return make_item_id(line);
  }

  bool refuse_spoilt(OrderField field, const std::string& text) {
    return refuse("file.spoilt_number", table_.heading(at(field)) + " is " + printable(text, 40) +
                                            ": a spreadsheet has rounded the number away; download the file again and do not save it from a spreadsheet");
  }

  // Lines without an id of their own are told apart by what was bought. Lines of one order that buy the same stand together and are
  // numbered, unless they are equal to the last letter: those are one line, repeated.
  bool make_item_id(OrderLine& line) {
    line.order_item_id_made = true;
    std::string base = !line.sku.empty() ? line.sku : !line.asin.empty() ? line.asin : std::string();
    if (base.empty()) {
      base = std::string(get(OrderField::category));
      if (!base.empty()) base += "/" + std::string(get(OrderField::size));
    }
    if (base.empty()) base = utf8_prefix(line.product_name, 150);
    if (base.empty()) return refuse("file.no_order_item_id", "order " + printable(line.order_id, 60) + " has neither an order item id nor a SKU on this line");
    std::size_t hash = 0;
    for (const std::string_view field : table_.fields()) hash = hash * 1'099'511'628'211ULL + std::hash<std::string_view>()(field);
    if (line.order_id != last_order_) {
      last_order_ = line.order_id;
      made_.clear();
    }
    std::size_t same = 1;
    for (const Made& made : made_) {
      if (made.base != base) continue;
      if (made.hash == hash) {
        line.order_item_id = made.id;
        return true;
      }
      ++same;
    }
    line.order_item_id = same == 1 ? base : base + "#" + std::to_string(same);
    if (made_.size() < 1'000) made_.push_back({std::move(base), hash, line.order_item_id});
    return true;
  }

  bool read_channel(OrderLine& line) {
    line.marketplace = country_;
    if (line.sales_channel.empty()) {
      channel_ = own_;
    } else {
      if (line.sales_channel != last_channel_) {
        last_channel_ = line.sales_channel;
        channel_of_last_ = sales_channel(line.sales_channel);
        if (channel_of_last_ == nullptr && line.sales_channel.size() == 2) channel_of_last_ = sales_channel_of(line.sales_channel);
        if (!knows_zone_) set_zone(channel_of_last_ != nullptr ? channel_of_last_ : own_);
        if (channel_of_last_ != nullptr && country_.empty()) spelling_.country = channel_of_last_->country;
      }
      channel_ = channel_of_last_;
      if (channel_ != nullptr) line.marketplace = channel_->country;
      else if (own_ != nullptr && format_ != OrderFormat::india_sales) line.marketplace.clear();  // sold elsewhere
    }
    return true;
  }

  bool read_dates(OrderLine& line) {
    Moment moment;
    const std::string_view purchased = get(OrderField::purchased_at);
    if (purchased.empty()) return refuse("file.bad_purchase_date", table_.heading(at(OrderField::purchased_at)) + " is missing");
    if (!read_moment(purchased, spelling_, DayMeans::first_moment, moment, why_)) return refuse_field("file.bad_purchase_date", OrderField::purchased_at);
    line.purchased_at = moment.at;
    line.purchased_day_only = moment.day_only;
    for (const DateField& date : kDates) (line.*date.member).reset();
    for (const DateField& date : dates_) {
      const std::string_view text = get(date.field);
      if (text.empty()) continue;
      if (!read_moment(text, spelling_, date.day_means, moment, why_)) return refuse_field("file.bad_date", date.field);
      line.*date.member = moment.at;
    }
    return true;
  }

  bool read_quantities(OrderLine& line) {
    line.quantity_shipped.reset();
    line.quantity_to_ship.reset();
    const std::string_view text = get(OrderField::quantity);
    // Reports without buyers leave the quantity of a cancelled line empty.
    const bool may_be_empty = format_ == OrderFormat::all_orders || format_ == OrderFormat::india_sales;
    line.quantity = 0;
    if (!(text.empty() && may_be_empty) && !read_quantity(text, line.quantity, why_)) return refuse_field("file.bad_quantity", OrderField::quantity);
    std::int64_t number = 0;
    if (const std::string_view shipped = get(OrderField::quantity_shipped); !shipped.empty()) {
      if (!read_quantity(shipped, number, why_)) return refuse_field("file.bad_quantity", OrderField::quantity_shipped);
      line.quantity_shipped = number;
    }
    if (const std::string_view left = get(OrderField::quantity_to_ship); !left.empty()) {
      if (!read_quantity(left, number, why_)) return refuse_field("file.bad_quantity", OrderField::quantity_to_ship);
      line.quantity_to_ship = number;
    }
    if (line.quantity_shipped && line.quantity_to_ship && *line.quantity_shipped + *line.quantity_to_ship > line.quantity)
      return refuse("file.bad_quantity", "shipped and still to ship are together more than the " + std::to_string(line.quantity) + " bought");
    return true;
  }

  bool read_amounts(OrderLine& line) {
    for (const MoneyField& amount : kAmounts) (line.*amount.member).reset();
    line.currency.reset();
    if (const std::string_view code = get(OrderField::currency); !code.empty()) {
      Result<Currency> currency = Currency::parse(code);
      if (!currency) return refuse("file.bad_currency", table_.heading(at(OrderField::currency)) + " \"" + printable(code, 20) + "\" is not a currency such as USD");
      line.currency = *currency;
    } else if (currency_) {
      line.currency = currency_;
    } else if (channel_ != nullptr) {
      line.currency = channel_->currency;
    }
    Money money;
    for (const MoneyField& amount : amounts_) {
      const std::string_view text = get(amount.field);
      if (text.empty()) continue;
      if (!line.currency && leaves_out_amounts_) {
        ++table_.facts().amounts_left_out;
        continue;
      }
      if (!line.currency) return refuse("file.no_currency", table_.heading(at(amount.field)) + " has no currency; name the account's currency or marketplace");
      if (!read_money(text, *line.currency, spelling_, money, why_)) return refuse_field("file.bad_amount", amount.field);
      line.*amount.member = money;
    }
    if (const std::string_view text = get(OrderField::unit_price); !line.item_price && !text.empty()) {
      if (!line.currency && leaves_out_amounts_) return ++table_.facts().amounts_left_out, true;
      if (!line.currency) return refuse("file.no_currency", table_.heading(at(OrderField::unit_price)) + " has no currency; name the account's currency or marketplace");
      if (!read_money(text, *line.currency, spelling_, money, why_)) return refuse_field("file.bad_amount", OrderField::unit_price);
      const Result<Money> total = money.times(line.quantity);
      if (!total) return refuse("file.bad_amount", table_.heading(at(OrderField::unit_price)) + " is too large");
      line.item_price = *total;
    }
    return true;
  }

  bool read_rest(OrderLine& line) {
    for (const FlagField& flag : kFlags) line.*flag.member = false;
    for (const FlagField& flag : flags_) line.*flag.member = says_yes(get(flag.field));
    line.is_cancelled = says_cancelled(line.status) || says_cancelled(line.item_status);
    line.is_fulfilled_by_amazon = says_amazon(line.fulfillment_channel);
    line.is_gift = line.is_gift || !line.gift_message.empty() || !line.gift_wrap.empty();
    if (line.phone.empty()) line.phone = line.buyer_phone;
    if (line.country.size() == 2) line.country = upper(line.country);
    if (line.postal_code.ends_with(".0") && line.postal_code.size() > 3 &&
        std::all_of(line.postal_code.begin(), line.postal_code.end() - 2, [](char c) { return c >= '0' && c <= '9'; }))
      line.postal_code.resize(line.postal_code.size() - 2);  // a number that a spreadsheet made of it
    return true;
  }

  struct Made {
    std::string base;
    std::size_t hash;
    std::string id;
  };

  HeadedTable table_;
  OrderFormat format_;
  Spelling spelling_;
  std::string country_;
  std::optional<Currency> currency_;
  bool leaves_out_amounts_ = false;
  bool knows_zone_ = false;
  const SalesChannel* own_ = nullptr;      // of the account's country
  const SalesChannel* channel_ = nullptr;  // of the line
  const SalesChannel* channel_of_last_ = nullptr;
  std::string last_channel_;
  std::vector<TextField> texts_;
  std::vector<MoneyField> amounts_;
  std::vector<DateField> dates_;
  std::vector<FlagField> flags_;
  std::string last_order_;
  std::vector<Made> made_;
  std::size_t line_number_ = 0;
  const char* code_ = "";
  std::string reason_;
  std::string why_;
};

}  // namespace

Result<std::unique_ptr<OrderFileReader>> open_order_file(std::unique_ptr<std::istream> in, const FileOptions& options) {
  std::optional<OrderFormat> named;
  if (!options.format.empty()) {
    named = order_format_named(options.format);
    if (!named)
      return invalid("file.unknown_format", "\"" + printable(options.format, 60) +
                                                "\" is not a format of order files; name unshipped_orders, new_orders, all_orders, india_sales or table.");
  }
  HeadedTable table = TRY(HeadedTable::open(std::move(in), options, order_columns(), missing_columns, "an order file"));
  const OrderFormat format = named.value_or(recognise_order_format(table));
  if ((format == OrderFormat::unshipped_orders || format == OrderFormat::new_orders) && !table.has(at(OrderField::order_item_id)))
    return invalid("file.unknown_format", "The file lacks a column for the order item id (order-item-id), which " + std::string(name_of(format)) + " always has.");
  return std::unique_ptr<OrderFileReader>(std::make_unique<OrderReader>(std::move(table), format, options));
}

}  // namespace zifa
