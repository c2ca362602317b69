#include "sandbox/amazon/quotas.hpp"

#include <algorithm>

namespace zifa::sandbox {

namespace {
constexpr std::int64_t kOneCall = 1'000'000;
constexpr int kSandboxRate = 50'000, kSandboxBurst = 15;  // five a second, fifteen at once, whatever the operation
}  // namespace

bool Quotas::take(const Operation& operation, std::string_view account, Instant now) {
  if (mode_ == Mode::off) return true;
  const std::int64_t rate = mode_ == Mode::sandbox ? kSandboxRate : operation.rate_per_10000_s;
  const std::int64_t full = kOneCall * (mode_ == Mode::sandbox ? kSandboxBurst : operation.burst);
  const auto [at, is_new] = buckets_.try_emplace({&operation, std::string(account)}, Bucket{full, now});
  Bucket& bucket = at->second;
  // A call in ten thousand seconds is a tenth of a millionth of a call in a millisecond.
  const std::int64_t passed_ms = std::clamp<std::int64_t>((now - bucket.filled).count(), 0, 100'000'000'000);
  const std::int64_t gained = passed_ms * rate / 10;
  if (gained > 0) {
    bucket.millionths = std::min(full, bucket.millionths + gained);
    bucket.filled = now;
  }
  if (bucket.millionths < kOneCall) return false;
  bucket.millionths -= kOneCall;
  return true;
}

std::string Quotas::limit_of(const Operation& operation) const {
  const int rate = mode_ == Mode::sandbox ? kSandboxRate : operation.rate_per_10000_s;
  std::string digits = std::to_string(rate % 10'000);
  digits.insert(0, 4 - digits.size(), '0');
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return std::to_string(rate / 10'000) + "." + digits;
}

}  // namespace zifa::sandbox
