// How a parcel is packed, one picture a step: the carton as a wire frame, what lies in it already pale, the new box dark.
#include <algorithm>
#include <array>
#include <cmath>

#include "adapters/documents/flow.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/text.hpp"

namespace zifa::documents {

namespace {

constexpr std::int32_t kLargestSide = 5'000;  // mm
constexpr std::size_t kMostSteps = 200;

using Point = std::array<double, 2>;

// Seen from the front right corner, from above: x runs down to the right, y down to the left, z up.
struct View {
  double scale = 1, x = 0, y = 0;
  Point at(double px, double py, double pz) const {
    constexpr double kCos = 0.8660254037844386, kSin = 0.5;
    return {x + (px - py) * kCos * scale, y + (px + py) * kSin * scale - pz * scale};
  }
};

void draw_box(Page& page, const View& v, const PackStep& b, bool fresh) {
  const double x0 = b.x, y0 = b.y, z0 = b.z, x1 = x0 + b.dx, y1 = y0 + b.dy, z1 = z0 + b.dz;
  const double edge = fresh ? 2.5 : 1.2;
  page.shapes.push_back({{v.at(x0, y0, z1), v.at(x1, y0, z1), v.at(x1, y1, z1), v.at(x0, y1, z1)}, fresh ? 0.62 : 0.97, edge});
  page.shapes.push_back({{v.at(x1, y0, z0), v.at(x1, y1, z0), v.at(x1, y1, z1), v.at(x1, y0, z1)}, fresh ? 0.42 : 0.90, edge});
  page.shapes.push_back({{v.at(x0, y1, z0), v.at(x1, y1, z0), v.at(x1, y1, z1), v.at(x0, y1, z1)}, fresh ? 0.30 : 0.84, edge});
}

// Whether `a` must be drawn before `b`: it lies wholly behind, left of, or below it.
bool behind(const PackStep& a, const PackStep& b) { return a.x + a.dx <= b.x || a.y + a.dy <= b.y || a.z + a.dz <= b.z; }

// Back to front. Boxes that do not overlap have such an order but for rare cycles, where the nearest corner decides.
std::vector<std::size_t> painting_order(const std::vector<PackStep>& boxes, std::size_t count) {
  std::vector<std::size_t> left(count), order;
  for (std::size_t i = 0; i < count; ++i) left[i] = i;
  while (!left.empty()) {
    auto pick = left.end();
    for (auto candidate = left.begin(); candidate != left.end() && pick == left.end(); ++candidate) {
      const bool free = std::all_of(left.begin(), left.end(), [&](std::size_t other) {
        return other == *candidate || !behind(boxes[other], boxes[*candidate]) || behind(boxes[*candidate], boxes[other]);
      });
      if (free) pick = candidate;
    }
    if (pick == left.end())
      pick = std::min_element(left.begin(), left.end(), [&](std::size_t a, std::size_t b) {
        return boxes[a].x + boxes[a].y + boxes[a].z < boxes[b].x + boxes[b].y + boxes[b].z;
      });
    order.push_back(*pick);
    left.erase(pick);
  }
  return order;
}

void draw_line(Page& page, const Point& a, const Point& b, double grey, double edge) { page.shapes.push_back({{a, b}, grey, edge}); }

void draw_step(Page& page, const CartonDiagram& d, std::size_t step, const std::vector<std::size_t>& order, const Rect& room) {
  const double l = d.length, w = d.width, h = d.height;
  View v;
  v.scale = std::min(room.width / ((l + w) * 0.8660254), room.height / ((l + w) * 0.5 + h));
  const double width = (l + w) * 0.8660254 * v.scale, height = ((l + w) * 0.5 + h) * v.scale;
  v.x = room.x + (room.width - width) / 2 + w * 0.8660254 * v.scale;
  v.y = room.y + (room.height - height) / 2 + h * v.scale;
  // Floor and the two far walls, then the boxes, then the near edges over them.
  page.shapes.push_back({{v.at(0, 0, 0), v.at(l, 0, 0), v.at(l, w, 0), v.at(0, w, 0)}, 0.98, 1});
  page.shapes.push_back({{v.at(0, 0, 0), v.at(l, 0, 0), v.at(l, 0, h), v.at(0, 0, h)}, 1, 1});
  page.shapes.push_back({{v.at(0, 0, 0), v.at(0, w, 0), v.at(0, w, h), v.at(0, 0, h)}, 1, 1});
  for (const std::size_t i : order)
    if (i <= step) draw_box(page, v, d.steps[i], i == step);
  draw_line(page, v.at(l, 0, h), v.at(l, w, h), 0, 1.5);
  draw_line(page, v.at(0, w, h), v.at(l, w, h), 0, 1.5);
  draw_line(page, v.at(l, w, 0), v.at(l, w, h), 0, 1.5);
}

}  // namespace

Result<Layout> lay_out_carton(Fonts& fonts, const CartonDiagram& diagram) {
  const std::string parcel = clean(diagram.parcel_no, 60), carton = clean(diagram.carton, 60);
  const std::string who = "The packing plan of parcel " + (parcel.empty() ? "without a number" : parcel);
  if (diagram.steps.empty()) return invalid("carton.no_steps", who + " has no boxes to place.");
  if (diagram.steps.size() > kMostSteps) return invalid("carton.too_many_steps", who + " has more than " + std::to_string(kMostSteps) + " steps; pack it in layers by hand.");
  const auto good = [](std::int32_t side) { return side > 0 && side <= kLargestSide; };
  if (!good(diagram.length) || !good(diagram.width) || !good(diagram.height))
    return invalid("carton.bad_size", who + " names a carton with impossible sides; correct the carton " + carton + ".");
  for (const PackStep& step : diagram.steps) {
    const auto inside = [](std::int32_t at, std::int32_t side, std::int32_t limit) { return side > 0 && at >= 0 && side <= limit && at <= limit - side; };
    if (!inside(step.x, step.dx, diagram.length) || !inside(step.y, step.dy, diagram.width) || !inside(step.z, step.dz, diagram.height))
      return invalid("carton.outside", who + " places " + clean(step.sku, 60) + " outside the carton; plan the parcel again.");
  }
  std::optional<Code> code;
  std::vector<std::string> notes;
  if (!parcel.empty()) {
    Result<Code> made = encode({Symbology::code128, parcel, ""});
    if (made) code = std::move(made).value();
    else notes.push_back("the parcel number " + parcel + " cannot be a barcode");
  }
  const Language language = language_of(diagram.language) == Language::zh ? Language::zh : Language::en;
  const auto say = [&](Word w) { return std::string(word(w, language)); };
  const std::string inside = std::to_string(diagram.length) + " x " + std::to_string(diagram.width) + " x " + std::to_string(diagram.height) + " mm";

  Layout layout;
  layout.notes = std::move(notes);
  const auto head = [&](Pen& pen, const Rect& room, bool first) {
    const double u = room.width < 1'000 ? 0.72 : 1;
    const double top = 66 * u;
    pen.centre(say(Word::packing_plan) + (parcel.empty() ? "" : "  " + parcel), {room.x, room.y, room.width * 0.5, top}, {.largest = 46 * u, .smallest = 18 * u, .face = Face::bold});
    if (code && !pen.linear(*code, {room.x + room.width * 0.52, room.y, room.width * 0.48, top}, static_cast<int>(top)) && first)
      layout.notes.push_back("the parcel number " + parcel + " is too long for a barcode");
    double y = room.y + top + 10 * u;
    if (first) {
      const double half = room.width / 2;
      const double a = write_facts(pen, {room.x, y, half - 20, 80 * u}, {{say(Word::carton), carton, true}, {say(Word::inner_size), inside, false}}, u);
      const double b = write_facts(pen, {room.x + half, y, half, 80 * u},
                                   {{say(Word::weight), diagram.weight.micrograms() > 0 ? weight_text(diagram.weight) : "", false},
                                    {say(Word::units), std::to_string(diagram.steps.size()), true}}, u);
      y = std::max(a, b) + 8 * u;
    }
    pen.rule(room.x, y, room.width, 3);
    return y + 14 * u;
  };
  Flow flow(fonts, layout, diagram.size, head);
  const double u = flow.scale();
  const int across = flow.narrow() ? 1 : 2;
  const double cell_width = flow.room().width / across;
  const double cell_height = flow.narrow() ? 420 : 640;
  const auto order = painting_order(diagram.steps, diagram.steps.size());
  Rect row;
  for (std::size_t i = 0; i < diagram.steps.size(); ++i) {
    const int column = static_cast<int>(i) % across;
    if (column == 0) row = flow.take(cell_height);
    const PackStep& step = diagram.steps[i];
    const Rect cell{row.x + column * cell_width, row.y, cell_width - 16, cell_height - 16};
    Pen& pen = flow.pen();
    pen.frame(cell, 1.5);
    const double mark = 54 * u;
    pen.fill({cell.x, cell.y, mark, mark});
    pen.centre(std::to_string(i + 1), {cell.x + 2, cell.y, mark - 4, mark}, {.largest = 36 * u, .smallest = 12 * u, .face = Face::bold, .align = Align::centre, .white = true});
    bool cut = false;
    const Rect text{cell.x + mark + 12, cell.y + 4 * u, cell.width - mark - 20, 0};
    const double below = pen.write(clean(step.sku, 80), {text.x, text.y, text.width, 32 * u}, {.largest = 27 * u, .smallest = 14 * u, .face = Face::bold}, &cut);
    pen.write(clean(step.title, 300), {text.x, below, text.width, 28 * u}, {.largest = 20 * u, .smallest = 17 * u}, &cut);
    const std::string where = std::to_string(step.dx) + " x " + std::to_string(step.dy) + " x " + std::to_string(step.dz) + " mm   " + say(Word::position) + " " +
                              std::to_string(step.x) + ", " + std::to_string(step.y) + ", " + std::to_string(step.z);
    pen.write(where, {cell.x + 10, cell.bottom() - 34 * u, cell.width - 20, 30 * u}, {.largest = 20 * u, .smallest = 11 * u, .align = Align::centre});
    draw_step(pen.page(), diagram, i, order, {cell.x + 24, cell.y + mark + 24 * u, cell.width - 48, cell.height - mark - 72 * u});
  }
  TRY(flow.finish(parcel + (carton.empty() ? "" : " · " + carton), language, who));
  return layout;
}

}  // namespace zifa::documents
