// Telling Amazon where to send notifications. Destinations belong to the app (no seller), subscriptions to the seller.
#pragma once

#include "adapters/amazon/operation.hpp"

namespace zifa::amazon {

struct Destination {
  std::string id, name, arn;
};

extern const Operation get_destinations;
http::Request write_get_destinations();
Result<std::vector<Destination>> read_get_destinations(const http::Response& answer);

extern const Operation create_destination;
http::Request write_create_destination(std::string_view name, std::string_view queue_arn);
Result<Destination> read_create_destination(const http::Response& answer);

extern const Operation create_subscription;
http::Request write_create_subscription(std::string_view type, std::string_view destination_id);
Result<std::string> read_create_subscription(const http::Response& answer);

}  // namespace zifa::amazon
