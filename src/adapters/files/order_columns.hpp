// The headings under which order files give what we read from them.
#pragma once

#include <array>
#include <span>

#include "adapters/files/headed_table.hpp"

namespace zifa {

enum class OrderField : std::size_t {
  order_id, order_item_id, merchant_order_id, purchased_at, paid_at, updated_at, ship_by, deliver_from, deliver_by,
  buyer_name, buyer_email, buyer_phone, buyer_company, recipient_name, address_1, address_2, address_3, city, state, postal_code, country, phone,
  tax_id, delivery_instructions, sku, asin, product_name, condition, quantity, quantity_shipped, quantity_to_ship,
  currency, item_price, unit_price, item_tax, shipping_price, shipping_tax, gift_wrap_price, gift_wrap_tax, item_promotion_discount,
  ship_promotion_discount, ship_service_level, sales_channel, fulfillment_channel, status, item_status, is_prime, is_business, is_replacement,
  purchase_order_number, is_gift, gift_message, gift_wrap, customized_url, customized_page, ioss_number, payment_method, cod_amount, invoice_type,
  category, size, count,
};

std::span<const FieldColumns> order_columns();

enum class OrderFormat { unshipped_orders, new_orders, all_orders, india_sales, table };

std::string_view name_of(OrderFormat format);
// Our names and Amazon's report types; nothing for others.
std::optional<OrderFormat> order_format_named(std::string_view name);
// By the columns found. `has`: whether there is a heading of that plain name.
OrderFormat recognise_order_format(const HeadedTable& table);

}  // namespace zifa
