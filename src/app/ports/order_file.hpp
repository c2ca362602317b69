// Order files: what a seller without API access downloads from Seller Central, or exports from another program.
//
// Formats (recognised by their header, in any order of columns, with columns we do not know left aside):
//   unshipped_orders  GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING
//   new_orders        GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING
//   all_orders        GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL and its likes; no buyers, no order item ids
//   india_sales       Amazon.in's seller sale report; no buyers, no order item ids
//   table             anything else with recognisable or mapped columns: CSV, TSV, XLSX
// Source: docs/rules/flat_files.md.
#pragma once

#include "app/ports/line_file.hpp"

namespace zifa {

struct OrderLine {
  std::string order_id;
  std::string order_item_id;
  // The file has no order item ids: this one was made from the SKU (else the ASIN, else category and size), and a number from the
  // second such line of the same order on. The same file gives the same ids again.
  bool order_item_id_made = false;
  std::string merchant_order_id;

  Instant purchased_at;
  bool purchased_day_only = false;  // the file names only the day; `purchased_at` is its first moment
  std::optional<Instant> paid_at;
  std::optional<Instant> updated_at;
  std::optional<Instant> ship_by;         // a day without a time is meant to its last second
  std::optional<Instant> deliver_from;
  std::optional<Instant> deliver_by;

  std::string buyer_name, buyer_email, buyer_phone, buyer_company;
  std::string recipient_name;
  std::string address_1, address_2, address_3, city, state, postal_code;
  std::string country;  // two letters where the file writes two letters
  std::string phone;    // of the recipient; the buyer's where the file has one number only
  std::string tax_id;   // CPF, CNPJ and the like, as the carrier wants it
  std::string delivery_instructions;

  std::string sku, asin, product_name, condition;
  std::int64_t quantity = 0;  // purchased
  std::optional<std::int64_t> quantity_shipped;
  std::optional<std::int64_t> quantity_to_ship;

  std::optional<Currency> currency;
  std::optional<Money> item_price, item_tax, shipping_price, shipping_tax, gift_wrap_price, gift_wrap_tax;
  std::optional<Money> item_promotion_discount, ship_promotion_discount;

  std::string ship_service_level;
  std::string sales_channel;        // "Amazon.de", as written
  std::string marketplace;          // two-letter country of the sales channel where known: "DE"
  std::string fulfillment_channel;  // as written: "Merchant", "MFN", "Amazon", "AFN"
  std::string status, item_status;  // as written
  bool is_cancelled = false;
  bool is_fulfilled_by_amazon = false;
  bool is_prime = false;
  bool is_business = false;
  bool is_replacement = false;
  std::string purchase_order_number;

  bool is_gift = false;
  std::string gift_message, gift_wrap;
  std::string customized_url, customized_page;
  std::string ioss_number;
  std::string payment_method;
  std::optional<Money> cod_amount;  // to collect at the door
  std::string invoice_type;
};

using OrderFileReader = LineFileReader<OrderLine>;

// The fields that a mapping may name, with what sellers call them; "order_id" first.
struct FieldName {
  std::string_view id;       // "purchased_at"
  std::string_view example;  // the heading of Amazon's own report: "purchase-date"
  bool required;             // a file without it cannot be opened
};

}  // namespace zifa
