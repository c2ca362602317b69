// POST /notifications/v1/destinations: names a queue. Its policy must let Amazon's account 437568002678 send to it and read
// its attributes, or this answers 403.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/notifications.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_create_destination(std::string_view name, std::string_view queue_arn) {
  const json::object body{{"name", name}, {"resourceSpecification", json::object{{"sqs", json::object{{"arn", queue_arn}}}}}};
  return {.method = "POST", .target = "/notifications/v1/destinations", .body = json::text(body)};
}

Result<Destination> read_create_destination(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, create_destination));
  Destination made{json::get_text(body, "payload.destinationId"), json::get_text(body, "payload.name"), json::get_text(body, "payload.resource.sqs.arn")};
  if (made.id.empty()) return bad_answer(create_destination, answer, "it holds no destination id");
  return made;
}

const Operation create_destination{
    .name = "createDestination",
    .effect = Effect::once,
    .scope = "sellingpartnerapi::notifications",
    .sample = [](const CheckArguments&) { return write_create_destination("zifa-check", "arn:aws:sqs:us-east-2:444455556666:queue1"); },
    .understands = understood<read_create_destination>,
};

}  // namespace zifa::amazon
