// Files of offers: Amazon's listings reports, the price and quantity file read back, a seller's own table.
#include <algorithm>
#include <array>

#include "adapters/files/cells.hpp"
#include "adapters/files/listing_columns.hpp"
#include "adapters/files/open_files.hpp"
#include "adapters/files/row_reader.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

enum class Field : std::size_t {
  sku, asin, listing_id, product_id, product_id_type, name, description, currency, price, lowest_price, highest_price, quantity, handling_days,
  opened_at, condition, fulfillment_channel, shipping_template, status, count,
};
constexpr std::size_t at(Field field) { return static_cast<std::size_t>(field); }

// Amazon's headings: docs/rules/flat_files.md. The translated ones are our assumption; a mapping helps where they are wrong.
constexpr std::array<FieldColumns, at(Field::count)> kColumns{{
    {"sku", "seller-sku|sku|merchant sku|item sku|MSKU|商品SKU|卖家SKU|平台SKU|出品者SKU|商品管理番号|Händler-SKU|SKU du vendeur|SKU vendeur|SKU venditore|SKU del vendedor", true},
    {"asin", "asin1|asin|ASIN 1|商品ASIN", false},
    {"listing_id", "listing-id|出品ID|Angebotsnummer|Angebots-ID", false},
    {"product_id", "product-id|product id|商品ID|Produkt-ID|ean|upc|gtin", false},
    {"product_id_type", "product-id-type|商品IDタイプ|商品コード(JANコード等)のタイプ|Produkt-ID-Typ", false},
    {"name", "item-name|product-name|title|item title|商品名称|标题|商品标题|商品名|Artikelbezeichnung|Artikelname|Nom de l'article|Nome dell'articolo", false},
    {"description", "item-description|description|商品描述|出品者からのコメント|Artikelbeschreibung", false},
    {"currency", "currency|currency code|币种|通貨|Währung", false},
    {"price", "price|your price|standard price|价格|售价|価格|Preis|Prix|Prezzo|Precio", false},
    {"lowest_price", "minimum-seller-allowed-price|min price|lowest price|最低价|最低价格", false},
    {"highest_price", "maximum-seller-allowed-price|max price|highest price|最高价|最高价格", false},
    {"quantity", "quantity|available|qty|available quantity|数量|可售数量|库存|在庫|在庫数|Menge|Anzahl|Quantité|Quantità|Cantidad", false},
    {"handling_days", "handling-time|leadtime-to-ship|fulfillment-latency|handling days|备货时间|处理时间|出荷作業日数|Bearbeitungszeit", false},
    {"opened_at", "open-date|created at|上架时间|创建时间|出品日|Einstellungsdatum", false},
    {"condition", "item-condition|condition|商品状况|コンディション|Artikelzustand", false},
    {"fulfillment_channel", "fulfillment-channel|fulfilment channel|fulfillment|配送渠道|发货方式|フルフィルメント・チャンネル|フルフィルメントチャネル|Versender", false},
    {"shipping_template", "merchant-shipping-group|merchant_shipping_group_name|shipping template|配送模板|运费模板|マーチャント配送グループ|配送グループ", false},
    {"status", "status|listing status|状态|ステータス|Status", false},
}};

struct TextField {
  Field field;
  std::string ListingLine::*member;
};
constexpr std::array kTexts{
    TextField{Field::sku, &ListingLine::sku},
    TextField{Field::asin, &ListingLine::asin},
    TextField{Field::listing_id, &ListingLine::listing_id},
    TextField{Field::product_id, &ListingLine::product_id},
    TextField{Field::product_id_type, &ListingLine::product_id_type},
    TextField{Field::name, &ListingLine::name},
    TextField{Field::description, &ListingLine::description},
    TextField{Field::condition, &ListingLine::condition},
    TextField{Field::fulfillment_channel, &ListingLine::fulfillment_channel},
    TextField{Field::shipping_template, &ListingLine::shipping_template},
    TextField{Field::status, &ListingLine::status},
};

