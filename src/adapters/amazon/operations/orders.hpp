// Orders: searching and reading them (2026-01-01, and v0 while it lasts), confirming a parcel.
#pragma once

#include "adapters/amazon/operation.hpp"
#include "app/ports/marketplace.hpp"

namespace zifa::amazon {

extern const Operation search_orders;
http::Request write_search_orders(const OrderQuery& query);
Result<OrderPage> read_search_orders(const http::Response& answer);

extern const Operation get_order;
http::Request write_get_order(std::string_view amazon_order_id);
Result<IncomingOrder> read_get_order(const http::Response& answer);

// The orders of this page have no items yet: v0 gives those order by order.
extern const Operation get_orders_v0;
http::Request write_get_orders_v0(const OrderQuery& query);
Result<OrderPage> read_get_orders_v0(const http::Response& answer);

extern const Operation get_order_v0;
http::Request write_get_order_v0(std::string_view amazon_order_id);
Result<IncomingOrder> read_get_order_v0(const http::Response& answer);

struct ItemPage {
  std::vector<IncomingItem> items;
  std::string next_token;
};
extern const Operation get_order_items_v0;
http::Request write_get_order_items_v0(std::string_view amazon_order_id, std::string_view page_token);
Result<ItemPage> read_get_order_items_v0(const http::Response& answer);

extern const Operation confirm_shipment;
http::Request write_confirm_shipment(const ShipmentConfirmation& confirmation);
// Refuses, besides the usual, `amazon.package_not_found` (conflict): Amazon finds nothing left to confirm under this
// reference. That is also how a repeat of a confirmation that did arrive is answered: read the order back.
Result<CallReceipt> read_confirm_shipment(const http::Response& answer);

}  // namespace zifa::amazon
