// A question about the delivery: an address, a date. Up to 2,000 characters.
#include "adapters/amazon/operations/messages.hpp"

namespace zifa::amazon {

const Operation confirm_delivery_details{
    .name = "createConfirmDeliveryDetails",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_message({"123-1234567-1234567", arguments.marketplace_id, "confirmDeliveryDetails", "My Message"}); },
    .understands = [](const http::Response& answer) { return read_message(answer, confirm_delivery_details).transform([](CallReceipt) { return done; }); },
};

}  // namespace zifa::amazon
