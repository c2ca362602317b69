// GET /messaging/v1/orders/{orderId}/attributes: the buyer's language.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/messages.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_message_attributes(std::string_view amazon_order_id, std::string_view marketplace_id) {
  http::Query query;
  query.add("marketplaceIds", marketplace_id);
  return {.target = with_query("/messaging/v1/orders/" + segment(amazon_order_id) + "/attributes", query)};
}

Result<std::string> read_get_message_attributes(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_message_attributes));
  return json::get_text(body, "buyer.locale");
}

const Operation get_message_attributes{
    .name = "GetAttributes",
    .sample = [](const CheckArguments& arguments) { return write_get_message_attributes(arguments.order_id.empty() ? "123-1234567-1234567" : arguments.order_id, arguments.marketplace_id); },
    .understands = understood<read_get_message_attributes>,
    .subject = &CheckArguments::order_id,
};

}  // namespace zifa::amazon
