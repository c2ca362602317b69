#include "adapters/amazon/quotas.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/reference/reference_table.hpp"
#include "base/check.hpp"
#include "base/text.hpp"

namespace zifa::amazon {

namespace {

struct Rate {
  double per_second = 1;
  double burst = 1;
};

double number(std::string_view text) {
  const std::string copy(text.substr(0, 40));
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size() && std::isfinite(value) ? value : 0;
}

const std::map<std::string, Rate, std::less<>>& rates() {
  static const auto all = [] {
    std::map<std::string, Rate, std::less<>> table;
    read_reference("data/spapi_operations.csv", {"operation", "per_second", "burst"}, [&](const std::vector<std::string_view>& row) {
      const Rate rate{number(row[1]), number(row[2])};
      check(rate.per_second > 0 && rate.burst >= 1, "data/spapi_operations.csv has a rate that is no rate");
      table.emplace(row[0], rate);
    });
    return table;
  }();
  return all;
}

}  // namespace

Quotas::Bucket& Quotas::refilled(std::string_view operation, Instant now) {
  auto found = buckets_.find(operation);
  if (found == buckets_.end()) {
    const auto known = rates().find(operation);
    const Rate rate = known == rates().end() ? Rate{} : known->second;
    found = buckets_.emplace(std::string(operation), Bucket{rate.per_second, rate.burst, rate.burst, now}).first;
  }
  Bucket& bucket = found->second;
  // A clock that went back refills nothing.
  if (now > bucket.at) bucket.calls = std::min(bucket.burst, bucket.calls + static_cast<double>((now - bucket.at).count()) / 1'000.0 * bucket.per_second);
  bucket.at = now;
  return bucket;
}

std::chrono::milliseconds Quotas::take(std::string_view operation, Instant now) {
  const std::lock_guard lock(mutex_);
  Bucket& bucket = refilled(operation, now);
  // Refilling in floating point may leave a whole call a hair short.
  if (bucket.calls >= 1 - 1e-6) {
    bucket.calls = std::max(0.0, bucket.calls - 1);
    return std::chrono::milliseconds(0);
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil((1 - bucket.calls) / bucket.per_second * 1'000.0)));
}

void Quotas::learn(std::string_view operation, std::string_view calls_per_second) {
  const double rate = number(trim(calls_per_second));
  if (!(rate >= 0.0001 && rate <= 10'000)) return;
  const std::lock_guard lock(mutex_);
  if (const auto found = buckets_.find(operation); found != buckets_.end()) found->second.per_second = rate;
}

void Quotas::drain(std::string_view operation, Instant now) {
  const std::lock_guard lock(mutex_);
  refilled(operation, now).calls = 0;
}

}  // namespace zifa::amazon
