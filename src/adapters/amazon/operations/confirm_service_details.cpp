// A question about a home service. Up to 2,000 characters.
#include "adapters/amazon/operations/messages.hpp"

namespace zifa::amazon {

const Operation confirm_service_details{
    .name = "createConfirmServiceDetails",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_message({"123-1234567-1234567", arguments.marketplace_id, "confirmServiceDetails", "My Message"}); },
    .understands = [](const http::Response& answer) { return read_message(answer, confirm_service_details).transform([](CallReceipt) { return done; }); },
};

}  // namespace zifa::amazon
