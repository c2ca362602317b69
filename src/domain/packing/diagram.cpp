#include "domain/packing/diagram.hpp"

#include <algorithm>

namespace zifa::packing {

namespace {

constexpr std::int64_t kCanvas = 4'000;  // the picture's longer side, in its own units

struct Point {
  std::int64_t x = 0, y = 0;
};

// Parallel view from the far corner above: x runs to the lower left, y to the lower right, z up.
class View {
 public:
  explicit View(const Sides& box) : box_(box) {
    const Point left = raw({box.x, 0, 0}), right = raw({0, box.y, 0}), low = raw({box.x, box.y, 0}), high = raw({0, 0, box.z});
    origin_ = {left.x, high.y};
    width_ = right.x - left.x;
    height_ = low.y - high.y;
    longer_ = std::max<std::int64_t>({width_, height_, 1});
  }
  Point at(const Sides& s) const {
    const Point p = raw(s);
    return {(p.x - origin_.x) * kCanvas / longer_, (p.y - origin_.y) * kCanvas / longer_};
  }
  Point size() const { return {width_ * kCanvas / longer_, height_ * kCanvas / longer_}; }

 private:
  static Point raw(const Sides& s) { return {(s.y - s.x) * 866, (s.x + s.y) * 500 - s.z * 1000}; }
  Sides box_;
  Point origin_;
  std::int64_t width_ = 0, height_ = 0, longer_ = 1;
};

void point(std::string& svg, Point p) { svg += std::to_string(p.x) + "," + std::to_string(p.y) + " "; }

void face(std::string& svg, const View& view, std::initializer_list<Sides> corners, std::string_view style) {
  svg += "<polygon points=\"";
  for (const Sides& corner : corners) point(svg, view.at(corner));
  svg.back() = '"';
  svg += std::string(" class=\"") + std::string(style) + "\"/>";
}

// The faces towards the viewer: the far sides along x and y, and the top.
void block(std::string& svg, const View& view, const Sides& a, const Sides& size, std::string_view style) {
  const Sides b{a.x + size.x, a.y + size.y, a.z + size.z};
  svg += "<g class=\"" + std::string(style) + "\">";
  face(svg, view, {{b.x, a.y, a.z}, {b.x, b.y, a.z}, {b.x, b.y, b.z}, {b.x, a.y, b.z}}, "left");
  face(svg, view, {{a.x, b.y, a.z}, {b.x, b.y, a.z}, {b.x, b.y, b.z}, {a.x, b.y, b.z}}, "right");
  face(svg, view, {{a.x, a.y, b.z}, {b.x, a.y, b.z}, {b.x, b.y, b.z}, {a.x, b.y, b.z}}, "top");
  svg += "</g>";
}

// Whether p is hidden by q where they meet in the picture.
bool behind(const Placement& p, const Placement& q) {
  return p.at.x + p.size.x <= q.at.x || p.at.y + p.size.y <= q.at.y || p.at.z + p.size.z <= q.at.z;
}

// Farthest first. Three that hide one another in a ring cannot be sorted; they are drawn as they come.
std::vector<std::size_t> drawing_order(std::span<const Placement> placed) {
  std::vector<std::size_t> order, left;
  for (std::size_t i = 0; i < placed.size(); ++i) left.push_back(i);
  while (!left.empty()) {
    auto next = std::find_if(left.begin(), left.end(), [&](std::size_t i) {
      return std::all_of(left.begin(), left.end(), [&](std::size_t j) { return i == j || !behind(placed[j], placed[i]) || behind(placed[i], placed[j]); });
    });
    if (next == left.end()) next = left.begin();
    order.push_back(*next);
    left.erase(next);
  }
  return order;
}

}  // namespace

std::vector<Step> steps(const Parcel& parcel, std::span<const Item> items) {
  std::vector<Step> all;
  for (const Placement& p : parcel.placements) {
    const Sides& own = items[p.item].size_mm;
    const char up = p.size.z == own.z ? 'z' : p.size.z == own.y ? 'y' : 'x';
    all.push_back({all.size() + 1, p.item, p.at, p.size, up, p.at.z == 0});
  }
  return all;
}

std::string diagram(const Parcel& parcel, std::span<const Carton> cartons, std::size_t steps_done) {
  if (parcel.carton >= cartons.size() || steps_done == 0) return "";
  const std::span<const Placement> placed(parcel.placements.data(), std::min(steps_done, parcel.placements.size()));
  if (placed.empty()) return "";
  const Sides box = cartons[parcel.carton].inner_mm;
  const View view(box);
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"packing\" viewBox=\"-20 -20 " + std::to_string(view.size().x + 40) + " " + std::to_string(view.size().y + 40) +
                    "\"><style>.packing polygon{stroke:#333;stroke-width:8;stroke-linejoin:round}.packing .inside{fill:#f4efe6}.packing .left{fill:#b9c4cf}.packing .right{fill:#9aa8b6}"
                    ".packing .top{fill:#dbe2e9}.packing .last .left{fill:#f0b35a}.packing .last .right{fill:#d9922e}.packing .last .top{fill:#ffd591}"
                    ".packing text{font:bold 180px sans-serif;text-anchor:middle;dominant-baseline:central;fill:#222}</style>";
  face(svg, view, {{0, 0, 0}, {box.x, 0, 0}, {box.x, box.y, 0}, {0, box.y, 0}}, "inside");
  face(svg, view, {{0, 0, 0}, {box.x, 0, 0}, {box.x, 0, box.z}, {0, 0, box.z}}, "inside");
  face(svg, view, {{0, 0, 0}, {0, box.y, 0}, {0, box.y, box.z}, {0, 0, box.z}}, "inside");
  for (const std::size_t i : drawing_order(placed)) {
    const Placement& p = placed[i];
    block(svg, view, p.at, p.size, i + 1 == placed.size() ? "last" : "unit");
    const Point label = view.at({p.at.x + p.size.x / 2, p.at.y + p.size.y / 2, p.at.z + p.size.z});
    svg += "<text x=\"" + std::to_string(label.x) + "\" y=\"" + std::to_string(label.y) + "\">" + std::to_string(i + 1) + "</text>";
  }
  return svg + "</svg>";
}

}  // namespace zifa::packing
