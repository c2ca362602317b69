// Usage plans: one bucket of calls per operation and account, filled at the operation's rate. They run on the world's clock.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "sandbox/amazon/operations.hpp"

namespace zifa::sandbox {

class Quotas {
 public:
  enum class Mode { amazon, sandbox, off };

  // Takes one call out of the bucket; false when it is empty.
  bool take(const Operation& operation, std::string_view account, Instant now);
  // What x-amzn-RateLimit-Limit says: "0.5", "2.0", "0.0056".
  std::string limit_of(const Operation& operation) const;

  Mode mode() const { return mode_; }
  void set_mode(Mode mode) {
    mode_ = mode;
    buckets_.clear();
  }

 private:
  struct Bucket {
    std::int64_t millionths = 0;  // of a call
    Instant filled;
  };
  Mode mode_ = Mode::amazon;
  std::map<std::pair<const Operation*, std::string>, Bucket, std::less<>> buckets_;
};

}  // namespace zifa::sandbox
