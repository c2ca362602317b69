#include "domain/rating/zone_map.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace zifa::rating {

ZoneMap::ZoneMap(const std::vector<ZoneRange>& ranges) {
  struct Edge {
    PostcodeKey at;
    bool begins;
    std::size_t range;
  };
  std::vector<Edge> edges;
  edges.reserve(2 * ranges.size());
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (ranges[i].to < ranges[i].from) continue;
    edges.push_back({ranges[i].from, true, i});
    edges.push_back({ranges[i].to + 1, false, i});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.at < b.at; });

  // The ranges that hold the place we are at, narrowest first.
  std::set<std::tuple<PostcodeKey, PostcodeKey>> open;
  const auto rank = [&](std::size_t i) { return std::tuple(ranges[i].to - ranges[i].from, -static_cast<PostcodeKey>(i)); };
  for (std::size_t i = 0; i < edges.size();) {
    const PostcodeKey at = edges[i].at;
    for (; i < edges.size() && edges[i].at == at; ++i) {
      if (edges[i].begins) {
        open.insert(rank(edges[i].range));
      } else {
        open.erase(rank(edges[i].range));
      }
    }
    std::optional<ZoneId> zone;
    if (!open.empty()) zone = ranges[static_cast<std::size_t>(-std::get<1>(*open.begin()))].zone;
    if (stretches_.empty() || stretches_.back().zone != zone) stretches_.push_back({at, zone});
  }
}

std::optional<ZoneId> ZoneMap::zone_of(PostcodeKey key) const {
  const auto behind = std::upper_bound(stretches_.begin(), stretches_.end(), key, [](PostcodeKey k, const Stretch& s) { return k < s.from; });
  if (behind == stretches_.begin()) return std::nullopt;
  return (behind - 1)->zone;
}

}  // namespace zifa::rating