struct MoneyField {
  Field field;
  std::optional<Money> ListingLine::*member;
};
constexpr std::array kAmounts{
    MoneyField{Field::price, &ListingLine::price},
    MoneyField{Field::lowest_price, &ListingLine::lowest_price},
    MoneyField{Field::highest_price, &ListingLine::highest_price},
};

std::string missing_columns(const ColumnOf& columns) {
  if (columns[at(Field::sku)] < 0) return "a column for the SKU (seller-sku)";
  const auto has = [&](Field field) { return columns[at(field)] >= 0; };
  if (!has(Field::price) && !has(Field::quantity) && !has(Field::name) && !has(Field::asin)) return "a column for price, quantity, name or ASIN";
  return {};
}

std::string format_of(const HeadedTable& table) {
  if (table.has_heading("listingid") || table.has_heading("itemname")) return "merchant_listings";
  if (table.has_heading("minimumsellerallowedprice")) return "price_and_quantity";
  if (table.facts().container == "tab" && table.has_heading("asin") && table.has_heading("price") && table.has_heading("quantity")) return "open_listings";
  return "table";
}

class ListingReader final : public RowReader<ListingLine> {
 public:
  ListingReader(HeadedTable table, const FileOptions& options, std::string format) : RowReader(std::move(table), options, std::move(format)) {}

 private:
  bool read(ListingLine& line) override {
    line = {};
    for (const TextField& text : kTexts) take_text(at(text.field), line.*text.member);
    if (line.sku.empty()) return refuse("file.no_sku", heading(at(Field::sku)) + " is missing");
    if (is_spoilt_number(line.sku)) return refuse_spoilt(at(Field::sku), line.sku);
    if (!take_currency(at(Field::currency), line.currency)) return false;
    for (const MoneyField& amount : kAmounts)
      if (!take_money(at(amount.field), line.currency, line.*amount.member)) return false;
    if (line.lowest_price && line.highest_price && line.lowest_price->minor() > line.highest_price->minor())
      return refuse("file.bad_amount", "the lowest price of " + printable(line.sku, 60) + " is above its highest");
    if (!take_quantity(at(Field::quantity), line.quantity)) return false;
    std::optional<std::int64_t> handling;
    if (!take_quantity(at(Field::handling_days), handling)) return false;
    if (handling) {
      if (*handling > 365) return refuse("file.bad_quantity", heading(at(Field::handling_days)) + " is more than 365 days");
      line.handling_days = static_cast<int>(*handling);
    }
    if (!take_moment(at(Field::opened_at), DayMeans::first_moment, line.opened_at, nullptr)) return false;
    const std::string channel = lower(line.fulfillment_channel);
    line.is_fulfilled_by_amazon = channel.starts_with("amazon") || channel == "afn" || channel == "fba";
    return true;
  }
};

}  // namespace

std::span<const FieldColumns> listing_columns() { return kColumns; }

Result<std::unique_ptr<ListingFileReader>> open_listing_file(std::unique_ptr<std::istream> in, const FileOptions& options) {
  HeadedTable table = TRY(HeadedTable::open(std::move(in), options, kColumns, missing_columns, "a file of listings"));
  std::string format = format_of(table);
  if (!options.format.empty()) {
    const std::string named = lower(options.format);
    constexpr std::array<std::string_view, 4> kFormats{"merchant_listings", "open_listings", "price_and_quantity", "table"};
    if (named.starts_with("get_merchant_listings")) format = "merchant_listings";
    else if (named.starts_with("get_flat_file_open_listings")) format = "open_listings";
    else if (std::find(kFormats.begin(), kFormats.end(), named) != kFormats.end()) format = named;
    else
      return invalid("file.unknown_format", "\"" + printable(options.format, 60) +
                                                "\" is not a format of listings; name merchant_listings, open_listings, price_and_quantity or table.");
  }
  return std::unique_ptr<ListingFileReader>(std::make_unique<ListingReader>(std::move(table), options, std::move(format)));
}

}  // namespace zifa
