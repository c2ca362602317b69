// A question about what was customised, up to 800 characters.
#include "adapters/amazon/operations/messages.hpp"

namespace zifa::amazon {

const Operation confirm_customization_details{
    .name = "confirmCustomizationDetails",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_message({"123-1234567-1234567", arguments.marketplace_id, "confirmCustomizationDetails", "My Message"}); },
    .understands = [](const http::Response& answer) { return read_message(answer, confirm_customization_details).transform([](CallReceipt) { return done; }); },
};

}  // namespace zifa::amazon
