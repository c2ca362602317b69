#include "domain/rating/on_time.hpp"

#include <algorithm>

namespace zifa::rating {

namespace {

constexpr std::int64_t kAll = 1'000'000;
constexpr std::int64_t kByLastDay = 970'000;
constexpr std::int64_t kPromiseWeight = 20;

std::int64_t by_promise(int days_min, int days_max, int days) {
  if (days < days_min) return 0;
  if (days <= days_max) return kByLastDay * (days - days_min + 1) / (days_max - days_min + 1);
  const int further = std::min(days - days_max, 30);
  return kAll - ((kAll - kByLastDay) >> further);
}

}  // namespace

std::int64_t on_time_ppm(int days_min, int days_max, int days, std::span<const std::int64_t> arrived_by_day, std::int64_t late) {
  days_min = std::max(days_min, 0);
  days_max = std::max(days_max, days_min);
  const std::int64_t promised = by_promise(days_min, days_max, days);
  std::int64_t in_time = 0, all = std::max<std::int64_t>(late, 0);
  for (std::size_t d = 0; d < arrived_by_day.size(); ++d) {
    all += arrived_by_day[d];
    if (days >= 0 && d <= static_cast<std::size_t>(days)) in_time += arrived_by_day[d];
  }
  return (in_time * kAll + promised * kPromiseWeight) / (all + kPromiseWeight);
}

}  // namespace zifa::rating
