// Following parcels through 17TRACK: asks in batches, registers what it does not know yet, and asks after it the next time.
#pragma once

#include <string>
#include <vector>

#include "adapters/carriers/track17/protocol.hpp"
#include "app/ports/http.hpp"

namespace zifa::carriers::track17_api {

class Service {
 public:
  // `base_url` "" is 17TRACK itself. The client must outlive the service.
  Service(http::Client& client, std::string base_url, std::string key);

  // Any number of numbers. Those that 17TRACK hears of for the first time are registered and come back as not found: it looks
  // for them in the background. Stops at the first question that fails; what was answered before is then lost, and asked again.
  Result<TrackingAnswer> ask(const std::vector<Registration>& numbers);

 private:
  http::Client& client_;
  std::string base_url_, key_;
};

}  // namespace zifa::carriers::track17_api
