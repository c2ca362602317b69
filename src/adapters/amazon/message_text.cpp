// What all kinds of messages share: where they go, how the text is written, how the answer is read.
#include <array>

#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/messages.hpp"
#include "adapters/amazon/path.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

const Operation* message_operation(std::string_view kind) {
  struct Entry {
    std::string_view kind;
    const Operation* operation;
  };
  static const std::array kKinds{
      Entry{"confirmOrderDetails", &confirm_order_details},     Entry{"confirmDeliveryDetails", &confirm_delivery_details},
      Entry{"unexpectedProblem", &unexpected_problem},          Entry{"confirmServiceDetails", &confirm_service_details},
      Entry{"confirmCustomizationDetails", &confirm_customization_details},
  };
  for (const Entry& entry : kKinds)
    if (entry.kind == kind) return entry.operation;
  return nullptr;
}

http::Request write_message(const BuyerMessage& message) {
  http::Query query;
  query.add("marketplaceIds", message.marketplace_id);
  return {.method = "POST",
          .target = with_query("/messaging/v1/orders/" + segment(message.amazon_order_id) + "/messages/" + segment(message.kind), query),
          .body = json::text(json::object{{"text", message.text}})};
}

Result<CallReceipt> read_message(const http::Response& answer, const Operation& operation) {
  if (auto error = error_in(answer, operation)) return *std::move(error);
  return CallReceipt{request_id_of(answer)};
}

}  // namespace zifa::amazon
