// Postcode ranges laid over one another; where several hold a code, the narrowest wins.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/rating/postcode.hpp"

namespace zifa::rating {

using ZoneId = std::uint16_t;  // a zone's name, as a number inside one rate book

struct ZoneRange {
  PostcodeKey from = 0, to = 0;  // both included
  ZoneId zone = 0;
};

// Made once, asked often: the ranges are cut into stretches with one answer each.
class ZoneMap {
 public:
  ZoneMap() = default;
  // Of equally narrow ranges the later one wins.
  explicit ZoneMap(const std::vector<ZoneRange>& ranges);

  std::optional<ZoneId> zone_of(PostcodeKey key) const;
  bool empty() const { return stretches_.empty(); }

 private:
  struct Stretch {
    PostcodeKey from;
    std::optional<ZoneId> zone;  // up to the next stretch
  };
  std::vector<Stretch> stretches_;
};

}  // namespace zifa::rating
