// GET /orders/2026-01-01/orders: orders changed or created since a moment, up to 100 a page, items included.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_search_orders(const OrderQuery& question) {
  http::Query query;
  if (question.updated_after) query.add("lastUpdatedAfter", question.updated_after->iso());
  else if (question.created_after) query.add("createdAfter", question.created_after->iso());
  add_list(query, "marketplaceIds", question.marketplaces);
  query.add("fulfilledBy", "MERCHANT");
  query.add("includedData", "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES");
  add_text(query, "paginationToken", question.page_token);
  return {.target = with_query("/orders/2026-01-01/orders", query)};
}

Result<OrderPage> read_search_orders(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, search_orders));
  const json::array* orders = json::find_array(body, "orders");
  if (orders == nullptr) return bad_answer(search_orders, answer, "it holds no list of orders");
  OrderPage page;
  page.orders.reserve(orders->size());
  for (const json::value& order : *orders) {
    if (auto read = read_order(order)) page.orders.push_back(*std::move(read));
    else ++page.unreadable;
  }
  page.next_token = json::get_text(body, "pagination.nextToken");
  for (const char* name : {"lastUpdatedBefore", "createdBefore"})
    if (const auto until = Instant::parse(json::get_text(body, name)); until.has_value()) {
      page.complete_until = *until;
      break;
    }
  return page;
}

const Operation search_orders{
    .name = "searchOrders",
    .sample =
        [](const CheckArguments& arguments) {
          const Instant now = Instant::parse(arguments.now).value_or(Instant());
          return write_search_orders({.updated_after = now - std::chrono::hours(24 * 30), .marketplaces = {arguments.marketplace_id}});
        },
    .understands = understood<read_search_orders>,
};

}  // namespace zifa::amazon
