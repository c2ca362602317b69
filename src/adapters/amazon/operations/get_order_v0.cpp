// GET /orders/v0/orders/{orderId}: one order in the older form, without items.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_order_v0(std::string_view amazon_order_id) { return {.target = "/orders/v0/orders/" + segment(amazon_order_id)}; }

Result<IncomingOrder> read_get_order_v0(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_order_v0));
  const json::value* order = json::find(body, "payload");
  auto read = order == nullptr ? std::nullopt : read_order_v0(*order);
  if (!read) return bad_answer(get_order_v0, answer, "it holds no order with an id");
  return *std::move(read);
}

const Operation get_order_v0{
    .name = "getOrderV0",
    .sample = [](const CheckArguments& arguments) { return write_get_order_v0(arguments.order_id.empty() ? "TEST_CASE_200" : arguments.order_id); },
    .understands = understood<read_get_order_v0>,
    .subject = &CheckArguments::order_id,
};

}  // namespace zifa::amazon
