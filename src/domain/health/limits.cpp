// The arithmetic of one limit, in whole numbers.
//
// With the limit a/b in lowest terms, L failing orders of N:
//   below:     met if L b < a N;             k more good orders heal it from k = floor(L b / a) + 1 - N
//   at least:  met if (N - L) b >= a N, that is L b <= (b - a) N; with f = b - a, k = ceil(L b / f) - N
#include <algorithm>

#include "base/check.hpp"
#include "domain/health/health.hpp"

namespace zifa::health {

namespace {

__extension__ using Wide = __int128;

// The largest failing share allowed, as a fraction; `below` excludes the share itself.
Share failing_limit(const Policy& policy) {
  check(policy.limit.part > 0 && policy.limit.part < policy.limit.whole, "a limit lies between nothing and everything");
  if (policy.comparison == Comparison::below) return policy.limit;
  return {policy.limit.whole - policy.limit.part, policy.limit.whole};
}

std::int64_t narrow(Wide value) {
  return static_cast<std::int64_t>(std::clamp<Wide>(value, 0, std::numeric_limits<std::int64_t>::max()));
}

}  // namespace

std::optional<bool> is_met(const Policy& policy, std::int64_t late, std::int64_t orders) {
  if (orders <= 0) return std::nullopt;
  const int failing = compare({late, orders}, failing_limit(policy));
  return policy.comparison == Comparison::below ? failing < 0 : failing <= 0;
}

std::int64_t on_time_needed(const Policy& policy, std::int64_t late, std::int64_t orders) {
  const Share limit = failing_limit(policy);
  const Wide scaled = Wide{late} * limit.whole;
  const Wide whole = policy.comparison == Comparison::below ? scaled / limit.part + 1 : (scaled + limit.part - 1) / limit.part;
  return narrow(whole - orders);
}

std::int64_t late_affordable(const Policy& policy, std::int64_t late, std::int64_t orders) {
  // (L + k) b < a (N + k)  <=>  k (b - a) < a N - L b
  const Share limit = failing_limit(policy);
  const Wide room = Wide{limit.part} * orders - Wide{late} * limit.whole;
  if (room <= 0) return 0;
  const Wide step = limit.whole - limit.part;
  return narrow(policy.comparison == Comparison::below ? (room - 1) / step : room / step);
}

std::optional<std::string> shown_rate(const Policy& policy, std::int64_t late, std::int64_t orders) {
  if (orders <= 0) return std::nullopt;
  const std::int64_t shown = policy.comparison == Comparison::below ? late : orders - late;
  const auto scaled = static_cast<std::int64_t>((Wide{shown} * 20'000 + orders) / (Wide{orders} * 2));
  std::string digits = std::to_string(scaled);
  if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
  digits.insert(digits.size() - 4, 1, '.');
  return digits;
}

}  // namespace zifa::health
