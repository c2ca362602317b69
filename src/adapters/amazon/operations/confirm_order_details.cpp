// A question about the order before it is shipped, up to 2,000 characters.
#include "adapters/amazon/operations/messages.hpp"

namespace zifa::amazon {

const Operation confirm_order_details{
    .name = "createConfirmOrderDetails",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_message({"123-1234567-1234567", arguments.marketplace_id, "confirmOrderDetails", "My Message"}); },
    .understands = [](const http::Response& answer) { return read_message(answer, confirm_order_details).transform([](CallReceipt) { return done; }); },
};

}  // namespace zifa::amazon
