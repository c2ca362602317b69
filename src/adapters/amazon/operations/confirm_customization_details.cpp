// A question about what was customised, up to 800 characters.
#include "adapters/amazon/operations/messages.hpp"

namespace zifa::amazon {

const Operation confirm_customization_details{
    .name = "confirmCustomizationDetails",
    .effect = Effect::once,
    // Amazon's own sandbox case of it has attachments.
    .sample =
        [](const CheckArguments& arguments) {
          http::Request request = write_message({"123-1234567-1234567", arguments.marketplace_id, "confirmCustomizationDetails", "My Message"});
          request.body = R"({"text":"My Message","attachments":[{"uploadDestinationId":"4e936e26-7b72-4b84-af27-e6baee1d546d","fileName":"AmazonMotors.txt"},)"
                         R"({"uploadDestinationId":"4e936e26-7b72-4b84-af27-e6baee1d546d","fileName":"AmazonMotors.txt"}]})";
          return request;
        },
    .understands = [](const http::Response& answer) { return read_message(answer, confirm_customization_details).transform([](CallReceipt) { return done; }); },
};

}  // namespace zifa::amazon
