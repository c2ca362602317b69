// POST /notifications/v1/subscriptions/{type}: from now on this seller's notifications of a type go to a destination.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/notifications.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_create_subscription(std::string_view type, std::string_view destination_id) {
  return {.method = "POST", .target = "/notifications/v1/subscriptions/" + segment(type), .body = json::text(json::object{{"payloadVersion", "1.0"}, {"destinationId", destination_id}})};
}

Result<std::string> read_create_subscription(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, create_subscription));
  std::string id = json::get_text(body, "payload.subscriptionId");
  if (id.empty()) return bad_answer(create_subscription, answer, "it holds no subscription id");
  return id;
}

const Operation create_subscription{
    .name = "createSubscription",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_create_subscription("ORDER_CHANGE", arguments.destination_id.empty() ? "TEST_CASE_200_DESTINATION_ID" : arguments.destination_id); },
    .understands = understood<read_create_subscription>,
};

}  // namespace zifa::amazon
