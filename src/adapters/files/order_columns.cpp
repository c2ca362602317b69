#include "adapters/files/order_columns.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace zifa {

namespace {

constexpr auto kCount = static_cast<std::size_t>(OrderField::count);

// Amazon's headings: docs/rules/flat_files.md. The others are what exports of shops and of Chinese, Japanese, German and French
// programs were seen to write, or plainly would; our assumption, and why a mapping exists.
constexpr std::array<FieldColumns, kCount> kColumns{{
    {"order_id", "order-id|amazon-order-id|order number|order no|order|orderid|order reference|order_name|Amazon订单号|亚马逊订单号|平台订单号|平台单号|订单号|订单编号|注文番号|Bestellnummer|Numéro de commande|Numero ordine|Número de pedido", true},
    {"order_item_id", "order-item-id|amazon-order-item-code|order-item-code|item id|line id|order line id|line item id|订单商品编号|订单商品ID|商品行号|明细ID|订单明细号|注文商品番号|Bestellpositionsnummer", false},
    {"merchant_order_id", "merchant-order-id|seller order id|系统单号|内部单号", false},
    {"purchased_at", "purchase-date|order date|ordered at|purchased at|purchase time|order time|date ordered|created at|order created|下单时间|订购时间|购买时间|购买日期|下单日期|创建时间|订单时间|注文日|注文日時|購入日|購入日時|Bestelldatum|Kaufdatum|Date de commande|Date d'achat|Data ordine|Fecha de compra|date", true},
    {"paid_at", "payments-date|payment date|paid at|付款时间|支付时间|付款日期|入金日|支払日|Zahlungsdatum", false},
    {"updated_at", "last-updated-date|updated at|last updated|更新时间|最后更新时间|更新日", false},
    {"ship_by", "promise-date|latest-ship-date|ship by|ship by date|shipby|latest ship date|deadline|最晚发货时间|发货截止时间|发货截止日期|最迟发货时间|出荷期限|出荷期日|出荷予定日|Versand bis|Spätestes Versanddatum", false},
    {"deliver_from", "delivery-start-date|scheduled-delivery-start-date|earliest-delivery-date|earliest delivery date|最早送达时间", false},
    {"deliver_by", "delivery-end-date|scheduled-delivery-end-date|latest-delivery-date|deliver by|deliver by date|最晚送达时间|配達期限|お届け期限|Lieferung bis", false},
    {"buyer_name", "buyer-name|customer name|customer|buyer|买家姓名|买家名称|客户姓名|購入者名|Käufer|Käufername", false},
    {"buyer_email", "buyer-email|customer email|email|e-mail|买家邮箱|邮箱|電子メール|メールアドレス|E-Mail-Adresse", false},
    {"buyer_phone", "buyer-phone-number|buyer phone|customer phone|买家电话|購入者電話番号", false},
    {"buyer_company", "buyer-company-name|company|company name|公司|公司名称|会社名|Firma", false},
    {"recipient_name", "recipient-name|recipient|ship to name|ship name|shipping name|ship to|receiver|receiver name|full name|收件人|收件人姓名|收货人|收货人姓名|受取人名|受取人|お届け先名|Empfänger|Empfängername|Destinataire|Nom du destinataire|Destinatario", false},
    {"address_1", "ship-address-1|ship address|address line 1|address 1|street 1|street|address|shipping address 1|shipping address|收件人地址|收货地址|详细地址|地址1|地址一|街道1|街道|地址|住所1|お届け先住所1|住所|Straße|Strasse|Adresse|Adresse 1|Adresszeile 1", false},
    {"address_2", "ship-address-2|address line 2|address 2|street 2|shipping address 2|地址2|地址二|街道2|住所2|お届け先住所2|Adresse 2|Adresszeile 2|Adresszusatz", false},
    {"address_3", "ship-address-3|address line 3|address 3|street 3|shipping address 3|地址3|地址三|街道3|住所3|お届け先住所3|Adresse 3", false},
    {"city", "ship-city|city|town|shipping city|城市|收件人城市|市|市区町村|Stadt|Ort|Ville|Città|Ciudad", false},
    {"state", "ship-state|state|province|region|state/province|shipping province|county|州|省|省份|州/省|省/州|收件人省|都道府県|Bundesland|Région|Provincia", false},
    {"postal_code", "ship-postal-code|postal code|postcode|zip|zip code|zipcode|shipping zip|邮编|邮政编码|收件人邮编|郵便番号|PLZ|Postleitzahl|Code postal|CAP|Código postal", false},
    {"country", "ship-country|country|country code|shipping country|国家|国家代码|国家/地区|收件人国家|收件人国家代码|国|国コード|Land|Pays|Paese|País", false},
    {"phone", "ship-phone-number|recipient phone|phone|phone number|telephone|mobile|shipping phone|收件人电话|联系电话|电话|电话号码|手机|手机号|電話番号|Telefon|Telefonnummer|Téléphone|Telefono|Teléfono", false},
    {"tax_id", "buyer-tax-registration-id|cpf|cnpj|buyer-citizen-id|tax id|vat number|税号|收件人税号", false},
    {"delivery_instructions", "delivery-Instructions|delivery notes|buyer note|order note|买家留言|买家备注|客户备注|配送备注|配達指示|Lieferhinweise", false},
    {"sku", "sku|seller-sku|merchant sku|item sku|product sku|lineitem sku|MSKU|平台SKU|卖家SKU|商品SKU|商品编码|SKU编码|出品者SKU|商品管理番号|Artikelnummer|Händler-SKU", false},
    {"asin", "asin|asin1|商品ASIN", false},
    {"product_name", "product-name|item name|item title|title|product title|product|lineitem name|商品名称|产品名称|品名|商品标题|标题|商品名|Artikelbezeichnung|Artikelname|Produktname|Nom du produit|Nome prodotto", false},
    {"condition", "item-condition|condition|商品状态", false},
    {"quantity", "quantity-purchased|quantity|qty|quantity ordered|units|lineitem quantity|商品数量|产品数量|购买数量|订购数量|数量|注文数|購入数量|Menge|Anzahl|Quantité|Quantità|Cantidad", true},
    {"quantity_shipped", "quantity-shipped|shipped quantity|已发货数量|出荷済み数量", false},
    {"quantity_to_ship", "quantity-to-ship|number-of-items-to-ship|待发货数量|未发货数量|未出荷数量", false},
    {"currency", "currency|currency code|币种|货币|货币单位|通貨|Währung|Devise|Valuta|Moneda", false},
    {"item_price", "item-price|line total|item total|subtotal|amount|total price|商品金额|商品总价|产品金额|金额|小计|商品価格|商品合計|Artikelpreis|Gesamtpreis", false},
    {"unit_price", "unit price|price per unit|price each|lineitem price|单价|商品单价|产品单价|単価|Einzelpreis|Stückpreis|Prix unitaire", false},
    {"item_tax", "item-tax|tax|商品税费|税费|商品税|Artikelsteuer", false},
    {"shipping_price", "shipping-price|shipping|shipping cost|postage|运费|买家运费|配送料|送料|Versandkosten|Frais de port", false},
    {"shipping_tax", "shipping-tax|运费税|配送料税", false},
    {"gift_wrap_price", "gift-wrap-price|礼品包装费", false},
    {"gift_wrap_tax", "gift-wrap-tax", false},
    {"item_promotion_discount", "item-promotion-discount|discount|promotion discount|优惠金额|折扣", false},
    {"ship_promotion_discount", "ship-promotion-discount", false},
    {"ship_service_level", "ship-service-level|shipping service|shipping method|service level|买家指定物流|客选物流|配送方式|配送サービスレベル|Versandart", false},
    {"sales_channel", "sales-channel|marketplace|channel|站点|店铺站点|销售渠道|販売チャネル|Verkaufskanal", false},
    {"fulfillment_channel", "fulfillment-channel|fulfilment|fulfillment|fulfilled by|fulfillment type|发货方式|配送类型|フルフィルメント", false},
    {"status", "order-status|status|订单状态|状态|注文ステータス|注文状況|Bestellstatus", false},
    {"item_status", "item-status|line status|商品状态2", false},
    {"is_prime", "is-prime|prime|Prime订单|是否Prime", false},
    {"is_business", "is-business-order|b2b|business|is business|企业订单|B2B订单", false},
    {"is_replacement", "is-replacement-order|replacement|补发|换货", false},
    {"purchase_order_number", "purchase-order-number|po number", false},
    {"is_gift", "is-gift|gift|礼品订单|是否礼品|ギフト", false},
    {"gift_message", "gift-message-text|gift-message|gift note|礼品留言|ギフトメッセージ", false},
    {"gift_wrap", "gift-wrap-type|gift wrap", false},
    {"customized_url", "customized-url|customization url|定制链接", false},
    {"customized_page", "customized-page", false},
    {"ioss_number", "ioss-number|iossnumber|ioss|IOSS税号|IOSS编号", false},
    {"payment_method", "payment-method|payment-method-details|payment|付款方式|支付方式|支払方法|Zahlungsart", false},
    {"cod_amount", "cod-collectible-amount|cod amount|代引金額|代收货款", false},
    {"invoice_type", "order-invoice-type|invoice type", false},
    {"category", "category|类目|カテゴリ|Kategorie", false},
    {"size", "size|尺码|规格|サイズ|Größe", false},
}};

constexpr bool every_field_named() {
  return std::all_of(kColumns.begin(), kColumns.end(), [](const FieldColumns& field) { return !field.id.empty() && !field.names.empty(); });
}
static_assert(every_field_named());

struct FormatName {
  OrderFormat format;
  std::string_view name;
};
constexpr std::array kFormatNames{
    FormatName{OrderFormat::unshipped_orders, "unshipped_orders"},
    FormatName{OrderFormat::new_orders, "new_orders"},
    FormatName{OrderFormat::all_orders, "all_orders"},
    FormatName{OrderFormat::india_sales, "india_sales"},
    FormatName{OrderFormat::table, "table"},
    // Amazon's report types, by the beginning of their names.
    FormatName{OrderFormat::unshipped_orders, "get_flat_file_actionable_order_data"},
    FormatName{OrderFormat::new_orders, "get_flat_file_order_report_data"},
    FormatName{OrderFormat::new_orders, "get_flat_file_orders_data"},
    FormatName{OrderFormat::all_orders, "get_flat_file_all_orders_data"},
    FormatName{OrderFormat::all_orders, "get_flat_file_archived_orders_data"},
};

}  // namespace

