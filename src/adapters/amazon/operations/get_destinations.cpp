// GET /notifications/v1/destinations: the queues this app has named to Amazon.
#include "adapters/amazon/answer.hpp"
#include "adapters/amazon/operations/notifications.hpp"
#include "base/json.hpp"

namespace zifa::amazon {

http::Request write_get_destinations() { return {.target = "/notifications/v1/destinations"}; }

Result<std::vector<Destination>> read_get_destinations(const http::Response& answer) {
  const json::value body = TRY(body_of(answer, get_destinations));
  std::vector<Destination> destinations;
  if (const json::array* list = json::find_array(body, "payload"))
    for (const json::value& entry : *list)
      if (std::string id = json::get_text(entry, "destinationId"); !id.empty()) destinations.push_back({std::move(id), json::get_text(entry, "name"), json::get_text(entry, "resource.sqs.arn")});
  return destinations;
}

const Operation get_destinations{
    .name = "getDestinations",
    .scope = "sellingpartnerapi::notifications",
    .sample = [](const CheckArguments&) { return write_get_destinations(); },
    .understands = understood<read_get_destinations>,
};

}  // namespace zifa::amazon
