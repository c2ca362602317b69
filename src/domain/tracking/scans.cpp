#include "domain/tracking/scans.hpp"

namespace zifa::tracking {

std::vector<Scan> scans_of(const History& history, std::string_view source) {
  std::vector<Scan> scans;
  scans.reserve(history.events.size());
  for (const HistoryEvent& event : history.events) scans.push_back({event.at.instant(), std::string(name_of(event.state)), event.code, event.text, event.place, std::string(source)});
  return scans;
}

}  // namespace zifa::tracking
