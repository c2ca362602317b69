// GET /orders/v0/orders: the older search, without items.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_orders_v0(const OrderQuery& question) {
  http::Query query;
  add_list(query, "MarketplaceIds", question.marketplaces);
  if (question.updated_after) query.add("LastUpdatedAfter", question.updated_after->iso());
  else if (question.created_after) query.add("CreatedAfter", question.created_after->iso());
  query.add("FulfillmentChannels", "MFN");
  // Every order costs a call for its items, of which 30 are allowed at once.
  query.add("MaxResultsPerPage", "20");
  add_text(query, "NextToken", question.page_token);
  return {.target = with_query("/orders/v0/orders", query)};
}

Result<OrderPage> read_get_orders_v0(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_orders_v0));
  const json::array* orders = json::find_array(body, "payload.Orders");
  if (orders == nullptr) return bad_answer(get_orders_v0, answer, "it holds no list of orders");
  OrderPage page;
  for (const json::value& order : *orders) {
    if (auto read = read_order_v0(order)) page.orders.push_back(*std::move(read));
    else ++page.unreadable;
  }
  page.next_token = json::get_text(body, "payload.NextToken");
  for (const char* name : {"payload.LastUpdatedBefore", "payload.CreatedBefore"})
    if (const auto until = Instant::parse(json::get_text(body, name)); until.has_value()) {
      page.complete_until = *until;
      break;
    }
  return page;
}

const Operation get_orders_v0{
    .name = "getOrders",
    .sample =
        [](const CheckArguments& arguments) {
          const Instant now = Instant::parse(arguments.now).value_or(Instant());
          return write_get_orders_v0({.updated_after = now - std::chrono::hours(24 * 30), .marketplaces = {arguments.marketplace_id}});
        },
    .understands = understood<read_get_orders_v0>,
};

}  // namespace zifa::amazon
