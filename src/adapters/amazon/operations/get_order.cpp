// GET /orders/2026-01-01/orders/{orderId}: one order as it is now, items and packages included.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_order(std::string_view amazon_order_id) {
  http::Query query;
  query.add("includedData", "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES");
  return {.target = with_query("/orders/2026-01-01/orders/" + segment(amazon_order_id), query)};
}

Result<IncomingOrder> read_get_order(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_order));
  const json::value* order = json::find(body, "order");
  auto read = order == nullptr ? std::nullopt : read_order(*order);
  if (!read) return bad_answer(get_order, answer, "it holds no order with an id");
  return *std::move(read);
}

const Operation get_order{
    .name = "getOrder",
    .sample = [](const CheckArguments& arguments) { return write_get_order(arguments.order_id.empty() ? "171-9876543-2109876" : arguments.order_id); },
    .understands = understood<read_get_order>,
    .subject = &CheckArguments::order_id,
};

}  // namespace zifa::amazon
