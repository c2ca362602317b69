// GET /orders/v0/orders/{orderId}/orderItems: the items of one order in the older form.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/orders.hpp"
#include "adapters/amazon/order_reader.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_order_items_v0(std::string_view amazon_order_id, std::string_view page_token) {
  http::Query query;
  add_text(query, "NextToken", page_token);
  return {.target = with_query("/orders/v0/orders/" + segment(amazon_order_id) + "/orderItems", query)};
}

Result<ItemPage> read_get_order_items_v0(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_order_items_v0));
  const json::array* items = json::find_array(body, "payload.OrderItems");
  if (items == nullptr) return bad_answer(get_order_items_v0, answer, "it holds no list of items");
  ItemPage page;
  for (const json::value& item : *items) {
    auto read = read_item_v0(item);
    if (!read) return bad_answer(get_order_items_v0, answer, "one of the items has no id");
    page.items.push_back(*std::move(read));
  }
  page.next_token = json::get_text(body, "payload.NextToken");
  return page;
}

const Operation get_order_items_v0{
    .name = "getOrderItems",
    .sample = [](const CheckArguments& arguments) { return write_get_order_items_v0(arguments.order_id.empty() ? "TEST_CASE_200" : arguments.order_id, ""); },
    .understands = understood<read_get_order_items_v0>,
    .subject = &CheckArguments::order_id,
};

}  // namespace zifa::amazon
