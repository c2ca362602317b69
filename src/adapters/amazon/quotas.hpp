// How often each operation may be called: Amazon's token buckets, kept on our side so that calls are not wasted.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace zifa::amazon {

// Buckets of one account. Times are handed in, so this runs on any clock.
class Quotas {
 public:
  // Takes one call out of the operation's bucket. Zero: taken, call now. Otherwise nothing was taken, and the same can
  // be tried again after that time. An operation that is not in data/spapi_operations.csv has one call a second.
  std::chrono::milliseconds take(std::string_view operation, Instant now);

  // Amazon's own word on the rate, as it stands in the header ("0.0056"). Nonsense is ignored.
  void learn(std::string_view operation, std::string_view calls_per_second);

  // Amazon said 429: whatever we thought was in the bucket is not.
  void drain(std::string_view operation, Instant now);

 private:
  struct Bucket {
    double per_second = 1;
    double burst = 1;
    double calls = 1;
    Instant at;
  };
  Bucket& refilled(std::string_view operation, Instant now);

  std::mutex mutex_;
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace zifa::amazon