std::span<const FieldColumns> order_columns() { return kColumns; }

std::string_view name_of(OrderFormat format) {
  return std::find_if(kFormatNames.begin(), kFormatNames.end(), [&](const FormatName& known) { return known.format == format; })->name;
}

std::optional<OrderFormat> order_format_named(std::string_view name) {
  std::string low = lower(trim(name));
  std::replace(low.begin(), low.end(), '-', '_');
  for (const FormatName& known : kFormatNames)
    if (low == known.name || (known.name.starts_with("get_") && low.starts_with(known.name))) return known.format;
  if (low == "unshipped") return OrderFormat::unshipped_orders;
  if (low == "csv" || low == "tsv" || low == "xlsx" || low == "generic") return OrderFormat::table;
  return std::nullopt;
}

OrderFormat recognise_order_format(const HeadedTable& table) {
  const auto has = [&](std::initializer_list<std::string_view> headings) {
    return std::all_of(headings.begin(), headings.end(), [&](std::string_view heading) { return table.has_heading(heading); });
  };
  if (has({"amazonorderid", "purchasedate"}) && !has({"orderitemid"})) return OrderFormat::all_orders;
  if (has({"orderid", "orderitemid", "purchasedate"}))
    return has({"quantitytoship"}) || has({"promisedate"}) || has({"dayspastpromise"}) ? OrderFormat::unshipped_orders : OrderFormat::new_orders;
  if (has({"orderid", "date", "status", "fulfilment", "qty"})) return OrderFormat::india_sales;
  return OrderFormat::table;
}

}  // namespace zifa
