// Something went wrong and the buyer must know. Up to 2,000 characters.
#include "adapters/amazon/operations/messages.hpp"

namespace zifa::amazon {

const Operation unexpected_problem{
    .name = "createUnexpectedProblem",
    .effect = Effect::once,
    .sample = [](const CheckArguments& arguments) { return write_message({"123-1234567-1234567", arguments.marketplace_id, "unexpectedProblem", "My Message"}); },
    .understands = [](const http::Response& answer) { return read_message(answer, unexpected_problem).transform([](CallReceipt) { return done; }); },
};

}  // namespace zifa::amazon
