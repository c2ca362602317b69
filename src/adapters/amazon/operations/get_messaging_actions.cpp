// GET /messaging/v1/orders/{orderId}: the kinds of message this order allows now.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/messages.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_messaging_actions(std::string_view amazon_order_id, std::string_view marketplace_id) {
  http::Query query;
  query.add("marketplaceIds", marketplace_id);
  return {.target = with_query("/messaging/v1/orders/" + segment(amazon_order_id), query)};
}

Result<std::vector<std::string>> read_get_messaging_actions(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_messaging_actions));
  std::vector<std::string> kinds;
  // No list at all: nothing is allowed.
  if (const json::array* actions = json::find_array(body, "_links.actions"))
    for (const json::value& action : *actions)
      if (std::string name = json::get_text(action, "name"); !name.empty()) kinds.push_back(std::move(name));
  return kinds;
}

const Operation get_messaging_actions{
    .name = "getMessagingActionsForOrder",
    .sample = [](const CheckArguments& arguments) { return write_get_messaging_actions(arguments.order_id.empty() ? "123-1234567-1234567" : arguments.order_id, arguments.marketplace_id); },
    .understands = understood<read_get_messaging_actions>,
    .subject = &CheckArguments::order_id,
};

}  // namespace zifa::amazon
