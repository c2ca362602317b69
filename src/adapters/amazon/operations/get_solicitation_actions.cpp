// GET /solicitations/v1/orders/{orderId}: whether the buyer may be asked for a review now.
#include <algorithm>

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/messages.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_solicitation_actions(std::string_view amazon_order_id, std::string_view marketplace_id) {
  http::Query query;
  query.add("marketplaceIds", marketplace_id);
  return {.target = with_query("/solicitations/v1/orders/" + segment(amazon_order_id), query)};
}

Result<bool> read_get_solicitation_actions(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_solicitation_actions));
  const json::array* actions = json::find_array(body, "_links.actions");
  return actions != nullptr && std::any_of(actions->begin(), actions->end(), [](const json::value& action) { return json::get_text(action, "name") == "productReviewAndSellerFeedback"; });
}

const Operation get_solicitation_actions{
    .name = "getSolicitationActionsForOrder",
    .sample = [](const CheckArguments& arguments) { return write_get_solicitation_actions(arguments.order_id.empty() ? "123-1234567-1234567" : arguments.order_id, arguments.marketplace_id); },
    .understands = understood<read_get_solicitation_actions>,
    .subject = &CheckArguments::order_id,
};

}  // namespace zifa::amazon
