// POST /solicitations/v1/orders/{orderId}/solicitations/productReviewAndSellerFeedback: Amazon asks the buyer, in its own
// words. A second time for the same order is refused by Amazon.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/messages.hpp"
#include "adapters/amazon/path.hpp"

namespace zifa::amazon {

http::Request write_create_solicitation(std::string_view amazon_order_id, std::string_view marketplace_id) {
  http::Query query;
  query.add("marketplaceIds", marketplace_id);
  return {.method = "POST", .target = with_query("/solicitations/v1/orders/" + segment(amazon_order_id) + "/solicitations/productReviewAndSellerFeedback", query)};
}

Result<CallReceipt> read_create_solicitation(const http::Response& answer) {
  if (auto error = error_in(answer, create_solicitation)) return *std::move(error);
  return CallReceipt{request_id_of(answer)};
}

const Operation create_solicitation{
    .name = "createProductReviewAndSellerFeedbackSolicitation",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_create_solicitation("123-1234567-1234567", arguments.marketplace_id); },
    .understands = understood<read_create_solicitation>,
};

}  // namespace zifa::amazon
