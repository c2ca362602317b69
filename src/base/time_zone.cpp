#include <date/tz.h>

#include <array>
#include <cstdlib>
#include <map>
#include <mutex>

#include "base/time.hpp"

namespace zifa {

struct TimeZone::Data {
  std::string name;
  const date::time_zone* zone;
};

namespace {

date::sys_seconds sys(Instant at) { return date::sys_seconds(std::chrono::seconds(at.seconds())); }

Instant instant(date::sys_seconds at) { return Instant::from_ms(at.time_since_epoch().count() * 1000); }

// The last change of offset looked up on this thread: most calls ask for moments of the same weeks in the same zone.
struct Cached {
  const date::time_zone* zone = nullptr;
  date::sys_info info{};
};

const date::sys_info& info_at(const date::time_zone* zone, date::sys_seconds at) {
  static thread_local std::array<Cached, 4> cache;
  static thread_local unsigned next = 0;
  for (const Cached& entry : cache)
    if (entry.zone == zone && at >= entry.info.begin && at < entry.info.end) return entry.info;
  Cached& entry = cache[next++ % cache.size()];
  entry.info = zone->get_info(at);
  entry.zone = zone;
  return entry.info;
}

Instant local_to_instant(const date::time_zone* zone, date::local_seconds local) {
  // Guess with the offset of the same moment read as UTC, then correct once: exact outside clock changes.
  const date::sys_seconds guess{local.time_since_epoch()};
  const date::sys_info& first = info_at(zone, guess);
  const date::sys_seconds by_first = guess - first.offset;
  const date::sys_info& second = info_at(zone, by_first);
  if (second.offset == first.offset && by_first - second.begin > std::chrono::hours(26) && second.end - by_first > std::chrono::hours(26))
    return instant(by_first);
  const date::local_info exact = zone->get_info(local);
  if (exact.result == date::local_info::nonexistent) return instant(exact.first.end);
  return instant(date::sys_seconds(local.time_since_epoch() - exact.first.offset));
}

}  // namespace

TimeZone TimeZone::utc() {
  static const TimeZone zone = named("UTC").value();
  return zone;
}

Result<TimeZone> TimeZone::named(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Data>, std::less<>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return TimeZone(found->second);
  try {
    const date::time_zone* zone = date::locate_zone(std::string(name));
    auto data = std::make_shared<const Data>(Data{std::string(name), zone});
    known.emplace(std::string(name), data);
    return TimeZone(data);
  } catch (const std::exception&) {
    return invalid("time.unknown_zone", "\"" + std::string(name.substr(0, 60)) + "\" is not a time zone known to this machine; use a name such as Asia/Shanghai.");
  }
}

const std::string& TimeZone::name() const { return data_->name; }

Day TimeZone::day_of(Instant at) const {
  const auto s = sys(at);
  const std::int64_t local = (s + info_at(data_->zone, s).offset).time_since_epoch().count();
  return Day::from_number(static_cast<std::int32_t>(local >= 0 ? local / 86'400 : -((-local + 86'399) / 86'400)));
}

Instant TimeZone::start_of(Day day) const { return at(day, std::chrono::minutes(0)); }

Instant TimeZone::end_of(Day day) const { return start_of(day + 1) - std::chrono::seconds(1); }

Instant TimeZone::at(Day day, std::chrono::minutes time_of_day) const {
  return local_to_instant(data_->zone, date::local_seconds(std::chrono::seconds(std::int64_t{day.number()} * 86'400)) + time_of_day);
}

std::chrono::minutes TimeZone::time_of_day(Instant at) const {
  const auto s = sys(at);
  std::int64_t local = (s + info_at(data_->zone, s).offset).time_since_epoch().count() % 86'400;
  if (local < 0) local += 86'400;
  return std::chrono::minutes(local / 60);
}

std::chrono::seconds TimeZone::offset(Instant at) const { return info_at(data_->zone, sys(at)).offset; }

std::string TimeZone::iso(Instant at) const {
  const std::chrono::seconds shift = offset(at);
  std::string text = (at + shift).iso();
  text.pop_back();
  const std::int64_t minutes = std::abs(shift.count()) / 60;
  const auto two = [](std::int64_t n) { return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; };
  return text + (shift.count() < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace zifa
