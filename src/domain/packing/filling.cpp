#include "domain/packing/filling.hpp"

#include <algorithm>
#include <limits>

namespace zifa::packing {

Turned least_of(const std::vector<Kind>& kinds) {
  constexpr int kMost = std::numeric_limits<int>::max();
  Turned least{kMost, kMost, kMost};
  for (const Kind& kind : kinds)
    for (int t = 0; t < kind.turn_count; ++t) {
      least.dx = std::min(least.dx, kind.turns[t].dx);
      least.dy = std::min(least.dy, kind.turns[t].dy);
      least.dz = std::min(least.dz, kind.turns[t].dz);
    }
  return least;
}

void Filling::open(const Box& box, int support, Turned least) {
  box_ = box;
  support_ = support;
  least_ = least;
  spaces_.clear();
  spaces_.push_back({0, 0, 0, box.l, box.w, box.h});
  placed_.clear();
  volume_ = weight_ = 0;
}

bool Filling::supported(int x, int y, int z, int dx, int dy) const {
  if (z == 0) return true;
  std::int64_t area = 0;
  for (const Placed& p : placed_) {
    if (p.z + p.dz != z) continue;
    const int w = std::min(x + dx, p.x + p.dx) - std::max(x, p.x);
    const int d = std::min(y + dy, p.y + p.dy) - std::max(y, p.y);
    if (w > 0 && d > 0) area += static_cast<std::int64_t>(w) * d;
  }
  return area * 100 >= static_cast<std::int64_t>(dx) * dy * support_;
}

namespace {

constexpr std::int64_t three(std::int64_t a, std::int64_t b, std::int64_t c) { return a << 34 | b << 17 | c; }

// Lower is better.
template <Merit M>
std::int64_t value(const Space& s, const Turned& t) {
  const int lx = s.x2 - s.x1 - t.dx, ly = s.y2 - s.y1 - t.dy, lz = s.z2 - s.z1 - t.dz;
  if constexpr (M == Merit::low) return three(s.z1, s.y1, s.x1);
  if constexpr (M == Merit::wall_x) return three(s.x1, s.z1, s.y1);
  if constexpr (M == Merit::wall_y) return three(s.y1, s.z1, s.x1);
  if constexpr (M == Merit::snug) {
    const int low = std::min({lx, ly, lz}), high = std::max({lx, ly, lz});
    return three(low, lx + ly + lz - low - high, high);
  }
  return static_cast<std::int64_t>(s.x2 - s.x1) * (s.y2 - s.y1) * (s.z2 - s.z1);
}

}  // namespace

template <Merit M>
bool Filling::find(const Kind& kind, Placed& best) {
  std::int64_t best_value = std::numeric_limits<std::int64_t>::max();
  std::int64_t best_rest = best_value;
  bool found = false;
  work_ += static_cast<std::int64_t>(spaces_.size()) * (1 + kind.turn_count);
  for (const Space& s : spaces_) {
    const int sx = s.x2 - s.x1, sy = s.y2 - s.y1, sz = s.z2 - s.z1;
    if (!kind.stackable && s.z2 != box_.h) continue;
    for (int i = 0; i < kind.turn_count; ++i) {
      const Turned& t = kind.turns[i];
      if (t.dx > sx || t.dy > sy || t.dz > sz) continue;
      const std::int64_t v = value<M>(s, t);
      if (v > best_value) continue;
      const int lx = sx - t.dx, ly = sy - t.dy, lz = sz - t.dz;
      const std::int64_t rest = M == Merit::snug ? three(s.z1, s.y1, s.x1) : std::min({lx, ly, lz}) * std::int64_t{1} << 20 | (lx + ly + lz);
      if (v == best_value && rest >= best_rest) continue;
      int x = s.x1, y = s.y1;
      if (support_ > 0 && !supported(x, y, s.z1, t.dx, t.dy)) {
        work_ += static_cast<std::int64_t>(placed_.size());
        bool stands = false;
        for (int corner = 1; corner < 4 && !stands; ++corner) {
          x = corner & 1 ? s.x2 - t.dx : s.x1;
          y = corner & 2 ? s.y2 - t.dy : s.y1;
          stands = supported(x, y, s.z1, t.dx, t.dy);
        }
        if (!stands) continue;
      }
      best_value = v;
      best_rest = rest;
      best.x = x;
      best.y = y;
      best.z = s.z1;
      best.dx = t.dx;
      best.dy = t.dy;
      best.dz = t.dz;
      found = true;
    }
  }
  return found;
}

bool Filling::insert(const Kind& kind, int index, Merit merit) {
  if (weight_ + kind.weight > box_.max_weight || kind.volume > free_volume()) return false;
  Placed best;
  bool found = false;
  switch (merit) {
    case Merit::low: found = find<Merit::low>(kind, best); break;
    case Merit::wall_x: found = find<Merit::wall_x>(kind, best); break;
    case Merit::wall_y: found = find<Merit::wall_y>(kind, best); break;
    case Merit::snug: found = find<Merit::snug>(kind, best); break;
    case Merit::tight: found = find<Merit::tight>(kind, best); break;
  }
  if (!found) return false;
  best.kind = index;
  placed_.push_back(best);
  volume_ += kind.volume;
  weight_ += kind.weight;
  work_ += occupy(spaces_, cut_, {best.x, best.y, best.z, best.x + best.dx, best.y + best.dy, kind.stackable ? best.z + best.dz : box_.h}, least_);
  if (std::ssize(spaces_) > kMostSpaces) forget_small_spaces();
  return true;
}

void Filling::forget_small_spaces() {
  const auto volume = [](const Space& s) { return static_cast<std::int64_t>(s.x2 - s.x1) * (s.y2 - s.y1) * (s.z2 - s.z1); };
  const auto middle = spaces_.begin() + kMostSpaces / 2;
  std::nth_element(spaces_.begin(), middle, spaces_.end(), [&](const Space& a, const Space& b) {
    const std::int64_t va = volume(a), vb = volume(b);
    return va != vb ? va > vb : std::tie(a.x1, a.y1, a.z1, a.x2, a.y2, a.z2) < std::tie(b.x1, b.y1, b.z1, b.x2, b.y2, b.z2);
  });
  spaces_.erase(middle, spaces_.end());
}

namespace {

bool inside(const Space& a, const Space& c) {
  return a.x1 >= c.x1 && a.y1 >= c.y1 && a.z1 >= c.z1 && a.x2 <= c.x2 && a.y2 <= c.y2 && a.z2 <= c.z2;
}

// What is left of the cut spaces on one side of the box. Such a rest can only lie inside another rest on the same side, or inside
// an uncut space that ends where it ends. Returns the end of the spaces kept.
template <class Rest, class EndsThere>
Space* add_rests(const Space* uncut, const Space* uncut_end, Space* kept_end, const Space* cut, Space* rests, std::size_t cuts, Rest rest, EndsThere ends_there) {
  Space* end = rests;
  for (std::size_t i = 0; i < cuts; ++i) {
    *end = cut[i];
    end += rest(*end) ? 1 : 0;
  }
  for (const Space* s = rests; s != end; ++s) {
    bool maximal = true;
    for (const Space* other = rests; other != end && maximal; ++other)
      if (s != other && inside(*s, *other)) maximal = other > s && inside(*other, *s);
    for (const Space* other = uncut; other != uncut_end && maximal; ++other) maximal = !ends_there(*other) || !inside(*s, *other);
    if (maximal) *kept_end++ = *s;
  }
  return kept_end;
}

}  // namespace

std::int64_t occupy(std::vector<Space>& spaces, std::vector<Space>& cut, const Space& b, Turned least) {
  const std::size_t before = spaces.size();
  cut.resize(2 * before + 1);
  std::size_t uncut = 0, cuts = 0;
  for (std::size_t i = 0; i < before; ++i) {
    const Space s = spaces[i];
    if (b.x1 >= s.x2 || b.x2 <= s.x1 || b.y1 >= s.y2 || b.y2 <= s.y1 || b.z1 >= s.z2 || b.z2 <= s.z1) spaces[uncut++] = s;
    else cut[cuts++] = s;
  }
  spaces.resize(uncut + 6 * cuts);
  Space* const all = spaces.data();
  Space* end = all + uncut;
  const auto add = [&](auto rest, auto ends_there) { end = add_rests(all, all + uncut, end, cut.data(), cut.data() + cuts, cuts, rest, ends_there); };
  add([&](Space& s) { s.x2 = b.x1; return s.x2 - s.x1 >= least.dx; }, [&](const Space& k) { return k.x2 == b.x1; });
  add([&](Space& s) { s.x1 = b.x2; return s.x2 - s.x1 >= least.dx; }, [&](const Space& k) { return k.x1 == b.x2; });
  add([&](Space& s) { s.y2 = b.y1; return s.y2 - s.y1 >= least.dy; }, [&](const Space& k) { return k.y2 == b.y1; });
  add([&](Space& s) { s.y1 = b.y2; return s.y2 - s.y1 >= least.dy; }, [&](const Space& k) { return k.y1 == b.y2; });
  add([&](Space& s) { s.z2 = b.z1; return s.z2 - s.z1 >= least.dz; }, [&](const Space& k) { return k.z2 == b.z1; });
  add([&](Space& s) { s.z1 = b.z2; return s.z2 - s.z1 >= least.dz; }, [&](const Space& k) { return k.z1 == b.z2; });
  spaces.resize(static_cast<std::size_t>(end - all));
  return static_cast<std::int64_t>(2 * before + cuts * (6 + cuts + uncut / 4));
}

}  // namespace zifa::packing
